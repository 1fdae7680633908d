"""The brake: too much at once, or a long silence. What is held, who is told, what an administrator does."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.decisions.models import Condition
from procurement.decisions.services import meet_condition
from procurement.renewals import services
from procurement.renewals.models import LastScan, ReminderDue, ReminderState
from procurement.renewals.services import release_held
from tests.factories.renewals import approved_review, copies_of, live_through, morning, scan
from tests.factories.stories import cast_of
from tests.signing_in import staff_client
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sampled]

DAY = date(2027, 5, 1)
HELD = "procurement/renewals/email/held"


@pytest.fixture
def review(db):
    return approved_review()


@pytest.fixture
def administrator(review):
    return cast_of().administrator


def allow(most: int, administrator) -> None:
    services.change_most_at_once(most=most, note="Few.", opened=1, by=administrator, now=morning(date(2027, 4, 1)))


def test_what_goes_beyond_the_number_is_held_and_the_administrators_get_one_mail(review, administrator):
    copies_of(review, 4)
    allow(6, administrator)
    result = scan(DAY)
    assert (len(result.queued), len(result.held)) == (6, 4)
    assert ReminderDue.objects.filter(state=ReminderState.HELD, email_id__isnull=True).count() == 4
    told = OutgoingEmail.objects.get(kind=HELD)
    assert (told.to_name, told.subject) == ("Mei Okafor", "4 reminders are held and wait for you")
    assert "10 reminders were due at once, and at most 6 leave on a day by themselves." in " ".join(told.text.split())
    assert "/renewals/held/" in told.text
    assert LedgerEntry.objects.filter(verb="reminders.held").count() == 1

    again = scan(DAY)
    assert (again.queued, again.held) == ([], []), "held is claimed: no later scan sends it"
    copies_of(review, 1)
    following = scan(date(2027, 5, 2))
    assert len(following.queued) == 2, "another day, another number"
    assert OutgoingEmail.objects.filter(kind=HELD).count() == 1


def test_after_thirty_days_of_silence_everything_is_held(review, administrator):
    live_through(date(2027, 3, 20), date(2027, 3, 25))
    LastScan.objects.update(finished_at=morning(DAY) - timedelta(days=41))
    result = scan(DAY)
    assert (len(result.queued), len(result.held)) == (0, 2)
    told = OutgoingEmail.objects.get(kind=HELD)
    assert "Reminders were not sent for 41 days" in " ".join(told.text.split())
    assert scan(date(2027, 5, 31)).held == [], "the scan has run again"


def test_an_administrator_releases_a_selection_and_each_leaves_once(review, administrator):
    copies_of(review, 2)
    allow(1, administrator)
    scan(DAY)
    held = list(ReminderDue.objects.filter(state=ReminderState.HELD))
    assert len(held) == 5
    chosen = [row.pk for row in held[:3]]
    before = OutgoingEmail.objects.count()
    on, now = date(2027, 5, 2), morning(date(2027, 5, 2))
    assert release_held(pks=chosen, by=administrator, on=on, now=now) == (3, 0)
    assert OutgoingEmail.objects.count() == before + 3
    rows = ReminderDue.objects.filter(pk__in=chosen)
    assert all(row.state == ReminderState.SENT and row.email_id and row.released_at == now for row in rows)
    assert LastScan.objects.get().told_of_hold is not None, "two are held yet"
    assert scan(DAY).queued == []
    with pytest.raises(Refused, match="None of these is held any more"):
        release_held(pks=chosen, by=administrator, on=on, now=now)
    rest = ReminderDue.objects.filter(state=ReminderState.HELD).values_list("pk", flat=True)
    release_held(pks=list(rest), by=administrator, on=on, now=now)
    assert LastScan.objects.get().told_of_hold is None
    entry = LedgerEntry.objects.filter(verb="reminders.released").latest("seq")
    assert (entry.actor_label, entry.sentence) == ("Mei Okafor", "2 held reminders released")


def test_what_has_become_pointless_meanwhile_does_not_leave(review, administrator):
    condition = Condition.objects.create(
        decision=review.decision, text="Show it.", owner=review.engagement.owner, due_on=DAY
    )
    scan(date(2027, 4, 2))
    LastScan.objects.update(finished_at=morning(DAY) - timedelta(days=40))
    result = scan(DAY)
    assert {one.milestone for one in result.held} == {"owner-60", "vendor-ask-date", "before-0"}
    meet_condition(condition=condition, note="Shown.", by=condition.owner, on=DAY, now=morning(DAY))
    everything = list(ReminderDue.objects.filter(state=ReminderState.HELD).values_list("pk", flat=True))
    assert release_held(pks=everything, by=administrator, on=DAY, now=morning(DAY)) == (2, 1)
    row = ReminderDue.objects.get(milestone="before-0")
    assert (row.state, row.email_id) == (ReminderState.SUPERSEDED, None)


def test_a_later_reminder_speaks_for_the_one_that_is_held(review, administrator):
    allow(1, administrator)
    scan(DAY)
    held = ReminderDue.objects.get(state=ReminderState.HELD)
    left = live_through(date(2027, 5, 2), date(2027, 6, 16))
    assert "vendor-before-14" in {milestone for *_, milestone in left}
    held.refresh_from_db()
    assert (held.milestone, held.state) == ("vendor-ask-date", ReminderState.SUPERSEDED)
    assert "speaks for it" in held.note
    assert LastScan.objects.get().told_of_hold is None, "the next hold is told of again"


def test_the_page_releases_and_drops_and_needs_a_reason_for_dropping(review, administrator):
    copies_of(review, 1)
    allow(1, administrator)
    scan(DAY)
    with time_machine.travel(morning(date(2027, 5, 2)), tick=False):
        the_administrator_answers(staff_client(administrator))


def the_administrator_answers(browser) -> None:
    page = browser.get("/renewals/held/").text
    assert "3 reminders are held" in page
    assert "at most 1 leave on a day by themselves" in page
    first, *others = ReminderDue.objects.filter(state=ReminderState.HELD).values_list("pk", flat=True)
    refused = browser.post("/renewals/held/", {"act": "drop", "held": [first]}).text
    assert "Say why these reminders are dropped." in refused
    assert "Tick at least one" in browser.post("/renewals/held/", {"act": "release"}).text
    assert ReminderDue.objects.filter(state=ReminderState.HELD).count() == 3
    browser.post("/renewals/held/", {"act": "drop", "held": [first], "reason": "They know."})
    dropped = ReminderDue.objects.get(pk=first)
    assert (dropped.state, dropped.note) == (ReminderState.DROPPED, "Dropped by Mei Okafor: They know.")
    assert LedgerEntry.objects.get(verb="reminders.dropped").details["reason"] == "They know."
    answer = browser.post("/renewals/held/", {"act": "release", "held": others}, follow=True).text
    assert "2 reminders are on their way." in answer
    assert "Nothing is held" in answer
    stale = browser.post("/renewals/held/", {"act": "release", "held": others}).text
    assert "not held any more" in stale


def test_somebody_whose_password_was_given_long_ago_gives_it_again_first(review, administrator):
    administrator.set_password("correct horse battery staple")
    administrator.save()
    answer = staff_client(administrator, minutes_ago=600).get("/renewals/held/")
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]


def test_nobody_but_an_administrator_lets_reminders_go(review, administrator):
    allow(1, administrator)
    scan(DAY)
    (pk,) = ReminderDue.objects.filter(state=ReminderState.HELD).values_list("pk", flat=True)
    with pytest.raises(NotAllowed):
        release_held(pks=[pk], by=review.reviewer, on=DAY, now=morning(DAY))
    with pytest.raises(NotAllowed):
        services.drop_held(pks=[pk], reason="Enough.", by=review.reviewer, now=morning(DAY))


def test_reviewer_and_administrator_see_that_something_is_held(review, administrator):
    allow(1, administrator)
    scan(DAY)
    assert "1 reminder is held." in staff_client(review.reviewer).get("/renewals/").text
    assert "Look at what is held" in staff_client(administrator).get("/renewals/").text
    assert "Reminders are held" in staff_client(administrator).get("/").text
    assert "is held" not in staff_client(review.engagement.owner).get("/renewals/").text


def test_later_scans_of_a_day_look_only_at_the_vendors_something_happened_to(review, administrator):
    copies_of(review, 3)
    scan(DAY)
    scan(DAY)  # the requests that the first one made stand in the ledger
    with CaptureQueriesContext(connection) as quiet:
        assert scan(DAY).queued == []
    assert len(quiet) < 15
    assert "procurement_decision" not in " ".join(query["sql"] for query in quiet)
    Condition.objects.create(decision=review.decision, text="Now.", owner=review.engagement.owner, due_on=DAY)
    assert scan(DAY).queued == [], "no act, no entry in the ledger"
    services.change_most_at_once(most=60, note="More.", opened=1, by=administrator, now=morning(DAY))
    assert [one.milestone for one in scan(DAY).queued] == ["before-0"]
