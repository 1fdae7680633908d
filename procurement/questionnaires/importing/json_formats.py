"""Questionnaires in JSON: the format is told by its shape, never by its name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from procurement.questionnaires.importing import oscal, question_lists, surveyjs, vsaq
from procurement.questionnaires.importing.cautions import refs_and_answers
from procurement.questionnaires.importing.collected import Collected
from procurement.questionnaires.importing.draft import Draft
from procurement.questionnaires.importing.json_text import parsed
from procurement.questionnaires.importing.layout import Layout
from procurement.questionnaires.importing.limits import QUESTIONS, ImportRefused

Format = Callable[[Any], Collected | None]
# Each looks at the root and answers None when it is another's.
FORMATS: tuple[tuple[str, Format], ...] = (
    ("oscal_catalog", oscal.collect),
    ("vsaq", vsaq.collect),
    ("surveyjs", surveyjs.collect),
    ("question_list", question_lists.collect),
)


def read_json(data: bytes, title: str) -> tuple[Layout, Draft]:
    """The layout (its kind alone) and the draft. Raises ImportRefused."""
    root = parsed(data)
    for name, collect in FORMATS:
        try:
            found = collect(root)
        except RecursionError as error:
            raise ImportRefused("json") from error
        if found and found.questions:
            if len(found.questions) > QUESTIONS:
                raise ImportRefused("questions")
            title = found.title or title
            sections = tuple(each or title for each in found.sections)
            questions = [replace(each, row=number) for number, each in enumerate(found.questions, start=1)]
            notes = (*refs_and_answers(questions), *found.notes())
            return Layout(name, title=title), Draft(title, sections, tuple(questions), notes)
    raise ImportRefused("json_kind")
