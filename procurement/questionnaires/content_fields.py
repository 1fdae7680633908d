"""The fields of content in the second format, and what each is where a file leaves it out. Pure data."""

from typing import Any

FORMAT = "countersign-questionnaire/2"

QUESTION_DEFAULTS: dict[str, Any] = {
    "key": "",
    "ref": "",
    "text": "",
    "help": "",
    "kind": "yes_no_partial_na",
    "options": [],
    "shape": {},
    "required": True,
    "allows_na": False,
    "weight": 10,
    "good_answer": "yes",
    "is_knock_out": False,
    "evidence": "none",
    "evidence_if": [],
    "evidence_kinds": [],
    "evidence_max_months": None,
    "visible_if": None,
    "criteria": [],
    "tags": [],
}
# Written only where a question has some, so that content of before they were there keeps its hash.
LEFT_OUT_WHEN_EMPTY: dict[str, Any] = {"companions": []}
COMPANION_DEFAULTS: dict[str, Any] = {"key": "", "title": "", "kind": "short_text", "options": [], "required": False}
SECTION_DEFAULTS: dict[str, Any] = {"title": "", "intro": "", "visible_if": None, "questions": [], "sections": []}
VERSION_DEFAULTS: dict[str, Any] = {"questionnaire": "", "number": 1, "title": "", "intro": "", "sections": []}
