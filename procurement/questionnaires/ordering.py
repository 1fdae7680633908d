"""The order of sections and questions in a draft: moved by one place, numbered anew from 1."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import F

from procurement.questionnaires.models import Question, QuestionnaireVersion, Section

Placed = TypeVar("Placed", Section, Question)
# Far behind every place that is taken: two rows never stand at one place, not even for a moment.
_ASIDE = 15_000


def moved(rows: Sequence[Placed], pk: int, step: int) -> list[Placed]:
    """The same rows with one of them a place further up (step -1) or down (1), unless it stands at that end."""
    order = list(rows)
    at = next((place for place, row in enumerate(order) if row.pk == pk), None)
    if at is not None and 0 <= at + step < len(order):
        order[at], order[at + step] = order[at + step], order[at]
    return order


def in_tree_order(sections: Iterable[Section], places: Mapping[int, int] | None = None) -> list[Section]:
    """Every section, a part right after what it is a part of.

    places  where some of them stand beside each other; the others stay in their order
    """
    rows = sorted(sections, key=lambda row: ((places or {}).get(row.pk, row.position), row.position))
    below: dict[int | None, list[Section]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    order: list[Section] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        row = waiting.pop()
        order.append(row)
        waiting += reversed(below.get(row.pk, []))
    return order


def renumber(version: QuestionnaireVersion, order: Sequence[Section]) -> None:
    """Write the places of a draft's sections."""
    version.sections.update(position=F("position") + _ASIDE)
    for place, section in enumerate(order, start=1):
        section.position = place
    Section.objects.bulk_update(order, ["position"])


def renumber_questions(section: Section, order: Sequence[Question]) -> None:
    """Write the places of a section's questions."""
    section.questions.update(position=F("position") + _ASIDE)
    for place, question in enumerate(order, start=1):
        question.position = place
    Question.objects.bulk_update(order, ["position"])
