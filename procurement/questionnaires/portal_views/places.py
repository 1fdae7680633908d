"""Where things stand on the vendor's page, and how far it is in words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.questionnaires.models import Answer
from procurement.questionnaires.queries import Progress


def place_of(answer: Answer) -> str:
    """The question on the page."""
    return place_on_page(answer.assessment_id, answer.question.key)


def place_on_page(assessment_pk: int, key: str) -> str:
    """The question with this key on the page of its questionnaire."""
    return f"{reverse('questionnaires:page', args=[assessment_pk])}#q-{key}"


def answered_in_words(progress: Progress) -> str:
    return _("%(answered)s of %(total)s answered") % {"answered": progress.answered, "total": progress.total}
