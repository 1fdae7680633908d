"""Clearance: may this data go to this vendor today, and why."""

from dataclasses import replace
from datetime import date

import pytest

from procurement.clearance.queries import answer_for, answers_for, answers_for_uses, clearance
from procurement.decisions.models import Decision, Outcome
from procurement.decisions.services import decide
from procurement.demo.seeding import BROOKVANE, QUILLHAVEN
from procurement.demo.story import Story
from procurement.policy.terms import DataClass
from procurement.reviews.services import withdraw
from tests.factories.directory import make_vendor
from tests.factories.stories import FIRST_DAY, approved, awaiting_approval, cast_of
from tests.signing_in import staff_client
from vendors.directory.models import Vendor

pytestmark = pytest.mark.django_db

ANOTHER_USE = replace(QUILLHAVEN, title="Sick leave", contact="Mei Aldous", conditions=())


@pytest.fixture
def vendor() -> Vendor:
    return approved(cast_of(), QUILLHAVEN)[1].vendor


@pytest.mark.slow
def test_listed_data_is_cleared_until_the_report_stops_counting(vendor):
    answer = clearance(vendor=vendor, data_class=DataClass.PERSONAL, on=FIRST_DAY)
    assert (answer.cleared, answer.until) == (True, date(2027, 6, 30))
    assert answer.engagement.title == "People Cloud"


@pytest.mark.slow
def test_data_that_no_engagement_lists_is_not_cleared(vendor):
    answer = clearance(vendor=vendor, data_class=DataClass.HEALTH, on=FIRST_DAY)
    assert (answer.cleared, answer.reasons) == (False, ("No approved engagement lists this data.",))


def test_the_day_after_the_report_stops_counting_it_is_not_cleared(vendor):
    answer = clearance(vendor=vendor, data_class=DataClass.PERSONAL, on=date(2027, 7, 1))
    assert not answer.cleared


def test_an_overdue_condition_ends_the_clearance_and_is_the_reason(vendor):
    answer = clearance(vendor=vendor, data_class=DataClass.PERSONAL, on=date(2026, 12, 1))
    assert not answer.cleared
    assert "Three monthly exports" in answer.reasons[0]


def test_another_engagement_of_the_vendor_is_not_cleared_by_this_one(vendor):
    review = Story(replace(ANOTHER_USE, title="Payroll"), cast_of()).ask(FIRST_DAY)
    answer = clearance(vendor=vendor, data_class=DataClass.PERSONAL, on=FIRST_DAY, engagement=review.engagement)
    assert not answer.cleared
    assert review.number in answer.reasons[0]


def test_the_strip_says_yes_with_the_day(vendor):
    answer = answer_for(vendor, on=FIRST_DAY)
    assert (answer.meaning, answer.sentence) == ("yes", "Personal data may be sent until 30 Jun 2027")
    assert answer.why == "The report counts until 30 Jun 2027. Also cleared: internal data."
    assert (answer.short, answer.until) == ("Personal, Internal", date(2027, 6, 30))


@pytest.mark.slow
def test_the_strip_says_not_yet_while_a_review_is_under_way():
    vendor = awaiting_approval(cast_of())[1].vendor
    answer = answer_for(vendor, on=FIRST_DAY)
    assert (answer.meaning, answer.sentence) == ("not_yet", "Not yet: personal data may not be sent to Quillhaven")
    assert answer.until is None


def test_the_strip_says_no_when_nothing_is_under_way(vendor):
    answer = answer_for(vendor, on=date(2027, 7, 1))
    assert (answer.meaning, answer.sentence) == ("no", "No: personal data may not be sent to Quillhaven")


def test_a_vendor_nobody_asked_about(db):
    answer = answer_for(make_vendor("Tarn Ledger"), on=FIRST_DAY)
    assert (answer.meaning, answer.why) == ("not_yet", "No review has asked.")


@pytest.mark.slow
@pytest.mark.parametrize(("how", "meaning"), [("withdrawn", "not_yet"), ("rejected", "no")])
def test_a_review_that_ended_without_an_approval_is_named(how, meaning):
    cast = cast_of()
    story, review = awaiting_approval(cast)
    if how == "rejected":
        sha256 = Decision.objects.get().frozen_sha256
        answered = {"outcome": Outcome.REJECTED, "reason": "Too much is open.", "opened_sha256": sha256}
        decide(review=review, by=cast.approver, on=FIRST_DAY, now=story.at(FIRST_DAY), **answered)
    else:
        withdraw(review=review, reason="Not needed.", by=cast.reviewer, now=story.at(FIRST_DAY))
    answer = answer_for(review.vendor, on=FIRST_DAY)
    assert (answer.meaning, answer.sentence) == (meaning, "Nothing may be sent to Quillhaven")
    assert answer.why == f"The last review, {review.number} of People Cloud, was {how}."
    page = staff_client(cast.reviewer).get(review.vendor.get_absolute_url()).text
    assert answer.why in page
    assert "No review has asked." not in page


def test_what_is_not_cleared_is_said_beside_what_is(vendor):
    Story(replace(ANOTHER_USE, data_classes=("confidential",)), cast_of()).ask(FIRST_DAY)
    assert "Not cleared: confidential data." in answer_for(vendor, on=FIRST_DAY).why


def test_a_use_is_answered_by_its_own_approvals_and_its_own_data(vendor):
    claims = Story(replace(ANOTHER_USE, data_classes=("personal",)), cast_of()).ask(FIRST_DAY).engagement
    people = vendor.engagements.exclude(pk=claims.pk).get()
    answers = answers_for_uses([claims, people], on=FIRST_DAY)
    assert answers[claims.pk].sentence == "Not yet: personal data may not be sent to Quillhaven for Sick leave"
    assert (answers[people.pk].meaning, answers[people.pk].short) == ("yes", "Personal, Internal")
    assert [one.data_class for one in answers[claims.pk].clearances] == [DataClass.PERSONAL]


@pytest.mark.slow
def test_the_number_of_queries_is_the_same_for_one_vendor_and_for_many(vendor, django_assert_max_num_queries):
    approved(cast_of(), replace(BROOKVANE, summary="Fine."))
    with django_assert_max_num_queries(11):
        answers = answers_for(Vendor.objects.all(), on=FIRST_DAY)
    assert len(answers) == 2
