"""The SOC 2 list: who holds a current, accepted report, and for which data the vendor is cleared."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from procurement.clearance import soc2_list
from procurement.demo.seeding import OSIERPAY
from procurement.listing.csv_files import harmless
from tests.factories import ndas
from tests.factories.directory import make_vendor
from tests.factories.reports import accepted_report, next_report_named, whole_facts
from tests.factories.stories import FIRST_DAY, approved, cast_of
from tests.factories.vault import pdf_bytes
from tests.procurement.dashboard.test_lists import queries_of
from tests.signing_in import staff_client
from vendors.calendar.days import plus_months
from vendors.directory.models import Vendor, VendorCategory
from vendors.reports.currency import CurrencyState, currency_of
from vendors.reports.models import AuditorFirm, Report
from vendors.reports.systems import statements_of

pytestmark = pytest.mark.django_db
END = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _the_story_day():
    with time_machine.travel(f"{FIRST_DAY.isoformat()}T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def cast(requester, reviewer, approver, auditor, administrator):
    return cast_of(
        requester=requester, reviewer=reviewer, approver=approver, auditor=auditor, administrator=administrator
    )


def holding(name: str, reviewer, end: date = END, vendor: Vendor | None = None, **facts) -> Report:
    """A vendor with an accepted Type II report whose year ended on that day."""
    vendor = vendor or make_vendor(name)
    if not vendor.ndas.exists():
        ndas.record(vendor, by=reviewer)
    stated = {"period_start": plus_months(end, -12) + timedelta(days=1), "period_end": end, **facts}
    stated.setdefault("report_date", min(end + timedelta(days=45), FIRST_DAY))
    pages = 12 + vendor.reports.count()
    return accepted_report(vendor, by=reviewer, facts=whole_facts(**stated), content=pdf_bytes(pages=pages))


def list_of(person, query: str = "") -> str:
    page = staff_client(person).get(f"/soc2/{query}")
    assert page.status_code == 200
    return page.text


@pytest.mark.slow
def test_everybody_of_the_staff_reads_what_is_current_and_what_is_cleared(cast):
    vendor = approved(cast)[1].vendor
    for person in (cast.requester, cast.reviewer, cast.approver, cast.auditor, cast.administrator):
        page = list_of(person)
        assert vendor.name in page
        assert "People Cloud" in page
        assert "Rookhope CPA Group" in page
        assert "30 Jun 2027" in page
        assert "Personal" in page
    assert f'href="/vendors/{vendor.pk}/"' in list_of(cast.reviewer)
    assert f'href="/vendors/{vendor.pk}/"' not in list_of(cast.requester)


def test_pricing_leads_to_the_same_list_and_names_its_address(cast, reviewer):
    holding("Quillhaven", reviewer)
    page = staff_client(cast.requester).get("/pricing/soc2/").text
    assert "Quillhaven" in page
    assert '<link rel="canonical" href="/soc2/">' in page


def test_nobody_outside_reads_it(client, contact_client):
    assert client.get("/soc2/").status_code == 302
    assert contact_client.get("/soc2/").status_code == 404


@pytest.mark.slow
def test_what_is_not_accepted_not_current_or_not_type_2_is_not_on_it(cast, reviewer):
    holding("Past Its Year", reviewer, end=date(2025, 8, 31))
    holding("Just In Time", reviewer, end=date(2025, 9, 1))
    refused = holding("Sent Back", reviewer)
    Report.objects.filter(pk=refused.pk).update(state="refused")
    type1 = holding("Type One", reviewer)
    Report.objects.filter(pk=type1.pk).update(type="type1")
    retired = holding("Retired", reviewer).vendor
    Vendor.objects.filter(pk=retired.pk).update(retired_on=FIRST_DAY)
    page = list_of(cast.requester)
    assert "Just In Time" in page
    for name in ("Past Its Year", "Sent Back", "Type One", "Retired"):
        assert name not in page


def test_a_report_stands_once_for_each_system_by_its_newest_period(cast, reviewer):
    newest = holding("Quillhaven", reviewer)
    holding("", reviewer, end=date(2026, 3, 31), vendor=newest.vendor, system_name="PEOPLE CLOUD")
    other = holding("", reviewer, end=date(2026, 4, 30), vendor=newest.vendor, system_name="Payroll Cloud")
    assert set(soc2_list.current(FIRST_DAY)) == {newest, other}


@pytest.mark.slow
def test_awaiting_its_successor_it_stands_on_a_list_of_its_own(cast, reviewer):
    report = holding("Quillhaven", reviewer, end=date(2025, 7, 31))
    assert "Quillhaven" not in list_of(cast.requester, "?report=awaiting_successor")
    next_report_named(report, by=reviewer)
    page = list_of(cast.requester, "?report=awaiting_successor")
    assert "Quillhaven" in page
    assert "until 31 Oct 2026" in page
    assert "Quillhaven" not in list_of(cast.requester)


@pytest.mark.slow
@pytest.mark.parametrize("stated", [date(2026, 8, 1), date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2)])
@pytest.mark.parametrize(
    "end", [date(2025, 5, 31), date(2025, 6, 1), date(2025, 6, 2), date(2025, 8, 30), date(2025, 8, 31), END]
)
def test_the_database_and_the_pure_rule_agree_on_every_edge(reviewer, end, stated):
    report = holding("Quillhaven", reviewer, end=end)
    if plus_months(end, 12) + timedelta(days=45) >= FIRST_DAY:
        said = next_report_named(report, by=reviewer)
        report.successor_statements.filter(pk=said.pk).update(stated_on=stated)
    state = currency_of(end, statements_of(report), on=FIRST_DAY).state
    assert soc2_list.current(FIRST_DAY).exists() == (state is CurrencyState.CURRENT)
    assert soc2_list.awaiting_successor(FIRST_DAY).exists() == (state is CurrencyState.AWAITING_SUCCESSOR)


@pytest.mark.slow
def test_a_vendor_without_a_report_says_where_it_publishes_and_what_to_do(cast, reviewer):
    vendor = make_vendor("Tarn Ledger")
    Vendor.objects.filter(pk=vendor.pk).update(trust_center_url="https://trust.tarn.example/")
    assert "Tarn Ledger" not in list_of(cast.reviewer)
    page = list_of(cast.reviewer, "?report=no_report")
    assert "no report on file" in page
    assert 'href="https://trust.tarn.example/"' in page
    assert f'href="/vendors/{vendor.pk}/requests/new/"' in page
    assert 'href="/reviews/new/"' in list_of(cast.requester, "?report=no_report")
    holding("", reviewer, vendor=vendor)
    assert "Tarn Ledger" not in list_of(cast.reviewer, "?report=no_report")


@pytest.mark.slow
def test_each_filter_lives_in_the_address(cast, reviewer):
    quillhaven = approved(cast)[1].vendor
    other = holding("Tarn Ledger", reviewer, auditor="Aarhus Assurance").vendor
    Vendor.objects.filter(pk=other.pk).update(category=VendorCategory.PAYMENTS)
    firm = AuditorFirm.objects.get(name="Aarhus Assurance")
    for query, found, hidden in (
        ("?q=tarn", other, quillhaven),
        ("?category=payments", other, quillhaven),
        (f"?auditor={firm.pk}", other, quillhaven),
        ("?cleared=personal", quillhaven, other),
    ):
        page = list_of(cast.requester, query)
        assert f">{found.name}<" in page, query
        assert f">{hidden.name}<" not in page, query
    assert ">Tarn Ledger<" in list_of(cast.requester, "?category=nonsense&auditor=x&sort=upwards&page=99&report=any")


@pytest.mark.slow
def test_a_vendor_without_a_report_is_found_by_the_same_filters(cast, reviewer):
    tarn = make_vendor("Tarn Ledger", category=VendorCategory.PAYMENTS)
    make_vendor("Umberline", category=VendorCategory.CLOUD)
    firm = AuditorFirm.objects.create(name="Aarhus Assurance")
    for query, shown in (
        ("q=tarn", True),
        ("category=payments", True),
        ("category=cloud", False),
        (f"auditor={firm.pk}", False),
        ("cleared=personal", False),
    ):
        assert (f">{tarn.name}<" in list_of(cast.requester, f"?report=no_report&{query}")) is shown, query


@pytest.mark.slow
def test_the_rows_are_sorted_as_asked(cast, reviewer):
    holding("Aster", reviewer, end=date(2026, 6, 30))
    holding("Birch", reviewer, end=date(2025, 12, 31))
    for sort, first in (("vendor", "Aster"), ("-vendor", "Birch"), ("until", "Birch"), ("-until", "Aster")):
        page = list_of(cast.requester, f"?sort={sort}")
        names = sorted(("Aster", "Birch"), key=lambda name: page.index(f">{name}<"))
        assert names[0] == first, sort


@pytest.mark.slow
def test_the_starter_list_is_offered_until_all_of_it_is_on_file(cast):
    load = 'action="/vendors/load-providers/"'
    assert load in list_of(cast.reviewer)
    staff_client(cast.reviewer).post("/vendors/load-providers/")
    page = list_of(cast.reviewer, "?report=no_report")
    assert load not in page
    assert "Vendors of which we have accepted no SOC 2 Type II report." in page
    assert "hold a current SOC 2 Type II report" not in page
    Vendor.objects.filter(domain="openai.com").delete()
    assert load in list_of(cast.reviewer, "?report=no_report")


@pytest.mark.slow
def test_an_empty_list_says_what_to_do(cast):
    page = list_of(cast.reviewer)
    assert "No vendor holds a current report yet" in page
    assert 'action="/vendors/load-providers/"' in page
    assert 'action="/vendors/load-providers/"' not in list_of(cast.requester)
    assert "No report awaits its successor" in list_of(cast.reviewer, "?report=awaiting_successor")
    assert "has sent a report" in list_of(cast.reviewer, "?report=no_report")
    assert "No vendor fits these filters" in list_of(cast.reviewer, "?q=nobody")


@pytest.mark.slow
def test_few_rows_and_many_ask_the_same_number_of_queries(cast, reviewer):
    client = staff_client(cast.reviewer)
    holding("Quillhaven", reviewer)
    make_vendor("Empty")
    addresses = ["/soc2/", "/soc2/?cleared=personal", "/soc2/?report=no_report", "/soc2/list.csv"]
    few = [queries_of(client, address) for address in addresses]
    for number in range(12):
        holding(f"Vendor {number:02}", reviewer)
        make_vendor(f"Empty {number:02}")
    assert [queries_of(client, address) for address in addresses] == few


def table_of(person, query: str = "") -> list[dict[str, str]]:
    answer = staff_client(person).get(f"/soc2/list.csv{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.slow
def test_the_csv_holds_what_the_filters_leave(cast, reviewer):
    approved(cast, replace(OSIERPAY, conditions=(), summary="Fine."))
    holding("Tarn Ledger", reviewer, auditor="Aarhus Assurance")
    rows = table_of(cast.requester, "?q=tarn")
    assert len(table_of(cast.requester)) == 2
    assert rows == [
        {
            "Vendor": "Tarn Ledger",
            "Legal name": "Tarn Ledger Software, Inc.",
            "Product kind": "Business software",
            "System": "People Cloud",
            "Auditor firm": "Aarhus Assurance",
            "Opinion": "Unqualified",
            "Trust Services Categories": "Security, Availability, Confidentiality",
            "Period from": "2025-07-01",
            "Period until": "2026-06-30",
            "State": "Current",
            "Counts until": "2027-06-30",
            "Data cleared": "",
        }
    ]


def test_the_csv_of_those_without_a_report_holds_their_trust_centers(cast):
    make_vendor("Tarn Ledger")
    (row,) = table_of(cast.requester, "?report=no_report")
    assert (row["Vendor"], row["Domain"], row["Trust center"]) == ("Tarn Ledger", "tarn-ledger.example", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start):
    assert harmless(f"{start}SUM(A1)") == f"'{start}SUM(A1)"
    assert harmless("Quillhaven") == "Quillhaven"


def test_a_vendor_that_calls_itself_a_formula_stays_text(cast, reviewer):
    holding('=HYPERLINK("x")', reviewer, vendor=make_vendor('=HYPERLINK("x")', domain="formula.example"))
    assert table_of(cast.requester)[0]["Vendor"] == '\'=HYPERLINK("x")'
