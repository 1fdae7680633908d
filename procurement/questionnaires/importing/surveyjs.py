"""The JSON of SurveyJS: pages are sections; panels hold questions and are none themselves."""

from collections.abc import Iterator
from typing import Any

from procurement.questionnaires.importing.answers import kind_of
from procurement.questionnaires.importing.boolean import NotExpressible, Rule, all_of
from procurement.questionnaires.importing.collected import Collected, entries, labels, words
from procurement.questionnaires.importing.draft import Kind, Question
from procurement.questionnaires.importing.surveyjs_conditions import Asked, condition

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
BOOLEAN = {"true": "Yes", "false": "No"}

Placed = tuple[dict[str, Any], tuple[dict[str, Any], ...]]  # an element and the pages and panels around it


def collect(root: Any) -> Collected | None:
    """None for anything but pages of elements."""
    if not isinstance(root, dict):
        return None
    pages = entries(root.get("pages")) or ([root] if entries(root.get("elements")) else [])
    if not any("elements" in page or "questions" in page for page in pages):
        return None
    survey = _Survey(Collected(words(root.get("title"))))
    for page in pages:
        survey.page(page)
    return survey.found


class _Survey:
    def __init__(self, found: Collected) -> None:
        self.found = found
        self.earlier: dict[str, Asked] = {}
        self._rules: dict[int, Rule | None] = {}

    def page(self, page: dict[str, Any]) -> None:
        placed = list(_elements(page, 0, (page,)))
        if not placed:
            return
        section = self.found.section(words(page.get("title")) or words(page.get("name")))
        for element, around in placed:
            rules = [rule for each in (*around, element) if (rule := self._rule(each)) is not None]
            question = _question(element, section, all_of(rules))
            self.found.questions.append(question)
            row = str(len(self.found.questions))
            self.earlier[question.ref] = Asked(row, question.kind, _labels_by_value(element))

    def _rule(self, holder: dict[str, Any]) -> Rule | None:
        """The condition of an element, a panel or a page; each is read once, where its first question stands."""
        if id(holder) not in self._rules:
            self._rules[id(holder)] = self._read(holder)
        return self._rules[id(holder)]

    def _read(self, holder: dict[str, Any]) -> Rule | None:
        text = holder.get("visibleIf")
        if not text:
            return None
        try:
            rule = condition(str(text), self.earlier)
        except NotExpressible as why:
            self.found.unread_condition(words(holder.get("title")) or words(holder.get("name")), str(text), str(why))
            return None
        self.found.conditions += 1
        return rule


def _elements(holder: dict[str, Any], depth: int, around: tuple[dict[str, Any], ...]) -> Iterator[Placed]:
    for element in entries(holder.get("elements")) or entries(holder.get("questions")):
        inner = entries(element.get("elements")) or entries(element.get("templateElements"))
        if inner and depth < DEEPEST:
            yield from _elements({"elements": inner}, depth + 1, (*around, element))
        elif isinstance(element.get("type"), str) and element["type"] not in NO_QUESTION:
            yield element, around


def _question(element: dict[str, Any], section: int, visible_if: Rule | None) -> Question:
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
        visible_if=visible_if,
    )


def _labels_by_value(element: dict[str, Any]) -> dict[str, str]:
    """What each value of a choice is called; conditions name values, people read labels."""
    if element.get("type") == "boolean":
        return BOOLEAN
    choices = element.get("choices")
    found = {}
    for choice in choices if isinstance(choices, list) else []:
        value = choice.get("value") if isinstance(choice, dict) else choice
        label = next(iter(labels([choice])), "")
        if label:
            found[str(value)] = label
    return found
