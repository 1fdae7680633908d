"""Beginning with what is on file, and going back for what is missing."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages

from procurement.reviews import access, services
from procurement.reviews.acts import acts_of
from procurement.reviews.models import Review, State
from tests.factories.reports import whole_facts
from tests.factories.reviews import QUALIFIED, accept, read_review, recorded_report, requested_review, taken_review
from vendors.calendar import clock
from vendors.people.actors import NotAllowed, Refused


@pytest.fixture
def review(vendor, requester, reviewer) -> Review:
    return taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")


def test_the_best_accepted_report_on_file_is_adopted(as_staff, vendor, requester, reviewer):
    first = read_review(vendor, asked_by=requester, reviewer=reviewer)
    second = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    as_staff(reviewer).post(f"/reviews/{second.pk}/begin/")
    second.refresh_from_db()
    assert (second.state, second.report) == (State.IN_REVIEW, first.report)


@pytest.mark.slow
def test_a_report_on_file_is_gone_by_and_not_asked_for_again(
    as_staff, letters, vendor, requester, reviewer, second_reviewer, a_minute_passes
):
    first = read_review(vendor, asked_by=requester, reviewer=reviewer)
    a_minute_passes()
    second = requested_review(vendor, by=requester, title="Payroll")
    letters()
    client = as_staff(second_reviewer)
    path = f"/reviews/{second.pk}/"
    answer = client.post(f"{path}take/", follow=True)
    assert f"{first.report} is on file: go by it next, if it covers this use." in answer.text
    begin = f'action="{path}begin/"'
    assert answer.text.count(begin) == 2, "the button of the head and the requirement's own row"
    assert "It is accepted and on file; this review does not go by it yet." in answer.text
    assert "Go by the report on file" in answer.text.split("Who has to act")[1]
    for wrong in ("Request a report", "Ask the vendor", "is on file.</p>", "Begin with what is on file"):
        assert wrong not in answer.text
    checklist = client.get(f"{path}checklist/").text
    assert "Request a report" not in checklist
    assert begin in checklist

    page = client.post(f"{path}begin/", follow=True).text
    assert f"{first.report}, on file already" in page, "it was not collected for this review"


@pytest.mark.slow
def test_one_assigned_reads_in_the_mail_that_a_report_is_on_file(
    as_staff, letters, vendor, requester, reviewer, second_reviewer
):
    read_review(vendor, asked_by=requester, reviewer=reviewer)
    second = requested_review(vendor, by=requester, title="Payroll")
    letters()
    as_staff(reviewer).post(f"/reviews/{second.pk}/assign/", {"to": second_reviewer.pk})
    told = next(letter for letter in letters() if letter.to[0].startswith("Oona Brandt"))
    assert "is on file: go by it next, if it covers this use." in " ".join(told.body.split())
    assert "Ask the vendor" not in told.body


@pytest.mark.slow
def test_one_that_does_not_count_any_more_is_asked_for_again(as_staff, vendor, requester, reviewer):
    read_review(vendor, asked_by=requester, reviewer=reviewer)
    with time_machine.travel(clock.now() + timedelta(days=800), tick=False):
        second = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
        page = as_staff(reviewer).get(f"/reviews/{second.pk}/").text
    assert "Out of policy." in page
    assert "Request a report" in page
    assert "Ask the vendor for its report" in page
    assert "Begin with what is on file" in page


def test_a_qualified_report_on_file_opens_a_remediation_at_once(as_staff, vendor, requester, reviewer):
    read_review(vendor, asked_by=requester, reviewer=reviewer, facts=whole_facts(**QUALIFIED))
    second = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    answer = as_staff(reviewer).post(f"/reviews/{second.pk}/begin/")
    (message,) = get_messages(answer.wsgi_request)
    assert "a remediation is open" in str(message)
    second.refresh_from_db()
    assert second.state == State.REMEDIATION
    assert second.remediations.get().report == second.report


def test_public_data_needs_no_report(vendor, requester, reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer, data_classes=["public"], criticality="low")
    assert "begin" in {act.key for act in acts_of(review, reviewer, clock.today())}
    review = services.begin_review(review=review, by=reviewer, now=clock.now())
    assert (review.state, review.report) == (State.IN_REVIEW, None)


def test_anything_above_public_waits_for_an_accepted_report(as_staff, review, vendor, reviewer):
    recorded_report(vendor, by=reviewer)
    assert "begin" not in {act.key for act in acts_of(review, reviewer, clock.today())}
    answer = as_staff(reviewer).post(f"/reviews/{review.pk}/begin/")
    assert answer.status_code == 409
    assert "No accepted report of Quillhaven is on file." in answer.content.decode()


def test_only_the_assigned_reviewer_begins(as_staff, review, second_reviewer, requester, auditor, approver):
    for user, status in ((second_reviewer, 403), (requester, 403), (auditor, 403), (approver, 404)):
        assert as_staff(user).post(f"/reviews/{review.pk}/begin/").status_code == status
    with pytest.raises(NotAllowed, match="Take the review over first"):
        services.begin_review(review=review, by=second_reviewer, now=clock.now())


def test_nobody_begins_twice(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    with pytest.raises(Refused):
        services.begin_review(review=review, by=reviewer, now=clock.now())
    assert not access.can_begin(reviewer, review)


def test_the_reviewer_goes_back_for_what_is_missing(as_staff, vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    path = f"/reviews/{review.pk}/return/"
    assert as_staff(reviewer).get(path).status_code == 200
    assert "Say what is missing." in as_staff(reviewer).post(path, {"reason": " "}).content.decode()
    assert as_staff(reviewer).post(path, {"reason": "The bridge letter."}).status_code == 302
    review.refresh_from_db()
    assert (review.state, review.state_reason) == (State.COLLECTING, "The bridge letter.")
    assert review.report is not None


@pytest.mark.slow
def test_nobody_else_goes_back(as_staff, vendor, requester, reviewer, second_reviewer, auditor):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    for user in (second_reviewer, requester, auditor):
        assert as_staff(user).post(f"/reviews/{review.pk}/return/", {"reason": "x"}).status_code == 403
    review.refresh_from_db()
    assert review.state == State.IN_REVIEW


def test_a_reason_is_asked_for_below_the_form_too(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    with pytest.raises(Refused, match="Say what is missing"):
        services.return_to_collecting(review=review, reason="  ", by=reviewer, now=clock.now())


def test_a_review_that_collects_cannot_go_back(review, vendor, reviewer):
    with pytest.raises(Refused, match="no step leads"):
        services.return_to_collecting(review=review, reason="more", by=reviewer, now=clock.now())
    assert accept(review, recorded_report(vendor, by=reviewer), by=reviewer).state == State.IN_REVIEW
