"""Reading assessments: answers in order, progress, what is missing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from procurement.questionnaires.condition_words import conditions_in_words
from procurement.questionnaires.conditions import Rule
from procurement.questionnaires.models import (
    Answer,
    AnswerComment,
    AnswerImport,
    AnswerRevision,
    Assessment,
    Assignment,
    Attachment,
    Carried,
    Coverage,
    Question,
    Section,
    State,
    Verdict,
)
from procurement.questionnaires.standings import Standing
from procurement.questionnaires.visibility import rules_of_sections
from procurement.questionnaires.wholeness import why_not_whole
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor

IS_ASKED = Q(answers__is_visible=True, answers__is_covered=False)
# Nobody has to say a word on an optional question that was left open.
IS_ANSWERED_OR_REQUIRED = Q(is_whole=True) | Q(question__required=True)


@dataclass(frozen=True)
class Progress:
    """How many of the questions that are asked are answered whole."""

    answered: int
    total: int


@dataclass(frozen=True)
class Counts:
    """What became of the questions of a version: asked, answered by the report, hidden by their conditions."""

    asked: int
    covered: int
    hidden: int


@dataclass(frozen=True)
class Missing:
    """An answer that keeps the questionnaire from being submitted, and what to do about it."""

    answer: Answer
    sentence: str


@dataclass(frozen=True)
class GivenWork:
    """What one contact was asked to answer in one questionnaire: how much is left, by when, who asked."""

    assessment: Assessment
    left: int
    due_on: date
    by: str


def answers_of(assessment: Assessment, keys: Collection[int] | None = None) -> list[Answer]:
    """Every answer in the order of the questions, hidden ones too, with question, section and files.

    keys  of the answers that are wanted; None: all
    """
    wanted = assessment.answers.all() if keys is None else assessment.answers.filter(pk__in=keys)
    found = list(wanted.select_related("question__section", "brought_with").prefetch_related(files_beside()))
    for answer in found:
        answer.assessment = assessment
    return found


def files_beside(answer: str = "") -> "Prefetch[Any]":
    """`Answer.files` of many answers in one query. `answer`: the way to them from what is read, `"earlier__"`."""
    return Prefetch(f"{answer}attachments", Attachment.objects.select_related("file"), to_attr="files")


def progress_of(answers: Iterable[Answer | Standing]) -> Progress:
    """How far these answers are; what is hidden, or answered by the report, is not counted."""
    whole = [answer.is_whole for answer in answers if answer.is_asked]
    return Progress(sum(whole), len(whole))


def progress_now(assessment: Assessment) -> Progress:
    """How far the vendor is with what it has now: once some answers were sent back, with those alone."""
    if assessment.state != State.CLARIFICATION:
        return progress_of(assessment.answers.only("assessment", "is_visible", "is_covered", "is_whole"))
    changed = [answer.is_changed for answer in sent_back_of(assessment)]
    return Progress(sum(changed), len(changed))


def counts_of(answers: Iterable[Answer]) -> Counts:
    """How many of these questions are asked, and why the others are not."""
    found = list(answers)
    hidden = sum(not answer.is_visible for answer in found)
    covered = sum(answer.is_by_report for answer in found)
    return Counts(asked=len(found) - hidden - covered, covered=covered, hidden=hidden)


def counts_now(assessment: Assessment) -> Counts:
    """The same of a questionnaire whose answers nobody has read."""
    counted = assessment.answers.aggregate(
        asked=Count("pk", filter=Q(is_visible=True, is_covered=False)),
        covered=Count("pk", filter=Q(is_visible=True, is_covered=True)),
        hidden=Count("pk", filter=Q(is_visible=False)),
    )
    return Counts(**counted)


def answers_in(answers: Iterable[Answer], section: Section) -> list[Answer]:
    """Those of the answers that stand in the section or in a part of it."""
    inside = {section.pk}
    below = Section.objects.filter(version=section.version_id, position__gt=section.position).order_by("position")
    for pk, parent in below.values_list("pk", "parent_id"):  # a part comes after what it is a part of
        if parent in inside:
            inside.add(pk)
    return [answer for answer in answers if answer.question.section_id in inside]


def missing_in(answers: Iterable[Answer]) -> list[Missing]:
    """What the vendor still has to do before it can submit. Nothing of it is hidden or answered by
    the report."""
    return [Missing(answer, sentence) for answer in answers if (sentence := _why_missing(answer))]


def _why_missing(answer: Answer) -> str:
    if not answer.is_asked or not answer.is_with_vendor:
        return ""
    if answer.verdict == Verdict.SENT_BACK and not answer.is_changed:
        return _("We sent this back. Change the answer, or say in the comment why it stands.")
    if answer.is_whole or not (answer.question.required or answer.is_given or answer.comment):
        return ""
    return why_not_whole(answer.question, answer, has_file=bool(answer.files))


def earlier_answers(assessment: Assessment) -> dict[int, AnswerRevision]:
    """What the answers that were sent back said then, by the answer's key."""
    found = AnswerRevision.objects.filter(answer__assessment=assessment, revision=F("answer__returned_revision"))
    return {row.answer_id: row for row in found}


def workbooks_of(assessment: Assessment) -> dict[int, str]:
    """The name of the workbook that each answer of a contact came with, by the answer's key, where it says so since.
    What a reviewer brought in says so itself (`Answer.brought_with`)."""
    found = AnswerRevision.objects.filter(answer__assessment=assessment, source__received_from="")
    return dict(found.filter(revision=F("answer__revision")).values_list("answer", "source__name"))


def brought_files(answers: Iterable[Answer]) -> list[AnswerImport]:
    """The files a reviewer brought in that any of these came with, as far as they are asked and wait for the vendor, in
    the order they came."""
    waiting = [each for each in answers if each.is_asked and each.is_with_vendor]
    files = {each.brought_with.pk: each.brought_with for each in waiting if each.brought_with}
    return [files[pk] for pk in sorted(files)]


def written_by_contacts(answers: Iterable[Answer]) -> list[Answer]:
    """What contacts of the vendor have said to what they are asked and not handed over."""
    waiting = (each for each in answers if each.is_asked and each.is_kept_back and each.brought_with is None)
    return [each for each in waiting if each.is_given or each.comment or each.companions or each.files]


def with_counts(assessments: QuerySet[Assessment]) -> QuerySet[Any]:
    """Each with `total`, `whole`, `accepted`, `sent_back`: how many of the answers that are asked are so."""
    return assessments.annotate(
        total=Count("answers", filter=IS_ASKED),
        whole=Count("answers", filter=IS_ASKED & Q(answers__is_whole=True)),
        accepted=Count("answers", filter=IS_ASKED & Q(answers__verdict=Verdict.ACCEPTED)),
        sent_back=Count("answers", filter=IS_ASKED & Q(answers__verdict=Verdict.SENT_BACK)),
    )


def progress_by_key(assessments: Collection[int]) -> dict[int, Progress]:
    """How far each of these questionnaires is, by key, in one query: for lists."""
    counted = with_counts(Assessment.objects.filter(pk__in=assessments).order_by())
    return {each.pk: Progress(each.whole, each.total) for each in counted.only("pk")}


def why_hidden(assessment: Assessment, answers: Sequence[Answer]) -> dict[int, str]:
    """For each answer that is not asked, the conditions under which it would be, in words."""
    hidden = [answer for answer in answers if not answer.is_visible]
    if not hidden:
        return {}
    rules = rules_over(assessment, hidden)
    questions = {answer.question.key: answer.question for answer in answers}
    return {
        answer.pk: _("Asked only if %(condition)s.") % {"condition": conditions_in_words(rules[answer.pk], questions)}
        for answer in hidden
    }


def rules_over(assessment: Assessment, answers: Iterable[Answer]) -> dict[int, tuple[Rule, ...]]:
    """The rules that each of these answers stands under, by its key."""
    sections = Section.objects.filter(version=assessment.version_id).order_by("position")
    above = rules_of_sections(sections.values_list("pk", "parent_id", "visible_if"))
    found = {}
    for answer in answers:
        own = answer.question.visible_if
        found[answer.pk] = (*above[answer.question.section_id], *([own] if own else []))
    return found


def coverage_of(assessment: Assessment) -> dict[int, Coverage]:
    """What the accepted report says to each question that is mapped to criteria, by the answer's key."""
    found = Coverage.objects.filter(answer__assessment=assessment).select_related("report")
    return {row.answer_id: row for row in found}


def not_enough(coverage: Mapping[int, Coverage]) -> dict[int, Coverage]:
    """Of these, where a report says something and the question is asked all the same."""
    return {pk: row for pk, row in coverage.items() if row.report_id and row.level != Coverage.Level.FULL}


def carried_in(assessment: Assessment) -> QuerySet[Carried]:
    """The answers of the questionnaire before that stand beside the questions of this one."""
    return Carried.objects.filter(answer__assessment=assessment)


def questions_removed(assessment: Assessment) -> int:
    """How many questions of the questionnaire before, of the same engagement, are not asked in this version."""
    before = (
        Assessment.objects.filter(
            engagement=assessment.engagement_id, family=assessment.family_id, cancelled_at__isnull=True
        )
        .filter(Q(sent_at__lt=assessment.sent_at) | Q(sent_at=assessment.sent_at, pk__lt=assessment.pk))
        .order_by("-sent_at", "-pk")
        .first()
    )
    if before is None:
        return 0
    kept = carried_in(assessment).values("earlier__question__key")
    now = assessment.answers.values("question__key")
    return before.answers.exclude(question__key__in=now).exclude(question__key__in=kept).count()


def to_accept(assessment: Assessment) -> QuerySet[Answer]:
    """Answers that keep it from being complete: asked, answered or required, and not accepted yet."""
    asked = assessment.answers.filter(IS_ANSWERED_OR_REQUIRED, is_visible=True, is_covered=False)
    return asked.exclude(verdict=Verdict.ACCEPTED)


def to_second(assessment: Assessment) -> QuerySet[Answer]:
    """Critical answers that are accepted and wait for a second reviewer; none where nobody asked for one."""
    if not assessment.wants_second_reviewer:
        return assessment.answers.none()
    critical = Q(question__weight=Question.Weight.CRITICAL) | Q(question__is_knock_out=True)
    accepted = assessment.answers.filter(verdict=Verdict.ACCEPTED, is_visible=True, is_covered=False)
    return accepted.filter(critical, seconded_at__isnull=True)


def sent_back_of(assessment: Assessment) -> QuerySet[Answer]:
    """What leaves with the next mail to the vendor, or left with the last one, in order."""
    asked = assessment.answers.filter(verdict=Verdict.SENT_BACK, is_visible=True, is_covered=False)
    return asked.select_related("question")


def assignments_of(assessment: Assessment) -> QuerySet[Assignment]:
    """Which sections and questions were given to whom."""
    found = Assignment.objects.filter(assessment=assessment)
    return found.select_related("contact__user", "section", "question")


def given_to(contact: Contact) -> list[GivenWork]:
    """What colleagues asked this contact to answer and is not answered whole yet, the first due first."""
    open_ones = Assessment.objects.open().filter(assignments__contact=contact).select_related("version").distinct()
    found = [_work_in(assessment, contact) for assessment in open_ones]
    return sorted((work for work in found if work.left), key=lambda work: work.due_on)


def _work_in(assessment: Assessment, contact: Contact) -> GivenWork:
    answers = [each for each in answers_of(assessment) if each.is_with_vendor and each.is_asked and not each.is_whole]
    left: set[int] = set()
    due, givers = [], []
    for assignment in assignments_of(assessment).filter(contact=contact):
        theirs = {each.pk for each in answers_given(answers, assignment)}
        if theirs:
            left |= theirs
            due.append(assignment.due_on or assessment.due_on)
            givers.append(assignment.assigned_by)
    by = ", ".join(dict.fromkeys(givers))
    return GivenWork(assessment, left=len(left), due_on=min(due, default=assessment.due_on), by=by)


def answers_given(answers: Iterable[Answer], assignment: Assignment) -> list[Answer]:
    """Those of the answers that an assignment gives: one, or all in its section."""
    if assignment.section is not None:
        return answers_in(answers, assignment.section)
    return [answer for answer in answers if answer.question_id == assignment.question_id]


def people_to_tell(assessment: Assessment, comments: Sequence[AnswerComment]) -> dict[Contact, list[AnswerComment]]:
    """Who at the vendor gets a mail of these comments, and of which: the contact of all, a colleague of those on
    answers that were given to them or that they wrote about."""
    theirs: dict[int, set[int]] = {}
    for pk, answer in _taking_part(assessment, {each.answer_id for each in comments}):
        theirs.setdefault(pk, set()).add(answer)
    to = Contact.objects.active().filter(vendor=assessment.vendor_id).select_related("user")
    found = {}
    for contact in to.filter(Q(pk__in=theirs) | Q(pk=assessment.contact_id)):
        is_all = contact.pk == assessment.contact_id
        found[contact] = [each for each in comments if is_all or each.answer_id in theirs[contact.pk]]
    return found


def _taking_part(assessment: Assessment, answers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Contacts and the answers, of these, that are theirs to talk about."""
    every = list(assessment.answers.filter(pk__in=answers).select_related("question"))
    for assignment in assignments_of(assessment):
        yield from ((assignment.contact_id, answer.pk) for answer in answers_given(every, assignment))
    if assessment.only_theirs:
        return  # what somebody wrote about once may be theirs no more
    wrote = AnswerComment.objects.filter(answer__in=answers, is_from_vendor=True)
    people = dict(Contact.objects.filter(vendor=assessment.vendor_id).values_list("user_id", "pk"))
    yield from ((people[user], answer) for answer, user in wrote.values_list("answer", "by_id") if user in people)


def sent_files(vendor: Vendor) -> QuerySet[Attachment]:
    """Every file this vendor has sent with an answer, the newest first."""
    return Attachment.objects.filter(vendor=vendor).select_related("file").order_by("-pk")


def waiting_for(vendor: Vendor) -> QuerySet[Assessment]:
    """What this vendor has to answer, the first due first, with counts."""
    return with_counts(Assessment.objects.open().filter(vendor=vendor)).select_related("version").order_by("due_on")


def answered_by(vendor: Vendor) -> QuerySet[Assessment]:
    """What this vendor submitted and does not have to touch now, the newest first."""
    return (
        Assessment.objects.filter(vendor=vendor, submitted_at__isnull=False, cancelled_at__isnull=True)
        .exclude(pk__in=Assessment.objects.open())
        .select_related("version")
        .order_by("-submitted_at")
    )
