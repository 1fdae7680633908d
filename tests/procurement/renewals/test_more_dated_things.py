"""Findings, waivers and questionnaires go through the same scan: who is told when, what they read, what stops it."""

from dataclasses import replace
from datetime import date

import pytest

from procurement.demo.answers import Questioned
from procurement.questionnaires.models import Assessment
from procurement.reviews import services as reviews
from procurement.reviews.models import Finding, Waiver
from tests.factories.findings import finding_draft
from tests.factories.renewals import approved_review, live_through, morning, scan
from tests.factories.stories import FIRST_DAY, PLAIN, cast_of, collecting, in_review
from vendors.contacts.models import Contact
from vendors.correspondence.models import OutgoingEmail, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sampled]

DUE = date(2026, 12, 1)


def flat(email: OutgoingEmail) -> str:
    return " ".join(email.text.split())


@pytest.fixture
def review(db):
    """Approved on 2 September 2026, with nothing else that falls due this year."""
    return approved_review(plot=replace(PLAIN, conditions=()))


@pytest.fixture
def finding(db) -> Finding:
    """Raised while the report is read, and owned by the business owner."""
    _story, review = in_review(cast_of())
    draft = finding_draft(review.engagement.owner, due_on=DUE)
    return reviews.raise_finding(review=review, draft=draft, by=review.reviewer, on=FIRST_DAY, now=morning(FIRST_DAY))


def test_the_owner_of_a_finding_hears_before_and_after_its_day_and_then_the_reviewer_does(finding):
    left = live_through(date(2026, 11, 10), date(2026, 12, 30))
    assert left == [
        ("2026-11-17", "Adaeze", "before-14"),
        ("2026-11-28", "Adaeze", "before-3"),
        ("2026-12-01", "Adaeze", "before-0"),
        ("2026-12-08", "Adaeze", "week-1"),
        ("2026-12-15", "Adaeze", "week-2"),
        ("2026-12-22", "Adaeze", "week-3"),
        ("2026-12-29", "Ines", "escalation"),
    ]
    first = OutgoingEmail.objects.get(queued_at=morning(date(2026, 11, 17)))
    assert first.subject == f"Finding F-1 of {finding.review.number}, Quillhaven, is due on 1 December 2026"
    assert finding.title in flat(first)
    assert f"/findings/{finding.pk}/" in first.text
    told = OutgoingEmail.objects.get(queued_at=morning(date(2026, 12, 29)))
    assert "because you reviewed this vendor" in flat(told)


def test_a_finding_that_is_closed_stops_its_reminders_and_calls_back_the_one_that_waits(finding):
    scan(date(2026, 11, 17))
    waiting = OutgoingEmail.objects.get(queued_at=morning(date(2026, 11, 17)))
    day = date(2026, 11, 18)
    reviews.close_finding(finding=finding, note="Restored on 17 November.", by=finding.owner, now=morning(day))
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    assert live_through(day, date(2026, 12, 20)) == []


def test_whoever_reviews_the_vendor_hears_before_a_waiver_ends_unless_it_was_revoked(review):
    granted = {
        "review": review,
        "requirement": "scope_fit",
        "title": "Scope fit",
        "reason": "The next report covers it.",
        "until": DUE,
        "asked": review.approver,
        "proposed_by": review.reviewer,
        "proposed_at": morning(date(2026, 9, 1)),
        "granted_by": review.approver,
        "granted_at": morning(date(2026, 9, 1)),
    }
    waiver = Waiver.objects.create(**granted)
    assert live_through(date(2026, 9, 25), date(2026, 12, 20)) == [
        ("2026-10-02", "Ines", "before-60"),
        ("2026-11-01", "Ines", "before-30"),
        ("2026-11-24", "Ines", "before-7"),
        ("2026-12-01", "Ines", "before-0"),
    ]
    first = OutgoingEmail.objects.get(queued_at=morning(date(2026, 10, 2)))
    assert first.subject == "The waiver of “Scope fit” for Quillhaven ends on 1 December 2026"
    assert "does not outlive it" in flat(first)
    Waiver.objects.filter(pk=waiver.pk).update(until=date(2027, 1, 10))
    day = date(2027, 1, 2)
    reviews.revoke_exemption(exemption=Waiver.objects.get(), reason="Not needed.", by=review.approver, now=morning(day))
    assert live_through(day, date(2027, 1, 12)) == []


def test_the_contact_is_reminded_of_a_questionnaire_and_whoever_sent_it_is_told_in_the_end():
    cast = cast_of()
    story, review = collecting(cast)
    assessment = Questioned(story, review).send(Contact.objects.get(), DUE, FIRST_DAY)
    OutgoingEmail.objects.all().delete()
    left = [one for one in live_through(date(2026, 11, 20), date(2027, 1, 10)) if "request" not in one[2]]
    mine = [one for one in left if one[0] >= "2026-11-24"]
    assert ("2026-11-24", "Jonah", "before-7") in mine
    assert ("2026-12-01", "Jonah", "before-0") in mine
    assert ("2026-12-29", "Jonah", "week-4") in mine
    assert ("2027-01-05", "Ines", "escalation") in mine
    email = OutgoingEmail.objects.get(queued_at=morning(date(2026, 11, 24)), about=f"assessment:{assessment.pk}")
    assert email.to_name == "Jonah Pell"
    assert f"/portal/questionnaires/{assessment.pk}/" in email.text
    assert "because the questionnaire was sent to you" in flat(email)
    told = OutgoingEmail.objects.get(queued_at=morning(date(2027, 1, 5)), about=f"assessment:{assessment.pk}")
    assert f"/reviews/{review.pk}/" in told.text


def test_a_questionnaire_that_is_submitted_reminds_nobody():
    cast = cast_of()
    story, review = collecting(cast)
    contact = Contact.objects.get()
    asked = Questioned(story, review)
    assessment = asked.send(contact, DUE, FIRST_DAY)
    asked.answer(assessment, contact, FIRST_DAY)
    asked.submit(assessment, contact, FIRST_DAY)
    OutgoingEmail.objects.all().delete()
    live_through(date(2026, 11, 20), date(2026, 12, 20))
    assert not OutgoingEmail.objects.filter(about=f"assessment:{assessment.pk}").exists()
    assert Assessment.objects.get().submitted_at is not None
