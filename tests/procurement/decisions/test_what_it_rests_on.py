"""An approval ends with the waiver or the paper it rests on, and is suspended when one is taken away."""

from dataclasses import replace

import pytest

from procurement.decisions.models import Decision
from procurement.decisions.services import make_pdf
from procurement.decisions.standings import approval_of
from procurement.decisions.supports import validity_if_approved
from procurement.demo import side_acts
from procurement.demo.papers import type_1_paper
from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.services import issue_policy
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from procurement.reviews.queries import requirement_checks
from tests.factories.evidence import recorded_evidence
from tests.factories.stories import FIRST_DAY, PLAIN, collecting, in_review, paper
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days, plus_months
from vendors.reports import services as reports

END = plus_months(FIRST_DAY, 4)
CARDS = replace(PLAIN, data_classes=("cardholder",), uptime_promised=False)


def waived(cast, story, review, requirement, until=END):
    waiver = reviews.propose_waiver(
        review=review,
        requirement=requirement,
        reason="Compensated by our own monitoring.",
        until=until,
        asked=cast.approver,
        by=cast.reviewer,
        on=FIRST_DAY,
        now=story.at(FIRST_DAY),
    )
    return reviews.grant_exemption(exemption=waiver, by=cast.approver, on=FIRST_DAY, now=story.at(FIRST_DAY))


def approve(story, review) -> Decision:
    story.draft(review, FIRST_DAY)
    story.submit(Review.objects.get(pk=review.pk), FIRST_DAY)
    return story.decide(Review.objects.get(pk=review.pk), FIRST_DAY)


def standing(decision, on):
    found = approval_of(Decision.objects.get(pk=decision.pk), on=on)
    assert found is not None
    return found.standing


@pytest.fixture
def without_report(cast):
    """Approved on a waiver of the SOC 2 report."""
    story, review = collecting(cast, replace(PLAIN, data_classes=("internal",)))
    waiver = waived(cast, story, review, "soc2_type2_current")
    reviews.begin_review(review=review, by=cast.reviewer, now=story.at(FIRST_DAY))
    return waiver, approve(story, review)


@pytest.mark.slow
def test_an_approval_without_a_report_ends_with_its_waiver(without_report):
    _waiver, decision = without_report
    assert (decision.valid_until, decision.valid_because) == (END, "The waiver ends on 1 Jan 2027.")
    assert decision.exempted == ["soc2_type2_current"]
    assert standing(decision, END).name == "in_force"
    lapsed = standing(decision, plus_days(END, 1))
    assert (lapsed.name, lapsed.until) == ("lapsed", END)


@pytest.mark.slow
def test_revoking_its_waiver_suspends_it_at_once_and_tells_the_owner(without_report, cast, mailbox_after):
    waiver, decision = without_report
    before = len(mailbox_after())
    reviews.revoke_exemption(exemption=waiver, reason="They lost a disk.", by=cast.approver, now=clock.now())
    found = standing(decision, FIRST_DAY)
    assert found.name == "suspended"
    assert str(found.reason) == "What was let pass for it was revoked on 1 Sep 2026: They lost a disk."
    told = {letter.to[0].split(" <")[0] for letter in mailbox_after()[before:]}
    assert told == {"Ines Varga", "Adaeze Lind"}


@pytest.mark.slow
def test_it_lapses_with_the_nda_although_no_report_is_held(without_report):
    _waiver, decision = without_report
    decision.review.vendor.ndas.update(ended_on=plus_days(FIRST_DAY, 5))
    assert standing(decision, plus_days(FIRST_DAY, 5)).name == "lapsed"


@pytest.mark.slow
def test_the_memo_prints_who_let_what_pass_until_when(without_report, cast):
    _waiver, decision = without_report
    memo = make_pdf(memo_id=decision.memo.pk, now=clock.now())
    (printed,) = memo.content["waivers"]
    assert (printed["granted_by"]["name"], printed["until"]) == ("Tomasz Reyk", END.isoformat())
    page = staff_client(cast.auditor).get(memo.get_absolute_url()).text
    assert "Let pass for a while" in page
    assert "Approved, by way of a waiver" in page
    assert "Compensated by our own monitoring." in page
    assert memo.pdf is not None, memo.pdf_pending_because


@pytest.mark.slow
def test_an_approval_ends_so_many_months_after_the_decision_as_the_policy_says(cast):
    rows = [
        {**row, "parameters": {**row["parameters"], "approval_months": 3}}
        if "launch_months" in row["parameters"]
        else row
        for row in DEFAULT_ROWS
    ]
    issue_policy(rows=rows, based_on=1, note="Shorter.", by=cast.administrator, now=clock.now())
    story, review = in_review(cast)
    story.judge(review, paper(), FIRST_DAY)
    decision = approve(story, review)
    ends = plus_months(FIRST_DAY, 3)
    assert (decision.valid_until, decision.valid_because) == (ends, "An approval holds for 3 months, until 1 Dec 2026.")
    issue_policy(rows=DEFAULT_ROWS, based_on=2, note="As before.", by=cast.administrator, now=clock.now())
    assert standing(decision, ends).name == "in_force"
    lapsed = standing(decision, plus_days(ends, 1))
    assert (lapsed.name, str(lapsed.reason)) == ("lapsed", "It was approved until 1 Dec 2026.")


@pytest.mark.slow
def test_a_waiver_that_is_not_needed_does_not_shorten_an_approval(cast):
    story, review = in_review(cast)
    review.scope_fit = ""
    review.save()
    waived(cast, story, review, "scope_fit")
    story.judge(review, paper(), FIRST_DAY)
    decision = approve(story, review)
    assert decision.exempted == []
    assert str(decision.valid_until) == "2027-06-30"


@pytest.mark.slow
def test_an_approval_for_cardholder_data_ends_with_the_attestation(cast):
    story, review = in_review(cast, CARDS)
    aoc = recorded_evidence(review.vendor, "pci_aoc", by=cast.reviewer, until=END)
    decision = approve(story, review)
    assert decision.evidence_kinds == ["pci_aoc"]
    assert decision.valid_because == (
        "The PCI DSS attestation of compliance (AOC) on file is in date until 1 Jan 2027."
    )
    assert standing(decision, plus_days(END, 1)).name == "lapsed"
    reports.withdraw_evidence(evidence=aoc, reason="Another company's.", by=cast.reviewer, now=clock.now())
    found = standing(decision, FIRST_DAY)
    assert (found.name, str(found.reason)) == (
        "suspended",
        "No PCI DSS attestation of compliance (AOC) is on file any more.",
    )
    recorded_evidence(review.vendor, "pci_aoc", by=cast.reviewer)
    assert standing(decision, FIRST_DAY).name == "in_force", "another paper takes its place"
    (printed,) = decision.memo.content["papers"]
    assert printed["until"] == END.isoformat()
    assert any("pci_aoc.pdf" in row["what"] for row in decision.memo.content["evidence"])


@pytest.mark.slow
def test_a_paper_withdrawn_while_the_approver_reads_is_noticed(cast):
    story, review = in_review(cast, CARDS)
    aoc = recorded_evidence(review.vendor, "pci_aoc", by=cast.reviewer)
    story.draft(review, FIRST_DAY)
    story.submit(review, FIRST_DAY)
    reports.withdraw_evidence(evidence=aoc, reason="Not theirs.", by=cast.reviewer, now=clock.now())
    decision = Decision.objects.get()
    answer = staff_client(cast.approver).post(
        f"/reviews/{review.pk}/decide/", {"answer": "approved", "opened_sha256": decision.frozen_sha256}
    )
    assert "Records changed since this was submitted" in answer.text


@pytest.mark.slow
def test_the_page_says_until_when_it_would_hold(cast):
    _story, review = in_review(cast, CARDS)
    recorded_evidence(review.vendor, "pci_aoc", by=cast.reviewer, until=END)
    checks = requirement_checks(review, FIRST_DAY)
    assert validity_if_approved(review, checks, FIRST_DAY).until == END
    assert "in date until 1 Jan 2027" in staff_client(cast.reviewer).get(review.get_absolute_url()).text


@pytest.mark.slow
def test_an_approval_of_an_adverse_report_ends_with_the_accepted_risk(cast):
    story, review = in_review(cast, opinion="adverse")
    story.ask_to_close(review, FIRST_DAY)
    story.close_remediation(review, FIRST_DAY)
    proposal = side_acts.propose_to_accept_the_risk(story, review, END, FIRST_DAY)
    side_acts.grant(story, proposal, FIRST_DAY)
    decision = approve(story, Review.objects.get(pk=review.pk))
    assert (decision.valid_until, decision.valid_because) == (END, "The risk is accepted until 1 Jan 2027.")
    assert decision.exempted == ["opinion"]
    (printed,) = decision.memo.content["risk_acceptances"]
    assert printed["answer"] == "Until then, not longer."
    page = staff_client(cast.auditor).get(decision.memo.get_absolute_url()).text
    assert "Approved, with an accepted risk" in page
    assert standing(decision, END).name == "in_force"
    assert standing(decision, plus_days(END, 1)).name == "lapsed"


@pytest.fixture
def newcomer(cast):
    """Approved on a Type I report under an interim waiver."""
    type_1 = type_1_paper(plus_months(FIRST_DAY, -3))
    story, review = collecting(cast)
    report = story.send_report(review.vendor.contacts.get(), None, type_1, FIRST_DAY)
    report = story.record_facts(review, report, type_1, FIRST_DAY)
    story.accept_report(review, report, FIRST_DAY)
    story.judge(review, type_1, FIRST_DAY)
    waiver = side_acts.propose_interim(story, review, END, plus_months(FIRST_DAY, -6), FIRST_DAY)
    side_acts.grant(story, waiver, FIRST_DAY)
    return approve(story, Review.objects.get(pk=review.pk))


@pytest.mark.slow
def test_an_approval_on_a_type_i_report_ends_with_its_interim_waiver(newcomer, cast):
    assert (newcomer.valid_until, newcomer.exempted) == (END, ["soc2_type2_current"])
    assert standing(newcomer, END).name == "in_force"
    (printed,) = newcomer.memo.content["waivers"]
    assert (printed["promised_on"], printed["launched_on"]) == ("2027-01-01", "2026-03-01")
    memo = make_pdf(memo_id=newcomer.memo.pk, now=clock.now())
    assert memo.pdf is not None, memo.pdf_pending_because


@pytest.mark.slow
def test_withdrawing_the_type_i_report_suspends_it(newcomer, cast):
    reviews.withdraw_report(report=newcomer.review.report, reason="Another system.", by=cast.reviewer, now=clock.now())
    found = standing(newcomer, FIRST_DAY)
    assert (found.name, str(found.reason)) == ("suspended", "The report it rests on is not accepted any more.")
