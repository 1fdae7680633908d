"""The bytes of a report: an NDA in force today, a grant, a custody entry each time, nothing kept by a cache."""

from datetime import timedelta

import pytest

from tests.factories import ndas
from tests.factories.contacts import signed_in
from tests.factories.reports import received_report
from tests.factories.vault import pdf_bytes, upload
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.ndas.models import Nda
from vendors.people.actors import SYSTEM, NotAllowed, Refused
from vendors.reports import access, services
from vendors.reports.models import Grant
from vendors.vault import services as vault
from vendors.vault.models import CustodyEntry

pytestmark = pytest.mark.django_db


def file_of(report) -> str:
    return f"/reports/{report.pk}/file/"


def picture_of(report, number=1) -> str:
    return f"/reports/{report.pk}/pages/{number}.png"


def opened() -> list[tuple]:
    return list(
        CustodyEntry.objects.exclude(action="sealed").order_by("pk").values_list("who", "action", "page", "purpose")
    )


def no_nda() -> None:
    Nda.objects.update(ended_on=clock.today() - timedelta(days=1))


def test_the_file_leaves_as_it_came_sandboxed_and_logged(client, reviewer, report):
    client.force_login(reviewer)
    answer = client.get(file_of(report))
    assert b"".join(answer.streaming_content) == pdf_bytes(pages=12)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert opened() == [("Ines Varga", "downloaded", None, "Uploaded the report")]


@pytest.mark.slow
def test_a_page_comes_as_a_picture_and_is_logged_by_its_number(client, reviewer, report):
    client.force_login(reviewer)
    answer = client.get(picture_of(report, 3))
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert opened() == [("Ines Varga", "page_opened", 3, "Uploaded the report")]


@pytest.mark.slow
def test_a_larger_page_has_more_dots(client, reviewer, report):
    client.force_login(reviewer)
    plain = client.get(picture_of(report)).content
    large = client.get(picture_of(report) + "?zoom=200").content
    strange = client.get(picture_of(report) + "?zoom=many").content
    assert int.from_bytes(large[16:20], "big") > int.from_bytes(plain[16:20], "big")
    assert strange == plain


@pytest.mark.parametrize("number", [0, 13, 99999])
def test_a_page_the_file_has_not_is_404(client, reviewer, report, number):
    client.force_login(reviewer)
    assert client.get(picture_of(report, number)).status_code == 404
    assert opened() == []


def test_a_reviewer_without_a_grant_is_told_how_to_get_one(client, report, reviewer):
    Grant.objects.all().delete()
    client.force_login(reviewer)
    for address in (file_of(report), picture_of(report)):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "You hold no grant" in answer.content.decode()
    assert opened() == []


def test_a_grant_ends_after_its_last_day(report, auditor):
    today = clock.today()
    grant = services.grant_access(
        report=report, user=auditor, purpose="Audit 2026", until=today, by=SYSTEM, now=clock.now()
    )
    assert access.can_open(auditor, report, grant.until)
    assert not access.can_open(auditor, report, today + timedelta(days=1))


def test_no_nda_no_bytes(client, reviewer, report):
    client.force_login(reviewer)
    no_nda()
    for address in (file_of(report), picture_of(report)):
        answer = client.get(address)
        assert answer.status_code == 409
        assert "NDA" in answer.content.decode()
    assert opened() == []


def test_an_nda_that_begins_tomorrow_opens_nothing_today(reviewer, report):
    Nda.objects.update(starts_on=clock.today() + timedelta(days=1))
    assert not access.can_open(reviewer, report, clock.today())
    assert access.can_open(reviewer, report, clock.today() + timedelta(days=1))


def test_a_later_nda_opens_what_came_under_an_earlier_one(report, reviewer):
    no_nda()
    ndas.record(report.vendor, by=reviewer)
    assert access.can_open(reviewer, report, clock.today())


def test_a_destroyed_file_opens_for_nobody(client, reviewer, report):
    vault.destroy(stored=report.file, by=SYSTEM, at=clock.now(), purpose="End of the NDA")
    client.force_login(reviewer)
    answer = client.get(file_of(report))
    assert answer.status_code == 409
    assert "destroyed" in answer.content.decode()


@pytest.mark.parametrize("role", ["requester", "approver", "administrator"])
def test_whoever_has_no_part_in_it_gets_the_same_404_as_for_nothing(client, request, role, report):
    client.force_login(request.getfixturevalue(role))
    for address in (file_of(report), picture_of(report), "/reports/999999/file/", "/reports/999999/pages/1.png"):
        assert client.get(address).status_code == 404
    assert opened() == []


def test_an_auditor_reads_facts_but_no_bytes_without_a_grant(client, auditor, report):
    client.force_login(auditor)
    assert access.report_for(auditor, report.pk) == report
    assert client.get(file_of(report)).status_code == 403
    services.grant_access(report=report, user=auditor, purpose="Audit 2026", by=SYSTEM, now=clock.now())
    answer = client.get(file_of(report))
    assert answer.status_code == 200
    answer.close()
    assert opened() == [("Priya Holm", "downloaded", None, "Audit 2026")]


@pytest.mark.slow
def test_an_approver_with_a_grant_opens_it(client, approver, report):
    services.grant_access(report=report, user=approver, purpose="REV-2026-0001", by=SYSTEM, now=clock.now())
    client.force_login(approver)
    assert client.get(picture_of(report)).status_code == 200


def test_the_contact_opens_what_the_vendor_sent_and_sees_so_in_custody(contact_client, contact, asked, nda):
    contact_client.post(f"/portal/requests/{asked.pk}/upload/", {"file": upload()})
    report = asked.reports.get()
    answer = contact_client.get(f"/portal/reports/{report.pk}/file/")
    assert b"".join(answer.streaming_content) == pdf_bytes()
    assert opened() == [("Jonah Pell", "downloaded", None, "Opened by the vendor itself")]
    receipt = contact_client.get(f"/portal/reports/{report.pk}/receipt/").content.decode()
    assert "Opened by the vendor itself" in receipt
    assert "Downloaded" in receipt


def test_the_doors_of_staff_are_closed_to_contacts(contact, stranger, report):
    for who in (contact, stranger):
        browser = signed_in(who)
        assert browser.get(file_of(report)).status_code == 404
        assert browser.get(picture_of(report)).status_code == 404


def test_nobody_signed_in_is_led_to_the_door(client, report):
    assert client.get(file_of(report)).status_code == 302


def test_a_grant_is_made_once_and_stands_in_the_ledger(report, auditor, reviewer):
    for _time in range(2):
        services.grant_access(report=report, user=auditor, purpose="Audit 2026", by=reviewer, now=clock.now())
    assert Grant.objects.filter(user=auditor).count() == 1
    assert LedgerEntry.objects.filter(verb="report.granted", sentence__contains="Priya Holm").count() == 1


def test_a_longer_grant_replaces_a_shorter_one(report, auditor, reviewer):
    today = clock.today()
    for until in (today, today + timedelta(days=30), today, None, today):
        services.grant_access(report=report, user=auditor, purpose="Audit", until=until, by=reviewer, now=clock.now())
    assert Grant.objects.get(user=auditor).until is None


def test_only_a_reviewer_passes_a_report_on_and_only_to_staff(report, auditor, approver, contact, reviewer):
    with pytest.raises(NotAllowed):
        services.grant_access(report=report, user=auditor, purpose="Mine", by=approver, now=clock.now())
    with pytest.raises(Refused, match="members of staff"):
        services.grant_access(report=report, user=contact.user, purpose="Yours", by=reviewer, now=clock.now())


def test_a_page_that_cannot_be_drawn_is_a_sentence(client, reviewer, vendor, nda):
    report = received_report(vendor, by=reviewer)
    report.page_count = 40
    report.save()
    client.force_login(reviewer)
    assert client.get(picture_of(report, 40)).status_code == 409
