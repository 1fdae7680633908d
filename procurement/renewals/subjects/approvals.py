"""An approval that ends: the countdown to the business owner."""

from datetime import date

from django.utils.translation import gettext as _

from procurement.decisions.standings import Approval
from procurement.decisions.validity import StandingName
from procurement.renewals.gathering import Records
from procurement.renewals.rhythms import Series
from procurement.renewals.schedule import milestones_for_approval
from procurement.renewals.subjects.successors import counts, currency_on, following_of
from procurement.renewals.subjects.who import active, already
from procurement.renewals.threads import ApprovalSubject, Marked, SubjectType, Thread
from vendors.calendar.clock import local_day
from vendors.calendar.days import plus_days
from vendors.reports.currency import Currency


def approval_threads(records: Records, approval: Approval) -> list[Thread]:
    """To the business owner, else to the reviewer."""
    decision, review = approval.decision, approval.decision.review
    assert decision.decided_at is not None
    decided_on = local_day(decision.decided_at)
    report = review.report if review.report and counts(review.report) else None
    currency = currency_on(records, report) if report else None
    in_relief = bool(currency and not currency.is_current and approval.standing.until > currency.current_until)
    until = approval.standing.until
    carried_until = _carried_until(records, approval, currency)
    tier = review.engagement.tier
    # While the successor is awaited the owner knows already that the approval is at its end.
    countdown = milestones_for_approval(
        ends_on=until,
        decided_on=currency.current_until if currency and in_relief else decided_on,
        carried_until=carried_until,
        rhythm=records.plan.rhythm(Series.RELIEF if in_relief else Series.APPROVAL, tier),
    )
    if carried_until:
        rhythm = records.plan.rhythm(Series.RELIEF, tier)
        countdown += milestones_for_approval(ends_on=carried_until, decided_on=until, rhythm=rhythm)
    reviewer = active(records.reviewers.get(review.reviewer_id or 0))
    person = active(review.engagement.owner) or reviewer
    if person is None:
        return []
    under_way = (one for one in records.reviews.get(review.vendor_id, []) if one.engagement_id == review.engagement_id)
    subject = ApprovalSubject(
        approval=approval,
        following=following_of(records, report) if report else None,
        under_way=next(under_way, None),
        reviewer=reviewer,
        carried_until=carried_until,
    )
    return [
        Thread(
            type=SubjectType.APPROVAL,
            id=decision.pk,
            vendor=review.vendor,
            person=person,
            milestones=countdown,
            subject=subject,
            already=already(records, SubjectType.APPROVAL, decision.pk, person),
            marked=(
                Marked(
                    f"approval-{decision.pk}",
                    carried_until or until,
                    _("%(vendor)s: approval ends") % {"vendor": review.vendor},
                ),
            ),
        )
    ]


def _carried_until(records: Records, approval: Approval, currency: Currency | None) -> date | None:
    """The last day of an approval that goes on when its report stops counting; None where it ends with it, or before.

    Whether something else ends it is a question to its standing on the day after, so that is asked.
    """
    until, vendor_id = approval.standing.until, approval.decision.review.vendor_id
    if currency is None or currency.relief_until is None or until != currency.current_until or records.on > until:
        return None
    the_day_after = records.of(vendor_id, on=plus_days(until, 1)).approvals.get(vendor_id, [])
    return next(
        (
            one.standing.until
            for one in the_day_after
            if one.decision.pk == approval.decision.pk and one.standing.name is not StandingName.LAPSED
        ),
        None,
    )
