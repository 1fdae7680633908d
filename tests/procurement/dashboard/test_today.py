"""Today: what needs each person now."""

from dataclasses import replace

import pytest

from procurement.demo.seeding import HALLOWMERE, OSIERPAY, QUILLHAVEN
from procurement.demo.story import Story
from procurement.reviews.models import Review
from tests.factories.stories import FIRST_DAY, PLAIN, approved, awaiting_approval, collecting, in_review, paper
from tests.signing_in import staff_client
from vendors.correspondence.models import OutgoingEmail, State


def today_of(person) -> str:
    answer = staff_client(person).get("/")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.slow
def test_nothing_waits_for_anybody_in_an_empty_house(cast):
    for person in (cast.requester, cast.reviewer, cast.approver, cast.auditor):
        assert "Nothing waits for you" in today_of(person)


def test_a_new_request_waits_for_every_reviewer_and_for_nobody_else(cast):
    review = Story(HALLOWMERE, cast).ask(FIRST_DAY)
    for person in (cast.reviewer, cast.second_reviewer):
        page = today_of(person)
        assert "One thing waits for you" in page
        assert f'href="{review.get_absolute_url()}"' in page
    assert "Nothing waits for you" in today_of(cast.approver)


def test_a_report_that_arrived_waits_for_the_reviewer_of_its_review(cast):
    story, review = collecting(cast)
    report = story.send_report(review.vendor.contacts.get(), None, paper(), FIRST_DAY)
    assert f"/reviews/{review.pk}/reports/{report.pk}/facts/" in today_of(cast.reviewer)
    assert "is here" not in today_of(cast.second_reviewer)


def test_a_review_in_hand_says_what_comes_next(cast):
    in_review(cast)
    assert "Quillhaven is in your hands" in today_of(cast.reviewer)


def test_a_review_that_waits_for_somebody_else_stays_on_the_page_of_whoever_works_on_it(cast):
    _story, review = awaiting_approval(cast)
    page = today_of(cast.reviewer)
    assert "Nothing waits for you" in page
    assert "Reviews you work on" in page
    assert f'<a class="name" href="{review.get_absolute_url()}">{review.number}</a>' in page
    assert "Reviews you work on" not in today_of(cast.second_reviewer)


def test_a_request_past_its_day_is_overdue(cast):
    story, review = collecting(cast)
    request = story.request_report(review.vendor.contacts.get(), (FIRST_DAY, FIRST_DAY), FIRST_DAY, FIRST_DAY)
    request.due_on = FIRST_DAY.replace(month=8)
    request.save()
    assert "Quillhaven is late" in today_of(cast.reviewer)


def test_what_was_put_before_an_approver_waits_for_them_alone(cast):
    _story, review = awaiting_approval(cast)
    assert f"/reviews/{review.pk}/decide/" in today_of(cast.approver)
    assert "Nothing waits for you" in today_of(cast.auditor)


@pytest.mark.slow
def test_a_remediation_waits_for_whoever_was_asked_to_close_it(cast):
    story, review = in_review(cast, replace(OSIERPAY, summary="Fine."), opinion="qualified")
    story.ask_to_close(review, FIRST_DAY)
    assert "Remediation of Osierpay" in today_of(cast.second_reviewer)
    assert "Remediation of Osierpay" not in today_of(cast.reviewer)


@pytest.mark.slow
def test_the_owner_of_a_condition_sees_it_with_its_day_and_may_mark_it(cast):
    approved(cast, QUILLHAVEN)
    page = today_of(cast.requester)
    assert "Condition of Quillhaven" in page
    assert "Mark as met" in page


def test_the_requester_sees_what_they_asked_for_with_its_answer(cast):
    approved(cast, PLAIN)
    page = today_of(cast.requester)
    assert "What you asked for" in page
    assert "MEMO-2026-0001" in page
    assert "until 30 Jun 2027" in page


def test_the_next_thirty_days_and_what_was_decided_lately_stand_beside(cast):
    story, review = collecting(cast)
    story.request_report(review.vendor.contacts.get(), (FIRST_DAY, FIRST_DAY), FIRST_DAY.replace(day=20), FIRST_DAY)
    page = today_of(cast.reviewer)
    assert "20 Sep 2026" in page
    assert "Report due" in page


def test_the_auditor_reads_what_happened_lately(cast):
    Story(HALLOWMERE, cast).ask(FIRST_DAY.replace(day=20))
    Story(PLAIN, cast).ask(FIRST_DAY)
    page = today_of(cast.auditor)
    assert page.index("R-2026-001 requested") < page.index("R-2026-002 requested"), "what was written later is older"


def test_the_administrator_is_told_that_no_nda_text_is_issued_and_who_never_came(cast):
    cast.approver.date_joined = cast.approver.date_joined.replace(year=2025)
    cast.approver.save()
    page = today_of(cast.administrator)
    assert "No NDA text is issued" in page
    assert "Tomasz Reyk has not chosen a password" in page


def test_mail_that_failed_is_shown_to_those_who_can_do_something(cast):
    Story(HALLOWMERE, cast).ask(FIRST_DAY)
    OutgoingEmail.objects.update(state=State.FAILED)
    assert "Mail could not be delivered" in today_of(cast.reviewer)
    assert "Mail could not be delivered" in today_of(cast.administrator)
    assert "Mail could not be delivered" not in today_of(cast.requester)


def test_a_review_that_was_withdrawn_is_nobodys_any_more(cast):
    review = Story(HALLOWMERE, cast).ask(FIRST_DAY)
    Review.objects.filter(pk=review.pk).update(state="withdrawn")
    assert "Nothing waits for you" in today_of(cast.reviewer)
    assert "R-2026-001" not in today_of(cast.requester)


@pytest.mark.parametrize("path", ["/", "/vendors/", "/reviews/"])
def test_nobody_comes_in_without_signing_in(client, db, path):
    assert client.get(path).headers["Location"].startswith("/account/login/")
