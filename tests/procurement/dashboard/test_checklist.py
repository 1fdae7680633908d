"""The checklist of a review: every step, its state, who has to act, since when, and the link that does it."""

import pytest
import time_machine
from django.utils.html import escape

from procurement.dashboard.checklist_page import Checklist, Item, checklist_of
from procurement.demo.story import Story, issue_nda_text
from procurement.reviews import services
from procurement.reviews.models import Review
from tests.factories.findings import make_finding
from tests.factories.reviews import remediated_review, requested_review
from tests.factories.stories import (
    FIRST_DAY,
    PERIOD,
    PLAIN,
    approved,
    awaiting_approval,
    collecting,
    drafted,
    in_review,
    paper,
)
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days


def of(review: Review, person, on=FIRST_DAY) -> Checklist:
    return checklist_of(Review.objects.get(pk=review.pk), person, on)


def line(checklist: Checklist, title: str) -> Item:
    return next(item for group in checklist.groups for item in group.items if title in item.row.title)


def waiting_in(checklist: Checklist) -> set[str]:
    """Whoever has to act for one of the lines."""
    return {item.who for group in checklist.groups for item in group.items if item.since is not None}


def page_of(review: Review, person) -> str:
    return staff_client(person).get(f"/reviews/{review.pk}/checklist/").text


def test_while_nobody_has_it_a_reviewer_has_to_act_since_it_was_asked_for(cast):
    review = Story(PLAIN, cast).ask(FIRST_DAY)
    listed = of(review, cast.reviewer, plus_days(FIRST_DAY, 4))
    taken = line(listed, "A reviewer takes the review")
    assert (taken.who, taken.since, taken.waits) == ("A reviewer", FIRST_DAY, 4)
    assert taken.row.action == "Take or assign it"
    assert line(listed, "Ask the vendor").row.word == "To come"
    assert line(listed, "It is decided").row.word == "To come"


@pytest.mark.slow
def test_what_the_vendor_was_asked_for_waits_for_its_contact_by_name_with_the_days(cast):
    issue_nda_text(cast, clock.now())
    story = Story(PLAIN, cast)
    review = story.take(story.ask(FIRST_DAY), FIRST_DAY)
    asked = line(of(review, cast.reviewer), "Ask the vendor")
    assert (asked.who, asked.row.action) == ("Ines Varga", "Request a report")
    contact = story.invite(review.vendor, FIRST_DAY)
    story.request_report(contact, PERIOD, plus_days(FIRST_DAY, 14), FIRST_DAY)
    with time_machine.travel("2026-09-05T10:00:00+02:00", tick=False):
        page = page_of(review, cast.reviewer)
    listed = of(review, cast.reviewer)
    assert f"Ready to decide: {listed.settled} of {listed.asked}" in page
    assert listed.settled < listed.asked
    assert "Jonah Pell, Quillhaven" in page
    assert "since 1 Sep 2026, 4 days" in page
    assert line(of(review, cast.reviewer), "The report is received").row.word == "Waiting"


@pytest.mark.slow
def test_a_report_that_arrived_waits_for_its_facts_then_for_their_acceptance(cast):
    story, review = collecting(cast)
    report = story.send_report(review.vendor.contacts.get(), None, paper(), FIRST_DAY)
    recorded = line(of(review, cast.reviewer), "Its facts are recorded")
    assert recorded.row.reason.startswith("Missing: Kind and system")
    assert recorded.row.url == f"/reviews/{review.pk}/reports/{report.pk}/facts/"
    report = story.record_facts(review, report, paper(), FIRST_DAY)
    accepted = line(of(review, cast.reviewer), "Its facts are accepted")
    assert (accepted.row.word, accepted.who) == ("Open", "Ines Varga")
    story.accept_report(review, report, FIRST_DAY)
    listed = of(review, cast.reviewer)
    assert line(listed, "Its facts are accepted").row.word == "Done"
    scope = next(item for item in listed.groups[1].items if item.row.action == "Settle it")
    assert (scope.who, scope.since) == ("Ines Varga", FIRST_DAY)


@pytest.mark.slow
def test_a_judged_review_waits_for_the_draft_then_for_being_put_before_somebody(cast):
    story, review = in_review(cast)
    draft = line(of(review, cast.reviewer), "The decision is drafted")
    assert (draft.row.action, draft.who) == ("Draft it", "Ines Varga")
    story.draft(review, FIRST_DAY)
    submit = line(of(review, cast.reviewer), "It is put before an approver")
    assert submit.row.url == f"/reviews/{review.pk}/submit/"
    assert line(of(review, cast.auditor), "It is put before an approver").row.url == ""


@pytest.mark.slow
def test_the_approver_sees_that_it_is_their_turn_and_the_way_to_it(cast):
    _story, review = awaiting_approval(cast)
    decide = line(of(review, cast.approver, plus_days(FIRST_DAY, 1)), "It is decided")
    assert (decide.who, decide.waits, decide.row.url) == ("Tomasz Reyk", 1, f"/reviews/{review.pk}/decide/")
    assert "since today" in page_of(review, cast.approver)


@pytest.mark.slow
def test_a_decided_review_waits_for_nobody(cast):
    _story, review = approved(cast)
    listed = of(review, cast.reviewer)
    assert waiting_in(listed) == set()
    assert line(listed, "It is decided").row.word == "Done"
    assert "Who has to act" not in page_of(review, cast.reviewer)


@pytest.mark.slow
def test_a_remediation_waits_for_whoever_was_asked_to_close_it(vendor, requester, reviewer, approver):
    review = remediated_review(vendor, asked_by=requester, reviewer=reviewer)
    services.plan_remediation(
        remediation=review.remediations.get(), plan="Fixed.", asked=approver, by=reviewer, now=clock.now()
    )
    assert "Tomasz Reyk" in waiting_in(of(review, reviewer, clock.today()))
    judged = line(of(review, requester, clock.today()), "What it says is judged")
    assert (judged.who, judged.row.word) == ("Tomasz Reyk", "Open")
    assert "Close the remediation" in page_of(review, requester)


@pytest.mark.slow
def test_open_findings_stand_there_with_their_owner_and_hold_nothing_up(cast):
    _story, review = drafted(cast)
    assert line(of(review, cast.reviewer), "No finding is open").row.is_met
    make_finding(review, by=cast.reviewer, owner=cast.auditor, severity="critical")
    listed = of(review, cast.reviewer, plus_days(FIRST_DAY, 2))
    finding = line(listed, "F-1")
    assert (finding.who, finding.waits, finding.row.tone) == ("Priya Holm", 2, "bad")
    assert listed.settled == listed.asked


@pytest.mark.slow
def test_a_requester_reads_words_of_status_and_nothing_else(cast):
    _story, review = drafted(cast)
    make_finding(review, by=cast.reviewer)
    page = page_of(review, cast.requester)
    assert "Where it stands" in page
    assert "Its facts are accepted" in page
    assert line(of(review, cast.requester), "What it says is judged").row.word == "Done"
    for hidden in ("Ready to decide", "Restores are never tried", "Requirements of the policy", "Ask for approval"):
        assert hidden not in page
    listed = of(review, cast.requester)
    assert {(item.row.reason, item.row.url) for group in listed.groups for item in group.items} == {("", "")}


def test_public_data_asks_for_no_report_and_a_withdrawn_review_for_nothing(vendor, requester, reviewer):
    review = requested_review(vendor, by=requester, data_classes=["public"])
    titles = [item.row.title for item in of(review, reviewer, clock.today()).groups[0].items]
    assert titles == ["A reviewer takes the review"]
    services.withdraw(review=review, reason="Not bought.", by=requester, now=clock.now())
    listed = of(review, reviewer, clock.today())
    assert waiting_in(listed) == set()
    assert line(listed, "A reviewer takes").row.word == "To come"


@pytest.mark.slow
def test_the_pages_lead_there(cast):
    _story, review = drafted(cast)
    link = f'href="{escape(f"/reviews/{review.pk}/checklist/")}"'
    assert link in staff_client(cast.reviewer).get(f"/reviews/{review.pk}/").text
    assert link in staff_client(cast.reviewer).get("/reviews/").text
    assert link in staff_client(cast.reviewer).get("/").text
    assert link in staff_client(cast.requester).get("/").text
    assert link in staff_client(cast.requester).get(f"/reviews/{review.pk}/").text


@pytest.mark.parametrize("person", ["administrator"])
def test_foreign_and_missing_are_the_same(cast, person):
    _story, review = drafted(cast)
    client = staff_client(getattr(cast, person))
    assert client.get(f"/reviews/{review.pk}/checklist/").status_code == 404
    assert client.get("/reviews/987654/checklist/").status_code == 404


@pytest.mark.slow
def test_a_withdrawn_acceptance_waits_for_its_facts_anew(cast):
    _story, review = in_review(cast)
    services.withdraw_report(report=review.report, reason="Wrong period.", by=cast.reviewer, now=clock.now())
    accepted = line(of(review, cast.reviewer), "Its facts are accepted")
    assert (accepted.row.word, accepted.row.action) == ("Open", "Open the facts")
