"""Vendors by the thousand, each with what one vendor has after its approval: copied row by row inside the database."""

from datetime import date

from django.db import connection, models

from procurement.decisions.models import Decision
from procurement.reviews.models import Review
from tests.factories.renewals import a_paper, approved_review
from tests.factories.stories import cast_of
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.contacts.models import Contact

# Copies have keys of their own, far above those of what they were copied from.
FIRST_KEY = 1_000_000


def first_vendor() -> Review:
    """One vendor with contact, NDA, accepted report and a review approved last month."""
    today = clock.today()
    end = plus_days(today, -70)
    return approved_review(
        cast_of(), paper=a_paper((plus_days(end, -364), end), signed=plus_days(end, 30)), on=plus_days(today, -30)
    )


def multiply(review: Review, count: int, *, first: int = 0, until: str = "", only_renewals: bool = False) -> None:
    """So many copies of the vendor and everything its approval stands on.

    until          SQL for `valid_until` in terms of `i`, where the copies shall not all end on the same day
    only_renewals  without contacts and memos: what a scan finds its work by
    """
    decision = Decision.objects.get(review=review)
    vendor, report, engagement = review.vendor, review.report, review.engagement
    assert report is not None
    own = dict.fromkeys(("vendor", "engagement", "review", "report", "file", "decision"), f"{FIRST_KEY} + i")
    _copy(vendor, count, first, id=own["vendor"], name="'Vendor ' || i", domain="'vendor-' || i || '.example'")
    _copy(report.file, count, first, id=_uuid(), storage_name="'copy-' || i")
    _copy(report, count, first, id=own["report"], vendor_id=own["vendor"], file_id=_uuid())
    _copy(engagement, count, first, id=own["engagement"], vendor_id=own["vendor"])
    _copy(
        review,
        count,
        first,
        id=own["review"],
        vendor_id=own["vendor"],
        engagement_id=own["engagement"],
        report_id=own["report"],
        number="'R-X-' || i",
    )
    ends = {"valid_until": until} if until else {}
    _copy(
        decision,
        count,
        first,
        id=own["decision"],
        review_id=own["review"],
        frozen="NULL",
        frozen_sha256="''",
        submitted_at="NULL",
        **ends,
    )
    if only_renewals:
        return
    _copy(vendor.ndas.get(), count, first, id=own["vendor"], vendor_id=own["vendor"])
    _copy(Contact.objects.get(vendor=vendor), count, first, id=own["vendor"], vendor_id=own["vendor"])
    _copy(
        decision.memo,
        count,
        first,
        id=own["vendor"],
        decision_id=own["decision"],
        number="'MEMO-X-' || i",
        pdf_id="NULL",
    )


def _copy(row: models.Model, count: int, first: int, **changes: str) -> None:
    """INSERT … SELECT: the row once for each number, with these columns changed."""
    table, columns = row._meta.db_table, [field.column for field in row._meta.concrete_fields]
    quote = connection.ops.quote_name
    chosen = ", ".join(changes.get(column, f"was.{quote(column)}") for column in columns)
    count_up = f"SELECT {first + 1} UNION ALL SELECT i + 1 FROM numbers WHERE i < {first + count}"
    key = row._meta.pk
    assert key is not None
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(table)} ({', '.join(map(quote, columns))}) WITH RECURSIVE numbers(i) AS ({count_up}) "
            f"SELECT {chosen} FROM numbers, {quote(table)} AS was WHERE was.{quote(key.column)} = %s",
            [key.get_db_prep_value(row.pk, connection)],
        )


def _uuid() -> str:
    """A key for the i-th file."""
    if connection.vendor == "postgresql":
        return "lpad(to_hex(i), 32, '0')::uuid"
    return "printf('%%032x', i)"


def analyse() -> None:
    """The planner knows how many rows there are, as after a night of autovacuum. PostgreSQL tidies up now what it would
    tidy up while it is measured."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")


def day_in_sql(day: date, offset: str) -> str:
    """A day so many days after this one, `offset` an SQL expression of i."""
    if connection.vendor == "postgresql":
        return f"DATE '{day}' + ({offset})::int"
    return f"date('{day}', ({offset}) || ' days')"
