"""Other evidence: a reviewer puts a paper on the vendor's file, and takes it out of use."""

from datetime import timedelta

import pytest

from tests.factories import ndas
from tests.factories.evidence import recorded_evidence
from tests.factories.vault import pdf_bytes, upload
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import services
from vendors.reports.models import Evidence


@pytest.fixture
def today():
    return clock.today()


def typed(today, **changes) -> dict[str, object]:
    return {
        "kind": "pci_aoc",
        "title": "AOC for service providers, 2026",
        "issuer": "Stellow Assessors",
        "dated_on": (today - timedelta(days=10)).isoformat(),
        "until": (today + timedelta(days=355)).isoformat(),
        "file": upload(pdf_bytes(text="AOC"), name="aoc.pdf"),
        **changes,
    }


def record_address(vendor) -> str:
    return f"/vendors/{vendor.pk}/evidence/new/"


def test_a_reviewer_records_a_paper_of_general_use_without_an_nda(vendor, reviewer, today):
    client = staff_client(reviewer)
    assert client.get(record_address(vendor)).status_code == 200
    answer = client.post(record_address(vendor), typed(today))
    assert answer.headers["Location"] == f"/vendors/{vendor.pk}/?tab=evidence"
    paper = Evidence.objects.get()
    assert (paper.kind, paper.issuer, paper.confidential, paper.recorded_by) == (
        "pci_aoc",
        "Stellow Assessors",
        False,
        reviewer,
    )
    assert paper.file.purpose == "evidence"
    assert entries_on("evidence", paper.pk).get().verb == "evidence.recorded"
    page = client.get(f"/vendors/{vendor.pk}/?tab=evidence").text
    assert "PCI DSS attestation of compliance (AOC)" in page
    assert "In date until" in page


def test_after_recording_it_leads_back_to_where_it_was_asked_for(vendor, reviewer, today):
    answer = staff_client(reviewer).post(f"{record_address(vendor)}?next=/reviews/", typed(today))
    assert answer.headers["Location"] == "/reviews/"


@pytest.mark.parametrize("change", [{"confidential": "on"}, {"kind": "penetration_test"}])
def test_what_is_held_under_the_nda_needs_one_in_force(vendor, reviewer, today, change):
    client = staff_client(reviewer)
    page = client.post(record_address(vendor), typed(today, **change))
    assert "No NDA with Quillhaven is in force. Accept or record one first." in page.text
    assert not Evidence.objects.exists()
    ndas.record(vendor, by=reviewer)
    client.post(record_address(vendor), typed(today, **change))
    assert Evidence.objects.get().confidential


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"dated_on": "2100-01-01"}, "This day has not come yet. Take the date on the paper."),
        ({"until": "2001-01-01"}, "It ends before it is dated. Check both days."),
        ({"kind": "horoscope"}, "Choose one of the list."),
        ({"title": " "}, "Give the title that stands on the paper."),
        ({"issuer": ""}, "Say who signed or issued it."),
        ({"file": ""}, "Choose the PDF of the paper."),
        ({"file": upload(b"<html>", name="aoc.pdf")}, "This is a web page, not a PDF"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_changes_nothing(vendor, reviewer, today, change, sentence):
    page = staff_client(reviewer).post(record_address(vendor), typed(today, **change))
    assert page.status_code == 200
    assert sentence in page.text
    assert not Evidence.objects.exists()


def test_a_kind_that_is_none_of_ours_is_refused_by_the_act_too(vendor, reviewer):
    with pytest.raises(Refused, match="Choose one of the list"):
        recorded_evidence(vendor, "horoscope", by=reviewer)


def test_only_a_reviewer_records_and_withdraws(vendor, reviewer, approver, auditor):
    paper = recorded_evidence(vendor, by=reviewer)
    for person in (approver, auditor):
        with pytest.raises(NotAllowed):
            recorded_evidence(vendor, by=person)
        with pytest.raises(NotAllowed):
            services.withdraw_evidence(evidence=paper, reason="Superseded.", by=person, now=clock.now())
        assert staff_client(person).get(record_address(vendor)).status_code == 404
    assert Evidence.objects.on_file().get() == paper


def test_a_withdrawn_paper_counts_no_more_and_says_why(vendor, reviewer, today):
    paper = recorded_evidence(vendor, by=reviewer)
    client = staff_client(reviewer)
    address = f"/vendors/{vendor.pk}/evidence/{paper.pk}/withdraw/"
    assert "is suspended until another paper of its kind" in client.get(address).text
    assert "Say why it is withdrawn." in client.post(address, {"reason": ""}).text
    assert Evidence.objects.holding(today).exists()
    assert client.post(address, {"reason": "Signed for another company."}).status_code == 302
    paper.refresh_from_db()
    assert (paper.withdrawn_by, paper.withdrawn_because) == (reviewer, "Signed for another company.")
    assert not paper.holds_on(today)
    assert not Evidence.objects.holding(today).exists()
    assert "Signed for another company." in client.get(f"/vendors/{vendor.pk}/?tab=evidence").text
    assert client.post(address, {"reason": "Again."}).status_code == 409
    with pytest.raises(Refused, match="withdrawn already"):
        services.withdraw_evidence(evidence=paper, reason="Again.", by=reviewer, now=clock.now())


def test_the_act_asks_for_a_reason_too(vendor, reviewer):
    paper = recorded_evidence(vendor, by=reviewer)
    with pytest.raises(Refused, match="Say why"):
        services.withdraw_evidence(evidence=paper, reason=" ", by=reviewer, now=clock.now())


def test_a_paper_of_another_vendor_is_not_there(vendor, reviewer, stranger):
    paper = recorded_evidence(stranger.vendor, by=reviewer)
    assert staff_client(reviewer).get(f"/vendors/{vendor.pk}/evidence/{paper.pk}/withdraw/").status_code == 404


def test_it_holds_from_its_date_through_its_last_day(vendor, reviewer, today):
    paper = recorded_evidence(vendor, by=reviewer, dated_on=today, until=today + timedelta(days=5))
    days = {-1: False, 0: True, 5: True, 6: False}
    for ahead, holds in days.items():
        day = today + timedelta(days=ahead)
        assert paper.holds_on(day) is holds
        assert Evidence.objects.holding(day).exists() is holds
