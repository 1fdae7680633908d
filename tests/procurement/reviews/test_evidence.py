"""Other evidence in a review: its requirement becomes met, and the people of the review open it."""

from datetime import timedelta

import pytest

from procurement.policy.terms import Result
from procurement.reviews import access, services
from procurement.reviews.queries import requirement_checks
from tests.conftest import member_of_staff
from tests.factories import ndas
from tests.factories.evidence import recorded_evidence
from tests.factories.reviews import awaiting_review, taken_review
from vendors.calendar import clock
from vendors.people.actors import Role
from vendors.vault.models import CustodyEntry


def result_of(review, key: str, on=None) -> Result:
    return next(check.result for check in requirement_checks(review, on or clock.today()) if check.key == key)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "key", "kinds"),
    [
        ("health", "baa_for_health", ("baa", "hipaa_evidence")),
        ("us_federal", "fedramp_for_us_federal", ("fedramp_authorization",)),
        ("cardholder", "pci_aoc_for_cardholder", ("pci_aoc",)),
    ],
)
def test_no_data_class_is_a_dead_end(as_staff, vendor, requester, reviewer, today, data, key, kinds):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer, data_classes=[data])
    page = as_staff(reviewer).get(review.get_absolute_url()).text
    assert f"/vendors/{vendor.pk}/evidence/new/?next=/reviews/{review.pk}/" in page
    for kind in kinds:
        assert result_of(review, key) is Result.NOT_MET
        last = recorded_evidence(vendor, kind, by=reviewer, until=today + timedelta(days=90))
    assert result_of(review, key) is Result.MET
    assert result_of(review, key, on=today + timedelta(days=91)) is Result.NOT_MET
    last.withdrawn_at, last.withdrawn_by, last.withdrawn_because = clock.now(), reviewer, "Not theirs."
    last.save()
    assert result_of(review, key) is Result.NOT_MET


def test_the_assigned_reviewer_and_the_approver_open_it_and_custody_says_who(
    as_staff, vendor, requester, reviewer, approver
):
    awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    paper = recorded_evidence(vendor, "penetration_test", by=reviewer)
    for person in (reviewer, approver):
        answer = as_staff(person).get(f"/evidence/{paper.pk}/file/")
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        entry = CustodyEntry.objects.filter(file=paper.file).first()
        assert (entry.who, entry.purpose) == (person.label, "Security review")


def test_whoever_recorded_it_opens_it_without_a_review(as_staff, vendor, reviewer):
    paper = recorded_evidence(vendor, by=reviewer)
    assert as_staff(reviewer).get(f"/evidence/{paper.pk}/file/").status_code == 200
    assert "/file/" in as_staff(reviewer).get(f"/vendors/{vendor.pk}/?tab=evidence").text


def test_nobody_else_does(as_staff, vendor, requester, reviewer, second_reviewer, approver, auditor):
    paper = recorded_evidence(vendor, by=reviewer)
    expected = {requester: 404, approver: 404, second_reviewer: 403, auditor: 403}
    for person, status in expected.items():
        assert as_staff(person).get(f"/evidence/{paper.pk}/file/").status_code == status
    assert as_staff(reviewer).get("/evidence/987654/file/").status_code == 404
    both = member_of_staff("Vera Lindt", Role.REVIEWER, Role.APPROVER)
    assert not access.can_open_evidence(both, paper, clock.today())


def test_what_is_held_under_the_nda_closes_when_it_ends(as_staff, vendor, reviewer, today):
    nda = ndas.record(vendor, by=reviewer)
    paper = recorded_evidence(vendor, "penetration_test", by=reviewer)
    assert access.can_open_evidence(reviewer, paper, today)
    nda.ended_on = today
    nda.save()
    answer = as_staff(reviewer).get(f"/evidence/{paper.pk}/file/")
    assert answer.status_code == 409
    assert "No NDA with Quillhaven is in force." in answer.text
    assert "/file/" not in as_staff(reviewer).get(f"/vendors/{vendor.pk}/?tab=evidence").text


def test_a_destroyed_file_stays_on_record_only(as_staff, vendor, reviewer):
    paper = recorded_evidence(vendor, by=reviewer)
    paper.file.destroyed_at, paper.file.wrapped_key, paper.file.key_id = clock.now(), b"", ""
    paper.file.save()
    answer = as_staff(reviewer).get(f"/evidence/{paper.pk}/file/")
    assert answer.status_code == 409
    assert "The file was destroyed." in answer.text


@pytest.mark.slow
def test_the_list_asks_as_often_for_three_papers_as_for_fifteen(
    as_staff, vendor, reviewer, django_assert_max_num_queries
):
    client = as_staff(reviewer)
    address = f"/vendors/{vendor.pk}/?tab=evidence"

    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            client.get(address)
        return len(counted)

    for _number in range(3):
        recorded_evidence(vendor, by=reviewer)
    client.get(address)
    few = queries()
    for _number in range(12):
        recorded_evidence(vendor, by=reviewer)
    assert queries() == few


def test_an_approver_who_is_asked_to_let_something_pass_opens_it_too(vendor, requester, reviewer, approver, today):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer, data_classes=["internal"])
    paper = recorded_evidence(vendor, "iso27001_certificate", by=reviewer)
    assert not access.can_open_evidence(approver, paper, today)
    services.propose_waiver(
        review=review,
        requirement="soc2_type2_current",
        reason="The certificate stands in until spring.",
        until=today + timedelta(days=90),
        asked=approver,
        by=reviewer,
        on=today,
        now=clock.now(),
    )
    assert access.can_open_evidence(approver, paper, today)
