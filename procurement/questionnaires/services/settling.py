"""What follows from the answers: which questions are asked, which answers are whole. Every act that changes an answer
settles the assessment before it ends."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from procurement.questionnaires.conditions import Rule
from procurement.questionnaires.models import Answer, Assessment, Section, State
from procurement.questionnaires.standings import Standing, standings_of
from procurement.questionnaires.visibility import Conditioned, rules_of_sections, visible_keys
from procurement.questionnaires.wholeness import why_not_whole


class Placed(Protocol):
    """A question, or where its answer stands. `part` is the position of its section."""

    @property
    def key(self) -> str: ...
    @property
    def part(self) -> int: ...
    @property
    def visible_if(self) -> Rule | None: ...


def settle(assessment: Assessment, changed: Iterable[Answer]) -> list[Standing]:
    """Write `is_visible`, `is_whole` and, for what a returned answer brought to light, `is_with_vendor`.

    changed  the answers that say something else now; it is written already

    Whether an answer is whole depends on nothing but itself, so that only those are asked; which questions are seen may
    depend on any. Returns where every answer of the assessment stands now.
    """
    by_pk = {answer.pk: answer for answer in changed}
    standings = standings_of(assessment)
    said = {each.key: each.said for each in standings}
    visible = visible_keys(conditioned(assessment, standings), said, assessment.facts)
    moved: defaultdict[tuple[bool, bool, bool], list[int]] = defaultdict(list)
    for each in standings:
        answer = by_pk.get(each.pk)
        is_visible = each.key in visible
        is_whole = each.is_whole if answer is None else _is_whole(answer)
        if (is_visible, is_whole) != (each.is_visible, each.is_whole):
            comes_to_light = is_visible and not each.is_visible and assessment.state == State.CLARIFICATION
            each.is_visible, each.is_whole = is_visible, is_whole
            each.is_with_vendor = each.is_with_vendor or comes_to_light
            moved[is_visible, is_whole, each.is_with_vendor].append(each.pk)
        if answer is not None:
            answer.is_visible, answer.is_whole, answer.is_with_vendor = is_visible, is_whole, each.is_with_vendor
    for (is_visible, is_whole, is_with_vendor), keys in moved.items():  # a `bulk_update` of hundreds takes seconds
        Answer.objects.filter(pk__in=keys).update(
            is_visible=is_visible, is_whole=is_whole, is_with_vendor=is_with_vendor
        )
    return standings


def conditioned(assessment: Assessment, questions: Iterable[Placed]) -> list[Conditioned]:
    """The questions with the rules they stand under."""
    above = _rules_above(assessment.version_id, assessment.version.sha256)
    return [
        Conditioned(each.key, (*above[each.part], *([each.visible_if] if each.visible_if else [])))
        for each in questions
    ]


@lru_cache(maxsize=64)
def _rules_above(version_id: int, _sha256: str) -> dict[int, tuple[Rule, ...]]:
    """The rules each section stands under, by its position: read once a process, for what is published never changes.
    The hash is that of all it says, so that no other content is ever taken for it."""
    sections = list(Section.objects.filter(version=version_id).order_by("position"))
    above = rules_of_sections((each.pk, each.parent_id, each.visible_if) for each in sections)
    return {each.position: above[each.pk] for each in sections}


def _is_whole(answer: Answer) -> bool:
    return not why_not_whole(answer.question, answer, has_file=bool(answer.files))
