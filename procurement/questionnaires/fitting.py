"""Whether a file answers a question, by its kind and its own date. Pure."""

from datetime import date

from django.utils.translation import gettext as _

from procurement.questionnaires.models import Question
from procurement.questionnaires.wholeness import file_kinds_in_words
from vendors.calendar.days import plus_months
from vendors.people.actors import Refused


def check_fits(question: Question, *, kind: str, as_of: date | None, on: date) -> None:
    """Whether a file of this kind and date answers the question. Raises Refused with what to send instead."""
    wanted, months = file_kinds_in_words(question), question.evidence_max_months
    if question.evidence_kinds and kind not in question.evidence_kinds:
        raise Refused(_("This question takes: %(wanted)s.") % {"wanted": wanted}, field="kind")
    if as_of and as_of > on:
        raise Refused(_("The date of the document is still to come. Look at it once more."), field="as_of")
    if months and as_of is None:
        sentence = _("Give the date of the document: it may not be older than %(months)s months.")
        raise Refused(sentence % {"months": months}, field="as_of")
    if months and as_of and plus_months(as_of, months) < on:
        sentence = _("The document is too old. This question takes: %(wanted)s.")
        raise Refused(sentence % {"wanted": wanted}, field="as_of")
