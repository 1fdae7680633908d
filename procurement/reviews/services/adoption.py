"""A review goes by a report: what that changes in it, and what a modified opinion opens. Inside the acts on reports."""

from datetime import datetime

from django.utils.translation import gettext as _

from procurement.reviews import emails
from procurement.reviews.models import Remediation, Review, State
from procurement.reviews.services.moving import move, touch
from vendors.calendar.words import written
from vendors.ledger import services as ledger
from vendors.people.actors import SYSTEM, Actor
from vendors.reports.models import Report
from vendors.reports.terms import Opinion


def adopt(review: Review, report: Report | None) -> None:
    """The review goes by this report from now on. Another report describes its system on another page, so what was
    said about scope fit is said anew; what stays ours is kept."""
    if review.report_id != (report.pk if report else None):
        review.scope_fit = ""
        review.scope_page = None
    review.report = report
    touch(review, "report", "scope_fit", "scope_page")


def go_on_with(review: Review, *, by: Actor, now: datetime) -> Remediation | None:
    """Bring a review that goes by an accepted report into the state which that report asks for.

    Collecting becomes in review; a modified opinion opens a remediation by itself. Returns the one that was opened.
    """
    assert review.report is not None
    if review.state == State.COLLECTING:
        move(review=review, to=State.IN_REVIEW, by=by, now=now)
    remediation = _remediation_for(review, review.report, now)
    needs_one = remediation is not None and remediation.closed_at is None
    if review.state == State.REMEDIATION and not needs_one:
        move(review=review, to=State.IN_REVIEW, by=by, reason=_("The review goes by another report."), now=now)
    if review.state == State.IN_REVIEW and needs_one:
        assert remediation is not None
        # Whoever asked for the review reads the state and its reason, and nothing of the report.
        move(review=review, to=State.REMEDIATION, by=SYSTEM, reason=_("A remediation is open."), now=now)
        emails.remediation_opened(remediation, by=by, now=now)
        ledger.record(
            by=SYSTEM,
            verb="remediation.opened",
            sentence=_("Remediation opened in %(review)s: %(reason)s")
            % {"review": review.number, "reason": remediation.reason},
            at=now,
            vendor_id=review.vendor_id,
            subject=("review", review.pk),
            details={"remediation": remediation.pk, "report": review.report.pk},
        )
        return remediation
    return None


def reopen_for_reading(review: Review, *, reason: str, by: Actor, now: datetime) -> None:
    """A fact changed underneath a review that waits for its approver: back to the reviewer, with the reason."""
    emails.call_back_submission(review, by=by, now=now)
    move(review=review, to=State.IN_REVIEW, by=SYSTEM, reason=reason, now=now)
    emails.reopened(review, reason=reason, by=by, now=now)


def _remediation_for(review: Review, report: Report, now: datetime) -> Remediation | None:
    """The remediation a modified opinion needs. Facts accepted anew open a closed one again: it judged others."""
    if not report.opinion or not Opinion(report.opinion).is_modified:
        return None
    remediation, made = Remediation.objects.get_or_create(
        review=review, report=report, defaults={"reason": _reason(report), "opened_at": now}
    )
    accepted_anew = report.accepted_at is not None and remediation.opened_at < report.accepted_at
    if not made and remediation.closed_at is not None and accepted_anew:
        remediation.reason = _reason(report)
        remediation.opened_at = now
        remediation.closed_at = None
        remediation.closed_by = None
        remediation.closing_note = ""
        remediation.save()
    return remediation


def _reason(report: Report) -> str:
    """“Qualified opinion on CC6.1, period to 30 June 2026”: what was modified, in one line."""
    what = _("Opinion: %(opinion)s") % {"opinion": report.get_opinion_display()}
    if report.opinion_criteria:
        what = _("%(what)s on %(criteria)s") % {"what": what, "criteria": ", ".join(report.opinion_criteria)}
    until = report.period_end or report.as_of
    if until:
        what = _("%(what)s, report up to %(until)s") % {"what": what, "until": written(until, "j F Y")}
    return what[:400]
