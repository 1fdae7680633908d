"""The calendar feed: an address shown once, dates and titles only, ended by its owner or with them."""

from datetime import date

import pytest
import time_machine
from icalendar import Calendar

from procurement.renewals import services
from procurement.renewals.calendar_file import calendar_file
from procurement.renewals.models import CalendarFeed
from procurement.renewals.threads import Marked
from tests.factories.renewals import approved_review, morning
from tests.factories.stories import cast_of
from tests.signing_in import staff_client
from vendors.contacts.tokens import hash_of
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import services as reports

pytestmark = pytest.mark.django_db

TODAY = date(2027, 4, 1)


@pytest.fixture(autouse=True)
def _spring():
    with time_machine.travel(morning(TODAY), tick=False):
        yield


@pytest.fixture
def review(db):
    review = approved_review()
    decision = review.decision
    decision.conditions.create(text="Remove Dr. Lind.", owner=review.engagement.owner, due_on=date(2027, 6, 1))
    reports.request_report(
        vendor=review.vendor,
        what="successor_date",
        due_on=date(2027, 5, 2),
        by=review.reviewer,
        now=morning(TODAY),
        on=TODAY,
    )
    return review


def feed_of(person) -> str:
    return f"/renewals/feed/{services.make_feed(by=person, now=morning(TODAY))}.ics"


def titles(calendar: bytes) -> list[tuple[str, str]]:
    events = Calendar.from_ical(calendar).walk("VEVENT")
    return [(event["DTSTART"].dt.isoformat(), str(event["SUMMARY"])) for event in events]


@pytest.mark.slow
def test_the_address_is_shown_once_and_opens_the_calendar_without_a_session(review, client):
    browser = staff_client(review.reviewer)
    assert "Make the address" in browser.get("/renewals/calendar/").text
    shown = browser.post("/renewals/calendar/", {"act": "make"})
    token = shown.text.split("/renewals/feed/")[1].split(".ics")[0]
    assert shown.headers["Cache-Control"] == "no-store"
    assert CalendarFeed.objects.get().token_hash == hash_of(token)
    assert token not in browser.get("/renewals/calendar/").text
    assert token not in str(LedgerEntry.objects.get(verb="feed.made").details)

    answer = client.get(f"/renewals/feed/{token}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private")
    assert titles(answer.content) == [
        ("2027-05-02", "Quillhaven: Date of the next report"),
        ("2027-06-01", "Quillhaven: condition due"),
        ("2027-06-30", "Quillhaven: approval ends"),
        ("2027-08-14", "Quillhaven: next SOC 2 report expected"),
    ]
    assert b"Lind" not in answer.content
    assert b"@northmoor" not in answer.content


@pytest.mark.slow
def test_the_owner_of_a_use_sees_their_own_dates_only(review, client):
    seen = titles(client.get(feed_of(review.engagement.owner)).content)
    assert [title for _day, title in seen] == [
        "Quillhaven: Date of the next report",
        "Quillhaven: condition due",
        "Quillhaven: approval ends",
        "Quillhaven: next SOC 2 report expected",
    ]
    assert titles(client.get(feed_of(cast_of().administrator)).content) == []


def test_an_event_keeps_its_uid_when_its_date_moves(review, client):
    address = feed_of(review.reviewer)

    def uids() -> dict[str, str]:
        events = Calendar.from_ical(client.get(address).content).walk("VEVENT")
        return {str(event["UID"]): event["DTSTART"].dt.isoformat() for event in events}

    before = uids()
    review.decision.conditions.update(due_on=date(2027, 7, 1))
    after = uids()
    assert before.keys() == after.keys()
    assert {uid for uid in before if before[uid] != after[uid]} == {
        f"condition-{review.decision.conditions.get().pk}@127.0.0.1"
    }


def test_it_is_an_icalendar_file_by_the_standard():
    long = "Ö" * 90 + ", with; signs \\ and a\nbreak"
    content = calendar_file([Marked("nda-7", date(2028, 2, 29), long)], now=morning(TODAY))
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert b"DTSTART;VALUE=DATE:20280229" in lines
    assert b"DTEND;VALUE=DATE:20280301" in lines
    assert b"DTSTAMP:20270401T070100Z" in lines
    assert b"UID:nda-7@127.0.0.1" in lines
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == long


def test_a_new_address_ends_the_one_before_and_revoking_ends_it_for_good(review, client):
    first = feed_of(review.reviewer)
    second = feed_of(review.reviewer)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    browser = staff_client(review.reviewer)
    assert (
        "The address opens nothing any more."
        in browser.post("/renewals/calendar/", {"act": "revoke"}, follow=True).text
    )
    gone = client.get(second)
    assert (gone.status_code, gone.content) == (404, client.get("/renewals/feed/never-made.ics").content)
    assert "You have no calendar feed." in browser.post("/renewals/calendar/", {"act": "revoke"}, follow=True).text


def test_it_dies_with_its_owner(review, client):
    address = feed_of(review.reviewer)
    review.reviewer.is_active = False
    review.reviewer.save()
    assert client.get(address).status_code == 404


def test_it_is_for_the_staff(review):
    contact = review.vendor.contacts.get().user
    with pytest.raises(NotAllowed):
        services.make_feed(by=contact, now=morning(TODAY))
    with pytest.raises(Refused):
        services.revoke_feed(by=contact, now=morning(TODAY))


def test_posting_without_an_act_changes_nothing(review):
    staff_client(review.reviewer).post("/renewals/calendar/", {})
    assert not CalendarFeed.objects.exists()
