"""Conditions of VSAQ and SurveyJS become rules of ours, tips become flags; what cannot be said is kept as a note."""

import json
from typing import Any

import pytest

from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.imported import content_of
from procurement.questionnaires.importing import boolean
from procurement.questionnaires.importing.draft import Draft
from procurement.questionnaires.importing.reader import read

CHOICES = [{"tls_yes": "Yes"}, {"tls_no": "No"}]
SEVERAL = [{"old": "TLS 1.0"}, {"new": "TLS 1.3"}]


def drafted(root: Any) -> Draft:
    return read(json.dumps(root).encode(), "file.json").draft


def vsaq(*items: dict[str, Any]) -> Draft:
    """One block: a radio group, several choices, a line, a single box; then these items."""
    first = [
        {"type": "radiogroup", "text": "Do you use TLS?", "choices": CHOICES},
        {"type": "checkgroup", "id": "kinds", "text": "Which?", "choices": SEVERAL},
        {"type": "line", "id": "since", "text": "Since when?"},
        {"type": "check", "id": "forced", "text": "Is it forced?"},
    ]
    return drafted({"questionnaire": [{"type": "block", "text": "Transport", "items": [*first, *items]}]})


def asked_if(condition: str) -> Draft:
    return vsaq({"type": "box", "id": "why", "text": "Why?", "cond": condition})


def made(draft: Draft) -> list[dict[str, Any]]:
    """The questions of the content that is made of it, which our own check has nothing to say against."""
    content, _difference = content_of(draft, {}, key="made", title="Made", number=1)
    assert problems_in(content) == []
    return [question for section in content["sections"] for question in section["questions"]]


YES = {"q": "q1", "op": "is", "v": "yes"}
OLD = {"q": "kinds", "op": "contains", "v": "tls-10"}
NEW = {"q": "kinds", "op": "contains", "v": "tls-13"}


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        ("tls_yes", YES),
        ("!tls_yes", {"not": YES}),
        ("tls_yes && old", {"all": [YES, OLD]}),
        ("tls_yes||old && !new", {"any": [YES, {"all": [OLD, {"not": NEW}]}]}),
        ("tls_yes && !(old || new)", {"all": [YES, {"not": {"any": [OLD, NEW]}}]}),
        ("since", {"q": "since", "op": "answered"}),
        ("forced", {"q": "forced", "op": "is", "v": "yes"}),
    ],
)
def test_a_condition_of_vsaq_is_read(condition, rule):
    draft = asked_if(condition)
    assert made(draft)[-1]["visible_if"] == rule
    assert [note.code for note in draft.notes if note.code.startswith("condition")] == ["conditions"]


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("later", boolean.NOT_BEFORE),
        ("tls_yes &&", boolean.UNREADABLE),
        ("(tls_yes || old", boolean.UNREADABLE),
        ("tls_yes old", boolean.UNREADABLE),
        ("tls_yes == 1", boolean.UNREADABLE),
        ("!" * 20 + "tls_yes", boolean.TOO_DEEP),
        ("!" * 200 + "tls_yes", boolean.TOO_DEEP),
        ("^tls_yes", boolean.NOT_BEFORE),
    ],
)
def test_a_condition_that_cannot_be_kept_is_told_with_its_words_and_place(condition, why):
    draft = asked_if(condition)
    assert draft.questions[-1].visible_if is None
    (told,) = [note.sentence for note in draft.notes if note.code == "condition"]
    assert told.startswith("Question 5, “Why?”, is always asked.")
    assert condition[:40] in told
    assert why in told


def test_what_stands_in_a_block_is_asked_under_the_condition_of_the_block_too():
    inner = {"type": "line", "id": "how", "text": "How?", "cond": "old"}
    draft = vsaq({"type": "block", "text": "More", "cond": "tls_yes", "items": [inner]})
    assert made(draft)[-1]["visible_if"] == {"all": [YES, OLD]}


def tip(condition: str, **more: Any) -> dict[str, Any]:
    return {"type": "tip", "cond": condition, "text": "Use it.", **more}


def test_tips_become_flags_of_the_answers_they_are_about():
    questions = made(
        vsaq(
            tip("tls_no", name="No TLS", severity="high", why="What stands in for it?"),
            tip("old || new", severity="low"),
            tip("old", severity="medium", name="Old TLS"),
            tip("forced"),
        )
    )
    assert questions[0]["options"] == [{"value": "no", "severity": "high", "flag": "No TLS", "needs_words": True}]
    assert [(each["severity"], each["flag"]) for each in questions[1]["options"]] == [
        ("medium", "Old TLS"),
        ("low", "Use it."),
    ]
    assert questions[3]["options"] == [{"value": "yes", "severity": "info", "flag": "Use it."}]


def test_a_tip_on_what_is_not_chosen_falls_on_the_other_choice_where_only_one_can_be_chosen():
    assert made(vsaq(tip("!tls_yes", severity="high", name="No TLS")))[0]["options"][0]["value"] == "no"


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("!old", boolean.NOT_CHOSEN),
        ("tls_no && old", boolean.SEVERAL),
        ("since", boolean.SEVERAL),
        ("gone", boolean.NOT_BEFORE),
        ("!(old && new)", boolean.SEVERAL),
    ],
)
def test_a_tip_that_no_answer_can_carry_is_told(condition, why):
    draft = vsaq(tip(condition, name="Weak TLS"))
    assert not any(question.flags for question in draft.questions)
    (told,) = [note.sentence for note in draft.notes if note.code == "tip"]
    assert "“Weak TLS”" in told
    assert condition in told
    assert why in told


def test_a_text_to_read_stays_whatever_its_condition():
    draft = vsaq(
        {"type": "info", "text": "Read this.", "cond": "tls_yes"}, {"type": "box", "id": "why", "text": "Why?"}
    )
    assert (draft.questions[-1].help, draft.questions[-1].visible_if) == ("Read this.", None)
    assert boolean.ALWAYS_SHOWN in draft.notes[-1].sentence


def surveyed(condition: str, *, holder: str = "element") -> Draft:
    places = [{"value": "eu-1", "text": "Europe"}, {"value": "us-2", "text": "USA"}]
    element: dict[str, Any] = {"type": "comment", "name": "last", "title": "Say more"}
    last = {"type": "panel", "elements": [element]} if holder == "panel" else element
    last["visibleIf"] = condition
    return drafted(
        {
            "pages": [
                {
                    "name": "p",
                    "title": "Data",
                    "elements": [
                        {"type": "radiogroup", "name": "where", "title": "Where?", "choices": places},
                        {"type": "checkbox", "name": "all", "title": "Where else?", "choices": places},
                        {"type": "boolean", "name": "on", "title": "Is it on?"},
                        {"type": "text", "name": "count", "title": "How many?", "inputType": "number"},
                        {"type": "text", "name": "who", "title": "Who?"},
                        last,
                    ],
                }
            ]
        }
    )


EU = {"q": "where", "op": "is", "v": "europe"}
ALSO_EU = {"q": "all", "op": "contains", "v": "europe"}
ALSO_US = {"q": "all", "op": "contains", "v": "usa"}


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        ("{where} = 'eu-1'", EU),
        ('{where} == "eu-1"', EU),
        ("{where} <> 'eu-1'", {"not": EU}),
        ("{where} anyof ['eu-1', 'us-2']", {"q": "where", "op": "in", "v": ["europe", "usa"]}),
        ("{all} contains 'eu-1'", ALSO_EU),
        ("{all} contains ['eu-1','us-2']", {"all": [ALSO_EU, ALSO_US]}),
        ("{all} notcontains 'eu-1'", {"not": ALSO_EU}),
        ("{all} = ['eu-1']", {"q": "all", "op": "is", "v": ["europe"]}),
        ("{on} = true", {"q": "on", "op": "is", "v": "yes"}),
        ("{count} > 3", {"q": "count", "op": "gt", "v": 3}),
        ("{count} <= 2.5", {"all": [{"q": "count", "op": "answered"}, {"not": {"q": "count", "op": "gt", "v": 2.5}}]}),
        ("{who} notempty", {"q": "who", "op": "answered"}),
        ("{who} empty", {"q": "who", "op": "answered", "v": False}),
        ("{who} contains 'it\\'s'", {"q": "who", "op": "contains", "v": "it's"}),
        ("({where} = 'eu-1' or {on} = false) and {count} >= 1", None),
        ("!({where} = 'eu-1')", {"not": EU}),
    ],
)
def test_a_condition_of_surveyjs_is_read(condition, rule):
    for holder in ("element", "panel"):
        found = made(surveyed(condition, holder=holder))[-1]["visible_if"]
        assert found == rule if rule else found["all"][0] == {"any": [EU, {"q": "on", "op": "is", "v": "no"}]}


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("{gone} = 1", boolean.NOT_BEFORE),
        ("{where} = 'mars'", boolean.NO_SUCH_ANSWER),
        ("{where} = ['eu-1','us-2']", boolean.NO_SUCH_ANSWER),
        ("{where} > 'eu-1'", boolean.UNREADABLE),
        ("{all} anyof []", boolean.UNREADABLE),
        ("{where} =", boolean.UNREADABLE),
        ("'eu-1' = {where}", boolean.UNREADABLE),
        ("iif({on}, 1, 2)", boolean.UNREADABLE),
    ],
)
def test_a_condition_of_surveyjs_that_cannot_be_kept_is_told(condition, why):
    draft = surveyed(condition)
    (told,) = [note.sentence for note in draft.notes if note.code == "condition"]
    assert "Question 6, “Say more”" in told
    assert condition in told
    assert why in told
    assert made(draft)[-1]["visible_if"] is None


def test_a_condition_goes_where_a_person_has_a_gate_answered_in_another_way():
    draft = surveyed("{where} = 'eu-1'")
    content, difference = content_of(draft, {"": {"1": "yes_no"}}, key="made", title="Made", number=1)
    assert difference.loosened == ["last"]
    assert problems_in(content) == []


def test_a_draft_with_conditions_flags_and_fields_comes_back_the_same_and_older_ones_are_read():
    draft = vsaq(tip("tls_no", severity="high"), {"type": "box", "id": "why", "text": "Why?", "cond": "tls_yes"})
    told = json.loads(json.dumps(draft.as_json()))
    assert Draft.from_json(told) == draft
    for question in told["questions"]:
        for later in ("visible_if", "flags", "companions"):
            del question[later]
    assert not any(each.visible_if or each.flags for each in Draft.from_json(told).questions)
