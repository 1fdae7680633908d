"""What the pages of a workbook of answers show, the vendor's and the reviewer's alike: earlier workbooks, the rows of
one in groups, and what became of a decision about them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procurement.questionnaires import access, queries, services
from procurement.questionnaires.forms import DecideForm
from procurement.questionnaires.models import Answer, AnswerImport, Assessment
from procurement.questionnaires.offline.comparing import OFFERED, Comparison, Group, Line
from procurement.questionnaires.services import Choice
from vendors.people.actors import Actor, Refused

MOST_REFS = 40
DECIDED = (AnswerImport.State.APPLIED, AnswerImport.State.UNDONE)
CONFLICT, UNPROCESSABLE = 409, 422


@dataclass(frozen=True)
class Table:
    """Rows that a person may tick. `is_offered`: a tick takes the row; else a tick leaves it out."""

    key: str
    title: str
    explained: str
    lines: list[Line]
    is_offered: bool


@dataclass(frozen=True)
class Told:
    """Rows that change nothing, with why; only their references are named."""

    title: str
    explained: str
    refs: str
    count: int


@dataclass(frozen=True)
class Sent:
    """A workbook that came earlier; `to_send` are the files it names that are still to come."""

    job: AnswerImport
    may_undo: bool
    to_send: list[tuple[Answer, str]]


@dataclass(frozen=True, kw_only=True)
class LookedThrough:
    """The page of what a file would change, and how to answer; `taken` is how many answers it changed, once it did."""

    context: dict[str, Any]
    status: int = 200
    taken: int | None = None


def look_through(job: AnswerImport, data: Any, *, by: Actor, apply: Callable[[Choice], int]) -> LookedThrough:
    """What a file would change, row by row; where `data` was sent, what was chosen is taken in or refused.

    apply  the act: how many answers the choice changed. Raises ChangedSince, Refused.
    """
    comparison = services.compared(job, by=by)
    form = DecideForm(comparison, data)
    if data is None:
        return LookedThrough(context=_context(job, comparison, form))
    if not form.is_valid():
        return LookedThrough(context=_context(job, comparison, form), status=UNPROCESSABLE)
    try:
        return LookedThrough(context={}, taken=apply(form.choice()))
    except services.ChangedSince as changed:
        ticks = form.cleaned_data
        comparison = services.compared(job, by=by)
        form = DecideForm(comparison, {**ticks, "seen": DecideForm(comparison)["seen"].value()})
        return LookedThrough(context=_context(job, comparison, form, told=str(changed)), status=CONFLICT)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return LookedThrough(context=_context(job, comparison, form), status=UNPROCESSABLE)


def _context(job: AnswerImport, comparison: Comparison, form: DecideForm, *, told: str = "") -> dict[str, Any]:
    ticked: Any = form["take"].value() or []
    left: Any = form["leave"].value() or []
    return {
        "job": job,
        "assessment": job.assessment,
        "form": form,
        "told_again": told,
        "tables": tables_of(comparison),
        "wrong": comparison.of(Group.UNKNOWN),
        "closed": comparison.of(Group.CLOSED),
        "told": told_of(comparison),
        "comparison": comparison,
        "ticked": {int(key) for key in (*ticked, *left) if str(key).isdecimal()},
    }


def tables_of(comparison: Comparison) -> list[Table]:
    """What may be brought in, what needs a look first."""
    found = []
    for group, (title, explained) in _texts().items():
        lines = comparison.of(group)
        if lines:
            found.append(Table(group.value, title, explained, lines, is_offered=group in OFFERED))
    return found


def told_of(comparison: Comparison) -> list[Told]:
    """What changes nothing."""
    same, newer, empty = (comparison.of(group) for group in (Group.SAME, Group.NEWER, Group.EMPTY))
    refs = [
        (_("The same"), _("The file says what the portal says."), [line.answer.question.ref for line in same]),
        (
            _("Answered in the portal since"),
            _("The file says what stood there when the workbook was made. The portal's newer answer stays."),
            [line.answer.question.ref for line in newer],
        ),
        (
            _("Empty in the file"),
            _("An empty cell takes nothing away: the portal's answer stays."),
            [line.answer.question.ref for line in empty],
        ),
        (
            _("Not in the file any more"),
            _("The workbook had a row for them. Their answers stay."),
            [answer.question.ref for answer in comparison.missing],
        ),
        (
            _("Asked in other words"),
            _("The words of these questions differ in the file. We go by ours; make sure the answers still fit."),
            [line.answer.question.ref for line in comparison.reworded],
        ),
    ]
    return [Told(title, explained, _listed(each), len(each)) for title, explained, each in refs if each]


def sent_before(assessment: Assessment, by: Actor) -> list[Sent]:
    """Workbooks that were taken in or undone, as far as this contact sees what is in them, the newest first: those that
    we brought in as well."""
    decided = assessment.answer_imports.filter(state__in=DECIDED)
    return _sent(assessment, [each for each in decided if access.can_see_file(by, assessment, each)], by)


def brought_before(assessment: Assessment, by: Actor) -> list[Sent]:
    """Files that reviewers brought in and that were taken in or undone, the newest first."""
    return _sent(assessment, list(assessment.answer_imports.brought_in().filter(state__in=DECIDED)), by)


def waits_for_decision(assessment: Assessment, by: Actor) -> AnswerImport | None:
    """The file of this person's side that nobody has decided on, as far as they see it."""
    undecided = assessment.answer_imports.filter(state=AnswerImport.State.OPEN)
    seen = (each for each in undecided if access.is_of_their_side(by, each))
    return next((each for each in seen if access.can_see_file(by, assessment, each)), None)


def _sent(assessment: Assessment, jobs: Collection[AnswerImport], by: Actor) -> list[Sent]:
    wanted = {each["answer"] for job in jobs for each in job.named_files}
    by_key = {answer.pk: answer for answer in queries.answers_of(assessment, wanted)}
    for job in jobs:
        job.assessment = assessment
    return [Sent(job, access.can_undo(by, job), _to_send(job, by_key)) for job in jobs]


def _to_send(job: AnswerImport, answers: dict[int, Answer]) -> list[tuple[Answer, str]]:
    if job.state != AnswerImport.State.APPLIED:
        return []
    return [
        (answers[each["answer"]], each["name"])
        for each in job.named_files
        if each["answer"] in answers and not _stands_beside(answers[each["answer"]], each["name"])
    ]


def _stands_beside(answer: Answer, name: str) -> bool:
    return any(each.file.name.casefold() == name.casefold() for each in answer.files)


def _listed(refs: Collection[str]) -> str:
    shown = ", ".join(list(refs)[:MOST_REFS])
    rest = len(refs) - MOST_REFS
    return _("%(refs)s and %(count)s more") % {"refs": shown, "count": rest} if rest > 0 else shown


def _texts() -> dict[Group, tuple[str, str]]:
    return {
        Group.CONFLICT: (
            _("Answered on both sides"),
            _("The portal has an answer that the workbook did not know. It stays, unless you take the file's."),
        ),
        Group.PROPOSED: (
            _("Perhaps the same question"),
            _("The words are only similar. Left out, unless you take them."),
        ),
        Group.CHANGED: (_("Changed in the file"), _("The file's answer takes the place of the portal's.")),
        Group.NEW: (_("New answers"), _("The portal has no answer to these yet.")),
    }
