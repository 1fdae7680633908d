"""Many hands at once: the same file becomes one report, different files become one each, on both databases."""

import pytest
from django.db import transaction

from tests.conftest import member_of_staff
from tests.databases import in_threads
from tests.factories import ndas
from tests.factories.contacts import make_contact, signed_in
from tests.factories.directory import make_vendor
from tests.factories.reports import report_request
from tests.factories.vault import pdf_bytes, upload
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import Role
from vendors.reports.models import Grant, Report, ReportRequest
from vendors.vault.models import StoredFile

MANY = 20


@pytest.fixture
def asked(real_database, vault_folder) -> ReportRequest:
    """A request, an NDA in force, and people, in a database that threads share."""
    reviewer = member_of_staff("Ines Varga", Role.REVIEWER)
    with transaction.atomic():
        contact = make_contact(make_vendor("Quillhaven"), by=reviewer)
    ndas.accept(contact)
    return report_request(contact.vendor, contact=contact, by=reviewer)


def sent(asked: ReportRequest, pages: list[int]) -> list[object]:
    """Upload a file of so many pages each, all at once; the status of every answer."""
    browsers = [signed_in(asked.contact) for _each in pages]

    def send(number: int) -> int:
        file = upload(pdf_bytes(pages=pages[number]), name=f"report-{number}.pdf")
        return browsers[number].post(f"/portal/requests/{asked.pk}/upload/", {"file": file}).status_code

    return in_threads(len(pages), send)


@pytest.mark.slow
def test_the_same_file_twenty_times_is_one_report(asked):
    assert sent(asked, [3] * MANY) == [302] * MANY
    assert Report.objects.count() == Grant.objects.count() == 1
    assert StoredFile.objects.filter(purpose="report").count() == 1
    assert LedgerEntry.objects.filter(verb="report.received").count() == 1
    assert OutgoingEmail.objects.filter(kind="vendors/reports/email/receipt").count() == 1


@pytest.mark.slow
def test_two_files_at_once_are_both_kept_and_the_request_is_answered_once(asked):
    assert sent(asked, [3, 4]) == [302, 302]
    assert Report.objects.count() == 2
    asked.refresh_from_db()
    assert not asked.is_open
    assert OutgoingEmail.objects.filter(kind="vendors/reports/email/receipt").count() == 2
