"""Bridge letters and certificates."""

from datetime import date

import pytest

from tests.vendors.reading.paper import Paper
from vendors.reading import read_report


def bridge_letter(*paragraphs: str, day: str = "July 8, 2026") -> Paper:
    paper = Paper().lines("Quarrydene Metrics, Inc.", "14 Wharf Lane, Dover, Delaware", day, "")
    return paper.text("Re: SOC 2 Type II bridge letter", "To our customers:", *paragraphs).lines(
        "Ola Brandt", "Chief Executive Officer"
    )


@pytest.mark.parametrize(
    ("paragraphs", "auditor", "system"),
    [
        (
            (
                "Quarrydene engaged Tarn & Fell LLP to perform a SOC 2 Type II examination of the Metric Vault "
                "relevant to "
                "security and availability. The examination covered the period April 1, 2025 through March 31, 2026.",
                "From April 1, 2026 through June 30, 2026 management knows of no material changes.",
            ),
            "Tarn & Fell LLP",
            "Metric Vault",
        ),
        (
            (
                "Our most recent report covers the period 1 April 2025 to 31 March 2026 and was issued by Tarn "
                "& Fell LLP on "
                "12 May 2026.",
                "Between 1 April 2026 and 30 June 2026 the controls went on to operate.",
            ),
            "Tarn & Fell LLP",
            None,
        ),
    ],
)
def test_a_bridge_letter_tells_the_report_and_the_time_after_it(paragraphs, auditor, system):
    reading = read_report(bridge_letter(*paragraphs).pdf())
    assert reading.kind.value == "bridge_letter"
    assert reading.type.value == 2
    assert reading.service_organization.value == "Quarrydene Metrics, Inc."
    assert (reading.auditor.value, reading.system.value) == (auditor, system)
    assert reading.report_date.value == date(2026, 7, 8)
    assert (reading.period_start.value, reading.period_end.value) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (reading.covers_from.value, reading.covers_to.value) == (date(2026, 4, 1), date(2026, 6, 30))
    assert reading.opinion.value is None, "a letter of management holds no opinion"


def test_a_letter_that_names_two_times_after_the_report_proposes_neither():
    reading = read_report(
        bridge_letter(
            "The examination covered the period April 1, 2025 through March 31, 2026.",
            "From April 1, 2026 through June 30, 2026 nothing changed. From April 2, 2026 through July 5, 2026 "
            "one tool was replaced.",
        ).pdf()
    )
    assert reading.period_end.value == date(2026, 3, 31)
    assert reading.covers_from.value is reading.covers_to.value is None


def test_a_letter_without_a_period_proposes_none():
    reading = read_report(bridge_letter("Our controls go on to operate as our last report describes them.").pdf())
    assert reading.kind.value == "bridge_letter"
    assert reading.period_start.value is reading.covers_to.value is None


def test_an_iso_certificate_is_no_report():
    paper = (
        Paper()
        .lines("Nordhaven Certification Ltd.", "Certificate of Registration")
        .text("This is to certify that the information security management system of")
    )
    paper.lines("Ahornkamm Archiv GmbH", "Lendplatz 4, Graz").text("meets the requirements of ISO/IEC 27001:2022.")
    paper.lines(
        "Scope: operation of the Belegspeicher, in accordance with the Statement of Applicability.",
        "Date of first issue 2 March 2022", "Date of issue 1 March 2025", "Valid until 28 February 2028",
        "For Nordhaven Certification Ltd.",
    )  # fmt: skip
    reading = read_report(paper.pdf())
    assert reading.kind.value == "iso27001_certificate"
    assert reading.service_organization.value == "Ahornkamm Archiv GmbH"
    assert reading.system.value == "operation of the Belegspeicher"
    assert reading.auditor.value == "Nordhaven Certification Ltd."
    assert reading.report_date.value == date(2025, 3, 1), "not the first issue"
    assert reading.opinion.value is None
