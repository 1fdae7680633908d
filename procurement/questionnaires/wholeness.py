"""What keeps an answer from being whole, in a sentence that says what to do. Pure: no clock, no database."""

from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from procurement.questionnaires.companions import missing_companion
from procurement.questionnaires.models import Answer, Attachment, Question
from procurement.questionnaires.options import NOT_APPLICABLE, is_yes_or_no, options_of

Evidence = Question.Evidence
CHOOSE = gettext_noop("Choose an answer.")
# Translated when one of them is said: every save asks this of each question that is still open.
_TO_GIVE: dict[str, str] = {
    Question.Kind.SHORT_TEXT: gettext_noop("Write an answer."),
    Question.Kind.LONG_TEXT: gettext_noop("Write an answer."),
    Question.Kind.NUMBER: gettext_noop("Write a number."),
    Question.Kind.DATE: gettext_noop("Choose a day."),
    Question.Kind.DATE_RANGE: gettext_noop("Choose the first and the last day."),
    Question.Kind.TABLE: gettext_noop("Fill in a row."),
    Question.Kind.LOCATION: gettext_noop("Name at least one country."),
    Question.Kind.CONTACT: gettext_noop("Write a name and an e-mail address."),
}


def why_not_whole(question: Question, answer: Answer, *, has_file: bool) -> str:
    """What is missing in this answer; empty when nothing is.

    has_file  whether a file stands beside it, which some answers need and others are
    """
    is_given = answer.is_given or (question.kind == Question.Kind.FILE and has_file)
    if not is_given:
        return _("Send a file.") if question.kind == Question.Kind.FILE else _what_to_give(question)
    if answer.is_not_applicable and not answer.comment:
        return _("Say in the comment why it does not apply.")
    wanting = [] if answer.comment else _wanting_words(question, answer)
    if wanting and is_yes_or_no(question):
        return _("“%(value)s” needs a sentence: what is there, what is not, until when.") % {"value": wanting[0]}
    if wanting:
        return _("“%(value)s” needs a sentence in the comment.") % {"value": ", ".join(wanting)}
    further = None if answer.is_not_applicable else missing_companion(question, answer.companions)
    if further is not None:
        return _("Fill in “%(title)s” too.") % {"title": further.title}
    if not has_file and needs_file(question, answer):
        return _("Attach a file: %(kinds)s.") % {"kinds": file_kinds_in_words(question)}
    return ""


def wants_comment(question: Question, answer: Answer) -> bool:
    """Whether the answer, as it stands, is whole with a sentence in the comment only."""
    return answer.is_not_applicable or bool(_wanting_words(question, answer))


def needs_file(question: Question, answer: Answer) -> bool:
    """Whether the answer, as it stands, wants a file beside it. What does not apply wants none."""
    if answer.is_not_applicable:
        return False
    if question.evidence == Evidence.IF_ANSWER:
        return any(each in question.evidence_if for each in _chosen(answer))
    return question.evidence == Evidence.REQUIRED


def file_needed_in_words(question: Question) -> str:
    """Which file has to come with the answer, or with certain answers; empty where none has to."""
    kinds = {"kinds": file_kinds_in_words(question)}
    if question.evidence == Evidence.REQUIRED:
        return _("A file goes with it: %(kinds)s.") % kinds
    if question.evidence == Evidence.IF_ANSWER:
        labels = [str(option.label) for option in options_of(question) if option.value in question.evidence_if]
        return _("A file goes with “%(answers)s”: %(kinds)s.") % {"answers": ", ".join(labels), **kinds}
    return ""


def file_kinds_in_words(question: Question) -> str:
    """Which files are taken: "Policy or ISO certificate, not older than 12 months"."""
    kinds = [str(Attachment.Kind(kind).label) for kind in question.evidence_kinds] or [_("a PDF or a picture")]
    words = _(" or ").join(kinds)
    if question.evidence_max_months:
        words = _("%(kinds)s, not older than %(months)s months") % {
            "kinds": words,
            "months": question.evidence_max_months,
        }
    return words


class Valued(Protocol):
    """An answer, or where it stands."""

    @property
    def value(self) -> Any: ...
    @property
    def is_not_applicable(self) -> bool: ...


def value_for_conditions(answer: Valued, *, kind: str, has_file: bool) -> object:
    """What conditions see of an answer: its value, the word for "not applicable", true for a file that was sent."""
    if answer.is_not_applicable:
        return NOT_APPLICABLE
    if answer.value is None and kind == Question.Kind.FILE and has_file:
        return True
    return answer.value


def _wanting_words(question: Question, answer: Answer) -> list[str]:
    """The chosen options that want a sentence, as they are called."""
    chosen = set(_chosen(answer))
    return [str(option.label) for option in options_of(question) if option.value in chosen and option.needs_words]


def _chosen(answer: Answer) -> list[str]:
    value = answer.value
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str)]
    return [value] if isinstance(value, str) else []


def _what_to_give(question: Question) -> str:
    return _(_TO_GIVE.get(question.kind, CHOOSE))
