"""Parts of questionnaires that colleagues at the vendor were given with a day, and how much of each is open: for
reminders, which look at many vendors at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from procurement.questionnaires.models import Answer, Assessment, Assignment, Section
from procurement.questionnaires.models.assessments import WITH_THE_VENDOR
from vendors.contacts.models import Contact


@dataclass(frozen=True, kw_only=True)
class GivenByADay:
    """What one colleague was asked to answer by one day, as long as some of it is open.

    titles  of the sections and questions with something open, in the order in which they were given
    since   when the first of them was given
    by      who gave them
    """

    assessment: Assessment
    contact: Contact
    due_on: date
    titles: tuple[str, ...]
    since: datetime
    by: str


def given_with_a_day() -> QuerySet[Assignment]:
    """What was given with a day in questionnaires that were never submitted: from then on the whole speaks for them."""
    return Assignment.objects.filter(
        due_on__isnull=False, assessment__state__in=WITH_THE_VENDOR, assessment__submitted_at__isnull=True
    )


def given_by_a_day(vendor_ids: Collection[int]) -> Iterator[GivenByADay]:
    """Each colleague, questionnaire and day of these vendors of which something required is open, in three queries."""
    rows = given_with_a_day().filter(assessment__vendor__in=vendor_ids).order_by("pk")
    read = ("assessment__vendor", "assessment__engagement", "assessment__contact__user", "assessment__sent_by")
    groups: dict[tuple[int, int, date], list[Assignment]] = defaultdict(list)
    for row in rows.select_related(*read, "assessment__version", "contact__user", "section", "question"):
        assert row.due_on is not None
        groups[row.assessment_id, row.contact_id, row.due_on].append(row)
    still_open = _Open(groups) if groups else None
    for (_assessment, _contact, day), given in groups.items():
        left = [each for each in given if still_open and still_open.has(each)]
        if not left:
            continue
        yield GivenByADay(
            assessment=left[0].assessment,
            contact=left[0].contact,
            due_on=day,
            titles=tuple(each.title for each in left),
            since=min(each.assigned_at for each in left),
            by=", ".join(dict.fromkeys(each.assigned_by for each in left)),
        )


class _Open:
    """Which questions of some questionnaires the vendor still has to answer, and the sections around them."""

    def __init__(self, groups: dict[tuple[int, int, date], list[Assignment]]) -> None:
        every = [each for given in groups.values() for each in given]
        waiting = Answer.objects.filter(
            assessment__in={each.assessment_id for each in every},
            is_visible=True,
            is_covered=False,
            is_with_vendor=True,
            is_whole=False,
            question__required=True,
        ).order_by()
        versions = {each.assessment.version_id for each in every}
        self._above = dict(Section.objects.filter(version__in=versions).order_by().values_list("pk", "parent_id"))
        self._questions: set[tuple[int, int]] = set()
        self._sections: set[tuple[int, int]] = set()
        for assessment, question, section in waiting.values_list("assessment", "question", "question__section"):
            self._questions.add((assessment, question))
            around: int | None = section
            while around is not None:
                self._sections.add((assessment, around))
                around = self._above.get(around)

    def has(self, given: Assignment) -> bool:
        if given.section_id is not None:
            return (given.assessment_id, given.section_id) in self._sections
        assert given.question_id is not None
        return (given.assessment_id, given.question_id) in self._questions
