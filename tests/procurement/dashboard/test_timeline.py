"""Coverage drawn: large on the vendor's page, small in the list, every interval in words and in a table."""

import re
from datetime import date, timedelta

import pytest

from procurement.dashboard.timeline import LEFT, STRIP_WIDTH, WIDTH, strip_of, timeline_of
from tests.factories import ndas
from tests.factories.directory import make_vendor
from tests.factories.reports import accepted_report, bridge_letter, next_report_named, whole_facts
from tests.factories.stories import FIRST_DAY
from tests.factories.vault import pdf_bytes
from tests.procurement.dashboard.test_lists import queries_of
from tests.signing_in import staff_client
from vendors.reports.currency import DEFAULT_RULES
from vendors.reports.models import Report
from vendors.reports.systems import systems_of

END = date(2026, 6, 30)


def report_of(vendor, reviewer, start: date, end: date, system: str = "People Cloud") -> Report:
    if not vendor.ndas.exists():
        ndas.record(vendor, by=reviewer)
    facts = whole_facts(period_start=start, period_end=end, report_date=end + timedelta(days=45), system_name=system)
    return accepted_report(vendor, by=reviewer, facts=facts, content=pdf_bytes(pages=12 + vendor.reports.count()))


@pytest.fixture
def two_years(vendor, reviewer):
    """Quillhaven: eleven months, a gap of 30 days, a year, a bridge letter of one month, ten days of nothing."""
    report_of(vendor, reviewer, date(2024, 7, 1), date(2025, 5, 31))
    newest = report_of(vendor, reviewer, date(2025, 7, 1), END)
    bridge_letter(newest, by=reviewer, until=date(2026, 7, 31))
    return vendor


def the_system(vendor, on=FIRST_DAY):
    reports = Report.objects.accepted_type_2().filter(vendor=vendor)
    return systems_of(reports, on=on, rules=DEFAULT_RULES)[0]


def test_the_page_says_every_interval_in_the_picture_and_in_a_table(cast, two_years):
    page = staff_client(cast.reviewer).get(f"/vendors/{two_years.pk}/").text
    assert 'role="img" aria-labelledby="tl-title-1 tl-words-1"' in page
    assert '<title id="tl-title-1">Coverage of Quillhaven, People Cloud</title>' in page
    for words in (
        "covered 1 Jul 2024 – 31 May 2025 (335)",
        "gap 1 Jun 2025 – 30 Jun 2025 (30)",
        "bridged 1 Jul 2026 – 31 Jul 2026 (31)",
        "gap, no report yet 1 Aug 2026 – 1 Sep 2026 (32)",
        "counts until 30 Jun 2027",
    ):
        assert words in page
    table = re.sub(r"<[^>]+>|\s+", " ", page[page.index("<table") : page.index("</table>")])
    for row in ("covered 1 Jul 2024 31 May 2025 335", "bridged 1 Jul 2026 31 Jul 2026 31"):
        assert row in re.sub(r"\s+", " ", table)
    assert "700 are covered, 31 bridged, 62 a gap." in page


def test_the_page_says_what_to_ask_for_from_when_and_why(cast, two_years):
    page = staff_client(cast.reviewer).get(f"/vendors/{two_years.pk}/").text
    asks = ["ask for a bridge letter", "ask when the next report comes", "ask for the next report"]
    assert [page.index(words) for words in asks] == sorted(page.index(words) for words in asks)
    assert "Current until" in page
    assert "A successor could be awaited until" in page
    assert "The last report came 45 days after its period." in page


def test_two_systems_are_drawn_apart(cast, two_years, reviewer):
    report_of(two_years, reviewer, date(2026, 1, 1), date(2026, 5, 31), system="Payroll Cloud")
    client = staff_client(cast.reviewer)
    page = client.get(f"/vendors/{two_years.pk}/").text
    assert "Coverage of Quillhaven, People Cloud" in page
    assert "Coverage of Quillhaven, Payroll Cloud" in page
    assert "covered 1 Jan 2026 – 31 May 2026 (151); gap, no report yet" in page
    rows = client.get("/vendors/").text
    assert 'aria-label="People Cloud: covered' in rows
    assert 'aria-label="Payroll Cloud: covered' in rows


def test_a_system_keeps_its_name_whatever_its_capitals(two_years, reviewer):
    report_of(two_years, reviewer, date(2023, 7, 1), date(2024, 6, 30), system="PEOPLE  cloud")
    reports = Report.objects.accepted_type_2().filter(vendor=two_years)
    (system,) = systems_of(reports, on=FIRST_DAY, rules=DEFAULT_RULES)
    assert system.name == "People Cloud"
    assert len(system.reports) == 3


def test_shapes_start_and_end_with_their_days_inside_the_box(two_years):
    drawn = timeline_of(the_system(two_years), on=FIRST_DAY)
    assert [bar.look for bar in drawn.days] == ["covered", "gap", "covered", "bridged", "unreported"]
    for before, after in zip(drawn.days, drawn.days[1:], strict=False):
        assert before.end_x == pytest.approx(after.x, abs=0.3)
    shapes = [*drawn.periods, *drawn.letters, *drawn.days]
    assert all(bar.x >= LEFT and bar.end_x <= LEFT + WIDTH + 2 for bar in shapes)
    assert drawn.counting.from_x == pytest.approx(drawn.days[2].end_x, abs=2.5)
    assert drawn.days_y > timeline_of(without_letter(two_years), on=FIRST_DAY).days_y


def without_letter(vendor):
    Report.objects.get(vendor=vendor, period_end=END).successor_statements.all().delete()
    return the_system(vendor)


def test_a_strip_shows_three_years_and_cuts_off_the_rest(two_years, reviewer):
    report_of(two_years, reviewer, date(2022, 1, 1), date(2022, 12, 31))
    strip = strip_of(the_system(two_years), on=FIRST_DAY)
    assert [tick.label for tick in strip.scale.ticks() if tick.is_year] == ["Jan 2025", "Jan 2026", "Jan 2027"]
    assert [bar.look for bar in strip.days] == ["covered", "gap", "covered", "bridged", "unreported"]
    assert strip.days[0].x == 0.0
    assert all(bar.x >= 0 and bar.end_x <= STRIP_WIDTH + 2 for bar in strip.days)
    assert "covered 1 Jan 2022" in strip.words


def test_relief_continues_the_line_in_hatching_and_in_words(cast, two_years, reviewer):
    newest = Report.objects.get(vendor=two_years, period_end=END)
    next_report_named(newest, by=reviewer, stated_on=FIRST_DAY)
    on = date(2026, 11, 15)
    strip = strip_of(the_system(two_years, on), on=on)
    assert strip.counting.relief_x is None, "a statement of September carries nothing past June"
    said = newest.successor_statements.filter(expected_on__isnull=False)
    said.update(stated_on=date(2027, 6, 1))
    on = date(2027, 7, 10)
    drawn = timeline_of(the_system(two_years, on), on=on)
    assert drawn.counting.tone == "warn"
    assert drawn.counting.relief_width > 0
    assert "its successor is awaited until 31 Aug 2027" in drawn.words


def test_a_vendor_without_a_report_has_no_picture(cast):
    vendor = make_vendor("Tarn Ledger")
    client = staff_client(cast.reviewer)
    assert 'role="img"' not in client.get(f"/vendors/{vendor.pk}/").text
    assert 'class="tl strip" data-tone' not in client.get("/vendors/").text


@pytest.mark.slow
def test_strips_cost_no_more_queries_however_many_there_are(cast, two_years, reviewer):
    client = staff_client(cast.reviewer)
    few = queries_of(client, "/vendors/")
    for number in range(12):
        report_of(make_vendor(f"Vendor {number:02}"), reviewer, date(2025, 7, 1), END)
    assert queries_of(client, "/vendors/") == few


def test_the_picture_holds_no_style_of_its_own(cast, two_years):
    client = staff_client(cast.reviewer)
    for address in (f"/vendors/{two_years.pk}/", "/vendors/"):
        assert "style=" not in client.get(address).text
