"""A Type I report for the time being, and the risk of a report without assurance: each by an approver, with an end."""

from datetime import date, timedelta

import pytest

from procurement.policy.evaluation import blocking
from procurement.reviews import services
from procurement.reviews.models import Review, RiskAcceptance, State, Waiver
from procurement.reviews.queries import requirement_checks
from tests.factories.reports import whole_facts
from tests.factories.reviews import judge_everything, read_review, recorded_report
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_months
from vendors.ledger.queries import entries_on
from vendors.people.actors import Refused
from vendors.reports.facts import RecordedFacts

ADVERSE = {"opinion": "adverse", "opinion_basis": "No control was tested.", "opinion_criteria": ["CC6.1"]}


def type_1_facts(as_of: date) -> RecordedFacts:
    return whole_facts(
        type="type1",
        period_start=None,
        period_end=None,
        as_of=as_of,
        report_date=as_of + timedelta(days=20),
        exceptions=(),
        controls_tested=None,
        pages={"kind": 1, "opinion": 4},
    )


@pytest.fixture
def newcomer(vendor, requester, reviewer, today) -> Review:
    """The vendor's only report is a Type I as of three months ago; everything in it is judged."""
    facts = type_1_facts(plus_months(today, -3))
    return judge_everything(read_review(vendor, asked_by=requester, reviewer=reviewer, facts=facts), by=reviewer)


def interim(review, *, by, asked, today, **changes) -> Waiver:
    given = {
        "promised_on": plus_months(today, 6),
        "launched_on": plus_months(today, -8),
        "reason": "The service is new; its Type II is under way.",
        **changes,
    }
    return services.propose_interim_waiver(review=review, asked=asked, by=by, on=today, now=clock.now(), **given)


def grant(exemption, *, by, today):
    return services.grant_exemption(exemption=exemption, by=by, on=today, now=clock.now())


def still_open(review, on) -> list[str]:
    return [check.key for check in blocking(requirement_checks(Review.objects.get(pk=review.pk), on))]


@pytest.mark.slow
def test_a_type_i_report_is_carried_by_an_interim_waiver_until_the_promised_day(
    as_staff, newcomer, reviewer, approver, today
):
    here = newcomer.get_absolute_url()
    assert still_open(newcomer, today) == ["soc2_type2_current"]
    assert f"{here}waivers/interim/" in as_staff(reviewer).get(here).text
    assert as_staff(reviewer).get(f"{here}waivers/interim/").status_code == 200
    typed = {
        "promised_on": plus_months(today, 6).isoformat(),
        "launched_on": plus_months(today, -8).isoformat(),
        "reason": "The service is new.",
        "asked": approver.pk,
    }
    assert as_staff(reviewer).post(f"{here}waivers/interim/", typed).status_code == 302
    waiver = Waiver.objects.get()
    assert (waiver.report, waiver.until) == (newcomer.report, plus_months(today, 6))
    page = staff_client(approver).get(f"{here}waivers/{waiver.pk}/answer/").text
    assert "Type II promised for" in page
    grant(waiver, by=approver, today=today)
    assert still_open(newcomer, today) == []
    assert still_open(newcomer, waiver.until + timedelta(days=1)) == ["soc2_type2_current"]


def test_it_ends_18_months_after_the_launch_at_the_latest(newcomer, reviewer, approver, today):
    launched = plus_months(today, -15)
    waiver = interim(newcomer, by=reviewer, asked=approver, today=today, launched_on=launched)
    assert waiver.until == plus_months(launched, 18) < waiver.promised_on


@pytest.mark.parametrize(
    ("months", "field", "sentence"),
    [
        ({"launched_on": 1}, "launched_on", "This day has not come yet"),
        ({"promised_on": -1}, "promised_on", "This day has passed. Ask the vendor for a new one"),
        ({"launched_on": -19}, "launched_on", "launched more than 18 months ago"),
    ],
)
def test_days_that_cannot_carry_it_are_refused(newcomer, reviewer, approver, today, months, field, sentence):
    days = {name: plus_months(today, count) for name, count in months.items()}
    with pytest.raises(Refused, match=sentence) as refused:
        interim(newcomer, by=reviewer, asked=approver, today=today, **days)
    assert refused.value.field == field
    assert not Waiver.objects.exists()


def test_a_type_i_older_than_12_months_is_carried_by_nothing(vendor, requester, reviewer, approver, today):
    old = type_1_facts(plus_months(today, -12) - timedelta(days=1))
    review = read_review(vendor, asked_by=requester, reviewer=reviewer, facts=old)
    with pytest.raises(Refused, match="as of a day at most 12 months ago"):
        interim(review, by=reviewer, asked=approver, today=today)


def test_a_type_ii_report_needs_none(as_staff, vendor, requester, reviewer, approver, today):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    with pytest.raises(Refused, match="needs an accepted Type I report"):
        interim(review, by=reviewer, asked=approver, today=today)
    assert "There is nothing to propose" in as_staff(reviewer).get(f"/reviews/{review.pk}/waivers/interim/").text
    assert "There is nothing to propose" in as_staff(reviewer).get(f"/reviews/{review.pk}/risks/new/").text
    with pytest.raises(Refused, match="There is no risk to accept"):
        accept_risk(review, by=reviewer, asked=approver, today=today)


def test_a_plain_waiver_cannot_stand_in_for_an_interim_one(newcomer, reviewer, approver, today):
    with pytest.raises(Refused, match="cannot be waived now"):
        services.propose_waiver(
            review=newcomer,
            requirement="soc2_type2_current",
            reason="Soon.",
            until=plus_months(today, 24),
            asked=approver,
            by=reviewer,
            on=today,
            now=clock.now(),
        )


def test_no_type_i_is_enough_in_a_regulated_vertical(vendor, requester, reviewer, approver, today):
    facts = type_1_facts(plus_months(today, -3))
    review = read_review(vendor, asked_by=requester, reviewer=reviewer, facts=facts, verticals=["finance"])
    with pytest.raises(Refused, match="from Finance"):
        interim(review, by=reviewer, asked=approver, today=today)


def accept_risk(review, *, by, asked, today, **changes) -> RiskAcceptance:
    given = {"reason": "We send addresses of offices only.", "until": plus_months(today, 3), **changes}
    return services.propose_risk_acceptance(review=review, asked=asked, by=by, on=today, now=clock.now(), **given)


@pytest.fixture
def adverse(vendor, requester, reviewer, second_reviewer) -> Review:
    """The opinion is adverse; its remediation is closed by another person, everything is judged."""
    review = read_review(vendor, asked_by=requester, reviewer=reviewer, facts=whole_facts(**ADVERSE))
    judge_everything(review, by=reviewer)
    services.close_remediation(
        remediation=review.remediations.get(), note="Read and borne.", by=second_reviewer, now=clock.now()
    )
    return Review.objects.get(pk=review.pk)


@pytest.mark.slow
def test_an_adverse_opinion_is_passed_by_an_approver_who_accepts_the_risk(
    as_staff, letters, adverse, reviewer, approver, today
):
    here = adverse.get_absolute_url()
    assert still_open(adverse, today) == ["opinion"]
    assert f"{here}risks/new/" in as_staff(reviewer).get(here).text
    typed = {"reason": "Addresses only.", "until": plus_months(today, 3).isoformat(), "asked": approver.pk}
    assert as_staff(reviewer).post(f"{here}risks/new/", typed).status_code == 302
    accepted = RiskAcceptance.objects.get()
    client = staff_client(approver)
    address = f"{here}risks/{accepted.pk}/answer/"
    assert address in client.get("/").text
    assert "Adverse on CC6.1: no assurance." in client.get(address).text
    assert client.post(address, {"decision": "grant", "answer": "For three months."}).status_code == 302
    assert still_open(adverse, today) == []
    assert still_open(adverse, accepted.until + timedelta(days=1)) == ["opinion"]
    assert entries_on("review", adverse.pk).first().verb == "risk_acceptance.granted"
    text = as_staff(reviewer).get(here).text
    assert "Risk accepted:" in text
    assert "For three months." in text
    assert client.get(f"{here}risks/{accepted.pk}/revoke/").status_code == 200


@pytest.mark.slow
def test_the_risk_of_one_report_is_not_that_of_another(adverse, reviewer, approver, today):
    grant(accept_risk(adverse, by=reviewer, asked=approver, today=today), by=approver, today=today)
    assert still_open(adverse, today) == []
    another = recorded_report(adverse.vendor, by=reviewer)
    adverse.risk_acceptances.update(report=another)
    assert still_open(adverse, today) == ["opinion"]


@pytest.mark.slow
def test_a_risk_waits_once_per_report(adverse, reviewer, approver, today):
    accept_risk(adverse, by=reviewer, asked=approver, today=today)
    with pytest.raises(Refused, match="no risk to accept"):
        accept_risk(adverse, by=reviewer, asked=approver, today=today)


def test_no_risk_is_accepted_in_a_regulated_vertical(vendor, requester, reviewer, approver, today):
    facts = whole_facts(**ADVERSE)
    review = read_review(vendor, asked_by=requester, reviewer=reviewer, facts=facts, verticals=["government"])
    assert review.state == State.REMEDIATION
    with pytest.raises(Refused, match="no risk accepted for data from Government"):
        accept_risk(review, by=reviewer, asked=approver, today=today)


def test_a_qualified_opinion_needs_its_remediation_and_no_acceptance(vendor, requester, reviewer, approver, today):
    facts = whole_facts(opinion="qualified", opinion_basis="Late.", opinion_criteria=["CC6.2"])
    review = read_review(vendor, asked_by=requester, reviewer=reviewer, facts=facts)
    with pytest.raises(Refused, match="no risk to accept"):
        accept_risk(review, by=reviewer, asked=approver, today=today)


@pytest.mark.slow
def test_a_risk_of_a_foreign_review_is_not_there(as_staff, adverse, reviewer, approver, requester, vendor, today):
    accepted = accept_risk(adverse, by=reviewer, asked=approver, today=today)
    other = read_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    assert as_staff(reviewer).get(f"/reviews/{other.pk}/risks/{accepted.pk}/revoke/").status_code == 404
