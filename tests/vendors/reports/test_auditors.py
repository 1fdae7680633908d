"""The auditor firms: checked once a year, for every report they sign."""

from datetime import timedelta

import pytest

from tests.factories.reports import accepted_report
from vendors.calendar import clock
from vendors.calendar.days import plus_months
from vendors.ledger.models import LedgerEntry
from vendors.reports.models import AuditorFirm
from vendors.reports.queries import auditor_firms, is_checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(vendor, nda, reviewer):
    return accepted_report(vendor, by=reviewer).auditor


def checked(**changes) -> dict:
    return {
        "auditor_checked_on": clock.today().isoformat(),
        "auditor_check_note": "Licence active with the state board; peer review of 2025: pass.",
        **changes,
    }


def test_a_firm_is_checked_after_its_report_was_accepted(client, reviewer, firm):
    client.force_login(reviewer)
    assert "Not checked" in client.get("/auditors/").content.decode()
    page = client.post(f"/auditors/{firm.pk}/", checked(), follow=True).content.decode()
    assert "The check of the firm is written down." in page
    assert "peer review of 2025: pass" in page
    assert "Quillhaven" in page
    firm.refresh_from_db()
    assert (firm.checked_on, firm.checked_by) == (clock.today(), "Ines Varga")
    assert LedgerEntry.objects.order_by("pk").last().verb == "auditor.checked"


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"auditor_check_note": ""}, "Say what was looked up"), ({"auditor_checked_on": "2999-01-01"}, "a day to come")],
)
def test_half_a_check_is_said_beside_its_field(client, reviewer, firm, changes, words):
    client.force_login(reviewer)
    assert words in client.post(f"/auditors/{firm.pk}/", checked(**changes)).content.decode()
    firm.refresh_from_db()
    assert firm.checked_on is None


def test_an_auditor_of_ours_reads_and_checks_nothing(client, auditor, firm):
    client.force_login(auditor)
    assert "Write down a check" not in client.get(f"/auditors/{firm.pk}/").content.decode()
    assert client.post(f"/auditors/{firm.pk}/", checked()).status_code == 403


def test_a_check_holds_for_twelve_months_and_the_stale_ones_come_first(firm):
    today = clock.today()
    fresh = AuditorFirm.objects.create(name="Aarhus Assurance", checked_on=plus_months(today, -12))
    firm.checked_on = plus_months(today, -12) - timedelta(days=2)
    firm.save()
    assert is_checked(fresh, on=today)
    assert [(row.firm, row.vendors, row.reports, row.is_fresh) for row in auditor_firms(on=today)] == [
        (firm, 1, 1, False),
        (fresh, 0, 0, True),
    ]


def test_without_a_firm_the_page_says_how_one_comes_on_file(client, reviewer):
    client.force_login(reviewer)
    assert "comes on file with the first report" in client.get("/auditors/").content.decode()


def test_a_firm_whose_reports_are_gone_says_so(client, reviewer):
    firm = AuditorFirm.objects.create(name="Aarhus Assurance")
    client.force_login(reviewer)
    assert "None on file any more" in client.get(f"/auditors/{firm.pk}/").content.decode()
