"""Which vendors a scan looks at: the finding query, separate from the reading, so that it stays narrow."""

from datetime import date

from procurement.decisions.models import Decision
from procurement.decisions.standings import APPROVALS
from procurement.renewals.dated.kinds import DATED_KINDS
from procurement.renewals.models import LastScan
from procurement.renewals.rhythms import Plan
from vendors.calendar.days import plus_days, plus_months
from vendors.directory.models import Vendor
from vendors.ledger.models import LedgerEntry
from vendors.reports.models import ReportRequest

# What ended longer ago than this is history: nobody is reminded of it when a scan looks for the first time.
LOOK_BACK_MONTHS = 12
CARRIED_MONTHS = 15  # an approval may be carried 3 months beyond its 12


def vendor_ids_to_scan(on: date, plan: Plan, *, until: date | None = None) -> list[int]:
    """Every vendor in use that a reminder may be about on that day, or on a later one until then, in one query of ids.

    Its arms are ranges on partial indexes: approvals that have not ended long ago, open requests, and dates that are
    neither long past nor farther ahead than their earliest reminder.
    """
    approved = (
        Decision.objects.filter(
            valid_until__gte=plus_months(on, -LOOK_BACK_MONTHS - CARRIED_MONTHS),
            outcome__in=APPROVALS,
            revoked_on__isnull=True,
        )
        .order_by()
        .values_list("review__vendor_id")
    )
    arms = [ReportRequest.objects.open().order_by().values_list("vendor_id")]
    for kind in DATED_KINDS:
        last = plus_days(until or on, plan.farthest_before(kind.series))
        arms.append(kind.between(plus_months(on, -LOOK_BACK_MONTHS), last))
    # A vendor may be in several arms; a set sorts that out faster than the database does.
    found = {pk for (pk,) in approved.union(*arms, all=True)}
    return sorted(found - _retired(found))


def vendor_ids_changed_since(last: LastScan | None, *, on: date, head: int) -> set[int] | None:
    """The vendors something happened to since a scan that worked for the same day; None when all have to be looked at.

    The ledger tells: every act on a vendor stands in it, in the act's own transaction. What names no vendor (people,
    the policy, the plan) may concern all of them.
    """
    if last is None or last.day != on or last.ledger_seq is None or last.ledger_seq > head:
        return None
    happened = set(
        LedgerEntry.objects.filter(seq__gt=last.ledger_seq, seq__lte=head).values_list("vendor_id", flat=True)
    )
    return None if None in happened else {pk for pk in happened if pk is not None}


def ledger_head() -> int:
    """The number of the newest entry."""
    return LedgerEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def _retired(found: set[int]) -> set[int]:
    """Vendors not in use any more. They are few, so that this is one short list beside a join in every arm."""
    return set(Vendor.objects.filter(retired_on__isnull=False).values_list("pk", flat=True)) & found
