"""Findings: raised in a review, given to an owner with a date, closed or withdrawn. They stay with the engagement."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.questionnaires.models import Answer
from procurement.reviews import access, emails
from procurement.reviews.models import Finding, Review, Severity
from procurement.reviews.queries import assessments_of
from procurement.reviews.services.moving import locked, touch
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.reports.models import ReportException
from vendors.templatetags import wording


@dataclass(frozen=True, kw_only=True)
class FindingDraft:
    """A finding as typed.

    exception  the row of the report it rests on, where there is one; its criterion is kept as the reference
    answer     of a questionnaire of this review, where that is flagged
    """

    title: str
    description: str
    severity: str
    owner: User
    due_on: date
    source: str = Finding.Source.OTHER
    source_reference: str = ""
    exception: ReportException | None = None
    answer: Answer | None = None


@transaction.atomic
def raise_finding(*, review: Review, draft: FindingDraft, by: Actor, on: date, now: datetime) -> Finding:
    """Write a finding down. It gets the next number of its review, and its owner a mail.

    Raises NotAllowed for anybody but the assigned reviewer; Refused when nothing can be edited, a word is none of
    ours, the date has passed, the owner is no active member of staff, or the exception or the answer is not
    this review's.
    """
    review = locked(review)
    access.check_can_raise(by, review)
    _check_draft(draft, review, on)
    last = review.findings.aggregate(last=Max("number"))["last"] or 0
    finding = Finding.objects.create(
        review=review,
        number=last + 1,
        title=draft.title.strip(),
        description=draft.description.strip(),
        severity=draft.severity,
        owner=draft.owner,
        due_on=draft.due_on,
        source=_source(draft),
        source_reference=_reference(draft),
        exception=draft.exception,
        answer=draft.answer,
        opened_at=now,
        opened_by=by.label,
    )
    touch(review)
    emails.finding_assigned(finding, before=None, by=by, now=now)
    _record(
        finding,
        "finding.raised",
        _("%(review)s, %(finding)s raised: %(title)s (%(severity)s, %(owner)s, due %(due)s)")
        % {
            "review": review.number,
            "finding": finding.label,
            "title": finding.title,
            "severity": finding.get_severity_display(),
            "owner": finding.owner.name,
            "due": wording.day(finding.due_on),
        },
        by=by,
        now=now,
        details={"severity": finding.severity, "owner": finding.owner_id, "due_on": finding.due_on},
    )
    return finding


@transaction.atomic
def assign_finding(*, finding: Finding, owner: User, by: Actor, now: datetime) -> Finding:
    """Give the finding to another owner; both the new and the former one are told.

    Raises NotAllowed for whoever does not keep it; Refused for somebody who has it or is no active member of staff.
    """
    finding = _locked(finding)
    access.check_can_keep(by, finding)
    _check_owner(owner)
    if owner.pk == finding.owner_id:
        raise Refused(_("%(name)s has it already.") % {"name": owner.name}, field="owner")
    before, finding.owner = finding.owner, owner
    finding.save(update_fields=["owner"])
    emails.call_back_finding(finding, by=by, now=now)
    emails.finding_assigned(finding, before=before, by=by, now=now)
    _record(
        finding,
        "finding.assigned",
        _("%(finding)s given to %(name)s, before: %(before)s")
        % {"finding": finding.label, "name": owner.name, "before": before.name},
        by=by,
        now=now,
        details={"owner": owner.pk, "before": before.pk},
    )
    return finding


@transaction.atomic
def move_finding_due(*, finding: Finding, due_on: date, reason: str, by: Actor, on: date, now: datetime) -> Finding:
    """Name another day, with the reason. The ledger keeps the day before; the owner is told.

    Raises NotAllowed for whoever does not keep it; Refused without a reason, for a day that has passed or is the same.
    """
    finding = _locked(finding)
    access.check_can_keep(by, finding)
    _check_day(due_on, on)
    if due_on == finding.due_on:
        raise Refused(_("It is due on that day already."), field="due_on")
    if not reason.strip():
        raise Refused(_("Say why the date moves."), field="reason")
    before, finding.due_on = finding.due_on, due_on
    finding.save(update_fields=["due_on"])
    emails.finding_moved(finding, before=before, by=by, now=now)
    _record(
        finding,
        "finding.due_moved",
        _("%(finding)s due %(due)s instead of %(before)s: %(reason)s")
        % {
            "finding": finding.label,
            "due": wording.day(due_on),
            "before": wording.day(before),
            "reason": reason.strip(),
        },
        by=by,
        now=now,
        details={"due_on": due_on, "before": before},
    )
    return finding


@transaction.atomic
def close_finding(*, finding: Finding, note: str, by: Actor, now: datetime) -> Finding:
    """Close it with a note that says how it was settled. The memo prints the note.

    Raises NotAllowed for anybody but its owner and whoever keeps it; Refused without a note or when it is not open.
    """
    finding = _locked(finding)
    access.check_can_close_finding(by, finding)
    if not note.strip():
        raise Refused(_("Say how it was settled. The memo prints it."), field="note")
    return _end(finding, Finding.State.CLOSED, note, by=by, now=now)


@transaction.atomic
def withdraw_finding(*, finding: Finding, reason: str, by: Actor, now: datetime) -> Finding:
    """Take it back: it was none. It leaves the memo and stays in the ledger.

    Raises NotAllowed for whoever does not keep it; Refused without a reason or when it is not open.
    """
    finding = _locked(finding)
    access.check_can_keep(by, finding)
    if not reason.strip():
        raise Refused(_("Say why it is no finding."), field="reason")
    return _end(finding, Finding.State.WITHDRAWN, reason, by=by, now=now)


def _end(finding: Finding, state: Finding.State, because: str, *, by: Actor, now: datetime) -> Finding:
    finding.state = state
    finding.ended_at = now
    finding.ended_by = by.label
    finding.ended_because = because.strip()
    finding.save(update_fields=["state", "ended_at", "ended_by", "ended_because"])
    emails.call_back_finding(finding, by=by, now=now)
    emails.finding_ended(finding, by=by, now=now)
    _record(
        finding,
        f"finding.{state.value}",
        _("%(review)s, %(finding)s %(state)s: %(because)s")
        % {
            "review": finding.review.number,
            "finding": finding.label,
            "state": state.label.lower(),
            "because": finding.ended_because,
        },
        by=by,
        now=now,
    )
    return finding


def _check_draft(draft: FindingDraft, review: Review, on: date) -> None:
    if not draft.title.strip():
        raise Refused(_("Name the finding in a few words."), field="title")
    if not draft.description.strip():
        raise Refused(_("Say what was found."), field="description")
    if draft.severity not in Severity.values:
        raise Refused(_("Say how severe it is."), field="severity")
    if draft.source not in Finding.Source.values:
        raise Refused(_("Say where it was found."), field="source")
    if draft.exception is not None and draft.exception.report_id != review.report_id:
        raise Refused(_("This exception is not in the report the review goes by."), field="exception")
    if draft.answer is not None and not assessments_of(review).filter(answers=draft.answer).exists():
        raise Refused(_("This answer belongs to another review."))
    _check_owner(draft.owner)
    _check_day(draft.due_on, on)


def _check_owner(owner: User) -> None:
    if not access.owners_for_findings().filter(pk=owner.pk).exists():
        raise Refused(
            _("%(name)s cannot own a finding. Choose an active member of staff.") % {"name": owner.name}, field="owner"
        )


def _check_day(due_on: date, on: date) -> None:
    if due_on < on:
        raise Refused(_("This day has passed. Name a day that is still to come."), field="due_on")


def _source(draft: FindingDraft) -> str:
    """What it rests on says where it was found."""
    if draft.exception is not None:
        return Finding.Source.EXCEPTION
    return Finding.Source.ANSWER if draft.answer is not None else draft.source


def _reference(draft: FindingDraft) -> str:
    """Where it was found, in words that outlive the row: what was typed, else the exception's criterion or the
    question's reference."""
    typed = draft.source_reference.strip()
    if typed:
        return typed
    if draft.exception is not None:
        return draft.exception.criterion
    return _("question %(ref)s") % {"ref": draft.answer.question.ref} if draft.answer is not None else ""


def _locked(finding: Finding) -> Finding:
    """The finding as it stands now; its review is locked first, as every act does."""
    review = locked(finding.review)
    found = Finding.objects.select_for_update(of=("self",)).select_related("owner").get(pk=finding.pk, review=review)
    found.review = review
    return found


def _record(
    finding: Finding, verb: str, sentence: str, *, by: Actor, now: datetime, details: dict[str, Any] | None = None
) -> None:
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence,
        at=now,
        vendor_id=finding.review.vendor_id,
        subject=("finding", finding.pk),
        details={"review": finding.review_id, **(details or {})},
    )
