"""Where things stand on the vendor's page, and how far it is in words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.questionnaires.models import Answer
from procurement.questionnaires.queries import Progress


def place_of(answer: Answer) -> str:
    """The question on the page."""
    return f"{reverse('questionnaires:page', args=[answer.assessment_id])}#q-{answer.question.key}"


def answered_in_words(progress: Progress) -> str:
    return _("%(answered)s of %(total)s answered") % {"answered": progress.answered, "total": progress.total}
