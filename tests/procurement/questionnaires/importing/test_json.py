"""Questionnaires in JSON, told by their shape."""

import json

import pytest

from procurement.questionnaires.importing.draft import Draft, Kind, contract
from procurement.questionnaires.importing.limits import ImportRefused
from procurement.questionnaires.importing.reader import read


def drafted(content: object) -> Draft:
    text = content if isinstance(content, str) else json.dumps(content)
    return read(text.encode(), "set.json").draft


VSAQ = """
// A comment that says "nothing".
{ "questionnaire": [ { "type": "block", "text": "Our set", "items": [
  /* another */
  { "type": "block", "text": "Site", "items": [
    { "type": "info", "text": "About <b>doors</b>." },
    { "type": "radiogroup", "id": "door", "text": "Are doors " +
        "locked at night? See https://example.com/doors", "choices": [ {"door_yes": "Yes"}, {"door_no": "No"} ] },
    { "type": "tip", "text": "Lock them.", "cond": "door_no", "severity": "high" },
    { "type": "block", "text": "Cameras", "cond": "door_yes", "items": [
      { "type": "block", "text": "Inside", "items": [ { "type": "line", "id": "cams", "text": "How many?" } ] },
      { "type": "checkgroup", "id": "kinds", "text": "Which &amp; where?", "choices": [ {"a": "Dome"}, {"b": "Box"} ] },
    ] },
  ] },
  { "type": "block", "text": "Feedback", "items": [ { "type": "box", "id": "end", "text": "Anything else?" } ] }
] } ] }
"""


def test_vsaq_with_comments_joined_strings_and_commas_too_many():
    draft = drafted(VSAQ)
    assert (draft.title, draft.sections) == ("Our set", ("Site", "Site / Cameras", "Feedback"))
    door, _cams, kinds, _end = draft.questions
    assert door.text == "Are doors locked at night? See https://example.com/doors"
    assert (door.kind, door.options, door.help) == (Kind.YES_NO, ("Yes", "No"), "About doors.")
    assert (kinds.kind, kinds.text, kinds.options) == (Kind.MULTI, "Which & where?", ("Dome", "Box"))
    assert [(note.code, note.about["count"]) for note in draft.notes] == [("conditions", 1), ("flags", 1)]


def test_oscal_catalogs_with_enhancements_groups_in_groups_and_parameters():
    control = {
        "id": "ac-1",
        "title": "Policy",
        "params": [{"id": "p1", "label": "roles"}],
        "parts": [
            {"name": "statement", "prose": "Tell {{ insert: param, p1 }}.", "parts": [{"name": "item", "prose": "a"}]}
        ],
        "controls": [{"id": "ac-1.1", "title": "More"}],
    }
    gone = {"id": "ac-9", "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}]}
    inner = {"title": "Inner", "controls": [{"id": "x", "title": "X"}]}
    groups = [{"title": "Access", "controls": [control, gone], "groups": [inner]}, {"title": "Empty"}]
    draft = drafted({"catalog": {"metadata": {"title": "Baseline"}, "groups": groups}})
    assert (draft.title, draft.sections) == ("Baseline", ("Access", "Access / Inner"))
    assert [each.ref for each in draft.questions] == ["ac-1", "ac-1.1", "x"]
    assert draft.questions[0].help == "Tell [roles].\na"


def test_surveyjs_pages_with_panels_and_languages():
    since = {"type": "text", "name": "a", "title": {"default": "Since when?", "fr": "?"}, "inputType": "date"}
    yes, no = {"value": 1, "text": "Yes"}, {"value": 0, "text": "No"}
    elements = [
        {"type": "html", "html": "Welcome"},
        {"type": "panel", "elements": [since]},
        {"type": "radiogroup", "name": "b", "title": "Encrypted?", "choices": [yes, no], "isRequired": True},
        {"type": "checkbox", "name": "c", "title": "Where?", "choices": ["EU", "US"], "visibleIf": "{b} = 1"},
    ]
    draft = drafted(
        {"pages": [{"name": "p0", "elements": [elements[0]]}, {"name": "p1", "title": "Data", "elements": elements}]}
    )
    assert draft.sections == ("Data",)
    assert [(each.ref, each.kind) for each in draft.questions] == [
        ("a", Kind.DATE),
        ("b", Kind.YES_NO),
        ("c", Kind.MULTI),
    ]
    assert draft.questions[1].required is True
    assert draft.notes[0].code == "conditions"


def test_lists_of_questions_whoever_wrote_them():
    listed = [
        {
            "_file": "a.yml",
            "question": "Which apply?",
            "type": "checkboxes",
            "options": [{"label": "A"}, {"label": "B"}],
        },
        {"_file": "b.yml", "question": "Is it on?", "type": "boolean", "hint": "Look.", "optional": True},
        {"_file": "group.yml", "question": "A group", "type": "multiquestion", "questions": ["a", "b"]},
        {"_file": "c.yml", "question": "Price", "type": "pricing", "depends": [{"on": "lot"}]},
    ]
    draft = drafted({"source": "somewhere", "questions": listed})
    assert [each.ref for each in draft.questions] == ["a.yml", "b.yml", "c.yml"]
    assert [each.kind for each in draft.questions] == [Kind.MULTI, Kind.YES_NO, Kind.NUMBER]
    assert (draft.questions[1].help, draft.questions[1].required, draft.sections) == ("Look.", False, ("set",))
    assert len(drafted(listed).questions) == 3


def test_our_own_json_comes_back_as_it_went_out():
    sections = [
        {"title": "One", "questions": [{"ref": "1", "text": "Do you?", "kind": "yes_no", "options": ["Yes", "No"]}]}
    ]
    first = drafted({"title": "Ours", "sections": sections})
    again = drafted(contract(first))
    assert contract(again) == contract(first)
    assert Draft.from_json(json.loads(json.dumps(first.as_json()))) == first


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"questions": [', "json"),
        ("[" * 100_000, "json"),
        ('{"a": ' * 3000 + "1" + "}" * 3000, "json_kind"),
        ('{"catalog": []}', "json_kind"),
        ('{"questions": "none"}', "json_kind"),
        ('{"pages": [{"elements": [{"type": 3}]}]}', "json_kind"),
        ('[{"question": 5, "options": {"a": []}}]', ""),
    ],
)
def test_json_that_holds_nothing_is_refused_with_a_sentence(text, code):
    if not code:
        assert drafted(text).questions[0].text == "5"
        return
    with pytest.raises(ImportRefused) as refusal:
        drafted(text)
    assert refusal.value.code in {code, "json"}
