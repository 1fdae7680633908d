"""A version as the vendor would see it: the portal's own rows and forms, with nothing behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from procurement.policy import labels
from procurement.questionnaires.conditions import Rule, holds, without_facts
from procurement.questionnaires.forms import AnswerForm
from procurement.questionnaires.models import Answer, Question, QuestionnaireVersion
from procurement.questionnaires.portal_page import Part
from procurement.questionnaires.portal_rows import Info, Row, as_one_rule
from procurement.questionnaires.queries import progress_of
from procurement.questionnaires.values import read
from procurement.questionnaires.version_page import sections_of
from procurement.questionnaires.visibility import rules_of_sections
from procurement.questionnaires.wholeness import value_for_conditions

# Whom the preview is for: a vendor we watch closely, that sees all kinds of data and has sent no report yet.
FACTS: dict[str, Any] = {
    "vendor.tier": 1,
    "data_classes": [value for value, _label in labels.DATA_CLASSES],
    "report.criteria": [],
}


@dataclass
class Preview:
    """`known`: what is answered so far, by key, as conditions see it."""

    version: QuestionnaireVersion
    parts: list[Part] = field(default_factory=list)
    known: dict[str, object] = field(default_factory=dict)

    @property
    def has_countries(self) -> bool:
        return any(row.question.kind == Question.Kind.LOCATION for part in self.parts for row in part.rows)


def preview_of(version: QuestionnaireVersion, data: Mapping[str, Any] | None = None) -> Preview:
    """The page with what was typed, read as the portal reads it. Nothing is saved: no answer has a row."""
    preview = Preview(version)
    sections = sections_of(version)
    above = rules_of_sections((each.pk, each.parent_id, each.visible_if) for each in sections)
    titles = {section.pk: section.title for section in sections}
    for section in sections:
        rules = above[section.pk]
        is_hidden = not _hold(rules, preview.known)
        items = [_item(each, rules, preview.known, data) for each in section.questions.all()]
        preview.parts.append(
            Part(
                section=section,
                above=titles.get(section.parent_id or 0, ""),
                items=items,
                progress=progress_of([row.answer for row in items if isinstance(row, Row)]),
                rule=_as_json(rules),
                is_hidden=is_hidden,
            )
        )
    return preview


def _item(
    question: Question, above: tuple[Rule, ...], known: dict[str, object], data: Mapping[str, Any] | None
) -> Row | Info:
    rules = (*above, question.visible_if) if question.visible_if else above
    is_shown = _hold(rules, known)
    if not question.is_asked:
        return Info(question=question, rule=_as_json(rules), is_hidden=not is_shown)
    answer = Answer(pk=question.pk, question=question, is_visible=is_shown)
    answer.files = []
    form = AnswerForm(answer, data)
    if data is not None and form.is_valid():
        given = form.given()
        said = read(question, given.value, not_applicable=given.is_not_applicable)
        answer.value, answer.is_not_applicable = said.value, said.is_not_applicable
    if is_shown:
        known[question.key] = value_for_conditions(answer, kind=question.kind, has_file=False)
    return Row(answer=answer, may_change=True, takes_file=False, typed=form, rule=_as_json(rules), is_preview=True)


def _hold(rules: Sequence[Rule], known: Mapping[str, object]) -> bool:
    return all(holds(rule, known, FACTS) for rule in rules)


def _as_json(rules: Sequence[Rule]) -> str:
    return as_one_rule([without_facts(rule, FACTS) for rule in rules])
