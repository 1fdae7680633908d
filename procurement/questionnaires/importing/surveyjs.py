"""The JSON of SurveyJS: pages are sections; panels hold questions and are none themselves."""

from collections.abc import Iterator
from typing import Any

from procurement.questionnaires.importing.answers import kind_of
from procurement.questionnaires.importing.collected import Collected, entries, labels, words
from procurement.questionnaires.importing.draft import Kind, Question

KINDS = {
    "text": Kind.SHORT_TEXT,
    "comment": Kind.LONG_TEXT,
    "multipletext": Kind.TABLE,
    "checkbox": Kind.MULTI,
    "tagbox": Kind.MULTI,
    "boolean": Kind.YES_NO,
    "file": Kind.FILE,
    "matrix": Kind.TABLE,
    "matrixdropdown": Kind.TABLE,
    "matrixdynamic": Kind.TABLE,
}
INPUTS = {
    "date": Kind.DATE,
    "datetime-local": Kind.DATE,
    "number": Kind.NUMBER,
    "email": Kind.CONTACT,
    "tel": Kind.CONTACT,
}
NO_QUESTION = ("html", "image", "panel", "expression")
DEEPEST = 30


def collect(root: Any) -> Collected | None:
    """None for anything but pages of elements."""
    if not isinstance(root, dict):
        return None
    pages = entries(root.get("pages")) or ([root] if entries(root.get("elements")) else [])
    if not any("elements" in page or "questions" in page for page in pages):
        return None
    found = Collected(words(root.get("title")))
    for page in pages:
        questions = list(_elements(page, 0))
        if questions:
            section = found.section(words(page.get("title")) or words(page.get("name")))
            found.questions += [_question(element, section) for element in questions]
            found.conditional += sum(bool(element.get("visibleIf")) for element in questions)
    return found


def _elements(holder: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    for element in entries(holder.get("elements")) or entries(holder.get("questions")):
        inner = entries(element.get("elements")) or entries(element.get("templateElements"))
        if inner and depth < DEEPEST:
            yield from _elements({"elements": inner}, depth + 1)
        elif isinstance(element.get("type"), str) and element["type"] not in NO_QUESTION:
            yield element


def _question(element: dict[str, Any], section: int) -> Question:
    text = words(element.get("title")) or words(element.get("name"))
    options = labels(element.get("choices"))
    kind = INPUTS.get(str(element.get("inputType")), KINDS.get(element["type"]))
    required = element.get("isRequired")
    return Question(
        ref=words(element.get("name")),
        section=section,
        text=text,
        kind=kind or kind_of(text, options=options),
        options=options,
        help=words(element.get("description")),
        required=required if isinstance(required, bool) else None,
    )
