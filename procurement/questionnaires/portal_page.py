"""What the vendor's page shows: sections with progress, each question with its answer, its form, and our note."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from procurement.questionnaires import access, queries
from procurement.questionnaires.conditions import Rule, holds
from procurement.questionnaires.last_year import last_year_of
from procurement.questionnaires.models import Answer, Assessment, Assignment, Coverage, Question, Section, Verdict
from procurement.questionnaires.portal_rows import Info, Row, row_of, rules_as_json, said_to_conditions
from procurement.questionnaires.queries import Counts, Progress
from procurement.questionnaires.threads import threads_for_vendor
from procurement.questionnaires.visibility import rules_of_sections
from vendors.people.actors import Actor


@dataclass(kw_only=True)
class Part:
    """A section with what stands in it and its own progress. `above` is the title of the section it is a part of."""

    section: Section
    above: str
    items: list[Row | Info]
    progress: Progress
    rule: str
    is_hidden: bool
    assignment: Assignment | None = None
    is_handed_over: bool = False

    @property
    def rows(self) -> list[Row]:
        return [item for item in self.items if isinstance(item, Row)]

    @property
    def is_open(self) -> bool:
        """Whether anything in it may be answered or taken back. One without questions stands for its parts."""
        return self.is_handed_over or not self.rows or any(row.may_change for row in self.rows)

    @property
    def to_confirm(self) -> int:
        """How many answers of last year can be confirmed with one press."""
        waiting = [row.last_year for row in self.rows if row.may_change and row.last_year]
        return sum(each.can_be_confirmed_with_others for each in waiting)


@dataclass(frozen=True)
class Said:
    """A question that is not asked, with what the vendor's report says to it."""

    answer: Answer
    coverage: Coverage

    @property
    def question(self) -> Question:
        return self.answer.question


@dataclass(kw_only=True)
class PortalPage:
    """Everything the page reads. `carried` is how many answers of last year wait to be confirmed, `without_report` how
    many questions are asked because the report that spoke of them does not count any more. `is_narrowed`: this
    contact sees nothing but what they were given. `brought_in` is what a reviewer of ours
    brought in from a file and this contact may change."""

    assessment: Assessment
    parts: list[Part]
    progress: Progress
    carried: int
    counts: Counts
    covered: list[Said]
    may_answer: bool
    without_report: int = 0
    is_mine_only: bool = False
    is_narrowed: bool = False
    has_assignments: bool = False
    asked_again: list[Answer] = field(default_factory=list)
    brought_in: list[Answer] = field(default_factory=list)

    @property
    def brought_from(self) -> list[str]:
        """Who of us brought in which files, each once."""
        return list(dict.fromkeys(answer.speaker for answer in self.brought_in))

    @property
    def rows(self) -> list[Row]:
        return [row for part in self.parts for row in part.rows]

    @property
    def refused(self) -> list[Row]:
        """What was sent and is not taken: nothing of the form is saved then."""
        return [row for row in self.rows if row.refused_because]

    @property
    def clashes(self) -> list[Row]:
        """What somebody else changed meanwhile: mine is not saved."""
        return [row for row in self.rows if row.theirs]

    @property
    def merged(self) -> list[Row]:
        """What holds two answers put together, not saved yet."""
        return [row for row in self.rows if row.is_merged]


def portal_page(
    assessment: Assessment, user: Actor, data: Mapping[str, Any] | None = None, *, on: date, mine_only: bool = False
) -> PortalPage:
    """The page of this assessment for this contact; `data` is what was sent for the answers they may change.

    mine_only  the sections and questions that a colleague gave this contact, and no others
    """
    everything = queries.answers_of(assessment)
    answers = access.seen_among(user, assessment, everything)
    is_narrowed = access.sees_only_theirs(user, assessment)
    mine_only = mine_only or is_narrowed
    sheet = _Sheet(assessment, answers, user, data, on, mine_only=mine_only, everything=everything)
    parts = [sheet.part(section) for section in sheet.sections if sheet.shows(section)]
    return PortalPage(
        assessment=assessment,
        parts=parts,
        progress=queries.progress_of(answers),
        carried=sum(each.is_waiting and not each.is_proposal for each in sheet.last_year.values()),
        counts=queries.counts_of(answers),
        covered=sheet.covered,
        may_answer=access.can_answer(user, assessment),
        without_report=sheet.without_report,
        is_mine_only=mine_only,
        is_narrowed=is_narrowed,
        has_assignments=not is_narrowed and bool(sheet.given or sheet.given_alone),
        brought_in=[each for each in answers if each.brought_with and each.is_asked and access.can_change(user, each)],
        asked_again=[answer for answer in answers if answer.verdict == Verdict.SENT_BACK and answer.is_asked],
    )


class _Sheet:
    """The questionnaire with everything that its sections are made of, read once.

    answers     those that this contact sees
    everything  all of them, which conditions ask
    """

    def __init__(
        self,
        assessment: Assessment,
        answers: Sequence[Answer],
        user: Actor,
        data: Mapping[str, Any] | None,
        on: date,
        *,
        mine_only: bool,
        everything: Sequence[Answer],
    ) -> None:
        self.mine_only = mine_only
        self.assessment, self.user, self.data = assessment, user, data
        self.sections = list(Section.objects.filter(version=assessment.version_id).order_by("position"))
        given = list(queries.assignments_of(assessment))
        self.given = {each.section_id: each for each in given if each.section_id}
        self.given_alone = {each.question_id: each for each in given if each.question_id}
        self._drawn_for = (assessment.version.sha256, get_language() or "")
        # The way to each answer but for its key: to look each of hundreds up takes longer than to draw it.
        self._answers = reverse("questionnaires:answer", args=[assessment.pk, 0]).removesuffix("0/")
        self._by_pk = {section.pk: section for section in self.sections}
        self._rules = rules_of_sections((each.pk, each.parent_id, each.visible_if) for each in self.sections)
        self._known = {answer.question.key: said_to_conditions(answer) for answer in everything if answer.is_visible}
        self._inside: dict[int, list[tuple[int, Answer | Question]]] = {section.pk: [] for section in self.sections}
        self.last_year = last_year_of(assessment, answers, on)
        coverage = queries.coverage_of(assessment) if assessment.leans_on_report else {}
        self.covered = [Said(each, coverage[each.pk]) for each in answers if each.is_by_report]
        self._threads = threads_for_vendor(assessment, answers)
        self.without_report = sum(
            each.is_asked and each.pk in coverage and coverage[each.pk].report_id is None for each in answers
        )
        self._not_enough = queries.not_enough(coverage)
        for answer in answers:
            if answer.is_covered:
                continue
            self._inside[answer.question.section_id].append((answer.question.position, answer))
        for text in Question.objects.filter(section__version=assessment.version_id, kind=Question.Kind.INFO):
            self._inside[text.section_id].append((text.position, text))

    def part(self, section: Section) -> Part:
        """One section as the page shows it."""
        rules = self._rules[section.pk]
        rule = self._rule(rules)
        in_part = self.mine_only and not self.is_mine(section)
        placed = self._mine_alone(section) if in_part else self._inside[section.pk]
        inside = sorted(placed, key=lambda each: each[0])
        answers = [each for _position, each in inside if isinstance(each, Answer)]
        return Part(
            section=section,
            above=self._by_pk[section.parent_id].title if section.parent_id else "",
            items=[self._item(each, rules, rule) for _position, each in inside],
            progress=queries.progress_of(answers),
            rule=rule,
            is_hidden=not self._holds(rules),
            assignment=self.given.get(section.pk),
            is_handed_over=bool(answers)
            and self.assessment.submitted_at is None
            and not any(answer.is_with_vendor for answer in answers),
        )

    def shows(self, section: Section) -> bool:
        """Whether the section stands on the page: not when the report answers everything in it, and not when only mine
        is wanted and nothing in it is."""
        covered_here = any(each.question.section_id == section.pk for each in self.covered)
        is_emptied = covered_here and not self._inside[section.pk]
        return not is_emptied and (not self.mine_only or self.is_mine(section) or bool(self._mine_alone(section)))

    def is_mine(self, section: Section) -> bool:
        """Whether this contact was given the section, or one that it is a part of."""
        around: Section | None = section
        while around is not None:
            if around.pk in self.given:
                contact = self.user.contact
                return contact is not None and self.given[around.pk].contact_id == contact.pk
            around = self._by_pk[around.parent_id] if around.parent_id else None
        return False

    def _mine_alone(self, section: Section) -> list[tuple[int, Answer | Question]]:
        """The questions of the section that were given to this contact one by one."""
        contact = self.user.contact
        given = {pk for pk, each in self.given_alone.items() if contact and each.contact_id == contact.pk}
        return [(at, each) for at, each in self._inside[section.pk] if getattr(each, "question_id", 0) in given]

    def _item(self, each: Answer | Question, rules: tuple[Rule, ...], rule: str) -> Row | Info:
        """One of what stands in a section. `rules` and `rule` are those of the section."""
        question = each.question if isinstance(each, Answer) else each
        if question.visible_if:
            rules = (*rules, question.visible_if)
            rule = self._rule(rules)
        if isinstance(each, Answer):
            address = f"{self._answers}{each.pk}/"
            row = row_of(each, self.user, self.data, rule, drawn_for=self._drawn_for, address=address)
            row.coverage = self._not_enough.get(each.pk)
            row.last_year = self.last_year.get(each.pk)
            row.assignment = self.given_alone.get(each.question_id)
            row.thread = self._threads.get(each.pk, ())
            return row
        return Info(question=question, rule=rule, is_hidden=not self._holds(rules))

    def _rule(self, rules: Sequence[Rule]) -> str:
        """For the browser; none where the questions that are asked by it may stand on another page."""
        return "" if self.mine_only else rules_as_json(rules, self.assessment)

    def _holds(self, rules: Sequence[Rule]) -> bool:
        return all(holds(rule, self._known, self.assessment.facts) for rule in rules)
