"""After the decision: conditions that bite, and how an approval stands."""

from datetime import date

import pytest

from procurement.decisions.models import Condition, Decision
from procurement.decisions.standings import approval_of, approvals_of
from procurement.demo.seeding import QUILLHAVEN
from tests.factories.stories import FIRST_DAY, approved
from tests.signing_in import staff_client
from vendors.calendar.days import plus_days
from vendors.reports.models import SuccessorStatement


@pytest.fixture
def review(cast):
    return approved(cast, QUILLHAVEN)[1]


def standing_of(review, on: date):
    approval = approval_of(Decision.objects.get(review=review), on=on)
    assert approval is not None
    return approval.standing


@pytest.mark.slow
def test_an_overdue_condition_suspends_until_it_is_met(review, requester):
    condition = Condition.objects.get()
    late = plus_days(condition.due_on, 1)
    assert standing_of(review, condition.due_on).name == "in_force"
    assert standing_of(review, late).name == "suspended"
    answer = staff_client(requester).post(f"/conditions/{condition.pk}/met/", {"note": "Exports of three months seen."})
    assert answer.status_code == 302
    assert standing_of(review, late).name == "in_force"


def test_the_reviewer_may_mark_it_as_met_too(review, reviewer):
    condition = Condition.objects.get()
    staff_client(reviewer).post(f"/conditions/{condition.pk}/met/", {"note": "Seen."})
    condition.refresh_from_db()
    assert (condition.met_on, condition.met_by) == (FIRST_DAY, "Ines Varga")


@pytest.mark.parametrize("person", ["approver", "second_reviewer", "auditor", "administrator"])
def test_nobody_else_marks_it_as_met(review, cast, person):
    condition = Condition.objects.get()
    answer = staff_client(getattr(cast, person)).post(f"/conditions/{condition.pk}/met/", {"note": "Seen."})
    assert answer.status_code in {403, 404}
    condition.refresh_from_db()
    assert condition.met_on is None


def test_a_condition_is_met_once(review, requester):
    client = staff_client(requester)
    address = f"/conditions/{Condition.objects.get().pk}/met/"
    assert "Say how it was met." in client.post(address, {"note": ""}).text
    client.post(address, {"note": "Seen."})
    assert client.post(address, {"note": "Again."}).status_code == 409
    assert Condition.objects.get().met_note == "Seen."


def test_it_lapses_when_the_report_stops_counting(review):
    Condition.objects.update(met_on=FIRST_DAY)
    assert standing_of(review, date(2027, 6, 30)).name == "in_force"
    assert standing_of(review, date(2027, 7, 1)).name == "lapsed"


def test_a_written_statement_carries_it_on_for_a_while(review):
    Condition.objects.update(met_on=FIRST_DAY)
    SuccessorStatement.objects.create(
        report=review.report,
        period_start=date(2026, 7, 1),
        period_end=date(2027, 6, 30),
        expected_on=date(2027, 8, 14),
        stated_on=date(2027, 6, 20),
        stated_by="Jonah Pell",
    )
    carried = standing_of(review, date(2027, 8, 1))
    assert (carried.name, carried.relief) == ("in_force", True)


def test_an_nda_that_ended_lapses_it(review):
    review.vendor.ndas.update(ended_on=date(2026, 10, 1))
    assert standing_of(review, date(2026, 10, 2)).name == "lapsed"


def test_a_withdrawn_report_suspends_it(review):
    review.report.state = "withdrawn"
    review.report.save()
    assert standing_of(review, FIRST_DAY).name == "suspended"


def test_the_number_of_queries_does_not_grow_with_the_approvals(review, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        assert approvals_of([review.vendor_id], on=FIRST_DAY)[review.vendor_id]
