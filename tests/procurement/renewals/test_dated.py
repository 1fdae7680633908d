"""The end of an NDA and a condition of an approval: who is told when, what they read, and what stops it."""

from dataclasses import replace
from datetime import date

import pytest

from procurement.decisions.models import Condition
from procurement.decisions.services import meet_condition
from procurement.renewals.models import ReminderDue
from tests.factories import ndas
from tests.factories.renewals import approved_review, decided_anew, live_through, morning, scan
from tests.factories.stories import PLAIN
from vendors.correspondence.models import OutgoingEmail, State
from vendors.ndas.models import Nda
from vendors.ndas.services import end_nda

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sampled]

NDA_ENDS = date(2027, 3, 1)
CONDITION = "Three monthly exports."


def flat(email: OutgoingEmail) -> str:
    return " ".join(email.text.split())


@pytest.fixture
def review(db):
    """Approved on 2 September 2026 under one condition, due on 1 December; the NDA ends on 1 March."""
    review = approved_review(plot=replace(PLAIN, conditions=((CONDITION, 90),)))
    Condition.objects.update(due_on=date(2026, 12, 1))
    Nda.objects.update(ends_on=NDA_ENDS)
    return review


def test_the_owner_of_a_condition_hears_before_it_is_due_weekly_after_it_and_then_the_approver_does(review):
    left = [one for one in live_through(date(2026, 11, 10), date(2027, 1, 5)) if "owner" not in one[2]]
    assert left == [
        ("2026-11-17", "Adaeze", "before-14"),
        ("2026-11-28", "Adaeze", "before-3"),
        ("2026-12-01", "Adaeze", "before-0"),
        ("2026-12-08", "Adaeze", "week-1"),
        ("2026-12-15", "Adaeze", "week-2"),
        ("2026-12-22", "Adaeze", "week-3"),
        ("2026-12-29", "Tomasz", "escalation"),
        ("2026-12-31", "Ines", "before-60"),
    ]
    first = OutgoingEmail.objects.get(queued_at=morning(date(2026, 11, 17)))
    assert first.subject == "A condition of the approval of Quillhaven is due on 1 December 2026"
    assert CONDITION in flat(first)
    assert "is due on 1 December 2026, in 14 days." in flat(first)
    assert f"/conditions/{Condition.objects.get().pk}/met/" in first.text
    late = OutgoingEmail.objects.get(queued_at=morning(date(2026, 12, 8)))
    assert late.subject == "A condition of the approval of Quillhaven was due on 1 December 2026"
    told = OutgoingEmail.objects.get(queued_at=morning(date(2026, 12, 29)))
    assert f"Open the review:\nhttp://127.0.0.1:8000/reviews/{review.pk}/" in told.text
    assert "because you approved under this condition" in flat(told)


def test_a_condition_that_is_met_stops_its_reminders_and_calls_back_the_one_that_waits(review):
    condition = Condition.objects.get()
    scan(date(2026, 11, 17))
    waiting = OutgoingEmail.objects.get(about=f"condition:{condition.pk}")
    day = date(2026, 11, 18)
    meet_condition(condition=condition, note="Shown.", by=condition.owner, on=day, now=morning(day))
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    assert [one for one in live_through(day, date(2026, 12, 15)) if "owner" not in one[2]] == []


def test_a_condition_of_an_approval_that_is_superseded_is_nobodys_reminder(review):
    decided_anew(review, date(2026, 11, 1))
    left = live_through(date(2026, 11, 2), date(2026, 12, 2))
    assert [one for one in left if one[2].startswith(("before", "week"))] == []


def test_the_reviewer_hears_60_30_7_and_0_days_before_the_nda_ends(review):
    Condition.objects.all().delete()
    left = [one for one in live_through(date(2026, 12, 20), date(2027, 3, 20)) if one[1] == "Ines"]
    assert left == [
        ("2026-12-31", "Ines", "before-60"),
        ("2027-01-30", "Ines", "before-30"),
        ("2027-02-22", "Ines", "before-7"),
        ("2027-03-01", "Ines", "before-0"),
    ]
    email = OutgoingEmail.objects.get(queued_at=morning(date(2026, 12, 31)), to_name="Ines Varga")
    assert email.subject == (
        "The NDA “Confidentiality agreement for security reviews” with Quillhaven ends on 1 March 2027"
    )
    assert "Without one in force nothing may be asked for" in flat(email)
    assert f"/ndas/{Nda.objects.get().pk}/" in email.text


def test_another_nda_that_holds_longer_stops_them(review):
    Condition.objects.all().delete()
    live_through(date(2026, 12, 28), date(2027, 1, 5))
    waiting = OutgoingEmail.objects.get(about=f"nda-end:{review.vendor_id}")
    ndas.record(review.vendor, by=review.reviewer)
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    assert [one for one in live_through(date(2027, 1, 6), date(2027, 3, 3)) if one[1] == "Ines"] == []


def test_an_nda_that_was_ended_early_is_over(review):
    Condition.objects.all().delete()
    live_through(date(2026, 12, 28), date(2027, 1, 5))
    day = date(2027, 1, 6)
    end_nda(nda=Nda.objects.get(), reason="We part.", by=review.reviewer, on=day, now=morning(day))
    assert OutgoingEmail.objects.get(about=f"nda-end:{review.vendor_id}").state == State.CANCELLED
    assert [one for one in live_through(day, date(2027, 3, 3)) if one[1] == "Ines"] == []


def test_somebody_who_left_is_not_told_and_the_approver_is(review):
    owner = Condition.objects.get().owner
    owner.is_active = False
    owner.save()
    (told,) = [one for one in scan(date(2026, 11, 17)).queued if one.milestone == "before-14"]
    assert told.name == "Tomasz Reyk"


def test_nobody_is_reminded_of_what_ended_over_a_year_ago(review):
    Nda.objects.update(ends_on=date(2026, 10, 1))
    Condition.objects.all().delete()
    scan(date(2027, 10, 5))
    assert not ReminderDue.objects.filter(subject_type="nda").exists()
