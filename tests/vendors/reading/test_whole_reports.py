"""Whole reports in manners of their own, and the same report on other paper: the facts stay the same."""

from dataclasses import replace
from datetime import date

import pytest

from procurement.demo.sample_report import SampleReport, qualified, sample_report
from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import ash, elm, fir, oak, yew
from vendors.reading import read_report
from vendors.reading.contract import as_json


def test_a_report_without_section_numbers_and_with_a_quoted_title():
    reading = read_report(oak(Paper()).pdf())
    assert reading.service_organization.value == "Larchwood Freight, Inc."
    assert reading.system.value == "Cargo Ledger System"
    assert reading.auditor.value == "Halvorsen & Pryce"
    assert reading.report_date.value == date(2025, 11, 21), "not the date of the assertion"
    assert (reading.period_start.value, reading.period_end.value) == (date(2024, 10, 1), date(2025, 9, 30))
    assert reading.categories.value == ("security", "availability")
    assert [(each.name, each.method) for each in reading.subservice_organizations] == [
        ("Brackenfell Data Centers, LLC", "carve_out"),
        ("Skerrow Cloud Corp.", "carve_out"),
    ]
    (exception,) = reading.exceptions
    assert (exception.control, exception.criteria) == ("LF.04", ("CC6.1",))
    assert exception.text == "Exceptions noted: For three of 25 leavers, access was withdrawn after the due date."
    assert exception.response.value == "The hand-over list is now produced each evening."
    assert [each.service.value for each in reading.subservice_organizations] == [None, None], "which of them does what?"
    assert len(reading.cuecs) == 3
    assert reading.controls_tested.value == 15
    assert reading.criteria_tested.value == ("CC6.1", "CC7.2")
    assert list(reading.sections) == ["cover", "letter", "assertion", "description", "tests", "other"]


def test_a_report_whose_parts_speak_of_other_periods_and_answer_by_numbers():
    reading = read_report(yew(Paper()).pdf())
    assert set(reading.sections) == {"cover", "assertion", "letter", "description", "tests", "other"}
    assert reading.service_organization.value == "Wharfedale Pupils plc"
    assert (reading.system.value, reading.auditor.value) == ("Register Cloud", "Burnsall Audit")
    assert (reading.type.value, reading.report_date.value) == (2, date(2026, 5, 15))
    assert (reading.period_start.value, reading.period_end.value) == (date(2025, 4, 1), date(2026, 3, 31))
    assert reading.categories.value == ("security",)
    assert [(each.name, each.method) for each in reading.subservice_organizations] == [
        ("Felsbank AG", "carve_out"),
        ("Orchard Ltd.", "carve_out"),
    ]
    assert [cuec.text for cuec in reading.cuecs] == [
        "Schools name who may sign.",
        "Schools withdraw the accounts of leavers.",
    ]
    assert [(each.control, each.criteria, each.response.value) for each in reading.exceptions] == [
        ("LOG-2", ("CC6.1",), "It was closed."),
        ("LOG-4", ("CC6.2",), "A list is kept now."),
    ]
    assert reading.criteria_tested.value == ("CC6.1", "CC6.2")


def test_a_european_report_with_cells_centred_on_each_other():
    reading = read_report(elm(Paper()).pdf())
    assert reading.service_organization.value == "Ahornkamm Archiv GmbH"
    assert reading.auditor.value == "Murtal Prüfung GmbH"
    assert reading.report_date.value == date(2026, 5, 4)
    assert (reading.period_start.value, reading.period_end.value) == (date(2025, 4, 1), date(2026, 3, 31))
    assert (reading.opinion.value, reading.modified_criteria.value) == ("qualified", ("CC6.1",))
    assert reading.opinion_basis.value == (
        "The description states that keys are replaced each year. For one of four keys this was not done. Trust "
        "services criterion CC6.1 was therefore not met from 1 April 2025 to 30 June 2025."
    )
    assert [each.service.value for each in reading.subservice_organizations] == ["housing"]
    assert [cuec.reference.value for cuec in reading.cuecs] == ["1", "2"]
    (exception,) = reading.exceptions
    assert (exception.control, exception.text) == (
        "OPS-1.3",
        "Deviation noted. One of four keys was not replaced in time.",
    )
    assert exception.management_response is False
    assert [cuec.text for cuec in reading.cuecs] == [
        "Customers must name two persons who may order deletion.",
        "Customers must check each yearly summary of holdings.",
    ]


def test_a_type_1_whose_auditor_did_not_look_at_operation():
    reading = read_report(ash(Paper()).pdf())
    assert reading.type.value == 1
    assert reading.as_of.value == date(2026, 3, 31)
    assert reading.period_start.value is None
    assert reading.opinion.value == "unqualified"
    assert reading.controls_tested.value is None


def test_a_report_with_prose_tests_and_a_reply_that_is_only_announced():
    reading = read_report(fir(Paper()).pdf())
    replies = {each.control: (each.criteria, each.management_response) for each in reading.exceptions}
    assert replies == {"1.03": (("CC6.1",), True), "2.03": (("CC6.2",), None)}
    assert [each.response.value for each in reading.exceptions] == ["The calendar was corrected.", None]
    assert reading.controls_tested.value == 6


@pytest.mark.slow
def test_our_own_sample_report_is_read_whole():
    sample = SampleReport(date(2025, 7, 1), date(2026, 6, 30))
    for paper, opinion, criteria in ((sample, "unqualified", ()), (qualified(sample), "qualified", ("CC6.2",))):
        reading = read_report(sample_report(paper))
        assert reading.service_organization.value == sample.vendor
        assert reading.system.value == sample.system
        assert reading.auditor.value == sample.auditor
        assert reading.report_date.value == sample.signed_on
        assert (reading.period_start.value, reading.period_end.value) == (sample.period_start, sample.period_end)
        assert (reading.opinion.value, reading.modified_criteria.value) == (opinion, criteria)
        assert reading.controls_tested.value == sample.controls_tested
        assert [each.text for each in reading.cuecs] == [each.text for each in sample.cuecs]
        assert [(each.control, each.management_response) for each in reading.exceptions] == [("QH-10", True)]


def facts_of(content: bytes) -> dict:
    """Everything read, without where on the page it stands."""
    told = as_json(read_report(content))
    for name in ("evidence", "sections", "notes"):
        del told[name]
    for name in ("exceptions", "cuecs", "subservice_organizations"):
        for row in told[name]:
            del row["box"], row["page"], row["evidence"]
    return {name: value for name, value in told.items() if name not in ("pages", "pages_without_text", "citations")}


@pytest.mark.slow
@pytest.mark.parametrize("report", [oak, elm, fir, yew])
@pytest.mark.parametrize(
    ("paper", "printed"),
    [
        ({"size": (595, 842)}, {}),
        ({"size": (842, 595)}, {}),
        ({"text_size": 8.5}, {}),
        ({"font": "Times-Roman"}, {}),
        ({"font": "Courier"}, {}),
        ({}, {"rotated": True}),
        ({}, {"sideways": True}),
        ({}, {"watermark": "Issued to reader@bank.example"}),
        ({}, {"backwards": True}),
        ({"foot": "Larchwood and others – for named readers only – January 1, 2020 to January 31, 2020"}, {}),
    ],
    ids=[
        "A4",
        "landscape",
        "small print",
        "Times",
        "Courier",
        "turned",
        "sideways",
        "watermark",
        "drawn backwards",
        "running foot",
    ],
)
def test_other_paper_tells_the_same_facts(report, paper, printed):
    usual = facts_of(report(Paper()).pdf())
    assert facts_of(report(replace(Paper(), **paper)).pdf(**printed)) == usual


SINGLE = (
    "kind", "type", "service_organization", "system", "auditor", "report_date", "period_start", "period_end", "opinion",
    "categories",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("report", [oak, elm, fir, yew])
def test_a_page_without_text_takes_facts_away_and_makes_none_wrong(report):
    whole = read_report(report(Paper()).pdf())
    paper = report(Paper())
    for page in range(len(paper.pages)):
        left = read_report(
            replace(paper, pages=[[] if at == page else runs for at, runs in enumerate(paper.pages)]).pdf()
        )
        for name in SINGLE:
            assert getattr(left, name).value in (None, (), getattr(whole, name).value), (
                f"{name} without page {page + 1}"
            )
        assert {each.control for each in left.exceptions} <= {each.control for each in whole.exceptions}


def test_a_box_lies_where_the_page_is_shown():
    upright = read_report(oak(Paper()).pdf()).opinion
    turned = read_report(oak(Paper()).pdf(rotated=True)).opinion
    assert turned.box == pytest.approx(upright.box, abs=1.5)
