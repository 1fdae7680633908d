"""A report beside the one before it: what changed, which rows are new, reworded, gone, and what we said last year."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.directory import make_vendor
from tests.factories.readings import reading_with
from tests.factories.reports import last_period, received_report, recorded, whole_facts
from tests.factories.reviews import accept, judge_everything, read_review, recorded_report, taken_review
from tests.factories.vault import pdf_bytes
from vendors.calendar.days import plus_months
from vendors.reading.contract import as_json
from vendors.reading.facts import Cuec, Fact, Place, Reading, ReportException, Subservice
from vendors.reports.facts import CuecRow, ExceptionRow, SubserviceRow
from vendors.reports.models import ReportReading
from vendors.reports.since_last_year import row_tags, since_last_year

pytestmark = pytest.mark.django_db

LEAVERS = "User entities withdraw access of leavers."
KEYS = "User entities keep API keys confidential."
ROLES = "User entities review the roles of administrators monthly."
YEARLY = ROLES.replace("monthly", "yearly")
LATE = "For 2 of the 25 leavers tested, access was withdrawn late."


def year_before(**changes):
    """The facts of a report that ended a year before the usual one."""
    start, end = last_period()
    return whole_facts(
        **{
            "period_start": plus_months(start, -12),
            "period_end": plus_months(end, -12),
            "report_date": plus_months(end, -12) + timedelta(days=20),
            "cuecs": (CuecRow(text=LEAVERS, page=8), CuecRow(text=KEYS, page=8), CuecRow(text=ROLES, page=8)),
            "exceptions": (ExceptionRow(criterion="CC6.2", control="QH-10", description=LATE, page=10),),
            **changes,
        }
    )


@pytest.fixture
def review(vendor, requester, reviewer):
    """Last year's report was accepted and everything in it judged."""
    return judge_everything(
        read_review(vendor, asked_by=requester, reviewer=reviewer, facts=year_before()), by=reviewer
    )


@pytest.fixture
def ines(client, reviewer):
    client.force_login(reviewer)
    return client


def arrived(review, reviewer, name="next.pdf"):
    return received_report(review.vendor, by=reviewer, content=pdf_bytes(pages=14), name=name)


def compared(browser, review, report) -> str:
    page = browser.get(reverse("facts:compare", args=[review.pk, report.pk])).content.decode()
    return re.sub(r"\s+", " ", page)


def read_as(report, **changes) -> ReportReading:
    """What the reader found, kept beside the report."""
    start, end = last_period()
    place = Place(8, "…", (0, 0, 1, 1))
    found = Reading(
        kind=Fact("soc2", 1),
        type=Fact(2, 1),
        system=Fact("People Cloud System", 3),
        auditor=Fact("Rookhope CPA Group", 4),
        period_start=Fact(start, 3),
        period_end=Fact(end, 3),
        opinion=Fact("unqualified", 4),
        categories=Fact(("security", "availability", "confidentiality"), 3),
        cuecs=tuple(
            Cuec(text, place) for text in (f"1. {KEYS}", ROLES.replace("monthly", "yearly"), "Users report it.")
        ),
        exceptions=(ReportException("QH-10", ("CC6.2",), LATE, place, True),),
        subservice_organizations=(Subservice("Tarnfield Hosting", "carve_out", place),),
    )
    return reading_with(report, as_json(replace(found, **changes)))


@pytest.mark.slow
def test_a_recorded_report_beside_the_one_before_it(ines, review, reviewer):
    later = whole_facts(
        opinion="qualified",
        opinion_basis="Leavers kept access.",
        opinion_criteria=["CC6.2"],
        auditor="Halvorsen & Pryce",
        categories=["security"],
        criteria_tested=["CC6.1", "CC6.2", "CC6.3"],
        cuecs=(CuecRow(text=KEYS, page=9), CuecRow(text=YEARLY, page=9)),
        exceptions=(
            ExceptionRow(criterion="CC6.2", control="QH-10", description=LATE, response="Now by machine.", page=11),
            ExceptionRow(criterion="CC7.1", control="QH-20", description="One scan was not run.", page=12),
        ),
        subservice=(SubserviceRow(name="Tarnfield Hosting", method="inclusive", page=7),),
    )
    report = recorded(arrived(review, reviewer), later, by=reviewer)
    page = compared(ines, review, report)
    assert "7 differences since last year" in page
    assert "Unqualified" in page
    assert "Qualified, CC6.2" in page
    assert "Halvorsen &amp; Pryce" in page
    assert "CC6.1–CC6.3" in page
    assert "No day is missing between them." in page
    assert "1 new, 1 the same" in page, "exceptions"
    assert "Noted again" in page
    assert "Management: Now by machine." in page
    assert "1 reworded, 1 gone, 1 the same" in page, "user entity controls"
    assert "<del>monthly.</del>" in page
    assert "<ins>yearly.</ins>" in page
    assert "Tarnfield Hosting, <del>Inc., managed hosting, Carve-out</del>" in page
    assert "Tarnfield Hosting, <ins>Inclusive</ins>" in page
    assert "Accepted: Two leavers, both without rights. (Ines Varga" in page
    assert "Last year we said: In place: Leaver feed, People Operations" in page
    assert f'href="/reviews/{review.pk}/reports/{report.pk}/facts/?page=12"' in page


@pytest.mark.slow
def test_what_the_reader_found_stands_in_until_a_person_recorded_it(ines, review, reviewer):
    report = arrived(review, reviewer)
    read_as(report)
    since = since_last_year(report)
    assert since.by_reader
    assert since.changed == set(), "what was not read is not changed"
    assert [row.tag.value for row in since.registers["cuecs"]] == ["same", "reworded", "new", "gone"]
    page = compared(ines, review, report)
    assert "Read by Countersign, not accepted yet." in page
    recorded(report, replace(whole_facts(), cuecs=(CuecRow(text=LEAVERS, page=8),)), by=reviewer)
    assert [row.tag.value for row in since_last_year(report).registers["cuecs"]] == ["same", "gone", "gone"]


def test_rows_the_reader_proposes_are_tagged_by_their_place(review, reviewer):
    report = arrived(review, reviewer)
    assert row_tags(report) == {}, "not read yet"
    read_as(report)
    assert row_tags(report) == {
        ("exceptions", 0): "same",
        ("cuecs", 0): "same",
        ("cuecs", 1): "reworded",
        ("cuecs", 2): "new",
        ("subservice", 0): "same",
    }


@pytest.mark.slow
def test_another_system_or_kind_is_not_compared(ines, review, reviewer):
    report = arrived(review, reviewer)
    reading = read_as(report, system=Fact("Payroll Ledger", 3))
    assert row_tags(report) == {}
    assert "No report to compare with" in compared(ines, review, report)
    reading.content |= {"system": "People Cloud", "kind": "bridge_letter"}
    reading.save()
    assert since_last_year(report) is None


@pytest.mark.slow
def test_the_facts_page_and_the_review_lead_there(ines, review, reviewer):
    address = reverse("facts:compare", args=[review.pk, review.report_id])
    assert address not in ines.get(review.get_absolute_url()).content.decode(), "nothing was before it"
    report = recorded_report(review.vendor, by=reviewer)
    address = reverse("facts:compare", args=[review.pk, report.pk])
    assert address in ines.get(review.get_absolute_url()).content.decode()
    facts = ines.get(reverse("facts:page", args=[review.pk, report.pk])).content.decode()
    assert address in facts
    assert "Since last year’s report:" in facts
    accept(review, report, by=reviewer)
    assert address in ines.get(reverse("facts:page", args=[review.pk, report.pk])).content.decode()


@pytest.mark.slow
def test_who_reads_the_facts_compares_and_nobody_else(
    client, review, reviewer, auditor, requester, administrator, approver
):
    report = recorded_report(review.vendor, by=reviewer)
    address = reverse("facts:compare", args=[review.pk, report.pk])
    readers, others = (reviewer, auditor), (requester, administrator, approver)
    for user, status in [(user, 200) for user in readers] + [(user, 404) for user in others]:
        client.force_login(user)
        assert client.get(address).status_code == status, user
    foreign = recorded_report(make_vendor("Osierpay"), by=reviewer)
    client.force_login(reviewer)
    assert client.get(reverse("facts:compare", args=[review.pk, foreign.pk])).status_code == 404


@pytest.mark.slow
def test_what_another_use_of_the_vendor_said_is_not_shown(ines, review, reviewer, requester):
    other = taken_review(review.vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    report = recorded_report(review.vendor, by=reviewer)
    assert "Two leavers" in compared(ines, review, report)
    assert "Two leavers" not in compared(ines, other, report)


def test_as_many_queries_for_many_rows_as_for_few(ines, review, reviewer, django_assert_max_num_queries):
    many = tuple(CuecRow(text=f"User entities keep control number {n} of their own.", page=9) for n in range(60))
    report = recorded_report(review.vendor, by=reviewer, facts=whole_facts(cuecs=many))
    with django_assert_max_num_queries(25):
        compared(ines, review, report)
