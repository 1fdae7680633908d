"""The plan of reminders: what an administrator may write, and that a change neither repeats nor loses a reminder."""

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from procurement.renewals import rhythms, services
from procurement.renewals.models import ReminderPlan
from procurement.renewals.plans import current_plan
from procurement.renewals.rhythms import Rhythm, Series
from tests.factories.renewals import approved_review, live_through, morning
from tests.factories.stories import cast_of
from tests.signing_in import staff_client
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]

APPROVALS = "/renewals/plan/approval/"


@pytest.fixture
def administrator(db):
    return cast_of().administrator


@pytest.fixture
def browser(administrator):
    return staff_client(administrator)


def typed(**changes: str) -> dict[str, str]:
    days = {"before_1": "90, 60, 30, 7, 0", "before_2": "90, 60, 30, 7, 0", "before_3": "60, 30, 0"}
    return {**days, "note": "Asked by the owners.", "opened": "1", **changes}


def change(series: Series, on: date, *, opened: int = 1, **offsets: object) -> None:
    """Issue a version in which every tier has these offsets."""
    services.change_rhythms(
        series=series,
        rhythms={tier: Rhythm(**offsets) for tier in rhythms.TIERS},  # type: ignore[arg-type]
        note="Otherwise.",
        opened=opened,
        by=cast_of().administrator,
        on=on,
        now=morning(on),
    )


def test_the_administrator_reads_the_plan_changes_it_and_the_ledger_says_so(browser):
    page = browser.get("/renewals/plan/").text
    assert "90, 60, 30, 7, 0" in page
    assert "Nobody has changed it" in page
    answer = browser.post(APPROVALS, typed(before_3="45 10, 0"), follow=True).text
    assert "45, 10, 0" in answer
    assert "Asked by the owners." in answer
    assert current_plan().rhythm(Series.APPROVAL, 3).before == (45, 10, 0)
    assert current_plan().rhythm(Series.NDA, 3).before == (30, 0), "the rest stays"
    entry = LedgerEntry.objects.get(verb="reminders.plan_changed")
    assert entry.sentence == "Reminder plan version 2: other days for “End of an approval”"
    assert entry.details["note"] == "Asked by the owners."


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"before_1": "90, soon"}, "“soon” is no number of days."),
        ({"before_1": "90, -3"}, "“-3” is no number of days."),
        ({"before_1": "366"}, "A reminder may lie 0 to 365 days from the date."),
        ({"before_1": "9,8,7,6,5,4,3,2,1"}, "At most 8 reminders, please."),
        ({"before_1": " "}, "Keep at least one reminder: 0 is the day itself."),
        ({"note": ""}, "Say why the plan changes."),
        ({}, "Nothing is changed yet."),
        ({"before_1": "80", "opened": "7"}, "Somebody has changed the plan while you were looking."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(browser, wrong, sentence):
    answer = browser.post(APPROVALS, typed(**wrong))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not ReminderPlan.objects.exists()


def test_a_series_that_is_none_is_not_there(browser):
    assert browser.get("/renewals/plan/birthdays/").status_code == 404


def test_the_days_of_the_report_have_all_columns(browser):
    page = browser.get("/renewals/plan/report/").text
    assert all(f'name="{column}_2"' in page for column in ("ask_before", "before", "after", "weekly"))
    whole = {f"{column}_{tier}": "5" for column in ("ask_before", "before", "after", "weekly") for tier in (1, 2, 3)}
    browser.post("/renewals/plan/report/", {**whole, "note": "All alike.", "opened": "1"})
    rhythm = current_plan().rhythm(Series.REPORT, 2)
    assert (rhythm.ask_before, rhythm.before, rhythm.after, rhythm.weekly) == (5, (5,), (5,), 5)


def test_how_many_may_leave_on_a_day_is_changed_likewise(browser):
    assert "Issue this version" in browser.get("/renewals/plan/at-once/").text
    refused = browser.post("/renewals/plan/at-once/", {"most_at_once": "0", "note": "None.", "opened": "1"})
    assert "Write 1 or more: with none, no reminder would ever leave." in refused.text
    same = browser.post("/renewals/plan/at-once/", {"most_at_once": "50", "note": "Same.", "opened": "1"})
    assert "It is that number already." in same.text
    browser.post("/renewals/plan/at-once/", {"most_at_once": "200", "note": "We have grown.", "opened": "1"})
    assert current_plan().most_at_once == 200


def test_a_reviewer_reads_the_plan_and_changes_nothing(administrator):
    reviewer = cast_of().reviewer
    assert "plan/approval/" not in staff_client(reviewer).get("/renewals/plan/").text
    with pytest.raises(NotAllowed):
        services.change_most_at_once(most=9, note="No.", opened=1, by=reviewer, now=morning(date(2027, 4, 1)))


@pytest.mark.slow
def test_tier_3_hears_less(db):
    review = approved_review()
    type(review.engagement).objects.update(tier=3, suggested_tier=3)
    left = [one for one in live_through(date(2027, 3, 30), date(2027, 7, 1)) if one[1] == "Adaeze"]
    assert [name for *_, name in left] == ["owner-60", "owner-30", "owner-0"]


@pytest.mark.slow
def test_a_changed_plan_repeats_nothing_that_was_sent_and_loses_nothing_that_is_due(db):
    approved_review()
    live_through(date(2027, 3, 30), date(2027, 5, 10))  # 90 and 60 days before are sent
    change(Series.APPROVAL, date(2027, 5, 11), before=(75, 60, 45, 30, 5, 0))
    left = [one for one in live_through(date(2027, 5, 11), date(2027, 6, 30)) if one[1] == "Adaeze"]
    assert left == [
        ("2027-05-16", "Adaeze", "owner-45"),  # added, and still to come; 75 days before was over
        ("2027-05-31", "Adaeze", "owner-30"),
        ("2027-06-25", "Adaeze", "owner-5"),
        ("2027-06-30", "Adaeze", "owner-0"),
    ]


@pytest.mark.slow
def test_what_was_due_during_an_outage_still_goes_when_the_plan_was_changed_meanwhile(db):
    approved_review()
    live_through(date(2027, 3, 30), date(2027, 4, 29))
    change(Series.APPROVAL, date(2027, 5, 3), before=(60, 40, 0))  # 60 days before was 1 May, and nothing has run
    assert ("2027-05-04", "Adaeze", "owner-60") in live_through(date(2027, 5, 4), date(2027, 5, 6))


@pytest.mark.slow
def test_other_weeks_for_the_report_begin_anew_the_day_after(db):
    approved_review()
    live_through(date(2027, 3, 30), date(2027, 9, 16))  # the weekly mails of 9 and 16 September are sent
    change(Series.REPORT, date(2027, 9, 16), before=(14, 3, 0), after=(7, 21), weekly=6)
    left = [one for one in live_through(date(2027, 9, 16), date(2027, 10, 10)) if one[1] == "Jonah"]
    assert left == [("2027-09-23", "Jonah", "vendor-weekly-5"), ("2027-09-30", "Jonah", "vendor-weekly-6")]


def test_a_stored_plan_reads_back_as_it_was_written():
    plan = rhythms.default_plan()
    assert rhythms.load(1, rhythms.dump(plan)) == plan


@pytest.mark.slow
@given(
    old=st.sets(st.integers(0, 90), min_size=1, max_size=5),
    new=st.sets(st.integers(0, 90), min_size=1, max_size=5),
    again=st.sets(st.integers(0, 90), min_size=1, max_size=5),
)
def test_an_offset_keeps_the_day_from_which_it_counts_until_it_is_dropped(old, new, again):
    first, second = date(2027, 1, 1), date(2027, 2, 1)
    one = Rhythm(before=rhythms.in_order(old, falling=True))
    two = rhythms.changed(Series.NDA, one, Rhythm(before=rhythms.in_order(new, falling=True)), on=first)
    three = rhythms.changed(Series.NDA, two, Rhythm(before=rhythms.in_order(again, falling=True)), on=second)
    for days in again:
        expected = None if days in old & new else first if days in new else second
        assert three.since.get(f"before-{days}") == expected


def test_the_page_counts_from_today(browser):
    with time_machine.travel(morning(date(2027, 5, 11)), tick=False):
        staff_client(cast_of().administrator).post(APPROVALS, typed(before_1="80, 0"))
    assert current_plan().rhythm(Series.APPROVAL, 1).since == {"before-80": date(2027, 5, 11)}
