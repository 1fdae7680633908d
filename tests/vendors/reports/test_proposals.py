"""From the reader's words to ours: each value, each ground in words, and what is left out."""

from datetime import date

import pytest

from tests.factories.readings import conflict, content_of_sample
from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts, SubserviceRow
from vendors.reports.grounds import ground_in_words, management_reply, part_in_words, spans, value_in_words
from vendors.reports.proposals import Ground, Proposal, proposals_of
from vendors.reports.taking import Standing, may_take, row_on_file, standing_of

NOTHING = {"page": None, "quote": "", "box": None, "also_on": [], "conflict_on": [], "looked_on": []}


def proposed(name: str, **changes):
    return proposals_of(content_of_sample(**changes)).named(name)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "changes", "value"),
    [
        ("kind", {}, "soc2"),
        ("kind", {"kind": "bridge_letter"}, "other"),
        ("type", {"type": 1}, "type1"),
        ("system_name", {}, "People Cloud"),
        ("system_name", {"system": "x" * 201}, None),
        ("report_date", {"report_date": "2026-08-14"}, date(2026, 8, 14)),
        ("opinion", {"opinion": "disclaimer"}, "disclaimer"),
        ("opinion", {"opinion": "qualified", "evidence": {"opinion": conflict(3, 4)}}, None),
        ("categories", {"categories": ["privacy"]}, ["privacy"]),
        ("controls_tested", {}, 29),
    ],
)
def test_values_are_written_as_ours(name, changes, value):
    assert proposed(name, **changes).value == value


@pytest.mark.slow
def test_what_was_not_looked_for_is_not_shown():
    assert proposed("as_of") is None
    assert proposed("opinion_criteria") is None


@pytest.mark.slow
def test_criteria_of_a_modified_opinion_are_proposed():
    found = {"modified_criteria": {**NOTHING, "page": 3, "looked_on": [3, 4]}}
    assert proposed("opinion_criteria", modified_criteria=["CC6.2"], evidence=found).value == ["CC6.2"]


@pytest.mark.slow
def test_rows_carry_page_sample_and_further_criteria():
    row = proposed("exceptions.0").value
    assert isinstance(row, ExceptionRow)
    assert (row.criterion, row.control, row.sample, row.page) == ("CC6.2", "QH-10", "2 of 25", 10)
    assert row.description.endswith("after they had left.\nAlso under CC6.3.")
    assert proposed("exceptions.0").ground.quote.endswith("after they had left.")
    assert isinstance(proposed("cuecs.3").value, CuecRow)
    untold = [{"name": "Tarnfield Hosting, Inc.", "method": None, "page": 3, "box": [1, 2, 3, 4]}]
    assert proposed("subservice.0", subservice_organizations=untold).value == SubserviceRow(
        name="Tarnfield Hosting, Inc.", page=3
    )
    assert proposed("cuecs.4") is None


def test_rows_carry_what_stands_elsewhere_with_its_place():
    answered = proposed("exceptions.0")
    assert answered.value.response.startswith("The leaver's form now reaches the access team")
    assert (answered.parts["response"].page, answered.parts["response"].quote[:12]) == (12, "The leaver's")
    cuec = proposed("cuecs.0")
    assert (cuec.value.reference, cuec.value.criterion) == ("CUEC-1", "CC6.2")
    assert {part: ground.page for part, ground in cuec.parts.items()} == {"reference": 8, "criterion": 8}
    hosting = proposed("subservice.0")
    assert (hosting.value.service, hosting.parts["service"].page) == ("managed hosting of servers and storage", 3)


def test_a_reading_of_older_rules_proposes_what_it_knew():
    content = content_of_sample()
    del content["opinion_basis"], content["evidence"]["opinion_basis"]
    for name, parts in (("exceptions", ["response"]), ("cuecs", ["reference", "criteria"]),
                        ("subservice_organizations", ["service"])):  # fmt: skip
        for row in content[name]:
            for part in [*parts, "evidence"]:
                del row[part]
    proposals = proposals_of(content)
    assert proposals.named("opinion_basis") is None
    assert (proposals.named("exceptions.0").value.response, proposals.named("exceptions.0").parts) == ("", {})
    assert proposals.named("cuecs.0").value.criterion == ""


def test_the_basis_of_a_modified_opinion_is_proposed_with_its_words():
    found = {"opinion_basis": {**NOTHING, "page": 4, "quote": "Keys were not", "looked_on": [3, 4], "ocr": False}}
    proposal = proposed("opinion_basis", opinion_basis="Keys were not replaced.\n\nNobody saw it.", evidence=found)
    assert (proposal.value, proposal.ground.page) == ("Keys were not replaced.\n\nNobody saw it.", 4)
    assert proposed("opinion_basis") is None, "an unqualified opinion has none to look for"


def test_what_no_field_of_ours_holds_was_read_wrongly():
    content = content_of_sample()
    content["subservice_organizations"][0]["service"] = "x" * 201
    content["cuecs"][0]["reference"] = "x" * 31
    content["cuecs"][0]["criteria"] = ["CC6.2", "CC6.3"]
    proposals = proposals_of(content)
    assert proposals.named("subservice.0").value.service == ""
    cuec = proposals.named("cuecs.0").value
    assert (cuec.reference, cuec.criterion) == ("", "CC6.2")
    assert cuec.text.endswith("\nAlso under CC6.3.")


def test_a_response_that_is_in_conflict_is_not_proposed_and_says_so():
    content = content_of_sample()
    content["exceptions"][0] |= {
        "response": None,
        "evidence": {"response": {**NOTHING, "conflict_on": [10, 11], "ocr": False}},
    }
    proposal = proposals_of(content).named("exceptions.0")
    assert proposal.value.response == ""
    assert part_in_words(proposal.parts["response"]) == (
        "The report says different things on pages 10 and 11, so nothing is proposed."
    )
    assert part_in_words(Ground(page=11)) == ""
    assert "Read by OCR" in part_in_words(Ground(page=11, is_recognised=True))


def test_nothing_comes_of_a_reading_that_waits_or_found_no_text():
    for content in ({}, content_of_sample(error="no_text")):
        assert proposals_of(content).agreed() == []


@pytest.mark.parametrize(
    ("ground", "words"),
    [
        (Ground(page=3), "Stated on page 3."),
        (Ground(page=3, also_on=(1, 7)), "Stated on page 3, also on 1 and 7."),
        (Ground(conflict_on=(1, 3)), "The report contradicts itself: pages 1 and 3 say different things."),
        (Ground(conflict_on=(4,)), "The report contradicts itself on page 4."),
        (Ground(looked_on=(3, 4, 5, 9)), "Looked for on pages 3–5 and 9, not found."),
    ],
)
def test_grounds_are_told_in_words(ground, words):
    value = "x" if ground.page else None
    assert ground_in_words(Proposal("opinion", value, ground)) == words


def test_other_words():
    assert spans([1]) == "page 1"
    assert value_in_words("opinion", "adverse") == "Adverse"
    assert value_in_words("report_date", date(2026, 8, 14)) == "14 Aug 2026"
    assert "Read and note them" in management_reply(True)
    assert "No answer" in management_reply(False)
    assert "was not found" in management_reply(None)


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        (RecordedFacts(), Standing.OPEN),
        (RecordedFacts(auditor="ROOKHOPE  CPA Group"), Standing.ON_FILE),
        (RecordedFacts(auditor="Millrace LLP"), Standing.DIFFERS),
    ],
)
def test_only_what_is_empty_may_be_filled(facts, standing):
    proposal = proposed("auditor")
    assert standing_of(proposal, facts) is standing
    assert may_take(proposal, facts) == (standing is Standing.OPEN)


def test_a_count_of_none_is_a_fact_of_its_own():
    assert standing_of(proposed("controls_tested"), RecordedFacts(controls_tested=0)) is Standing.DIFFERS


def test_a_row_that_says_the_same_is_not_proposed_again():
    row = proposed("cuecs.0")
    typed = CuecRow(text="user entities give access to their own staff and withdraw it when they leave")
    assert not may_take(row, RecordedFacts(cuecs=(typed,)))
    assert not may_take(row, RecordedFacts(states_no_cuecs=True))
    assert not may_take(row, RecordedFacts(cuecs=(CuecRow(text="Other words"),)), came_from={"cuecs.0"})
    assert may_take(row, RecordedFacts(cuecs=(CuecRow(text="Other words"),)))


@pytest.mark.parametrize("label", ["CUEC-1 (CC6.2): ", "CUEC 1. ", "UE.01 ", "(CC6.2) ", "CC6.2, CC6.3: ", "3) "])
def test_a_control_is_the_same_with_the_label_that_a_person_typed_before_it(label):
    row = proposed("cuecs.0")
    typed = CuecRow(text=label + row.value.text)
    assert not may_take(row, RecordedFacts(cuecs=(typed,)))
    assert row_on_file(typed, [row.value]) == row.value
