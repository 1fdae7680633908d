"""An approval that ends: the countdown to the business owner."""

from django.utils.translation import gettext as _

from procurement.decisions.standings import Approval
from procurement.renewals.gathering import Records
from procurement.renewals.rhythms import Series
from procurement.renewals.schedule import milestones_for_approval
from procurement.renewals.subjects.successors import counts, currency_on, following_of
from procurement.renewals.subjects.who import active, already
from procurement.renewals.threads import ApprovalSubject, Marked, SubjectType, Thread
from vendors.calendar.clock import local_day


def approval_threads(records: Records, approval: Approval) -> list[Thread]:
    """To the business owner, else to the reviewer."""
    decision, review = approval.decision, approval.decision.review
    assert decision.decided_at is not None
    decided_on = local_day(decision.decided_at)
    report = review.report if review.report and counts(review.report) else None
    currency = currency_on(records, report) if report else None
    in_relief = bool(currency and not currency.is_current and approval.standing.until > currency.current_until)
    until = approval.standing.until
    countdown = milestones_for_approval(
        ends_on=until,
        decided_on=currency.current_until if currency and in_relief else decided_on,
        # While the successor is awaited the owner knows already that the approval is at its end.
        rhythm=records.plan.rhythm(Series.RELIEF if in_relief else Series.APPROVAL, review.engagement.tier),
    )
    reviewer = active(records.reviewers.get(review.reviewer_id or 0))
    person = active(review.engagement.owner) or reviewer
    if person is None:
        return []
    under_way = (one for one in records.reviews.get(review.vendor_id, []) if one.engagement_id == review.engagement_id)
    subject = ApprovalSubject(
        approval=approval,
        currency=currency,
        following=following_of(records, report) if report else None,
        under_way=next(under_way, None),
        reviewer=reviewer,
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
                Marked(f"approval-{decision.pk}", until, _("%(vendor)s: approval ends") % {"vendor": review.vendor}),
            ),
        )
    ]
