"""Accepting a report: what it does to every undecided review of the vendor."""

from datetime import timedelta

import pytest

from procurement.reviews import access, services
from procurement.reviews.models import Remediation, Review, State
from tests.factories.directory import make_vendor
from tests.factories.reports import last_period, whole_facts
from tests.factories.reviews import (
    QUALIFIED,
    accept,
    awaiting_review,
    read_review,
    recorded_report,
    requested_review,
    taken_review,
)
from vendors.calendar import clock
from vendors.ledger.queries import entries_about
from vendors.people.actors import NotAllowed, Refused
from vendors.reports.models.reports import ReportState


def newer_facts(**changes):
    """The report after `whole_facts`: its period ends a month later."""
    start, end = last_period()
    month = timedelta(days=31)
    return whole_facts(
        period_start=start + month, period_end=end + month, report_date=end + month + timedelta(days=5), **changes
    )


def older_facts():
    start, end = last_period()
    year = timedelta(days=365)
    return whole_facts(period_start=start - year, period_end=end - year, report_date=end - year + timedelta(days=30))


@pytest.fixture
def review(vendor, requester, reviewer) -> Review:
    return taken_review(vendor, asked_by=requester, reviewer=reviewer)


def test_the_assigned_reviewer_accepts_and_the_review_is_read(review, vendor, reviewer):
    report = recorded_report(vendor, by=reviewer)
    review = accept(review, report, by=reviewer)
    assert (review.state, review.report) == (State.IN_REVIEW, report)
    assert review.report.accepted_by == reviewer
    verbs = [entry.verb for entry in entries_about(vendor.pk)[:2]]
    assert verbs == ["review.report_adopted", "report.accepted"]


@pytest.mark.slow
def test_every_undecided_review_of_the_vendor_goes_by_it_and_its_reviewer_is_told(
    letters, review, vendor, requester, reviewer, second_reviewer
):
    colleagues = taken_review(vendor, asked_by=requester, reviewer=second_reviewer, title="Payroll")
    untaken = requested_review(vendor, by=requester, title="Training")
    foreign = taken_review(make_vendor("Tarnfield"), asked_by=requester, reviewer=second_reviewer)
    decided = taken_review(vendor, asked_by=requester, reviewer=second_reviewer, title="Old")
    Review.objects.filter(pk=decided.pk).update(state=State.REJECTED)
    report = recorded_report(vendor, by=reviewer)
    letters()

    accept(review, report, by=reviewer)

    states = {each.pk: (each.state, each.report_id) for each in Review.objects.all()}
    assert states[colleagues.pk] == (State.IN_REVIEW, report.pk)
    assert states[untaken.pk] == (State.DRAFT, None)
    assert states[foreign.pk] == (State.COLLECTING, None)
    assert states[decided.pk] == (State.REJECTED, None)
    told = [letter for letter in letters() if "goes by another report" in letter.subject]
    assert [letter.to[0] for letter in told] == ["Oona Brandt <oona.brandt@northmoor.example>"]


def test_a_modified_opinion_opens_a_remediation_by_itself(letters, review, vendor, reviewer, second_reviewer):
    report = recorded_report(vendor, by=reviewer, facts=whole_facts(**QUALIFIED))
    letters()
    review = accept(review, report, by=reviewer)
    remediation = Remediation.objects.get()
    assert (review.state, review.state_by) == (State.REMEDIATION, "Countersign")
    assert remediation.reason.startswith("Opinion: Qualified on CC6.2, report up to ")
    entry = entries_about(vendor.pk).get(verb="remediation.opened")
    assert entry.actor_label == "Countersign"
    (letter,) = letters()
    assert letter.to == ["Oona Brandt <oona.brandt@northmoor.example>"]
    # A SOC 2 report is under an NDA: its opinion is not written into a mail.
    assert "ualified" not in letter.subject + letter.body


@pytest.mark.parametrize("opinion", ["adverse", "disclaimer"])
def test_adverse_and_disclaimer_do_so_too(review, vendor, reviewer, opinion):
    facts = whole_facts(opinion=opinion, opinion_basis="Access was not shown.", opinion_criteria=["CC6.1"])
    assert accept(review, recorded_report(vendor, by=reviewer, facts=facts), by=reviewer).state == State.REMEDIATION


@pytest.mark.slow
def test_each_review_of_the_vendor_gets_a_remediation_of_its_own(review, vendor, requester, reviewer, second_reviewer):
    taken_review(vendor, asked_by=requester, reviewer=second_reviewer, title="Payroll")
    accept(review, recorded_report(vendor, by=reviewer, facts=whole_facts(**QUALIFIED)), by=reviewer)
    assert Remediation.objects.count() == 2
    assert {each.state for each in Review.objects.all()} == {State.REMEDIATION}


@pytest.mark.slow
def test_what_waits_for_an_approver_goes_back_to_its_reviewer(
    letters, vendor, requester, reviewer, second_reviewer, approver
):
    waits = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    other = taken_review(vendor, asked_by=requester, reviewer=second_reviewer, title="Payroll")
    newer = recorded_report(vendor, by=second_reviewer, facts=newer_facts())
    letters()

    accept(other, newer, by=second_reviewer)

    waits.refresh_from_db()
    assert (waits.state, waits.report) == (State.IN_REVIEW, newer)
    assert "was accepted since" in waits.state_reason
    assert waits.scope_fit == ""
    assert waits.scope_ours == "Our configuration"
    subjects = {letter.to[0].split(" <")[0] for letter in letters() if "open again" in letter.subject}
    assert subjects == {"Ines Varga", "Tomasz Reyk"}


@pytest.mark.slow
def test_an_older_report_is_kept_as_history_and_changes_no_review(vendor, requester, reviewer, approver):
    waits = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    other = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    services.begin_review(review=other, by=reviewer, now=clock.now())
    older = recorded_report(vendor, by=reviewer, facts=older_facts())
    other = accept(other, older, by=reviewer)
    waits.refresh_from_db()
    assert waits.state == State.AWAITING_APPROVAL
    assert other.report == waits.report != older
    older.refresh_from_db()
    assert older.state == ReportState.ACCEPTED


def test_a_better_report_ends_the_remediation_of_the_one_before(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer, facts=whole_facts(**QUALIFIED))
    review = accept(review, recorded_report(vendor, by=reviewer, facts=newer_facts()), by=reviewer)
    assert review.state == State.IN_REVIEW
    assert review.remediations.get().is_open


def test_nobody_but_the_assigned_reviewer_accepts(review, vendor, requester, reviewer, second_reviewer, auditor):
    report = recorded_report(vendor, by=reviewer)
    for user in (second_reviewer, requester, auditor):
        assert not access.can_accept_report(user, review, report)
        with pytest.raises(NotAllowed):
            accept(review, report, by=user)
    assert access.can_accept_report(reviewer, review, report)


@pytest.mark.slow
def test_a_report_of_another_vendor_an_accepted_one_and_a_closed_review_are_refused(
    review, vendor, requester, reviewer, approver
):
    foreign = recorded_report(make_vendor("Tarnfield"), by=reviewer)
    with pytest.raises(Refused, match="another vendor's"):
        accept(review, foreign, by=reviewer)
    report = recorded_report(vendor, by=reviewer)
    review = accept(review, report, by=reviewer)
    report.refresh_from_db()
    with pytest.raises(Refused, match="accepted already"):
        accept(review, report, by=reviewer)
    Review.objects.filter(pk=review.pk).update(state=State.AWAITING_APPROVAL)
    later = recorded_report(vendor, by=reviewer, facts=newer_facts())
    with pytest.raises(Refused, match="Nothing of this review can be edited now"):
        accept(review, later, by=reviewer)


def test_facts_that_changed_since_the_form_was_opened_are_refused_and_nothing_moves(review, vendor, reviewer):
    report = recorded_report(vendor, by=reviewer)
    report.revision -= 1
    with pytest.raises(Refused, match="Somebody changed these facts"):
        accept(review, report, by=reviewer)
    review.refresh_from_db()
    assert (review.state, review.report) == (State.COLLECTING, None)


@pytest.mark.slow
def test_the_reviewer_chooses_between_two_accepted_reports(as_staff, vendor, requester, reviewer, auditor):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer, facts=newer_facts())
    other_system = recorded_report(vendor, by=reviewer, facts=whole_facts(system_name="Archive"))
    path = f"/reviews/{review.pk}/reports/{other_system.pk}/use/"
    assert as_staff(reviewer).post(path).status_code == 409  # not accepted yet
    review = accept(review, other_system, by=reviewer)
    assert review.report != other_system
    assert as_staff(auditor).post(path).status_code == 403
    assert as_staff(requester).post(path).status_code == 404

    assert as_staff(reviewer).post(path).status_code == 302
    review.refresh_from_db()
    assert review.report == other_system
    assert as_staff(reviewer).post(path).status_code == 409  # it goes by it already
    assert as_staff(reviewer).post(f"/reviews/{review.pk}/reports/999/use/").status_code == 404
