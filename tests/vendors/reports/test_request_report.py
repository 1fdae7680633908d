"""A reviewer asks a vendor for a report; the contact learns what, for which period, by when, and under which NDA."""

from datetime import timedelta

import pytest

from tests.factories import ndas
from tests.factories.contacts import make_contact, signed_in
from tests.factories.reports import last_period, report_request
from vendors.calendar import clock
from vendors.contacts.services import deactivate_contact
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import SYSTEM, NotAllowed, Refused
from vendors.reports.models import ReportRequest
from vendors.reports.wording import day_in_words

pytestmark = pytest.mark.django_db


def page_of(vendor) -> str:
    return f"/vendors/{vendor.pk}/requests/new/"


def typed(to, **changes) -> dict:
    start, end = last_period()
    return {
        "what": "soc2_type2",
        "system": "People Cloud",
        "period_start": start.isoformat(),
        "period_end": end.isoformat(),
        "contact": to.pk,
        "due_on": (clock.today() + timedelta(days=28)).isoformat(),
        "message": "The report with all tests, if you please.",
        **changes,
    }


def requests_mailed() -> list[OutgoingEmail]:
    return list(OutgoingEmail.objects.filter(kind="vendors/reports/email/report_requested"))


def test_a_reviewer_asks_and_the_contact_gets_a_mail(client, reviewer, vendor, contact):
    client.force_login(reviewer)
    answer = client.post(page_of(vendor), typed(contact))
    assert answer.status_code == 302
    assert answer["Location"] == f"/vendors/{vendor.pk}/"
    asked = ReportRequest.objects.get()
    assert asked.is_open
    assert (asked.requested_by, asked.contact) == (reviewer, contact)
    (mail,) = requests_mailed()
    assert mail.to_email == contact.email
    assert mail.about == f"report-request:{asked.pk}"
    assert f"/portal/requests/{asked.pk}/" in mail.text
    for words in ("SOC 2 Type II report", "People Cloud", "The report with all tests", "Not ready yet?", "an NDA"):
        assert words in mail.text, words
    assert "Ines Varga" in mail.reply_to


def test_the_mail_names_the_nda_that_holds_the_report(vendor, contact, reviewer):
    held = ndas.accept(contact)
    report_request(vendor, contact=contact, by=reviewer)
    (mail,) = requests_mailed()
    assert str(held) in mail.text
    assert "an NDA there" not in mail.text


def test_the_form_offers_the_only_contact(client, reviewer, vendor, contact):
    client.force_login(reviewer)
    page = client.get(page_of(vendor)).content.decode()
    assert f'<option value="{contact.pk}" selected>' in page
    assert "No NDA with Quillhaven is in force" in page


def test_a_request_without_a_contact_mails_nobody(vendor, reviewer):
    asked = report_request(vendor, by=reviewer)
    assert asked.contact is None
    assert requests_mailed() == []


def test_countersign_itself_asks_for_the_date_of_the_next_report(vendor, contact):
    asked = report_request(vendor, contact=contact, what="successor_date", by=SYSTEM)
    assert asked.requested_by is None
    (mail,) = requests_mailed()
    assert "when your next report comes" in mail.subject
    assert mail.reply_to == ""
    assert "Period" not in mail.text


def test_the_request_stands_in_the_ledger(vendor, contact, reviewer):
    asked = report_request(vendor, contact=contact, by=reviewer)
    entry = LedgerEntry.objects.get(verb="report.requested")
    assert (entry.vendor_id, entry.actor_label, entry.subject_id) == (vendor.pk, "Ines Varga", str(asked.pk))


def test_what_is_open_already_is_not_asked_twice(client, reviewer, vendor, contact):
    client.force_login(reviewer)
    client.post(page_of(vendor), typed(contact))
    again = client.post(page_of(vendor), typed(contact, system="people cloud"))
    assert "This is requested already" in again.content.decode()
    assert ReportRequest.objects.count() == 1


def test_another_system_of_the_vendor_may_be_asked_for(vendor, contact, reviewer):
    report_request(vendor, contact=contact, system="People Cloud", by=reviewer)
    report_request(vendor, contact=contact, system="Payroll", by=reviewer)
    assert ReportRequest.objects.count() == 2


def test_the_portal_says_of_each_request_its_own_period(vendor, contact, reviewer):
    start, end = last_period()
    report_request(vendor, contact=contact, system="People Cloud", period_start=start, period_end=end, by=reviewer)
    report_request(vendor, contact=contact, system="Payroll", by=reviewer)
    page = signed_in(contact).get("/portal/").content.decode()
    assert page.count("Send your SOC 2 Type II report") == 2
    assert page.count(f"Period {day_in_words(start)} to {day_in_words(end)}.") == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_on": "2020-01-01"}, "The due date has passed"),
        ({"due_on": "soon"}, "Choose a day from the calendar"),
        ({"due_on": ""}, "Choose a day."),
        ({"period_start": "2026-06-30", "period_end": "2026-01-01"}, "ends before it starts"),
        ({"period_end": ""}, "Say when the period ends too"),
        ({"period_start": ""}, "Say when the period starts too"),
        ({"period_end": "2099-01-01"}, "a report can only follow"),
        ({"contact": "999999"}, "Choose one of the list."),
    ],
)
def test_dates_that_cannot_be_keep_what_was_typed(client, reviewer, vendor, contact, changes, words):
    client.force_login(reviewer)
    page = client.post(page_of(vendor), typed(contact, **changes)).content.decode()
    assert words in page
    assert "The report with all tests, if you please." in page
    assert not ReportRequest.objects.exists()


def test_a_contact_of_another_vendor_is_refused(vendor, stranger, reviewer):
    with pytest.raises(Refused, match="no contact of Quillhaven"):
        report_request(vendor, contact=stranger, by=reviewer)


def test_a_contact_who_left_is_refused(vendor, reviewer):
    gone = make_contact(vendor, "Otto Wend", by=reviewer)
    deactivate_contact(contact=gone, by=reviewer, now=clock.now())
    gone.refresh_from_db()
    with pytest.raises(Refused, match="has left"):
        report_request(vendor, contact=gone, by=reviewer)


@pytest.mark.parametrize("role", ["requester", "approver", "auditor", "administrator"])
def test_nobody_but_a_reviewer_finds_the_page(client, request, role, vendor, contact):
    client.force_login(request.getfixturevalue(role))
    assert client.get(page_of(vendor)).status_code == 404
    assert client.post(page_of(vendor), typed(contact)).status_code == 404
    assert not ReportRequest.objects.exists()


def test_a_contact_asks_nobody(vendor, contact):
    assert signed_in(contact).get(page_of(vendor)).status_code == 404
    with pytest.raises(NotAllowed):
        report_request(vendor, contact=contact, by=contact.user)


def test_a_vendor_that_is_not_there_is_404(client, reviewer):
    client.force_login(reviewer)
    assert client.get("/vendors/999999/requests/new/").status_code == 404
