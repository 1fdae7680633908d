"""What a report still lacks before it can be accepted, by kind of report."""

from dataclasses import replace

import pytest

from tests.factories.reports import recorded, whole_facts
from vendors.reports.completeness import incomplete_sections, missing_facts
from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts, SubserviceRow

pytestmark = pytest.mark.django_db


def lacking(report, facts, reviewer) -> dict[str, list[str]]:
    return {key: found for key, found in missing_facts(recorded(report, facts, by=reviewer)).items() if found}


def test_a_report_nobody_has_read_lacks_a_bit_of_everything(report):
    missing = missing_facts(report)
    assert "Kind: say which report this is." in missing["identity"]
    assert "Report date: take the date under the auditor's signature." in missing["auditor"]
    assert len(incomplete_sections(report)) == 8


def test_a_whole_report_lacks_nothing(report, reviewer):
    whole = recorded(report, by=reviewer)
    assert incomplete_sections(whole) == []


@pytest.mark.parametrize(
    ("changes", "section", "words"),
    [
        ({"kind": ""}, "identity", "Kind"),
        ({"type": ""}, "identity", "Type"),
        ({"service_organization": ""}, "identity", "Service organization"),
        ({"system_name": ""}, "identity", "System"),
        ({"categories": []}, "categories", "Categories"),
        ({"period_start": None}, "period", "Audit period from"),
        ({"period_end": None}, "period", "Audit period until"),
        ({"auditor": ""}, "auditor", "Auditor"),
        ({"report_date": None}, "auditor", "Report date"),
        ({"opinion": ""}, "opinion", "auditor's letter"),
        ({"opinion": "qualified", "opinion_criteria": ["CC6.2"]}, "opinion", "Basis"),
        ({"opinion": "qualified", "opinion_basis": "Leavers kept access."}, "opinion", "Criteria not met"),
        ({"opinion": "adverse", "opinion_basis": "Leavers kept access."}, "opinion", "Criteria not met"),
        ({"exceptions": ()}, "exceptions", "notes none"),
        ({"exceptions": (ExceptionRow(criterion="CC6.2"),)}, "exceptions", "what the auditor found"),
        ({"exceptions": (ExceptionRow(description="Late"),)}, "exceptions", "names no criterion"),
        ({"cuecs": ()}, "cuecs", "lists none"),
        ({"cuecs": (CuecRow(criterion="CC6.2"),)}, "cuecs", "has no text"),
        ({"subservice": ()}, "subservice", "names none"),
        ({"subservice": (SubserviceRow(name="Tarnfield"),)}, "subservice", "carved out or included"),
        ({"subservice": (SubserviceRow(service="hosting", method="inclusive"),)}, "subservice", "no name"),
    ],
)
def test_one_thing_missing_is_named_in_its_section(report, reviewer, changes, section, words):
    missing = lacking(report, whole_facts(**changes), reviewer)
    assert section in missing
    assert any(words in sentence for sentence in missing[section])


@pytest.mark.parametrize(
    "changes",
    [
        {"exceptions": (), "states_no_exceptions": True},
        {"cuecs": (), "states_no_cuecs": True},
        {"subservice": (), "states_no_subservice": True},
    ],
)
def test_none_in_the_report_is_a_fact_when_somebody_says_so(report, reviewer, changes):
    assert lacking(report, whole_facts(**changes), reviewer) == {}


def test_a_disclaimer_needs_its_basis_but_names_no_criteria(report, reviewer):
    facts = whole_facts(opinion="disclaimer", opinion_basis="Logs of the period were lost.")
    assert lacking(report, facts, reviewer) == {}


def test_a_type_1_is_asked_for_its_day_and_for_no_tests(report, reviewer):
    day = whole_facts().period_end
    facts = whole_facts(type="type1", period_start=None, period_end=None, exceptions=())
    assert list(lacking(report, facts, reviewer)) == ["period"]
    report.refresh_from_db()
    assert lacking(report, replace(facts, as_of=day), reviewer) == {}


def test_a_soc_3_is_asked_for_its_period_and_for_no_tests(report, reviewer):
    assert lacking(report, whole_facts(kind="soc3", type="", exceptions=()), reviewer) == {}


def test_a_soc_1_has_neither_categories_nor_trust_services_criteria(report, reviewer):
    facts = whole_facts(
        kind="soc1",
        categories=[],
        opinion="qualified",
        opinion_basis="Reconciliations were late.",
        exceptions=(ExceptionRow(description="Two of twelve were late."),),
    )
    assert lacking(report, facts, reviewer) == {}


def test_something_else_is_asked_for_who_what_and_when_only(report, reviewer):
    facts = RecordedFacts(
        kind="other",
        service_organization="Quillhaven Software, Inc.",
        system_name="ISO 27001 certificate",
        report_date=whole_facts().report_date,
    )
    assert lacking(report, facts, reviewer) == {}
