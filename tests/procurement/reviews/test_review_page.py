"""What the parts of the review's page show to whom, and who has to act."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.reviews import access, services
from procurement.reviews.models import Review, State
from procurement.reviews.page import ReviewPage, review_page
from procurement.reviews.waiting import who_has_to_act
from tests.factories import ndas
from tests.factories.contacts import make_contact
from tests.factories.directory import make_vendor
from tests.factories.reports import received_report, report_request
from tests.factories.reviews import (
    awaiting_review,
    judge_everything,
    long_facts,
    read_review,
    remediated_review,
    requested_review,
    taken_review,
)
from vendors.calendar import clock
from vendors.reports.models import AuditorFirm, ReportRequest
from vendors.templatetags import wording


def page_for(user, review: Review) -> ReviewPage:
    return review_page(access.review_for(user, review.pk), user, clock.today())


def keys(page: ReviewPage) -> list[str]:
    return [act.key for act in page.acts]


def acting(review: Review) -> list[tuple[str, str]]:
    return [(one.who, one.what) for one in who_has_to_act(Review.objects.get(pk=review.pk), on=clock.today())]


@pytest.mark.slow
def test_the_acts_follow_state_and_person(vendor, requester, reviewer, second_reviewer, approver, auditor):
    draft = requested_review(vendor, by=requester, title="Training")
    assert keys(page_for(reviewer, draft)) == ["take", "assign", "withdraw"]
    assert keys(page_for(requester, draft)) == ["withdraw"]
    assert keys(page_for(auditor, draft)) == []

    collecting = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    assert keys(page_for(reviewer, collecting)) == ["hand_over", "withdraw"]
    assert keys(page_for(second_reviewer, collecting)) == ["hand_over"]

    reading = read_review(vendor, asked_by=requester, reviewer=reviewer)
    assert keys(page_for(reviewer, reading)) == ["return", "hand_over", "withdraw"]
    collecting = services.return_to_collecting(review=reading, reason="More.", by=reviewer, now=clock.now())
    assert keys(page_for(reviewer, collecting)) == ["begin", "hand_over", "withdraw"]

    Review.objects.filter(pk=reading.pk).update(state=State.APPROVED)
    assert keys(page_for(reviewer, reading)) == ["again"]
    assert keys(page_for(auditor, reading)) == []


@pytest.mark.slow
def test_the_assigned_reviewer_gets_one_action_for_each_open_requirement(as_staff, vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    page = page_for(reviewer, review)
    actions = {row.title: row.url for row in page.checks if row.action}
    report = review.report
    assert actions == {
        "What we buy lies inside the described system": f"/reviews/{review.pk}/reports/{report.pk}/facts/#scope",
        "Every exception has a decision of ours": f"/reviews/{review.pk}/exceptions/",
        "Every user entity control has an owner": f"/reviews/{review.pk}/controls/",
        "Auditor firm checked within 12 months": f"/reviews/{review.pk}/reports/{report.pk}/facts/#auditor",
    }
    text = as_staff(reviewer).get(f"/reviews/{review.pk}/").content.decode()
    assert "Ready to decide: 9 of 12" in text
    assert "policy version 1" in text
    assert "4 requirements do not apply to this use" in text
    for url in actions.values():
        assert f'href="{url}"' in text


@pytest.mark.slow
def test_nobody_else_gets_an_action(vendor, requester, reviewer, second_reviewer, auditor):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    for user in (second_reviewer, auditor):
        page = page_for(user, review)
        assert [row.action for row in page.checks if row.action] == []
        assert (page.exceptions_form, page.controls_form, page.may_judge) == (None, None, False)
        assert [row.may_use for row in page.reports] == [False]


def test_a_page_chip_opens_that_page_of_the_report(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    page = page_for(reviewer, review)
    (opinion,) = [row for row in page.checks if row.title == "Opinion"]
    assert [(chip.page, chip.href) for chip in opinion.pages] == [
        (4, f"/reviews/{review.pk}/reports/{review.report_id}/facts/?page=4")
    ]


def test_without_a_report_one_row_asks_for_it_and_the_others_wait(vendor, requester, reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    page = page_for(reviewer, review)
    actions = {row.title: row.url for row in page.checks if row.action}
    here = f"?next=/reviews/{review.pk}/"
    assert actions == {
        "NDA in force": f"/vendors/{vendor.pk}/ndas/record/{here}",
        "Current SOC 2 Type II report": f"/reviews/{review.pk}/ask/",
    }
    assert {row.word for row in page.checks if not row.action} == {"Waiting", "Met"}


@pytest.mark.slow
def test_a_report_that_was_asked_for_is_waited_for_and_not_asked_for_twice(vendor, requester, reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    asked = report_request(vendor, by=reviewer)
    for contact, sentence in (
        (None, f"It is asked for in the portal, expected by {wording.day(asked.due_on)}."),
        (make_contact(vendor), f"Jonah Pell was asked for it, expected by {wording.day(asked.due_on)}."),
    ):
        ReportRequest.objects.update(contact=contact)
        (row,) = [row for row in page_for(reviewer, review).checks if row.title == "Current SOC 2 Type II report"]
        assert (row.word, row.action) == ("Waiting", "")
        assert row.reason.endswith(sentence)

    ReportRequest.objects.update(what="successor_date")
    (row,) = [row for row in page_for(reviewer, review).checks if row.title == "Current SOC 2 Type II report"]
    assert row.action == "Request a report"


def test_a_report_that_waits_for_its_facts_is_to_be_read(vendor, requester, reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    ndas.record(vendor, by=reviewer)
    report = received_report(vendor, by=reviewer)
    facts = f"/reviews/{review.pk}/reports/{report.pk}/facts/"
    actions = {row.action: row.url for row in page_for(reviewer, review).checks if row.action}
    assert actions["Record the facts"] == facts
    assert "Request a report" not in actions


@pytest.mark.slow
def test_exceptions_and_controls_are_forms_for_the_reviewer_and_tables_for_the_auditor(
    as_staff, vendor, requester, reviewer, auditor
):
    review = judge_everything(read_review(vendor, asked_by=requester, reviewer=reviewer), by=reviewer)
    path = f"/reviews/{review.pk}/"
    desk = as_staff(reviewer).get(path).content.decode()
    assert f'action="{path}exceptions/"' in desk
    assert f'action="{path}controls/"' in desk
    watching = as_staff(auditor).get(path).content.decode()
    assert f'action="{path}' not in watching
    for text in (desk, watching):
        assert "For 2 of the 25 leavers tested" in text
        assert "Two leavers, both without rights." in text
        assert "0 of 1 open" in text


def test_a_requester_sees_status_and_who_acts_and_nothing_of_the_report(as_staff, vendor, requester, reviewer):
    review = remediated_review(vendor, asked_by=requester, reviewer=reviewer)
    page = page_for(requester, review)
    assert page.reads_only_status
    assert (page.checks, page.exceptions, page.controls, page.remediations, page.reports) == ([], [], [], [], [])
    text = as_staff(requester).get(f"/reviews/{review.pk}/").content.decode()
    for secret in ("leavers", "Leavers kept access", "CUEC", "Rookhope", "Ready to decide", "CC6.2", "ualified"):
        assert secret not in text
    assert "Ines Varga" in text


@pytest.mark.slow
def test_the_steps_tell_where_it_stands(vendor, requester, reviewer, approver):
    review = requested_review(vendor, by=requester, wanted_by=clock.today() + timedelta(days=30))
    states = [step.state for step in page_for(requester, review).steps]
    assert states == ["now", "to_come", "to_come", "to_come", "to_come"]
    review = services.take_review(review=review, by=reviewer, now=clock.now())
    names = [(step.name, step.state) for step in page_for(requester, review).steps]
    assert names[:2] == [("Requested", "done"), ("Collecting", "now")]

    other = remediated_review(make_vendor("Tarnfield"), asked_by=requester, reviewer=reviewer)
    assert [(s.name, s.state) for s in page_for(reviewer, other).steps][1:3] == [
        ("Collected", "done"),
        ("Remediation", "now"),
    ]
    waits = awaiting_review(make_vendor("Marl"), asked_by=requester, reviewer=reviewer, approver=approver)
    awaiting = page_for(reviewer, waits).steps[3]
    assert (awaiting.name, awaiting.state) == ("Awaiting approval", "now")
    assert awaiting.note.endswith("Tomasz Reyk")

    Review.objects.filter(pk=waits.pk).update(state=State.APPROVED_WITH_CONDITIONS, state_by="Tomasz Reyk")
    steps = page_for(reviewer, waits).steps
    assert [(s.name, s.state) for s in steps][3:] == [
        ("Put before an approver", "done"),
        ("Approved with conditions", "done"),
    ]
    Review.objects.filter(pk=waits.pk).update(state=State.REJECTED)
    assert page_for(reviewer, waits).steps[-1].state == "stop"
    services.withdraw(review=review, reason="Not needed.", by=requester, now=clock.now())
    assert [(s.name, s.state) for s in page_for(requester, review).steps] == [
        ("Requested", "done"),
        ("Withdrawn", "stop"),
    ]


@pytest.mark.slow
def test_who_has_to_act_is_named_in_every_state(vendor, requester, reviewer, approver, second_reviewer, contact):
    then = [("An approver", "Decides on the reviewer's draft"), ("Adaeze Lind", "Is told whether data may be sent")]
    review = requested_review(vendor, by=requester)
    assert acting(review) == [("A reviewer", "Take the review"), *then]

    services.take_review(review=review, by=reviewer, now=clock.now())
    assert acting(review)[0] == ("Ines Varga", "Ask the vendor for its report")
    report_request(vendor, by=reviewer, contact=contact)
    assert acting(review)[0] == ("Jonah Pell, Quillhaven", "Send: SOC 2 Type II report")
    ndas.record(vendor, by=reviewer)
    received_report(vendor, by=reviewer)
    assert [who for who, _what in acting(review)][:2] == ["Ines Varga", "Jonah Pell, Quillhaven"]

    other = remediated_review(make_vendor("Tarnfield"), asked_by=requester, reviewer=reviewer)
    assert acting(other)[0][0] == "Ines Varga"
    services.plan_remediation(
        remediation=other.remediations.get(), plan="Fixed.", asked=approver, by=reviewer, now=clock.now()
    )
    assert acting(other)[0] == ("Tomasz Reyk", "Close the remediation")
    services.close_remediation(remediation=other.remediations.get(), note="Seen.", by=approver, now=clock.now())
    assert acting(other)[0] == ("Ines Varga", "Judge the report, then ask for approval")
    assert page_for(reviewer, other).waiting[0].what == "Settle 3 requirements"
    judge_everything(other, by=reviewer)
    assert page_for(reviewer, other).waiting[0].what == "Draft the decision and ask for approval"

    services.put_before(review=other, approver=approver, by=reviewer, now=clock.now())
    assert acting(other) == [("Tomasz Reyk", "Decide"), then[1]]
    Review.objects.filter(pk=other.pk).update(state=State.APPROVED)
    assert acting(other) == []


def test_a_request_without_a_contact_waits_for_the_vendor(vendor, requester, reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    report_request(vendor, by=reviewer)
    assert acting(review)[0][0] == "Quillhaven"


@pytest.mark.slow
def test_the_remediation_shows_each_person_their_act(as_staff, vendor, requester, reviewer, second_reviewer):
    review = remediated_review(vendor, asked_by=requester, reviewer=reviewer)
    remediation = review.remediations.get()
    path = f"/reviews/{review.pk}/remediations/{remediation.pk}/"
    mine = as_staff(reviewer).get(f"/reviews/{review.pk}/").content.decode()
    assert f'href="{path}plan/"' in mine
    assert f'href="{path}close/"' not in mine
    theirs = as_staff(second_reviewer).get(f"/reviews/{review.pk}/").content.decode()
    assert f'href="{path}close/"' in theirs
    services.close_remediation(remediation=remediation, note="Seen it.", by=second_reviewer, now=clock.now())
    assert "Seen it." in as_staff(reviewer).get(f"/reviews/{review.pk}/").content.decode()


def test_a_checked_auditor_is_met(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    AuditorFirm.objects.update(checked_on=clock.today())
    (row,) = [row for row in page_for(reviewer, review).checks if row.title.startswith("Auditor firm")]
    assert row.is_met


@pytest.mark.slow
@pytest.mark.parametrize("form", [True, False])
def test_the_same_queries_for_1_and_for_30_rows(vendor, requester, reviewer, auditor, form):
    user = reviewer if form else auditor
    counts = []
    for of, rows in ((vendor, 1), (make_vendor("Tarnfield"), 30)):
        review = read_review(of, asked_by=requester, reviewer=reviewer, facts=long_facts(rows))
        review = access.review_for(user, review.pk)
        with CaptureQueriesContext(connection) as seen:
            page = review_page(review, user, clock.today())
            if page.exceptions_form:
                assert len(list(page.exceptions_form.rows())) == rows
        assert len(page.exceptions) == len(page.controls) == rows
        counts.append(len(seen))
    assert counts[0] == counts[1]
