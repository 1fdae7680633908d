"""Saving answers: one by one as they are typed, or all of them at once.

Each change is kept as an `AnswerRevision`, which nobody can change; the ledger says when the vendor began and when it
submitted, not every pause in typing.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access, queries, values
from procurement.questionnaires.companions import read_companions
from procurement.questionnaires.lifecycle import check_can_move
from procurement.questionnaires.models import Answer, AnswerImport, AnswerRevision, Assessment, State
from procurement.questionnaires.services.locking import locked_with_version
from procurement.questionnaires.services.settling import settle
from procurement.questionnaires.standings import Standing, standings_of
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused

NO_WORKBOOK: Mapping[int, AnswerImport] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody says to one question. `revision` is that of the answer they saw when they said it.

    value       as `values.read` takes it
    companions  what is said in the further fields, by key; None: nothing was asked there
    """

    answer_id: int
    revision: int
    value: Any
    comment: str
    is_not_applicable: bool = False
    companions: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed the answer meanwhile: theirs as it is kept, mine as it was given."""

    theirs: Answer
    mine: Given


@dataclass(frozen=True)
class Saved:
    """What became of a save: answers that changed, and those that were not touched because both sides differ.

    answers    those that were spoken of, as they stand now
    standings  where every answer of the assessment stands now
    """

    answers: list[Answer]
    standings: list[Standing] = field(default_factory=list)
    changed: list[Answer] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


@transaction.atomic
def save_answers(
    *,
    assessment: Assessment,
    given: Collection[Given],
    by: Actor,
    now: datetime,
    source: AnswerImport | None = None,
) -> Saved:
    """Keep what was given. An answer that somebody else changed since is left alone and told as a conflict.

    source  the workbook it came with

    Saying again what is kept already changes nothing, except that a workbook which a reviewer brought in then speaks
    instead of the contact.
    Raises NotAllowed for whoever is no contact of the vendor, unless a reviewer brought the workbook in; Refused when
    it is not the vendor's turn, for an answer of another questionnaire or one that was not sent back, for what the
    question does not take, and for a comment too long.
    """
    assessment = locked_with_version(assessment)
    is_brought_in = source is not None and source.is_brought_in
    (access.check_can_bring_answers if is_brought_in else access.check_can_answer)(by, assessment)
    check = access.check_can_bring if is_brought_in else access.check_can_change
    saved = Saved(queries.answers_of(assessment, {each.answer_id for each in given}))
    answers = {answer.pk: answer for answer in saved.answers}
    for mine in given:
        answer = answers.get(mine.answer_id)
        if answer is None:
            raise Refused(_("This answer belongs to another questionnaire."))
        _take(answer, mine, saved, partial(check, by), is_brought_in=is_brought_in)
    if saved.changed:
        keep_all(saved.changed, by=by, now=now, sources={each.pk: source for each in saved.changed if source})
        standings = settle(assessment, saved.changed)
        begin(assessment, by=by, now=now, source=source)
        return replace(saved, standings=standings)
    return replace(saved, standings=standings_of(assessment))


def _take(answer: Answer, mine: Given, saved: Saved, check: Callable[[Answer], None], *, is_brought_in: bool) -> None:
    """Put what was given into the answer, unless it says that already or somebody else was faster.

    check  whether it may be changed so; raises NotAllowed, Refused
    """
    wording = read_given(answer, mine)
    has_its_speaker = answer.brought_with is not None or not is_brought_in
    if wording == wording_of(answer) and has_its_speaker:
        return
    check(answer)
    if answer.revision != mine.revision:
        saved.conflicts.append(Conflict(answer, mine))
        return
    put(answer, wording)
    saved.changed.append(answer)


@dataclass(frozen=True)
class Wording:
    """What an answer says."""

    value: Any
    is_not_applicable: bool
    comment: str
    companions: dict[str, str]


def wording_of(answer: Answer) -> Wording:
    return Wording(answer.value, answer.is_not_applicable, answer.comment, answer.companions)


def read_given(answer: Answer, given: Given) -> Wording:
    """What was given, in the shape in which it is kept. Raises Refused for what the question does not take."""
    said = values.read(answer.question, given.value, not_applicable=given.is_not_applicable)
    comment = values.read_comment(given.comment)
    # Who does not know of further fields (an older form, a program) leaves them as they are.
    companions = answer.companions if given.companions is None else read_companions(answer.question, given.companions)
    return Wording(said.value, said.is_not_applicable, comment, companions)


def put(answer: Answer, wording: Wording) -> None:
    """Let the answer say this; `keep` writes it."""
    answer.value, answer.is_not_applicable = wording.value, wording.is_not_applicable
    answer.comment, answer.companions = wording.comment, wording.companions


def keep(answer: Answer, *, by: Actor, now: datetime) -> None:
    """Write the answer as its next revision, inside an act that holds its assessment and settles it."""
    keep_all([answer], by=by, now=now)


def keep_words(answer: Answer, *, by: Actor, now: datetime) -> None:
    """As `keep`, where only the files beside it changed: whose words they are stays as it is."""
    brought = {answer.pk: answer.brought_with} if answer.brought_with else NO_WORKBOOK
    keep_all([answer], by=by, now=now, sources=brought)


def keep_all(
    answers: Collection[Answer], *, by: Actor, now: datetime, sources: Mapping[int, AnswerImport] = NO_WORKBOOK
) -> None:
    """As `keep`, for many answers of one assessment: a workbook brings hundreds.

    sources  the workbook that each came with, by the answer's key; what is not named was given without one
    """
    for answer in answers:
        source = sources.get(answer.pk)
        answer.brought_with = source if source is not None and source.is_brought_in else None
        answer.revision += 1
        answer.answered_by, answer.answered_at = by.label, now
        answer.save(
            update_fields=[
                "value",
                "is_not_applicable",
                "comment",
                "companions",
                "revision",
                "answered_by",
                "answered_at",
                "brought_with",
            ],
        )
    AnswerRevision.objects.bulk_create(
        _revision_of(answer, by=by, now=now, source=sources.get(answer.pk)) for answer in answers
    )


def _revision_of(answer: Answer, *, by: Actor, now: datetime, source: AnswerImport | None) -> AnswerRevision:
    return AnswerRevision(
        answer=answer,
        revision=answer.revision,
        value=answer.value,
        is_not_applicable=answer.is_not_applicable,
        comment=answer.comment,
        companions=answer.companions,
        files=[{"attachment": each.pk, "name": each.file.name, "sha256": each.file.sha256} for each in answer.files],
        by=by.label,
        by_id=by.pk,
        at=now,
        source=source,
    )


def begin(assessment: Assessment, *, by: Actor, now: datetime, source: AnswerImport | None = None) -> None:
    """The first change of all: from now on it is in progress. Last in its act, for it writes the ledger.

    source  the workbook that the first answers came with
    """
    if assessment.state != State.SENT:
        return
    check_can_move(assessment.state, State.IN_PROGRESS)
    assessment.state = State.IN_PROGRESS
    assessment.save(update_fields=["state"])
    sentence = _("%(version)s: %(vendor)s has begun to answer")
    if source is not None and source.is_brought_in:
        sentence = _("%(version)s: the first answers of %(vendor)s were brought in from %(name)s")
    ledger.record(
        by=by,
        verb="questionnaire.begun",
        sentence=sentence
        % {
            "version": assessment.version,
            "vendor": assessment.vendor.name,
            "name": source.name if source else "",
        },
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
    )
