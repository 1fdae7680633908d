"""Bridge letters: from the vendor in the portal or by a reviewer; several systems; taking a wrong one back."""

from datetime import timedelta

import pytest

from tests.factories import ndas
from tests.factories.contacts import signed_in
from tests.factories.reports import (
    accepted_report,
    bridge_letter,
    next_report_named,
    received_report,
    recorded,
    report_request,
    sealed_letter,
    whole_facts,
)
from tests.factories.vault import pdf_bytes, upload
from vendors.calendar import clock
from vendors.calendar.days import plus_months
from vendors.ledger.models import LedgerEntry
from vendors.ndas.services import end_nda
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import services
from vendors.reports.coverage import BridgeLetter
from vendors.reports.models import SuccessorStatement
from vendors.reports.systems import letters_of, statements_of
from vendors.vault.models import CustodyAction, CustodyEntry, StoredFile

pytestmark = pytest.mark.django_db
PORTAL = "/portal/statements/new/"


@pytest.fixture
def accepted(vendor, nda, reviewer):
    return accepted_report(vendor, by=reviewer)


@pytest.fixture
def second_system(vendor, accepted, reviewer):
    """The vendor's other system, audited until a month earlier."""
    facts = whole_facts(system_name="Payroll Cloud", period_end=accepted.period_end - timedelta(days=31))
    return accepted_report(vendor, by=reviewer, facts=facts, content=pdf_bytes(pages=13))


def letter_until(report, days: int = 60, /, **changes) -> dict:
    until = report.period_end + timedelta(days=days)
    return {"bridges_until": until.isoformat(), "file": upload(name="bridge.pdf"), **changes}


def test_a_contact_sends_a_bridge_letter_without_being_asked(contact_client, accepted):
    answer = contact_client.post(PORTAL, letter_until(accepted), follow=True).content.decode()
    assert "The letter bridges until" in answer
    assert "Your bridge letter" in answer
    said = SuccessorStatement.objects.get()
    assert (said.report, said.stated_by, said.stated_on) == (accepted, "Jonah Pell", clock.today())
    assert letters_of(accepted) == [BridgeLetter(accepted.period_end, said.bridges_until)]
    assert statements_of(accepted) == []
    entry = LedgerEntry.objects.order_by("pk").last()
    assert entry.verb == "report.bridged"
    assert "Quillhaven: bridge letter until" in entry.sentence


def test_a_letter_that_speaks_for_longer_bridges_three_months_and_says_so(contact_client, accepted):
    answer = contact_client.post(PORTAL, letter_until(accepted, 200), follow=True).content.decode()
    limit = plus_months(accepted.period_end, 3)
    assert f"The letter bridges until {limit.day} {limit:%B %Y}" in answer


@pytest.mark.slow
def test_the_same_letter_sent_again_is_one_letter(contact_client, client, accepted, contact, vendor, reviewer):
    contact_client.post(PORTAL, letter_until(accepted))
    again = contact_client.post(PORTAL, letter_until(accepted), follow=True).content.decode()
    assert "on record already, so it was not kept twice" in again
    assert again.count("Your bridge letter") == 1
    client.force_login(reviewer)
    elsewhere = {"stated_on": clock.today().isoformat(), "stated_by": "Jonah Pell, by mail"}
    client.post(f"/vendors/{vendor.pk}/next-report/", letter_until(accepted, **elsewhere))
    said = SuccessorStatement.objects.get()

    asked = report_request(vendor, contact=contact, what="successor_date", by=reviewer)
    end = plus_months(accepted.period_end, 12)
    named = {
        "period_start": (accepted.period_end + timedelta(days=1)).isoformat(),
        "period_end": end.isoformat(),
        "expected_on": (end + timedelta(days=45)).isoformat(),
    }
    contact_client.post(f"/portal/requests/{asked.pk}/next-report/", letter_until(accepted, **named))
    asked.refresh_from_db()
    assert not asked.is_open
    more = SuccessorStatement.objects.exclude(pk=said.pk).get()
    assert more.file == said.file, "other words, the same bytes"
    assert StoredFile.objects.filter(purpose="statement").count() == 1

    services.withdraw_statement(statement=said, reason="The wrong day.", by=reviewer, now=clock.now())
    services.withdraw_statement(statement=more, reason="The wrong day.", by=reviewer, now=clock.now())
    contact_client.post(PORTAL, letter_until(accepted))
    assert SuccessorStatement.objects.standing().count() == 1, "what was withdrawn may be sent anew"


def test_the_vendor_and_staff_see_who_opened_the_letter(contact_client, client, accepted, reviewer):
    contact_client.post(PORTAL, letter_until(accepted))
    said = SuccessorStatement.objects.get()
    assert b"".join(contact_client.get(f"/portal/statements/{said.pk}/file/")).startswith(b"%PDF")
    client.force_login(reviewer)
    assert b"".join(client.get(f"/statements/{said.pk}/file/")).startswith(b"%PDF")
    opened = CustodyEntry.objects.filter(file=said.file, action=CustodyAction.DOWNLOADED)
    assert {entry.who for entry in opened} == {"Jonah Pell", "Ines Varga"}
    assert "bridge.pdf" in client.get(f"/vendors/{accepted.vendor_id}/?tab=custody").content.decode()


def test_a_statement_without_a_file_has_none_to_open(contact_client, client, accepted, reviewer):
    said = next_report_named(accepted, by=reviewer)
    client.force_login(reviewer)
    assert client.get(f"/statements/{said.pk}/file/").status_code == 404
    assert contact_client.get(f"/portal/statements/{said.pk}/file/").status_code == 404


def test_another_vendors_contact_finds_neither_file_nor_a_report_to_follow(stranger, accepted, reviewer):
    said = bridge_letter(accepted, by=reviewer)
    browser = signed_in(stranger)
    assert browser.get(f"/portal/statements/{said.pk}/file/").status_code == 404
    assert "none can follow it" in browser.get(PORTAL).content.decode()
    browser.post(PORTAL, letter_until(accepted))
    assert SuccessorStatement.objects.count() == 1


CANNOT_BE = {
    "until a day of the period itself": ({"bridges_until": 0}, "id_bridges_until_error", "speaks for days after"),
    "until a day years away": ({"bridges_until": 900}, "id_bridges_until_error", "over 24 months after"),
    "from a day after its end": ({"bridges_from": 70}, "id_bridges_from_error", "before it starts on"),
    "from a day no letter bridges": (
        {"bridges_from": 150, "bridges_until": 160},
        "id_bridges_from_error",
        "no letter bridges",
    ),
    "from a day without an end": ({"bridges_from": 5, "bridges_until": None}, "id_bridges_until_error", "Say until"),
    "nothing at all": ({"bridges_until": None}, "id_bridges_until_error", "or name the next report"),
    "half a next report": ({"period_start": 1}, "id_period_end_error", "Give all three"),
}


@pytest.mark.parametrize("case", CANNOT_BE)
def test_what_cannot_be_names_its_field_and_keeps_nothing(contact_client, accepted, case):
    days, field, words = CANNOT_BE[case]
    typed = letter_until(accepted)
    for name, after in days.items():
        typed[name] = "" if after is None else (accepted.period_end + timedelta(days=after)).isoformat()
    page = contact_client.post(PORTAL, typed).content.decode()
    assert field in page
    assert words in page
    assert not SuccessorStatement.objects.exists()
    assert not StoredFile.objects.filter(purpose="statement").exists()


def test_without_an_nda_a_date_may_be_named_and_no_file_is_taken(contact_client, accepted, nda, reviewer, vendor):
    end_nda(nda=nda, reason="Ended for the test.", by=reviewer, on=clock.today(), now=clock.now())
    page = contact_client.get(PORTAL).content.decode()
    assert "no file can be taken now" in page
    assert 'type="file"' not in page
    contact_client.post(PORTAL, letter_until(accepted))
    assert not SuccessorStatement.objects.exists()
    next_report_named(accepted, by=reviewer)
    with pytest.raises(Refused):
        bridge_letter(accepted, by=reviewer)


def test_of_two_systems_the_contact_says_which(contact_client, contact, vendor, accepted, second_system, reviewer):
    asked = report_request(vendor, contact=contact, what="successor_date", system="payroll  cloud", by=reviewer)
    page = contact_client.get(f"/portal/requests/{asked.pk}/next-report/").content.decode()
    assert f'<option value="{second_system.pk}" selected>Payroll Cloud' in page
    assert "People Cloud, " in page
    end = second_system.period_end + timedelta(days=365)
    typed = {
        "report": second_system.pk,
        "period_start": (second_system.period_end + timedelta(days=1)).isoformat(),
        "period_end": end.isoformat(),
        "expected_on": (end + timedelta(days=45)).isoformat(),
    }
    contact_client.post(f"/portal/requests/{asked.pk}/next-report/", typed)
    assert statements_of(second_system)[0].period_end == end
    assert statements_of(accepted) == []


def test_a_report_of_somebody_else_is_no_choice(contact_client, accepted, second_system, stranger, reviewer):
    ndas.record(stranger.vendor, by=reviewer)
    foreign = accepted_report(stranger.vendor, by=reviewer, content=pdf_bytes(pages=15))
    page = contact_client.post(PORTAL, letter_until(accepted, report=foreign.pk)).content.decode()
    assert "Choose one of the list." in page
    assert not SuccessorStatement.objects.exists()


def test_a_reviewer_records_a_letter_that_came_by_mail(client, reviewer, accepted):
    client.force_login(reviewer)
    typed = letter_until(accepted, stated_by="Jonah Pell, by mail", stated_on=clock.today().isoformat())
    answer = client.post(f"/vendors/{accepted.vendor_id}/next-report/", typed, follow=True).content.decode()
    assert "The letter bridges until" in answer
    assert "Jonah Pell, by mail" in answer


def test_a_letter_of_tomorrow_is_none(client, reviewer, accepted):
    client.force_login(reviewer)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    typed = letter_until(accepted, stated_by="Jonah Pell", stated_on=tomorrow)
    page = client.post(f"/vendors/{accepted.vendor_id}/next-report/", typed).content.decode()
    assert "id_stated_on_error" in page
    assert not SuccessorStatement.objects.exists()


def test_a_wrong_letter_is_withdrawn_with_its_reason_and_bridges_nothing(client, contact_client, reviewer, accepted):
    said = bridge_letter(accepted, by=reviewer)
    client.force_login(reviewer)
    assert "Withdraw the statement" in client.get(f"/statements/{said.pk}/withdraw/").content.decode()
    page = client.post(f"/statements/{said.pk}/withdraw/", {"reason": "It is another vendor's."}, follow=True)
    assert "Ines Varga: It is another vendor&#x27;s." in page.content.decode()
    accepted.refresh_from_db()
    assert letters_of(accepted) == []
    assert LedgerEntry.objects.order_by("pk").last().sentence.startswith("Withdrawn: Quillhaven: bridge letter until")
    assert "It is another vendor" in contact_client.get("/portal/").content.decode()
    assert client.get(f"/statements/{said.pk}/withdraw/").status_code == 409


def test_withdrawing_asks_for_a_reason(client, reviewer, accepted):
    said = bridge_letter(accepted, by=reviewer)
    client.force_login(reviewer)
    assert client.post(f"/statements/{said.pk}/withdraw/", {"reason": " "}).status_code == 200
    with pytest.raises(Refused):
        services.withdraw_statement(statement=said, reason=" ", by=reviewer, now=clock.now())
    assert SuccessorStatement.objects.standing().count() == 1


def test_the_request_that_the_wrong_statement_answered_is_open_again(vendor, contact, reviewer, accepted):
    asked = report_request(vendor, contact=contact, what="successor_date", by=reviewer)
    wrong = next_report_named(accepted, by=contact.user, request=asked)
    asked.refresh_from_db()
    assert not asked.is_open
    services.withdraw_statement(statement=wrong, reason="Another year.", by=reviewer, now=clock.now())
    asked.refresh_from_db()
    assert asked.is_open


def test_nobody_but_a_reviewer_withdraws(contact, approver, accepted, reviewer):
    said = bridge_letter(accepted, by=reviewer)
    for person in (contact.user, approver):
        with pytest.raises(NotAllowed):
            services.withdraw_statement(statement=said, reason="Wrong.", by=person, now=clock.now())


def test_nothing_follows_a_report_that_nobody_accepted(vendor, nda, reviewer):
    report = recorded(received_report(vendor, by=reviewer), by=reviewer)
    with pytest.raises(Refused, match="Accept the report first"):
        bridge_letter(report, by=reviewer, letter=sealed_letter(vendor, by=reviewer))
