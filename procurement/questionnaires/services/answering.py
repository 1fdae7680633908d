"""Saving answers: one by one as they are typed, or all of them at once.

Each change is kept as an `AnswerRevision`, which nobody can change; the ledger says when the vendor began and when it
submitted, not every pause in typing.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.lifecycle import check_can_move
from procurement.questionnaires.models import Answer, AnswerRevision, Assessment, State, Value
from procurement.questionnaires.services.locking import locked
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused

LONGEST_COMMENT = 4000


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody says to one question. `revision` is that of the answer they saw when they said it."""

    answer_id: int
    revision: int
    value: str
    comment: str


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed the answer meanwhile: theirs as it is kept, mine as it was given."""

    theirs: Answer
    mine: Given


@dataclass(frozen=True)
class Saved:
    """What became of a save: answers that changed, and those that were not touched because both sides differ."""

    changed: list[Answer] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


@transaction.atomic
def save_answers(*, assessment: Assessment, given: Collection[Given], by: Actor, now: datetime) -> Saved:
    """Keep what was given. An answer that somebody else changed since is left alone and told as a conflict.

    Saying again what is kept already changes nothing.
    Raises NotAllowed for whoever is no contact of the vendor; Refused when it is not the vendor's turn, for an answer
    of another questionnaire or one that was not sent back, for a value that is none, and for a comment too long.
    """
    assessment = locked(assessment)
    access.check_can_answer(by, assessment)
    answers = {
        answer.pk: answer
        for answer in assessment.answers.select_related("question", "file").filter(
            pk__in=[each.answer_id for each in given]
        )
    }
    saved = Saved()
    for mine in given:
        answer = answers.get(mine.answer_id)
        if answer is None:
            raise Refused(_("This answer belongs to another questionnaire."))
        answer.assessment = assessment
        _check_can_be(mine)
        if (answer.value, answer.comment) == (mine.value, mine.comment.strip()):
            continue
        access.check_can_change(by, answer)
        if answer.revision != mine.revision:
            saved.conflicts.append(Conflict(answer, mine))
            continue
        answer.value, answer.comment = mine.value, mine.comment.strip()
        saved.changed.append(answer)
    for answer in saved.changed:
        keep(answer, by=by, now=now)
    if saved.changed:
        begin(assessment, by=by, now=now)
    return saved


def keep(answer: Answer, *, by: Actor, now: datetime) -> None:
    """Write the answer as its next revision, inside an act that holds its assessment."""
    answer.revision += 1
    answer.answered_by, answer.answered_at = by.label, now
    answer.save(update_fields=["value", "comment", "file", "revision", "answered_by", "answered_at"])
    AnswerRevision.objects.create(
        answer=answer,
        revision=answer.revision,
        value=answer.value,
        comment=answer.comment,
        file=answer.file,
        by=by.label,
        by_id=by.pk,
        at=now,
    )


def begin(assessment: Assessment, *, by: Actor, now: datetime) -> None:
    """The first change of all: from now on it is in progress. Last in its act, for it writes the ledger."""
    if assessment.state != State.SENT:
        return
    check_can_move(assessment.state, State.IN_PROGRESS)
    assessment.state = State.IN_PROGRESS
    assessment.save(update_fields=["state"])
    ledger.record(
        by=by,
        verb="questionnaire.begun",
        sentence=_("%(version)s: %(vendor)s has begun to answer")
        % {"version": assessment.version, "vendor": assessment.vendor.name},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
    )


def _check_can_be(given: Given) -> None:
    if given.value and given.value not in Value.values:
        raise Refused(_("Choose one of the answers."), field="value")
    if len(given.comment) > LONGEST_COMMENT:
        raise Refused(
            _("The comment is longer than %(most)s characters. Put the rest into a PDF.") % {"most": LONGEST_COMMENT},
            field="comment",
        )
