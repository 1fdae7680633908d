"""A thing that waits for somebody, and what waits because of questionnaires."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.questionnaires.models import Assessment
from procurement.reviews import queries as reviews_queries
from procurement.reviews.between import answers_without_review, with_review
from vendors.templatetags import wording

MOST_LATE_ROWS = 5


@dataclass(frozen=True)
class Task:
    """One thing that waits for this person. `due` orders; without one it comes after those with."""

    title: str
    text: str
    label: str
    url: str
    meaning: str = "open"
    due: date | None = None


def questionnaires_of(user: User, on: date) -> Iterator[Task]:
    """Answers to read and answers that are late, for a reviewer."""
    yield from _answers(user)
    yield from _answers_without_review(user)
    yield from _late(user, on)


def _answers(user: User) -> Iterator[Task]:
    for review, assessment in reviews_queries.answers_to_read(user):
        yield Task(
            _("%(vendor)s has answered the questionnaire") % {"vendor": review.vendor},
            _("%(number)s: %(title)s, submitted %(day)s. Accept each answer or send it back.")
            % {
                "number": review.number,
                "title": assessment.version.title,
                "day": wording.day(assessment.submitted_at),
            },
            _("Read the answers"),
            reverse("reviews:questionnaire", args=[review.pk, assessment.pk]),
            "open",
            review.wanted_by,
        )


def _late(user: User, on: date) -> Iterator[Task]:
    """Questionnaires this person sent that are overdue: each by itself while they are few, else the list of them."""
    late = Assessment.objects.open().filter(sent_by=user, due_on__lt=on)
    count = late.count()
    if count > MOST_LATE_ROWS:
        yield Task(
            _("%(count)s questionnaires are overdue") % {"count": count},
            _("Ask once more, or give another date."),
            _("Look"),
            f"{reverse('dashboard:sent_questionnaires')}?segment=overdue&by={user.pk}",
            "overdue",
            late.order_by("due_on").values_list("due_on", flat=True)[0],
        )
        return
    for assessment in with_review(late).select_related("vendor", "version"):
        yield Task(
            _("%(vendor)s is late with the questionnaire") % {"vendor": assessment.vendor},
            _("%(version)s was due. Ask once more, or give another date.") % {"version": assessment.version},
            _("Look"),
            reverse("reviews:questionnaire", args=[assessment.review_pk, assessment.pk]),
            "overdue",
            assessment.due_on,
        )


def _answers_without_review(user: User) -> Iterator[Task]:
    for review, assessment in answers_without_review(user):
        yield Task(
            _("%(vendor)s has answered the questionnaire") % {"vendor": review.vendor},
            _("Submitted %(day)s. %(number)s is decided: ask for the review that follows, which judges the answers.")
            % {"number": review.number, "day": wording.day(assessment.submitted_at)},
            _("Read the answers"),
            reverse("reviews:questionnaire", args=[review.pk, assessment.pk]),
        )
