"""The corpus of real questionnaires beside the project: counts as measured. Neither file nor text of it is ours."""

import json

import pytest

from procurement.questionnaires.importing.draft import contract
from procurement.questionnaires.importing.reader import read
from tests.repository.tree import ROOT

FOLDER = ROOT.parent / "shared" / "questionnaires"
HOW_TO_GET_THEM = (
    f"No questionnaires in {FOLDER.parent.name}/{FOLDER.name} beside the project. To run it: put the folder there"
)
EXPECTED = json.loads((FOLDER / "expected.json").read_text()) if (FOLDER / "expected.json").is_file() else {}

pytestmark = pytest.mark.skipif(not EXPECTED, reason=HOW_TO_GET_THEM)


@pytest.fixture(scope="module")
def imported() -> dict[str, dict]:
    return {name: contract(read((FOLDER / name).read_bytes(), name).draft) for name in EXPECTED}


@pytest.mark.parametrize("name", EXPECTED)
def test_questions_and_sections_are_counted_as_measured(imported, name):
    found, expected = imported[name], EXPECTED[name]
    assert found["question_count"] == expected["question_count"]
    assert found["section_count"] == expected["section_count"]
    assert [each["questions"] for each in found["sections"]] == [
        each["questions"] for each in expected.get("sections", found["sections"])
    ]
    if not name.endswith(".json"):  # there, names and titles of pages differ
        titles = [each["title"] for each in expected.get("sections", found["sections"])]
        assert [each["title"] for each in found["sections"]] == titles


@pytest.mark.parametrize(("name", "end"), [(name, end) for name in EXPECTED for end in ("first", "last")])
def test_the_first_and_the_last_question_are_the_right_ones(imported, name, end):
    if end not in EXPECTED[name]:
        return
    expected, question = EXPECTED[name][end], imported[name]["questions"][0 if end == "first" else -1]
    assert question["ref"] == expected["id"]
    if expected["text"] not in {"", "None"} and "<" not in expected["text"]:
        assert question["text"].startswith(expected["text"])


def test_answers_and_lists_of_answers(imported):
    answered = {
        name: sum(each["answer"] is not None for each in found["questions"]) for name, found in imported.items()
    }
    assert {name: count for name, count in answered.items() if count} == {"sig_lite_style_answer_library.csv": 3}
    interview = imported["owasp_samm_toolbox_v2.0_blank.xlsx"]["questions"]
    assert {len(each["options"]) for each in interview} == {4}
    assert len({tuple(each["options"]) for each in interview}) == 24
    assert all(each["help"] for each in interview)
    assert {tuple(each["options"]) for each in imported["syn_caiq_shape_blank.xlsx"]["questions"]} == {
        ("Yes", "No", "NA")
    }


def test_traps_with_ids_are_told(imported):
    traps = imported["syn_id_traps.csv"]
    assert [each["ref"] for each in traps["questions"]][:4] == ["1.1", "1.10", "1.2", "01.3"]
    assert any("“3.1” stands on several rows" in warning for warning in traps["warnings"])


@pytest.mark.parametrize(
    ("name", "conditions", "flags", "told"),
    [
        ("google_vsaq_webapp.json", 41, 48, {"tip": 7}),
        ("google_vsaq_security_privacy_programs.json", 21, 23, {"condition": 1, "tip": 13}),
        ("canada_aia_survey-enfr.json", 118, 0, {"condition": 6}),
    ],
)
def test_conditions_and_tips_are_read_as_docs_importing_says(name, conditions, flags, told):
    notes = read((FOLDER / name).read_bytes(), name).draft.notes
    counted = {note.code: note.about["count"] for note in notes if note.code in ("conditions", "flags")}
    assert (counted.get("conditions", 0), counted.get("flags", 0)) == (conditions, flags)
    codes = [note.code for note in notes]
    assert {code: codes.count(code) for code in ("condition", "tip") if code in codes} == told


def test_ownership_and_descriptions_become_further_fields():
    draft = read((FOLDER / "syn_caiq_shape_blank.xlsx").read_bytes(), "caiq.xlsx").draft
    assert {tuple((each.title, len(each.options)) for each in question.companions) for question in draft.questions} == {
        (
            ("Control Ownership", 5),
            ("Provider Implementation Description (Optional/Recommended)", 0),
            ("Customer Responsibilities (Optional/Recommended)", 0),
        )
    }
