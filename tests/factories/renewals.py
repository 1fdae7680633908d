"""Approvals that rest on a report, and days that pass."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from procurement.decisions.models import Decision
from procurement.demo.cast import Cast
from procurement.demo.paper import Paper
from procurement.demo.story import Plot, Story, issue_nda_text
from procurement.renewals.gathering import all_records
from procurement.renewals.preview import planned
from procurement.renewals.services import ScanResult, send_due
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from tests.amounts import IN_FULL
from tests.factories.reports import whole_facts
from tests.factories.stories import FIRST_DAY, PERIOD, PLAIN, cast_of
from tests.factories.told import told_once
from tests.factories.vault import pdf_bytes
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.contacts.models import Contact
from vendors.correspondence.models import OutgoingEmail
from vendors.directory.models import Vendor
from vendors.ndas.models import NdaText
from vendors.people.actors import Actor
from vendors.reports import services as reports
from vendors.reports.models import Report, ReportRequest

_pages = count(12)


def a_paper(period: tuple[date, date] = PERIOD, *, signed: date | None = None, **facts: Any) -> Paper:
    """A small file nobody has sent before, with the facts of a report signed 45 days after its period."""
    start, end = period
    known = whole_facts(
        period_start=start, period_end=end, report_date=signed or plus_days(end, 45), exceptions=(), cuecs=(), **facts
    )
    told = replace(known, states_no_exceptions=True, states_no_cuecs=True)
    return Paper("quillhaven-soc2.pdf", pdf_bytes(pages=next(_pages)), told, scope_page=6)


def approved_review(
    cast: Cast | None = None, *, plot: Plot = PLAIN, paper: Paper | None = None, on: date = FIRST_DAY
) -> Review:
    """A review approved the day after `on`; its report covers 1 Jul 2025 – 30 Jun 2026 and came after 45 days.

    The approval ends on 30 June 2027, with the report's currency.
    """
    _story, review = _approved(cast or cast_of(), plot, paper, on)
    OutgoingEmail.objects.all().delete()
    return Review.objects.select_related("vendor", "report", "engagement__owner", "reviewer").get(pk=review.pk)


@told_once
def _approved(cast: Cast, plot: Plot, paper: Paper | None, on: date) -> tuple[Story, Review]:
    paper = paper or a_paper()
    story = Story(plot, cast)
    if not NdaText.objects.exists():
        issue_nda_text(cast, story.at(plus_days(on, -1)))
    review = story.take(story.ask(on), on)
    contact = story.invite(review.vendor, on)
    story.accept_nda(contact, on)
    report = story.send_report(contact, None, paper, on)
    report = story.record_facts(review, report, paper, on)
    story.accept_report(review, report, on)
    story.judge(review, paper, on)
    review.refresh_from_db()
    story.draft(review, on)
    story.submit(review, on)
    story.decide(Review.objects.get(pk=review.pk), plus_days(on, 1))
    return story, review


def morning(day: date) -> datetime:
    """One minute past nine of that day, on the organisation's clock."""
    return clock.local_moment(day, 9) + timedelta(minutes=1)


def scan(day: date, **keywords: Any) -> ScanResult:
    return send_due(on=day, now=morning(day), **keywords)


def days(first: date, last: date, *, without: Iterable[tuple[date, date]] = ()) -> Iterator[date]:
    """Each day from the first to the last, less the outages."""
    away = list(without)
    for offset in range((last - first).days + 1):
        day = plus_days(first, offset)
        if not any(start <= day <= end for start, end in away):
            yield day


def live_through(
    first: date, last: date, *, without: Iterable[tuple[date, date]] = (), every_morning: bool = IN_FULL
) -> list[tuple[str, str, str]]:
    """Scan these mornings. What left: the day, to whom, which reminder.

    Every morning, or a sample: those on which the plan lets something leave, the one before each, every seventh, and
    those around an outage. What the plan does not say leaves on another day in the sample than on its own, so that it
    is seen all the same.
    """
    left: list[tuple[str, str, str]] = []
    around = {day for start, end in without for day in (plus_days(start, -1), plus_days(end, 1))}
    looked_at = _mornings_of_the_plan(first, last) | around
    for number, day in enumerate(days(first, last, without=without)):
        if not (every_morning or day in looked_at or number % 7 == 0 or day == last):
            continue
        result = scan(day)
        assert not result.failed, f"a reminder failed on {day}: look at the log"
        left += [(day.isoformat(), one.name.split()[0], one.milestone) for one in result.queued]
        if result.queued:  # it may have asked for something, with days of its own
            looked_at |= _mornings_of_the_plan(day, last)
    return left


def _mornings_of_the_plan(first: date, last: date) -> set[date]:
    """The days on which something leaves by the plan, and the day before each."""
    vendor_ids = Vendor.objects.values_list("pk", flat=True)
    leaving = {one.day for records in all_records(vendor_ids, first) for one in planned(records, first, last)}
    return leaving | {plus_days(day, -1) for day in leaving}


def the_contact(review: Review) -> Contact:
    contact = Contact.objects.select_related("user", "vendor").get(vendor=review.vendor)
    contact.user.contact = contact
    return contact


def say_next_report(
    review: Review, stated_on: date, *, expected_on: date = date(2027, 8, 14), by: Actor | None = None
) -> None:
    """The vendor names its next report in writing."""
    assert review.report is not None
    reports.record_successor_statement(
        report=review.report,
        request=ReportRequest.objects.open().filter(vendor=review.vendor, what="successor_date").first(),
        period_start=date(2026, 7, 1),
        period_end=date(2027, 6, 30),
        expected_on=expected_on,
        stated_on=stated_on,
        stated_by="Jonah Pell",
        by=by or the_contact(review).user,
        now=morning(stated_on),
        on=stated_on,
    )


def send_next_report(review: Review, on: date, *, request: ReportRequest | None = None) -> Report:
    """The vendor sends the report for the year to 30 June 2027."""
    paper = a_paper((date(2026, 7, 1), date(2027, 6, 30)))
    return Story(PLAIN, cast_of()).send_report(the_contact(review), request, paper, on)


def decided_anew(review: Review, on: date) -> Review:
    """The renewal: the same engagement, reviewed once more on the same report, and approved."""
    cast = cast_of()
    story = Story(PLAIN, cast)
    again = reviews.ask_again(review=review, by=cast.requester, on=on, now=story.at(on))
    again = reviews.take_review(review=again, by=cast.reviewer, now=story.at(on))
    again = reviews.begin_review(review=again, by=cast.reviewer, now=story.at(on))
    story.judge(again, a_paper(), on)
    again.refresh_from_db()
    story.draft(again, on)
    story.submit(again, on)
    story.decide(Review.objects.get(pk=again.pk), on)
    return again


def copies_of(review: Review, how_many: int) -> None:
    """As many vendors more with an approval of their own, as far as a scan reads them."""
    decision = Decision.objects.get(review=review)
    person = the_contact(review)
    taken = Vendor.objects.count()
    for number in range(taken, taken + how_many):
        vendor = _copy(review.vendor, name=f"Vendor {number}", domain=f"vendor-{number}.example")
        _copy(person, vendor=vendor)
        _copy(review.vendor.ndas.get(), vendor=vendor)
        report = _copy(review.report, vendor=vendor, file=_copy(review.report.file, storage_name=f"copy-{number}"))
        engagement = _copy(review.engagement, vendor=vendor)
        again = _copy(review, vendor=vendor, engagement=engagement, report=report, number=f"R-X-{number}")
        _copy(decision.memo, decision=_copy(decision, review=again), number=f"MEMO-X-{number}", pdf=None)


def _copy(row: Any, **changes: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    for name, value in changes.items():
        field = row._meta.get_field(name)
        values[field.attname] = value.pk if field.is_relation and value is not None else value
    return type(row).objects.create(**values)
