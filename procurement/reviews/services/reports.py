"""Reports and the reviews that go by them: accepting, withdrawing the acceptance, choosing, opening the bytes.

These change both apps: each is an act of procurement that calls the vendor's file in its own transaction.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews import access, emails
from procurement.reviews.adopting import best_of, should_adopt
from procurement.reviews.covering import weigh_report
from procurement.reviews.lifecycle import BEING_WORKED_ON
from procurement.reviews.models import Review, State
from procurement.reviews.services.adoption import adopt, go_on_with, reopen_for_reading
from procurement.reviews.services.moving import locked, move
from vendors.calendar.clock import local_day
from vendors.ledger import services as ledger
from vendors.people.actors import SYSTEM, Actor
from vendors.reports import access as reports_access
from vendors.reports import services as reports
from vendors.reports.models import Grant, Report
from vendors.reports.models.reports import ReportState


@transaction.atomic
def accept_report(*, review: Review, report: Report, revision: int, by: Actor, on: date, now: datetime) -> Report:
    """Accept the facts of a report. Every undecided review of the vendor goes by it from now on.

    revision  the report's, as the form was opened with

    Collecting becomes in review. A modified opinion opens a remediation by itself. What waits for an approver goes
    back to its reviewer when it goes by this report now. Only the assigned reviewer of `review` accepts; NotAllowed and
    Refused otherwise as `vendors.reports.services.accept_report`.
    """
    undecided = _locked_reviews_of(report)
    review = next((each for each in undecided if each.pk == review.pk), review)
    access.check_can_accept_report(by, review, report)
    report = reports.accept_report(report=report, revision=revision, by=by, on=on, now=now)
    for each in undecided:
        if each.state == State.DRAFT or not should_adopt(each, report):
            continue
        if each.state == State.AWAITING_APPROVAL:
            reason = _("%(report)s was accepted since.") % {"report": report}
            reopen_for_reading(each, reason=reason, by=by, now=now)
        adopt(each, report)
        go_on_with(each, by=by, now=now)
        weigh_report(each, by=by, on=on, now=now)
        if each.pk != review.pk:
            emails.report_accepted(each, report, by=by, now=now)
    adopted = [each for each in undecided if each.report_id == report.pk]
    if adopted:
        ledger.record(
            by=by,
            verb="review.report_adopted",
            sentence=_("%(reviews)s: goes by %(report)s")
            % {"reviews": ", ".join(each.number for each in adopted), "report": report},
            at=now,
            vendor_id=report.vendor_id,
            subject=("review", review.pk),
            details={"report": report.pk, "reviews": [each.pk for each in adopted]},
        )
    return report


@transaction.atomic
def withdraw_report(*, report: Report, reason: str, by: Actor, now: datetime) -> Report:
    """Take the acceptance of a report back. Undecided reviews that went by it fall back to the next best accepted
    report, else to collecting; what waits for an approver goes back to its reviewer. Decided reviews stay as decided.

    Raises NotAllowed and Refused as `vendors.reports.services.withdraw_report`.
    """
    undecided = [each for each in _locked_reviews_of(report) if each.report_id == report.pk]
    reports_access.check_can_withdraw(by, report)
    report = reports.withdraw_report(report=report, reason=reason, by=by, now=now)
    why = _("Acceptance of %(report)s withdrawn: %(reason)s") % {"report": report, "reason": report.state_reason}
    for each in undecided:
        _go_on_without(each, report, why=why, by=by, now=now)
        weigh_report(each, by=by, on=local_day(now), now=now)
    if undecided:
        ledger.record(
            by=by,
            verb="review.report_lost",
            sentence=_("%(reviews)s: no longer goes by %(report)s")
            % {"reviews": ", ".join(each.number for each in undecided), "report": report},
            at=now,
            vendor_id=report.vendor_id,
            subject=("report", report.pk),
            details={"reviews": [each.pk for each in undecided]},
        )
    return report


@transaction.atomic
def use_report(*, review: Review, report: Report, by: Actor, now: datetime) -> Review:
    """Go by another accepted report of the vendor: a vendor with two systems has a report for each.

    Raises NotAllowed for anybody but the assigned reviewer, Refused when the report cannot serve.
    """
    review = locked(review)
    report = Report.objects.select_related("vendor").get(pk=report.pk)
    access.check_can_use_report(by, review, report)
    adopt(review, report)
    go_on_with(review, by=by, now=now)
    weigh_report(review, by=by, on=local_day(now), now=now)
    ledger.record(
        by=by,
        verb="review.report_chosen",
        sentence=_("%(review)s goes by %(report)s") % {"review": review.number, "report": report},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"report": report.pk},
    )
    return review


@transaction.atomic
def open_report_bytes(*, review: Review, report: Report, by: User, on: date, now: datetime) -> Grant:
    """Leave to open one report, for whoever the review is assigned to or was put before. The file itself is served
    by `vendors.reports`, which asks for the grant and for the NDA each time.

    Raises NotAllowed for anybody else; Refused when the review is closed or no NDA is in force today.
    """
    review = locked(review)
    access.check_can_open_bytes(by, review, report)
    reports_access.check_nda(review.vendor, on)
    giver = by if by.is_reviewer else SYSTEM
    grant = reports.grant_access(report=report, user=by, purpose=review.number, by=giver, now=now)
    ledger.record(
        by=by,
        verb="review.report_opened",
        sentence=_("%(report)s opened for %(review)s") % {"report": report, "review": review.number},
        at=now,
        vendor_id=review.vendor_id,
        subject=("report", report.pk),
        details={"review": review.pk},
    )
    return grant


def weigh_reports(*, on: date, now: datetime, report: int | None = None) -> None:
    """Look again at what reports answer, in every review that is worked on: one may be out of policy since, read anew,
    or carried by a statement. Each in a transaction of its own; safe to run again, and nobody is told twice.

    report  the key of the only one to look at
    """
    leaning = Review.objects.filter(state__in=BEING_WORKED_ON, engagement__assessments__leans_on_report=True)
    if report is not None:
        leaning = leaning.filter(report=report)
    for pk in leaning.distinct().order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            review = locked(Review(pk=pk))
            if review.state in BEING_WORKED_ON:
                weigh_report(review, by=SYSTEM, on=on, now=now)


def _go_on_without(review: Review, report: Report, *, why: str, by: Actor, now: datetime) -> None:
    if review.state == State.AWAITING_APPROVAL:
        reopen_for_reading(review, reason=why, by=by, now=now)
    others = Report.objects.filter(vendor=report.vendor_id, state=ReportState.ACCEPTED).exclude(pk=report.pk)
    adopt(review, best_of(others))
    if review.report is not None:
        go_on_with(review, by=by, now=now)
        return
    if review.state == State.REMEDIATION:
        move(review=review, to=State.IN_REVIEW, by=SYSTEM, reason=why, now=now)
    if review.state == State.IN_REVIEW:
        move(review=review, to=State.COLLECTING, by=SYSTEM, reason=why, now=now)


def _locked_reviews_of(report: Report) -> list[Review]:
    """The undecided reviews of the report's vendor, locked in one order before the report itself."""
    open_states = [*BEING_WORKED_ON, State.AWAITING_APPROVAL]
    reviews = Review.objects.filter(vendor=report.vendor_id, state__in=open_states).order_by("pk")
    return list(
        reviews.select_for_update(of=("self",)).select_related(
            "vendor", "engagement__owner", "requested_by", "reviewer", "approver", "report"
        )
    )
