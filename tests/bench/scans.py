"""Finding what is due among very many reports, beside the same question in SQL by hand."""

from django.db import connection

from procurement.renewals.plans import current_plan
from procurement.renewals.watched import vendor_ids_to_scan
from tests.bench.figures import Amounts, Figure, Figures, in_turns
from tests.bench.stock import analyse, day_in_sql, first_vendor, multiply
from vendors.calendar import clock
from vendors.calendar.days import plus_days, plus_months

# Of a million approvals so many are not history yet (SPEED.md).
WATCHED_OF_A_MILLION = 12_328
# As `watched.py`: an approval that ended before that is history.
LOOK_BACK_MONTHS = 27
BY_HAND = """
    SELECT DISTINCT review.vendor_id FROM procurement_decision AS decision
    JOIN procurement_review AS review ON review.id = decision.review_id
    JOIN vendors_vendor AS vendor ON vendor.id = review.vendor_id
    WHERE decision.valid_until >= %s AND decision.outcome IN ('approved', 'approved_with_conditions')
    AND decision.revoked_on IS NULL AND vendor.retired_on IS NULL
"""


def scans(amounts: Amounts) -> Figures:
    """The finding query of the reminders' scan."""
    today, plan = clock.today(), current_plan()
    watched = max(1, amounts.reports * WATCHED_OF_A_MILLION // 1_000_000)
    horizon = plus_months(today, -LOOK_BACK_MONTHS)
    review = first_vendor()
    coming, history = day_in_sql(today, "i %% 365"), day_in_sql(plus_days(horizon, -1), "-(i %% 3000)")
    multiply(
        review,
        amounts.reports - 1,
        only_renewals=True,
        until=f"CASE WHEN i < {watched} THEN {coming} ELSE {history} END",
    )
    analyse()

    def by_hand() -> list:
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND, [horizon])
            return sorted(pk for (pk,) in cursor.fetchall())

    found = vendor_ids_to_scan(today, plan)
    assert found == by_hand(), "both find the same vendors"
    assert len(found) == watched
    floor, ours = in_turns(by_hand, lambda: vendor_ids_to_scan(today, plan), repeats=amounts.repeats)
    work = f"due scan: {watched:,} of {amounts.reports:,} reports, {connection.display_name}"
    yield Figure(work=work, floor=floor, ours=ours, goal=1.3)
