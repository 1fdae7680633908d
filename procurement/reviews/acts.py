"""What this person may do with a review now, as buttons. Asking for approval and deciding are added by `decisions`."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.policy.evaluation import THE_REPORT
from procurement.reviews import access
from procurement.reviews.models import Review
from procurement.reviews.queries import report_to_go_by
from vendors.people.actors import Actor
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState


@dataclass(frozen=True, kw_only=True)
class Act:
    """One button: verb and object. `posts`: it acts at once; otherwise it leads to a page that asks."""

    key: str
    label: str
    url: str
    posts: bool = False
    kind: str = ""


def acts_of(review: Review, user: Actor, on: date) -> list[Act]:
    """The buttons of the page, the next thing to do first; the page decides which is primary."""
    found = [
        Act(key="take", label=_("Take the review"), url=_url("take", review), posts=True, kind="primary")
        if access.can_take(user, review)
        else None,
        Act(key="assign", label=_("Assign it"), url=_url("assign", review)) if access.can_take(user, review) else None,
        _begin(review, on) if access.can_begin(user, review) and can_begin_now(review) else None,
        Act(key="again", label=_("Ask for the next review"), url=_url("again", review))
        if access.can_ask_again(user, review)
        else None,
        Act(key="return", label=_("Return to collecting"), url=_url("return_to_collecting", review))
        if access.can_return_to_collecting(user, review)
        else None,
        Act(key="hand_over", label=_hand_over(review, user), url=_url("hand_over", review))
        if access.can_hand_over(user, review)
        else None,
        Act(key="withdraw", label=_("Withdraw"), url=_url("withdraw", review), kind="danger")
        if access.can_withdraw(user, review)
        else None,
    ]
    return [act for act in found if act is not None]


def can_begin_now(review: Review) -> bool:
    """Whether there is something to begin with: an accepted report of the vendor, public data only, or a waiver."""
    if not review.engagement.is_above_public:
        return True
    if review.waivers.granted().filter(requirement=THE_REPORT).exists():
        return True
    return Report.objects.filter(vendor=review.vendor_id, state=ReportState.ACCEPTED).exists()


def _begin(review: Review, on: date) -> Act:
    """The next thing to do where a report on file carries the review; else one way beside asking the vendor."""
    address = _url("begin", review)
    if report_to_go_by(review, on) is not None:
        return Act(key="begin", label=_("Go by the report on file"), url=address, posts=True, kind="primary")
    return Act(key="begin", label=_("Begin with what is on file"), url=address, posts=True)


def _hand_over(review: Review, user: Actor) -> str:
    return _("Hand over") if review.reviewer_id == user.pk else _("Take over or hand over")


def _url(name: str, review: Review) -> str:
    return reverse(f"reviews:{name}", args=[review.pk])
