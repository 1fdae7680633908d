"""Whose reminders somebody sees: reviewers and auditors all, everybody else what is addressed to themselves."""

from datetime import date

from django.db.models import Q

from procurement.decisions.models import Decision
from procurement.engagements.models import Engagement
from procurement.renewals.dated.kinds import DATED_KINDS
from procurement.renewals.plans import current_plan
from procurement.renewals.threads import Thread
from procurement.renewals.watched import vendor_ids_to_scan
from vendors.people.actors import Actor, Role
from vendors.reports.models import ReportRequest


def sees_all_reminders(user: Actor) -> bool:
    """Reviewers and auditors see everybody's, everybody else what is addressed to themselves."""
    return bool(user.roles & {Role.REVIEWER, Role.AUDITOR})


def may_see(user: Actor, thread: Thread) -> bool:
    return sees_all_reminders(user) or thread.person.pk == user.pk


def vendors_within_reach(user: Actor, first: date, last: date) -> set[int]:
    """Vendors a reminder to this person may be about. Whoever sees all reminders looks at all of them."""
    watched = set(vendor_ids_to_scan(first, current_plan(), until=last))
    if sees_all_reminders(user):
        return watched
    if user.pk is None:
        return set()
    mine = Q(owner=user.pk) | Q(reviews__reviewer=user.pk) | Q(reviews__approver=user.pk)
    arms = [
        Decision.objects.filter(decided_by=user.pk).values_list("review__vendor_id"),
        ReportRequest.objects.open().filter(requested_by=user.pk).values_list("vendor_id"),
        *(kind.owned_by(user.pk) for kind in DATED_KINDS if kind.owner_field),
    ]
    own = Engagement.objects.filter(mine).order_by().values_list("vendor_id")
    return watched & {pk for (pk,) in own.union(*(arm.order_by() for arm in arms))}
