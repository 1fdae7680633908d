"""The sample report looks like a real one, and its facts stand on the pages the demo cites."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from procurement.demo.demo_reports import brookvane, osierpay, palewater
from procurement.demo.sample_report import (
    FACT_PAGES,
    LATE_LEAVERS,
    SCOPE_PAGE,
    SampleReport,
    adverse,
    qualified,
    sample_report,
    sample_report_html,
)
from vendors.reports.terms import Opinion, SubserviceMethod

SAMPLE = SampleReport(date(2025, 7, 1), date(2026, 6, 30))


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "sample",
    [
        SAMPLE,
        qualified(SAMPLE),
        replace(SAMPLE, exceptions=(), cuecs=(), subservice=()),
        replace(SAMPLE, vendor="Tarn Ledger Aktiengesellschaft für Buchhaltung", short_name="Tarn Ledger"),
        *(report(SAMPLE.period_start, SAMPLE.period_end) for report in (brookvane, palewater, osierpay)),
    ],
    ids=["unqualified", "qualified", "nothing to list", "a long name", "brookvane", "palewater", "osierpay"],
)
def test_the_facts_stand_on_the_pages_the_demo_cites(sample):
    pages = pages_of(sample_report(sample))
    assert 8 <= len(pages) <= 12

    def on(fact: str) -> str:
        return pages[FACT_PAGES[fact] - 1]

    assert "SOC 2 Type II report" in on("kind")
    assert sample.vendor in on("service_organization")
    assert sample.system in on("system_name")
    assert "security, availability, and confidentiality" in on("categories")
    assert "July 1, 2025 to June 30, 2026" in on("period")
    assert "August 14, 2026" in on("report_date")
    assert sample.auditor in on("auditor")
    assert "In our opinion" in on("opinion")
    assert "description of its" in pages[SCOPE_PAGE - 1]
    for organization in sample.subservice:
        assert organization.name in on("subservice")
    for cuec in sample.cuecs:
        assert cuec.reference in on("cuecs")
    for exception in sample.exceptions:
        assert exception.control in on("exceptions")
        assert any(exception.found in page for page in pages[FACT_PAGES["exceptions"] - 1 :])


@pytest.mark.slow
def test_the_same_parameters_give_the_same_bytes():
    assert sample_report(SAMPLE) == sample_report(SAMPLE)


@pytest.mark.parametrize(
    ("opinion", "words"),
    [
        (Opinion.ADVERSE, "because of the significance of the matter"),
        (Opinion.DISCLAIMER, "We therefore do not express one"),
    ],
)
def test_no_assurance_is_worded_as_such(opinion, words):
    html = sample_report_html(replace(SAMPLE, opinion=opinion, basis="Logs were lost.", criteria_not_met=("CC7.2",)))
    assert words in html
    assert "operated effectively throughout that period" not in html


def test_an_inclusive_organization_is_examined_with_it():
    inclusive = replace(SAMPLE.subservice[0], method=SubserviceMethod.INCLUSIVE)
    assert "inclusive method" in sample_report_html(replace(SAMPLE, subservice=(inclusive,)))


def test_management_answers_what_it_has_an_answer_to():
    assert LATE_LEAVERS.response in sample_report_html(SAMPLE).replace("&#x27;", "'")
    silent = replace(LATE_LEAVERS, response="")
    assert "Management’s response" not in sample_report_html(replace(SAMPLE, exceptions=(silent,)))


def test_a_modified_opinion_names_the_control_under_the_number_it_has_in_the_report():
    osier = osierpay(SAMPLE.period_start, SAMPLE.period_end)
    for sample, control in ((SAMPLE, "QH-10"), (osier, "OC-10")):
        for modified in (qualified(sample), adverse(sample)):
            assert [row.control for row in modified.exceptions] == [control]
            assert f"Exceptions noted: {control} (CC6.2)." in sample_report_html(modified)


def test_no_control_of_the_sample_names_a_criterion_that_is_none():
    from procurement.demo.sample_controls import CONTROLS
    from vendors.reports.criteria import is_criterion

    ids = {name.strip() for control in CONTROLS for name in control.criteria.split(",")}
    assert all(map(is_criterion, ids)), sorted(ids)
