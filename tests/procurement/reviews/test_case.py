"""The case of a review: what the rules are told, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.policy.evaluation import blocking
from procurement.policy.models import PolicyVersion
from procurement.policy.terms import ScopeFit
from procurement.reviews import access, queries, services
from procurement.reviews.models import Review, State
from tests.factories import ndas
from tests.factories.directory import make_vendor
from tests.factories.reports import last_period, received_report, recorded, whole_facts
from tests.factories.reviews import (
    awaiting_review,
    judge_everything,
    long_facts,
    read_review,
    remediated_review,
    taken_review,
)
from vendors.calendar import clock
from vendors.calendar.days import plus_months
from vendors.ndas.models import Nda
from vendors.reports.models import SuccessorStatement
from vendors.reports.terms import Opinion


def opened(review: Review, user) -> Review:
    """The review as a page opens it."""
    return access.review_for(user, review.pk)


def results(review: Review, on) -> dict[str, str]:
    return {check.key: check.result.value for check in queries.requirement_checks(review, on)}


def test_a_review_that_only_collects_waits_for_nda_and_report(vendor, requester, reviewer, today):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    case = queries.case_for(review, today)
    assert (case.vendor, case.tier, case.nda, case.report) == ("Quillhaven", 1, None, None)
    found = results(review, today)
    assert found["nda_in_force"] == found["soc2_type2_current"] == "not_met"
    assert found["baa_for_health"] == "not_applicable"


def test_a_report_that_waits_for_its_facts_stands_in(vendor, requester, reviewer, today):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    ndas.record(vendor, by=reviewer)
    report = received_report(vendor, by=reviewer)
    assert queries.report_under_review(review) == report
    recorded(report, by=reviewer)
    case = queries.case_for(review, today)
    assert case.report.opinion is Opinion.UNQUALIFIED
    assert not case.report.accepted
    (check,) = [c for c in queries.requirement_checks(review, today) if c.key == "soc2_type2_current"]
    assert check.action.value == "accept_report"


def test_what_the_reviewer_settles_is_met_one_by_one(vendor, requester, reviewer, today):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    before = {check.key for check in queries.ready_to_submit(review, today)}
    assert before == {"scope_fit", "exceptions_decided", "cuecs_owned"}
    review = judge_everything(review, by=reviewer)
    assert queries.ready_to_submit(review, today) == ()
    case = queries.case_for(review, today)
    assert (case.scope_fit, case.scope_page) == (ScopeFit.YES, 6)
    assert (case.exceptions.count, case.exceptions.open) == (1, ())
    assert [one.name for one in case.subservice] == ["Tarnfield Hosting, Inc."]


def test_open_rows_are_named_with_their_pages(vendor, requester, reviewer, today):
    case = queries.case_for(read_review(vendor, asked_by=requester, reviewer=reviewer), today)
    assert (case.exceptions.open, case.exceptions.pages) == (("CC6.2",), (10,))
    assert (case.cuecs.open, case.cuecs.pages) == (("CUEC-1",), (8,))


@pytest.mark.slow
def test_a_remediation_blocks_until_it_is_closed(vendor, requester, reviewer, second_reviewer, today):
    review = judge_everything(remediated_review(vendor, asked_by=requester, reviewer=reviewer), by=reviewer)
    assert {check.key for check in queries.ready_to_submit(review, today)} == {"opinion", "remediation_closed"}
    services.close_remediation(
        remediation=review.remediations.get(), note="Fixed.", by=second_reviewer, now=clock.now()
    )
    review = Review.objects.get()
    assert queries.ready_to_submit(review, today) == ()
    (one,) = queries.case_for(review, today).remediations
    assert (one.closed_by, one.closed_on) == ("Oona Brandt", today)


def test_an_nda_that_ended_or_was_ended_is_named_with_its_last_day(vendor, reviewer, today):
    assert queries.nda_facts(vendor.pk, today) is None
    nda = ndas.record(vendor, by=reviewer, starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=5))
    assert queries.nda_facts(vendor.pk, today).in_force_on(today)
    assert not queries.nda_facts(vendor.pk, today + timedelta(days=6)).in_force_on(today + timedelta(days=6))
    for ends_on in (nda.ends_on, None):
        Nda.objects.update(ended_on=today, ends_on=ends_on)
        assert queries.nda_facts(vendor.pk, today).ends_on == today - timedelta(days=1)


def test_currency_ends_12_months_after_the_period_and_relief_needs_a_statement(vendor, requester, reviewer, today):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    end = last_period()[1]
    until = plus_months(end, 12)
    assert queries.currency_end(review, today) == until
    day_after = until + timedelta(days=1)
    assert queries.currency_end(review, day_after) == until
    SuccessorStatement.objects.create(
        report=review.report,
        period_start=end + timedelta(days=1),
        period_end=plus_months(end, 12),
        expected_on=until + timedelta(days=45),
        stated_on=until - timedelta(days=10),
        stated_by="Jonah Pell",
    )
    assert queries.currency_of_report(review, day_after).is_awaiting_successor
    assert queries.currency_end(review, day_after) > until


def test_awaiting_a_successor_carries_a_second_approval_only(vendor, requester, reviewer, today):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    assert not queries.case_for(review, today).earlier_approval
    Review.objects.update(state=State.APPROVED)
    following = services.ask_again(review=review, by=requester, on=today, now=clock.now())
    assert queries.case_for(following, today).earlier_approval
    other_use = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    assert not queries.case_for(other_use, today).earlier_approval


def test_public_data_has_no_currency_and_asks_for_nothing_but_a_closed_remediation(vendor, requester, reviewer, today):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer, data_classes=["public"], criticality="low")
    review = services.begin_review(review=review, by=reviewer, now=clock.now())
    assert queries.currency_end(review, today) is None
    assert queries.ready_to_submit(review, today) == ()
    asked = [key for key, result in results(review, today).items() if result != "not_applicable"]
    assert asked == ["remediation_closed"]


def test_a_report_that_is_no_soc2_type2_has_no_currency(vendor, requester, reviewer, today):
    facts = whole_facts(kind="soc3", type="", exceptions=())
    review = read_review(vendor, asked_by=requester, reviewer=reviewer, facts=facts)
    assert review.state == State.IN_REVIEW
    assert queries.currency_of_report(review, today) is None
    assert results(review, today)["soc2_type2_current"] == "not_met"


def test_a_decided_review_is_read_by_the_policy_it_was_decided_under(vendor, requester, reviewer, approver, today):
    review = judge_everything(read_review(vendor, asked_by=requester, reviewer=reviewer), by=reviewer)
    checks = queries.requirement_checks(review, today)
    services.keep_requirement_checks(review=review, checks=checks)
    services.keep_requirement_checks(review=review, checks=checks)
    assert review.requirement_checks.count() == len(checks)
    assert [row.key for row in review.requirement_checks.all()] == [check.key for check in checks]
    first = PolicyVersion.objects.get()
    PolicyVersion.objects.create(number=2, rows=first.rows[:2], issued_at=clock.now(), issued_by="Mei Okafor")
    assert queries.policy_of(review).version == 2
    Review.objects.update(state=State.APPROVED)
    assert queries.policy_of(Review.objects.get()).version == 1


@pytest.mark.slow
def test_the_same_queries_for_1_and_for_30_exceptions(vendor, requester, reviewer, approver, today):
    counts = []
    for name, rows in (("Quillhaven", 1), ("Tarnfield", 30)):
        of = vendor if name == "Quillhaven" else make_vendor(name)
        review = awaiting_review(of, asked_by=requester, reviewer=reviewer, approver=approver, facts=long_facts(rows))
        review = opened(review, reviewer)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            case = queries.case_for(review, today)
        assert case.exceptions.count == case.cuecs.count == rows
        assert blocking(queries.requirement_checks(review, today)) == ()
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


@pytest.mark.parametrize("on_page", [None, 10])
def test_a_row_without_criterion_or_reference_is_named_by_its_words(vendor, requester, reviewer, today, on_page):
    facts = long_facts(1)
    facts = whole_facts(
        exceptions=(facts.exceptions[0].__class__(criterion="CC6.1", description="A scan was lost.", page=on_page),),
        cuecs=(facts.cuecs[0].__class__(text="User entities rotate their API keys.", page=on_page),),
    )
    case = queries.case_for(read_review(vendor, asked_by=requester, reviewer=reviewer, facts=facts), today)
    assert case.cuecs.open == ("“User entities rotate their API keys.”",)
    assert case.exceptions.pages == ((on_page,) if on_page else ())
