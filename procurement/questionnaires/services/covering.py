"""Leaving out what the accepted report answers, and opening it again when the report no longer does.

`reviews` knows which report a review goes by; it hands the grounds in and tells the reviewer what was opened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.policy.queries import in_words
from procurement.questionnaires import access, emails, queries
from procurement.questionnaires.conditions import terms_of
from procurement.questionnaires.covering import Covered, Grounds, Level, Mapped, covering
from procurement.questionnaires.lifecycle import check_can_move
from procurement.questionnaires.models import Answer, Assessment, Coverage, Question, Section, State, Verdict
from procurement.questionnaires.options import is_yes_or_no
from procurement.questionnaires.services.locking import locked, locked_answer
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.reports.models import Report


@dataclass(frozen=True, kw_only=True)
class Basis:
    """The report a review goes by, as a row and as the rules read it."""

    report: Report
    grounds: Grounds


@dataclass(frozen=True)
class Weighed:
    """What another look at the report changed in one questionnaire."""

    assessment: Assessment
    opened: list[Answer] = field(default_factory=list)
    covered: list[Answer] = field(default_factory=list)


def cover(assessment: Assessment, basis: Basis | None) -> None:
    """Mark what the report answers, while the questionnaire is made. Nothing is opened: nothing was asked yet."""
    if basis is not None:
        _weigh(assessment, queries.answers_of(assessment), basis)


@transaction.atomic
def weigh_again(*, assessments: Iterable[Assessment], basis: Basis | None, by: Actor, now: datetime) -> list[Weighed]:
    """Look at the report again in those of the questionnaires that lean on it; without a basis there is none now.

    A question that the report no longer answers is asked: the vendor sees it at once while it is answering, else it
    stands among what is sent back, and a complete questionnaire is opened again. Where the vendor has it, the contact
    is told in one mail. A question that a new report answers is taken off the vendor's list as long as it said nothing
    to it. Returns those questionnaires where that happened.
    """
    leaning = sorted((each for each in assessments if each.leans_on_report), key=lambda each: each.pk)
    weighed = [_weigh_one(locked(each), basis, by=by, now=now) for each in leaning]
    return [each for each in weighed if each.opened or each.covered]


@transaction.atomic
def require_answer(*, answer: Answer, by: Actor, now: datetime) -> Answer:
    """Ask a question although the report answers it. The vendor finds it on its list, or with what is sent back next.

    Raises NotAllowed for whoever is no reviewer; Refused when the report does not answer it or nothing can be asked.
    """
    answer = locked_answer(answer)
    assessment = answer.assessment
    access.check_can_require(by, assessment)
    coverage = Coverage.objects.filter(answer=answer).first()
    if coverage is None or not answer.is_covered:
        raise Refused(_("%(ref)s is asked already.") % {"ref": answer.question.ref})
    coverage.required_by, coverage.required_at = by.label[:120], now
    coverage.save(update_fields=["required_by", "required_at"])
    reason = _("We would like to hear it from you, although your report speaks of it.")
    _open(assessment, [answer], dict.fromkeys([answer.pk], reason), by=by, now=now)
    ledger.record(
        by=by,
        verb="answer.required",
        sentence=_("%(ref)s is asked although the report answers it") % {"ref": answer.question.ref},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"report": coverage.report_id},
    )
    return answer


def _weigh_one(assessment: Assessment, basis: Basis | None, *, by: Actor, now: datetime) -> Weighed:
    answers = queries.answers_of(assessment)
    weighed = _weigh(assessment, answers, basis)
    if weighed.opened:
        reasons = dict(Coverage.objects.filter(answer__in=weighed.opened).values_list("answer", "reason"))
        _open(assessment, weighed.opened, reasons, by=by, now=now)
        _record(assessment, weighed.opened, by=by, now=now)
        if assessment.waits_for_vendor:
            progress = queries.progress_of(queries.answers_of(assessment))
            emails.questions_opened(assessment, weighed.opened, progress, by=by, now=now)
    return weighed


def _weigh(assessment: Assessment, answers: Sequence[Answer], basis: Basis | None) -> Weighed:
    """Write what the report says now to each question, and which questions it answers."""
    standing = {row.answer_id: row for row in Coverage.objects.filter(answer__assessment=assessment)}
    gates = _gates(assessment)
    weighed = Weighed(assessment)
    made: list[Coverage] = []
    changed: list[Coverage] = []
    for answer in answers:
        said = _said(answer.question, gates, basis)
        row = standing.get(answer.pk)
        if said is None and row is None:
            continue
        row = row or Coverage(answer=answer)
        row.report = basis.report if basis else None
        row.level = said.level.value if said else Coverage.Level.NONE
        row.reason = in_words(said.reason) if said else _("No report that we accepted answers it now.")
        row.pages = list(said.pages) if said else []
        (changed if row.pk else made).append(row)
        _mark(answer, row, weighed)
    Coverage.objects.bulk_create(made)
    Coverage.objects.bulk_update(changed, ["report", "level", "reason", "pages"])
    Answer.objects.bulk_update([*weighed.opened, *weighed.covered], ["is_covered"])
    return weighed


def _said(question: Question, gates: frozenset[str], basis: Basis | None) -> Covered | None:
    if basis is None:
        return None
    mapped = Mapped(
        criteria=tuple(question.criteria),
        is_yes_or_no=is_yes_or_no(question),
        needs_file=question.evidence == Question.Evidence.REQUIRED,
        is_gate=question.key in gates,
    )
    return covering(mapped, basis.grounds)


def _mark(answer: Answer, row: Coverage, weighed: Weighed) -> None:
    """Whether the report stands in for the answer. What the vendor has begun to say itself is not taken away."""
    stands_in = row.level == Level.FULL and not row.required_at
    can_be_taken_off = answer.is_untouched and answer.is_with_vendor and answer.assessment.submitted_at is None
    if answer.is_covered and not stands_in:
        answer.is_covered = False
        weighed.opened.append(answer)
    elif stands_in and not answer.is_covered and can_be_taken_off:
        answer.is_covered = True
        weighed.covered.append(answer)


def _open(
    assessment: Assessment, answers: Sequence[Answer], reasons: dict[int, str], *, by: Actor, now: datetime
) -> None:
    """Ask these questions after all, wherever the questionnaire stands."""
    if assessment.state in (State.SUBMITTED, State.COMPLETE):
        check_can_move(assessment.state, State.IN_REVIEW)
        assessment.state, assessment.completed_at, assessment.completed_by = State.IN_REVIEW, None, ""
        assessment.save(update_fields=["state", "completed_at", "completed_by"])
    for answer in answers:
        answer.is_covered = False
        answer.is_with_vendor = assessment.waits_for_vendor
        if assessment.submitted_at is not None:
            answer.verdict, answer.note = Verdict.SENT_BACK, reasons[answer.pk]
            answer.returned_revision = answer.revision
            answer.judged_by, answer.judged_at = by.label[:120], now
    fields = ["is_covered", "is_with_vendor", "verdict", "note", "returned_revision", "judged_by", "judged_at"]
    Answer.objects.bulk_update(answers, fields)


def _gates(assessment: Assessment) -> frozenset[str]:
    """The questions that conditions of this version ask."""
    sections = Section.objects.filter(version=assessment.version_id, visible_if__isnull=False)
    questions = Question.objects.filter(section__version=assessment.version_id, visible_if__isnull=False)
    rules = [*sections.values_list("visible_if", flat=True), *questions.values_list("visible_if", flat=True)]
    return frozenset(term.q for rule in rules if rule for term in terms_of(rule) if term.q)


def _record(assessment: Assessment, opened: Sequence[Answer], *, by: Actor, now: datetime) -> None:
    sentence = ngettext(
        "%(version)s: one question is asked after all, the report no longer answers it: %(refs)s",
        "%(version)s: %(count)s questions are asked after all, the report no longer answers them: %(refs)s",
        len(opened),
    )
    refs = [answer.question.ref for answer in opened]
    ledger.record(
        by=by,
        verb="questionnaire.opened_again",
        sentence=sentence % {"version": assessment.version, "count": len(opened), "refs": _few(refs)},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"asked": refs},
    )


def _few(refs: Sequence[str]) -> str:
    return ", ".join(refs[:12]) + (" …" if len(refs) > 12 else "")
