"""The demo's vendors send reports of their own: each is read whole, and none is taken for another one's template."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import permutations

import pytest

from procurement.demo import seeding
from procurement.demo.demo_reports import brookvane, osierpay, palewater, quillhaven
from procurement.demo.sample_report import FACT_PAGES, SampleReport, sample_report, sample_report_html
from vendors.reading import read_report
from vendors.reading.facts import Reading
from vendors.reports.likeness import shared
from vendors.reports.terms import Opinion

PERIOD = (date(2025, 7, 1), date(2026, 6, 30))
REPORTS = (quillhaven, brookvane, palewater, osierpay)
MOST_ALIKE = 0.6

Told = Callable[[date, date], SampleReport]


@cache
def read(report: Told) -> Reading:
    return read_report(sample_report(report(*PERIOD)))


@pytest.mark.slow
@pytest.mark.parametrize("report", REPORTS)
def test_each_is_read_whole(report: Told):
    sample, reading = report(*PERIOD), read(report)
    assert (reading.kind.value, reading.type.value) == ("soc2", 2)
    assert reading.service_organization.value == sample.vendor
    assert reading.system.value == sample.system
    assert reading.auditor.value == sample.auditor
    assert reading.report_date.value == sample.signed_on
    assert (reading.period_start.value, reading.period_end.value) == PERIOD
    assert reading.categories.value == tuple(category.value for category in sample.categories)
    assert (reading.opinion.value, reading.opinion_basis.value or "") == (sample.opinion.value, sample.basis)
    assert reading.modified_criteria.value == sample.criteria_not_met
    assert list(reading.criteria_tested.value) == sample.criteria_tested
    assert reading.controls_tested.value == sample.controls_tested == 29
    for row, told in zip(sample.exceptions, reading.exceptions, strict=True):
        assert (told.control, told.response.value) == (row.control, row.response)
        assert row.criterion in told.criteria
        assert row.found in told.text
    assert [(row.reference.value, row.criteria.value, row.text) for row in reading.cuecs] == [
        (row.reference, (row.criterion,), row.text) for row in sample.cuecs
    ]
    assert [(row.name, row.method, row.service.value) for row in reading.subservice_organizations] == [
        (row.name, row.method.value, row.service) for row in sample.subservice
    ]
    assert reading.notes == read(quillhaven).notes, "only CC6.4 is left to the hosting firm"


@pytest.mark.slow
@pytest.mark.parametrize("report", REPORTS)
def test_the_reader_finds_each_fact_on_the_page_the_demo_cites(report: Told):
    reading = read(report)
    cited = ("kind", "service_organization", "system", "categories", "report_date", "auditor", "opinion")
    pages = {name: {getattr(reading, name).page, *getattr(reading, name).also_on} for name in cited}
    for name, found in pages.items():
        assert FACT_PAGES[{"system": "system_name"}.get(name, name)] in found, name
    assert reading.period_start.page == FACT_PAGES["period"]
    assert {row.place.page for row in reading.cuecs} == {FACT_PAGES["cuecs"]}


@pytest.mark.slow
def test_no_two_share_so_much_that_a_reviewer_is_told():
    for one, other in permutations(REPORTS, 2):
        texts, others = read(one).fingerprints, read(other).fingerprints
        same_firm = one(*PERIOD).auditor == other(*PERIOD).auditor
        assert not list(shared(texts, others, same_firm=same_firm))
        for part in ("tests", "description") if same_firm else ("tests", "description", "letter"):
            share = texts[part].share_in(others[part])
            assert share <= MOST_ALIKE, f"{part} of {one.__name__}: {share:.2f} also in that of {other.__name__}"


@pytest.mark.slow
@pytest.mark.parametrize("opinion", Opinion)
def test_the_second_firm_has_words_for_every_opinion(opinion: Opinion):
    basis = "" if opinion == Opinion.UNQUALIFIED else "However, no logs of the period were kept."
    criteria = ("CC7.2",) if opinion in (Opinion.QUALIFIED, Opinion.ADVERSE) else ()
    given = replace(osierpay(*PERIOD), opinion=opinion, basis=basis, criteria_not_met=criteria)
    reading = read_report(sample_report(given))
    assert reading.opinion.value == opinion.value
    assert (reading.opinion_basis.value or "") == basis
    assert (reading.auditor.value, reading.report_date.value) == (given.auditor, given.signed_on)


@pytest.mark.parametrize("report", [brookvane, palewater, osierpay])
def test_nobody_tells_of_another_ones_system(report: Told):
    told = sample_report_html(report(*PERIOD))
    assert "QH-" not in told
    assert "payroll results" not in told
    assert "{" not in told.split("<body>")[1], "every name is filled in"
    prefixes = {control.number[:3] for control in report(*PERIOD).controls}
    assert prefixes == {f"{report(*PERIOD).described.prefix}-"}


def test_the_reports_name_the_vendors_of_the_stories():
    for report, plot in (
        (quillhaven, seeding.QUILLHAVEN),
        (brookvane, seeding.BROOKVANE),
        (palewater, seeding.PALEWATER),
        (osierpay, seeding.OSIERPAY),
    ):
        assert report(*PERIOD).vendor == plot.legal_name
