"""Which kind of paper it is, and of which type: SOC 1, 2 or 3, or something else."""

from datetime import date

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import CLEAN, PERIOD, letter_only
from vendors.reading import read_report


def test_a_report_on_financial_reporting_is_a_soc_1():
    paper = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 1 Type 2 report on the Tally Service").page()
    paper.heading("Independent Service Auditor’s Report", 15).lines("To: Sedgemoor Ledger Ltd.")
    paper.text(
        "We have examined Sedgemoor Ledger Ltd.’s description of its Tally Service throughout the period "
        "January 1, 2025 to "
        "December 31, 2025 and the suitability of the design and operating effectiveness of its controls to "
        "achieve the "
        "related control objectives, which are relevant to user entities’ internal control over financial reporting."
    )
    paper.heading("Opinion", 11).text(CLEAN)
    reading = read_report(paper.pdf())
    assert reading.kind.value == "soc1"
    assert reading.categories.value == ()


def test_a_letter_on_an_assertion_alone_is_a_soc_3():
    paper = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("System and Organization Controls (SOC) 3 Report").page()
    paper.heading("Independent Accountant’s Report", 15).lines("To the Management of Sedgemoor Ledger Ltd.")
    paper.text(
        "We have examined management’s assertion that the controls within the Tally Service of Sedgemoor Ledger "
        "Ltd. were "
        "effective throughout the period January 1, 2025 to December 31, 2025, based on the criteria relevant "
        "to security."
    )
    paper.heading("Opinion", 11).text(
        "In our opinion, management’s assertion is fairly stated, in all material respects."
    )
    reading = read_report(paper.pdf())
    assert reading.kind.value == "soc3"
    assert reading.type.value is None
    assert reading.opinion.value == "unqualified"


def test_a_title_that_the_letter_contradicts_is_a_conflict():
    paper = letter_only(Paper())
    paper.pages[0] = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 1 Type 1 report").pages[0]
    reading = read_report(paper.pdf())
    assert reading.kind.value is reading.type.value is None
    assert reading.kind.conflict_on == (1, 2)


def test_a_paper_about_reports_is_none():
    paper = (
        Paper()
        .heading("Security at Sedgemoor", 20)
        .text(
            "Our SOC 2 Type 2 report covers January 1, 2025 to December 31, 2025. In a clean report an auditor "
            "writes that, in their "
            "opinion, controls operated effectively."
        )
    )
    reading = read_report(paper.pdf())
    assert reading.kind.value == "other"
    assert reading.opinion.value is reading.period_start.value is None


def test_an_auditors_report_on_accounts_is_something_else():
    paper = Paper().heading("Annual accounts of Sedgemoor Ledger Ltd.", 20).page()
    paper.heading("Independent Auditor’s Report", 15).text(
        "We have audited the balance sheet at December 31, 2025. In our opinion it gives a true and fair view."
    )
    assert read_report(paper.pdf()).kind.value == "other"


def test_a_soc_3_that_speaks_of_a_soc_2_stays_a_soc_3():
    paper = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 3 Report").page()
    paper.heading("Independent Accountant’s Report", 15).text(
        "We have examined Sedgemoor Ledger Ltd.’s (“Sedgemoor” or the “service organization”) accompanying assertion "
        f"that the controls within the Tally Service were effective {PERIOD}, based on the trust services criteria "
        "relevant to security. A report with tests is available.",
    )
    paper.heading("Opinion", 11).text("In our opinion, management’s assertion is fairly stated.")
    assert read_report(paper.pdf()).kind.value == "soc3"


def test_a_type_1_that_announces_a_type_2_stays_a_type_1():
    day = "as of March 31, 2026"
    paper = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 2 Type 1").page()
    paper.heading("Report of Independent Accountants", 15).text(
        f"We have examined Sedgemoor Ledger Ltd.’s description of its Tally Service {day} and the suitability of the "
        f"design of controls {day}, based on the criteria relevant to security.",
        "We did not perform any procedures regarding the operating effectiveness of the controls. Sedgemoor plans to "
        "have a Type 2 examined for the period April 1, 2026 to March 31, 2027.",
        f"In our opinion, the description presents the Tally Service {day}, and controls were suitably designed {day}.",
    )
    reading = read_report(paper.pdf())
    assert (reading.type.value, reading.as_of.value) == (1, date(2026, 3, 31))
    assert reading.period_start.value is None
