"""Years of days: leap day, month ends, daylight saving in four zones, outages. No reminder missing, double or early.

`make test-long` lives through a seeded sample of days around those on which something happens, `make soak` through the
whole years.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procurement.decisions.models import Condition, Decision
from procurement.renewals import services
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.renewals.tasks import send_due
from tests.amounts import IN_FULL, amount
from tests.factories.renewals import approved_review
from tests.factories.stories import cast_of
from tests.procurement.renewals.oracle import ONE, World, leaving, months_on, series_of
from vendors.correspondence.models import OutgoingEmail
from vendors.ndas.models import Nda
from vendors.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sampled]

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham")
NINE = time(9)
MOMENTS = (time(8, 59), NINE, time(10, 15))  # of each day, on the organisation's clock
OUTAGES = (timedelta(hours=1), timedelta(days=3), timedelta(days=40))
SILENCE = timedelta(days=30)


@dataclass(frozen=True)
class Outage:
    start: datetime
    length: timedelta

    def covers(self, moment: datetime) -> bool:
        return self.start <= moment < self.start + self.length


@pytest.fixture
def review(db):
    return approved_review()


def turn_into(world: World, zone: ZoneInfo) -> None:
    """Give the vendor on file the dates of that world, decided at noon of the organisation's clock."""
    decided = datetime.combine(world.decided_on, time(12), tzinfo=zone)
    Report.objects.update(
        period_start=world.period_start, period_end=world.period_end, report_date=world.period_end + 45 * ONE
    )
    Decision.objects.update(decided_at=decided, valid_until=world.approved_until)
    Nda.objects.update(starts_on=world.period_end, ends_on=world.nda_until, accepted_at=decided)
    decision = Decision.objects.get()
    owner = decision.review.engagement.owner
    decision.conditions.create(text="Show the export.", owner=owner, due_on=world.condition_due)
    type(decision.review.engagement).objects.update(tier=1, suggested_tier=1)
    assert Condition.objects.count() == 1


def scans_of(days: Iterator[date], zone: ZoneInfo, outages: list[Outage]) -> list[tuple[date, datetime]]:
    """The moments at which beat gets through, each with the day whose mail may leave by then."""
    found = []
    for day in days:
        for clock in MOMENTS:
            moment = datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
            if not any(outage.covers(moment) for outage in outages):
                found.append((day if clock >= NINE else day - ONE, moment))
    return found


def live_through(scans: list[tuple[date, datetime]]) -> None:
    """Each scan at its moment, by the task that beat starts. An administrator lets go at once what is held."""
    administrator = cast_of().administrator
    for day, moment in scans:
        with time_machine.travel(moment, tick=False):
            send_due()
            held = ReminderDue.objects.filter(state=ReminderState.HELD).values_list("pk", flat=True)
            if held:
                services.release_held(pks=list(held), by=administrator, on=day, now=moment)


def check(world: World, scans: list[tuple[date, datetime]], zone: ZoneInfo) -> int:
    """Hold what left against the oracle. Returns how many mails that were."""
    sent, set_aside = leaving(world, scans)
    mails = {mail.pk: mail for mail in OutgoingEmail.objects.filter(vendor_id__isnull=False)}
    rows = list(ReminderDue.objects.filter(state=ReminderState.SENT))
    left = {(mails[row.email_id].to_name.split()[0], row.milestone, row.due_on): mails[row.email_id] for row in rows}
    assert {key: mail.queued_at for key, mail in left.items()} == {tuple(one): at for one, at in sent.items()}
    assert len(left) == len(rows) == len(mails), "one mail for each, none beside"
    aside = ReminderDue.objects.filter(state=ReminderState.SUPERSEDED)
    assert {(row.milestone, row.due_on) for row in aside} == {(one.name, one.due) for one in set_aside}
    for (_who, _name, due), mail in left.items():
        local = mail.queued_at.astimezone(zone)
        assert (local.date(), local.time()) >= (due, NINE), "early"
    return len(left)


def simulate(world: World, zone_name: str, outages: list[Outage], *, every_day: bool) -> int:
    zone = ZoneInfo(zone_name)
    scans = scans_of(days_to_live(world, outages, every_day=every_day), zone, outages)
    with override_settings(TIME_ZONE=zone_name), transaction.atomic():
        turn_into(world, zone)
        live_through(scans)
        count = check(world, scans, zone)
        gaps = [later - earlier for (_a, earlier), (_b, later) in pairwise(scans)]
        was_held = ReminderDue.objects.filter(released_at__isnull=False).exists()
        assert was_held <= (max(gaps) > SILENCE), "held after a long silence only"
        transaction.set_rollback(True)
    return count


def days_to_live(world: World, outages: list[Outage], *, every_day: bool) -> Iterator[date]:
    """From the approval to after its last reminder: each day, or those with something due, the day before each, the
    days on which an outage begins and ends, and every tenth."""
    due = [one.due for series in series_of(world) for one in series if one.due > world.decided_on]
    wanted = {day for one in due for day in (one - ONE, one)}
    for outage in outages:
        wanted |= {
            outage.start.date(),
            (outage.start + outage.length).date(),
            (outage.start + outage.length).date() + ONE,
        }
    first, last = world.decided_on, max(due) + 50 * ONE
    for offset in range((last - first).days + 1):
        day = first + offset * ONE
        if every_day or day in wanted or offset % 10 == 0:
            yield day


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Periods that end on any day of 2027 to 2029, often at a month's end or around 29 February 2028."""
    any_day = st.dates(date(2027, 1, 1), date(2029, 6, 30))
    month_end = st.builds(lambda n: months_on(date(2027, 1, 1), n) - ONE, st.integers(1, 30))
    leap = st.sampled_from([date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2027, 2, 28)])
    end = draw(st.one_of(month_end, leap, any_day))
    decided = end + draw(st.integers(46, 120)) * ONE
    return World(
        period_end=end,
        decided_on=decided,
        nda_until=decided + draw(st.integers(70, 800)) * ONE,
        condition_due=decided + draw(st.integers(1, 200)) * ONE,
    )


@st.composite
def outages_of(draw: st.DrawFn, world: World) -> list[Outage]:
    """One outage, often over the very moment at which something would have left."""
    due = [one.due for series in series_of(world) for one in series if one.due > world.decided_on]
    day = draw(st.sampled_from(due))
    start = datetime.combine(day, NINE, tzinfo=UTC) - draw(st.integers(0, 40 * 24)) * timedelta(hours=1)
    return [Outage(start, draw(st.sampled_from(OUTAGES)))]


@settings(
    max_examples=amount(sample=2, full=300),
    derandomize=not IN_FULL,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_the_dates_the_zone_and_the_outage_each_reminder_leaves_once_on_its_day(review, data):
    world = data.draw(worlds())
    zone = data.draw(st.sampled_from(ZONES))
    outages = data.draw(outages_of(world))
    assert simulate(world, zone, outages, every_day=False) > 10


if IN_FULL:

    @pytest.mark.parametrize("zone", ZONES)
    @pytest.mark.parametrize("length", OUTAGES, ids=str)
    @pytest.mark.parametrize("end", [date(2027, 2, 28), date(2028, 2, 29), date(2028, 8, 31)], ids=str)
    def test_every_day_of_the_years_2027_to_2030(review, zone, length, end):
        world = World(
            period_end=end,
            decided_on=end + 60 * ONE,
            nda_until=end + 600 * ONE,
            condition_due=months_on(end, 8),
        )
        starts = [datetime.combine(end + days * ONE, time(6), tzinfo=UTC) for days in range(75, 470, 97)]
        assert simulate(world, zone, [Outage(start, length) for start in starts], every_day=True) > 10
