"""Which questions of a version are asked, given the answers so far. Pure.

Conditions look only at earlier questions, so one pass from the first to the last is enough.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from procurement.questionnaires.conditions import Rule, holds


@dataclass(frozen=True)
class Conditioned:
    """A question with every rule it stands under: its own, its section's, and those of the sections around it."""

    key: str
    rules: tuple[Rule, ...]


def visible_keys(questions: Iterable[Conditioned], answers: Mapping[str, Any], facts: Mapping[str, Any]) -> set[str]:
    """The keys of the questions that are asked.

    questions  in their order
    answers    what is answered, by key, parked answers too: what is hidden counts as unanswered for what follows
    """
    known: dict[str, Any] = {}
    visible: set[str] = set()
    for question in questions:
        if all(holds(rule, known, facts) for rule in question.rules):
            visible.add(question.key)
            known[question.key] = answers.get(question.key)
    return visible


def rules_of_sections(sections: Iterable[tuple[int, int | None, Rule | None]]) -> dict[int, tuple[Rule, ...]]:
    """The rules each section stands under, by its key.

    sections  (key, key of the parent, own rule), parents before their parts
    """
    found: dict[int, tuple[Rule, ...]] = {}
    for key, parent, rule in sections:
        above = found[parent] if parent is not None else ()
        found[key] = (*above, rule) if rule is not None else above
    return found
