"""Answers that come back in a workbook: read in the confined child, compared, taken in at once or not at all, undone
while nobody has said anything since. The file itself is not kept: what was read of it is, until it is decided.

A contact brings it back in the portal. A reviewer brings in what the vendor has published or mailed, says where it came
from, and reads nothing of what the vendor has not handed over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.questionnaires import access, queries
from procurement.questionnaires.importing.texts import clean
from procurement.questionnaires.models import Answer, AnswerImport, AnswerRevision, Assessment, ImportProfile
from procurement.questionnaires.offline.comparing import OFFERED, TAKEN, Comparison, Line, Rule, compare
from procurement.questionnaires.offline.jobs import READ_ANSWERS
from procurement.questionnaires.offline.making import is_signed, marks_of, revisions_in
from procurement.questionnaires.offline.reading import Returned
from procurement.questionnaires.services.answering import Given, keep_all, save_answers
from procurement.questionnaires.services.drafting import check_letters
from procurement.questionnaires.services.importing import TIMEOUT
from procurement.questionnaires.services.locking import locked
from procurement.questionnaires.services.settling import settle
from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.people.actors import Actor, Kind, Refused

LONGEST_NAME = 120
LONGEST_SOURCE = 200
State = AnswerImport.State


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What somebody decided on the page of the comparison.

    seen         the revision of each answer as the page showed it
    leave, take  keys of answers whose row is left out, or taken although it is not by itself
    """

    seen: Mapping[int, int]
    rule: Rule = Rule.AS_TICKED
    leave: Collection[int] = ()
    take: Collection[int] = ()


class ChangedSince(Refused):
    """Somebody answered in the portal while the comparison was looked at. Nothing was saved."""


@dataclass(frozen=True, kw_only=True)
class AnswersFile:
    """A file of answers as it was read; nothing is kept of it yet."""

    name: str
    sha256: str
    returned: Returned


def read_answers(*, assessment: Assessment, data: bytes, name: str, by: Actor) -> AnswersFile:
    """Read a file of answers, which may take seconds: so before any lock. Changes nothing.

    Raises NotAllowed for whoever is neither a contact of the vendor nor a reviewer; Refused when it is not the vendor's
    turn, and (field "file") with what to do about a file that cannot be read or holds no question.
    """
    access.check_can_bring_answers(by, assessment)
    returned = _read(assessment, data, name)
    if not returned.rows:
        raise Refused(
            _("No answer was found in this file. Is it the workbook that you filled in, saved as .xlsx?"), field="file"
        )
    name = clean(name)[-LONGEST_NAME:] or _("a file")
    return AnswersFile(name=name, sha256=sha256(data).hexdigest(), returned=returned)


@transaction.atomic
def keep_answer_import(
    *, assessment: Assessment, file: AnswersFile, received_from: str = "", by: Actor, now: datetime
) -> AnswerImport:
    """Keep what was read until somebody decides; an earlier file of the same side that nobody decided on goes.

    received_from  where a reviewer has the file from: "Trust center of Quillhaven, 12 November 2026". A contact, who
                   speaks for the vendor, says nothing here.

    Raises as `read_answers`; Refused (field "received_from") when a reviewer does not say, or in too many words.
    """
    assessment = locked(assessment)
    access.check_can_bring_answers(by, assessment)
    source = "" if by.kind == Kind.CONTACT else _source(received_from)
    for earlier in assessment.answer_imports.filter(state=State.OPEN):
        if access.is_of_their_side(by, earlier) and access.can_see_file(by, assessment, earlier):
            _end(earlier, State.DISCARDED, by=by, now=now)
    job = AnswerImport.objects.create(
        assessment=assessment,
        name=file.name,
        sha256=file.sha256,
        origin=_origin(assessment, file.returned.meta),
        received_from=source,
        reading=file.returned.as_json(),
        begun_at=now,
        begun_by=by.label,
        begun_by_id=by.pk,
    )
    _record(job, "answers_file.read", _("%(version)s: answers in %(name)s read"), by=by, now=now)
    return job


def begin_answer_import(*, assessment: Assessment, data: bytes, name: str, by: Actor, now: datetime) -> AnswerImport:
    """Read a contact's file and keep what was read. No answer is changed before it is taken in.

    Raises as `read_answers` and `keep_answer_import` do.
    """
    file = read_answers(assessment=assessment, data=data, name=name, by=by)
    return keep_answer_import(assessment=assessment, file=file, by=by, now=now)


def _source(written: str) -> str:
    """Where a file came from, on one line. Raises Refused without it."""
    source = printable(written)
    if not source:
        raise Refused(
            _("Say where the file came from, for example the trust center and the day, or who mailed it."),
            field="received_from",
        )
    if len(source) > LONGEST_SOURCE:
        sentence = _("Say it in at most %(count)s characters.") % {"count": LONGEST_SOURCE}
        raise Refused(sentence, field="received_from")
    return source


def compared(job: AnswerImport, *, by: Actor) -> Comparison:
    """What the file would change, as the answers stand now and as far as this person sees them. Changes nothing."""
    return _compared(job, queries.answers_of(job.assessment), by)


@transaction.atomic
def apply_answer_import(*, job: AnswerImport, choice: Choice, by: Actor, now: datetime) -> int:
    """Take in what was chosen, all of it or nothing. Returns how many answers it changed.

    Raises NotAllowed; ChangedSince where one of the answers is not as the page showed it; Refused when nothing was
    chosen, the file is decided already, or it is not the vendor's turn.
    """
    job = _locked(job, by)
    answers = queries.answers_of(job.assessment)
    comparison = _compared(job, answers, by)
    chosen = comparison.chosen(choice.rule, leave=choice.leave, take=choice.take)
    _check_unchanged([line.answer for line in comparison.of(*TAKEN, *OFFERED)], choice.seen)
    if not chosen:
        raise Refused(_("Nothing is chosen. Tick what the file shall bring in, or throw it away."))
    saved = save_answers(assessment=job.assessment, given=[_given(line) for line in chosen], by=by, now=now, source=job)
    job.taken = len(saved.changed)
    job.named_files = [{"answer": each.answer.pk, "name": each.name} for each in comparison.evidence]
    _end(job, State.APPLIED, by=by, now=now)
    sentence = ngettext(
        "%(version)s: one answer taken from %(name)s", "%(version)s: %(count)s answers taken from %(name)s", job.taken
    )
    _record(job, "answers_file.applied", sentence, by=by, now=now)
    return job.taken


@transaction.atomic
def discard_answer_import(*, job: AnswerImport, by: Actor, now: datetime) -> None:
    """Nothing comes of it. Raises NotAllowed; Refused when it is decided already."""
    job = _locked(job, by)
    _end(job, State.DISCARDED, by=by, now=now)
    _record(job, "answers_file.discarded", _("%(version)s: answers in %(name)s thrown away"), by=by, now=now)


@transaction.atomic
def undo_answer_import(*, job: AnswerImport, by: Actor, now: datetime) -> int:
    """Let each answer say again what it said before the file. Its revisions stay; another is added to each, which tells
    of a file that a reviewer brought in before.

    Returns how many answers that were. Raises NotAllowed; Refused when the file was not taken in, it is not the
    vendor's turn, or one of the answers was changed since or cannot be changed now.
    """
    assessment = locked(job.assessment)
    job = AnswerImport.objects.select_for_update(of=("self",)).get(pk=job.pk)
    job.assessment = assessment
    access.check_can_undo(by, job)
    brought = {each.answer_id: each.revision for each in job.revisions.all()}
    touched = queries.answers_of(assessment, brought)
    _check_unchanged(touched, brought)
    for answer in touched:
        access.check_can_bring(by, answer)
    earlier = {
        each.answer_id: each
        for each in AnswerRevision.objects.filter(answer__in=touched).select_related("source")
        if each.revision == brought[each.answer_id] - 1
    }
    for answer in touched:
        _say_again(answer, earlier.get(answer.pk))
    before = {pk: each.source for pk, each in earlier.items() if each.source and each.source.is_brought_in}
    keep_all(touched, by=by, now=now, sources=before)
    settle(assessment, touched)
    _end(job, State.UNDONE, by=by, now=now)
    sentence = _("%(version)s: what came with %(name)s is undone")
    _record(job, "answers_file.undone", sentence, by=by, now=now)
    return len(touched)


def _say_again(answer: Answer, before: AnswerRevision | None) -> None:
    """What an earlier revision said; nothing where there was none."""
    answer.value = before.value if before else None
    answer.is_not_applicable = before.is_not_applicable if before else False
    answer.comment = before.comment if before else ""
    answer.companions = before.companions if before else {}


def _read(assessment: Assessment, data: bytes, name: str) -> Returned:
    answers = assessment.answers.select_related("question")
    params = {
        "name": name,
        **marks_of(assessment),
        "questions": [
            {"key": each.question.key, "ref": each.question.ref, "text": each.question.text} for each in answers
        ],
        "profiles": list(ImportProfile.objects.values_list("content", flat=True)),
    }
    try:
        found, _bytes = run_confined(READ_ANSWERS, params=params, data=data, timeout=TIMEOUT)
    except ConfinedJobFailed as failure:
        raise Refused(str(failure), field="file") from failure
    check_letters(found)
    return Returned.from_json(found)


def _origin(assessment: Assessment, meta: dict[str, str]) -> AnswerImport.Origin:
    if not meta:
        return AnswerImport.Origin.FOREIGN
    if not is_signed(meta):
        return AnswerImport.Origin.ALTERED
    is_this = all(meta.get(name) == mark for name, mark in marks_of(assessment).items())
    return AnswerImport.Origin.OWN if is_this else AnswerImport.Origin.OTHER


def _compared(job: AnswerImport, answers: list[Answer], by: Actor) -> Comparison:
    returned = Returned.from_json(job.reading)
    exported = revisions_in(returned.meta) if job.origin == AnswerImport.Origin.OWN else None
    before: dict[tuple[int, int], AnswerRevision] = {}
    if exported is not None:
        found = AnswerRevision.objects.filter(answer__assessment=job.assessment_id)
        before = {(each.answer_id, each.revision): each for each in found}
    names = access.files_seen_by(by, queries.sent_files(job.assessment.vendor)).values_list("file__name", flat=True)
    answers = access.seen_among(by, job.assessment, answers)
    unread = {each.pk for each in answers if access.is_unread(by, each)}
    return compare(returned.rows, answers, exported=exported, before=before, sent_names=names, by=by, unread=unread)


def _given(line: Line) -> Given:
    assert line.said is not None
    return Given(
        answer_id=line.answer.pk,
        revision=line.answer.revision,
        value=line.said.value,
        comment=line.comment,
        is_not_applicable=line.said.is_not_applicable,
        companions=line.companions,
    )


def _check_unchanged(answers: Collection[Answer], seen: Mapping[int, int]) -> None:
    changed = [answer.question.ref for answer in answers if seen.get(answer.pk) != answer.revision]
    if changed:
        raise ChangedSince(
            _("Meanwhile somebody answered in the portal: %(refs)s. Nothing was saved; look at it again.")
            % {"refs": ", ".join(changed[:10]) + (" …" if len(changed) > 10 else "")}
        )


def _locked(job: AnswerImport, by: Actor) -> AnswerImport:
    """The file with its assessment, both locked, while it may still be decided."""
    assessment = locked(job.assessment)
    found = AnswerImport.objects.select_for_update(of=("self",)).get(pk=job.pk)
    found.assessment = assessment
    access.check_can_decide(by, found)
    return found


def _end(job: AnswerImport, state: AnswerImport.State, *, by: Actor, now: datetime) -> None:
    job.state, job.reading, job.ended_at, job.ended_by = state, {}, now, by.label
    job.save(update_fields=["state", "reading", "taken", "named_files", "ended_at", "ended_by"])


def _record(job: AnswerImport, verb: str, sentence: str, *, by: Actor, now: datetime) -> None:
    told = sentence % {"version": job.assessment.version, "name": job.name, "count": job.taken}
    details = {"sha256": job.sha256}
    if job.is_brought_in:
        told = _("%(told)s; it came from: %(received_from)s") % {"told": told, "received_from": job.received_from}
        details["received_from"] = job.received_from
    ledger.record(
        by=by,
        verb=verb,
        sentence=told,
        at=now,
        vendor_id=job.assessment.vendor_id,
        subject=("assessment", job.assessment_id),
        details=details,
    )
