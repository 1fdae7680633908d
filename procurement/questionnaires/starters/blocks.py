"""Short ways to write questions down as content of the second format, whole. Pure."""

from dataclasses import dataclass
from typing import Any

from procurement.questionnaires.content_fields import FORMAT, QUESTION_DEFAULTS


@dataclass(frozen=True)
class StarterSet:
    """A questionnaire that ships: its content and, for whoever chooses, when it is the right one."""

    content: dict[str, Any]
    purpose: str


def ask(ref: str, text: str, criteria: str = "", **differs: Any) -> dict[str, Any]:
    """One question. `criteria` are ids parted by spaces; its stable key is the reference in small letters."""
    return {**QUESTION_DEFAULTS, "key": ref.lower(), "ref": ref, "text": text, "criteria": criteria.split(), **differs}


def choice(value: str, label: str, score: float | None = None, **more: Any) -> dict[str, Any]:
    """One option of a list."""
    return {"value": value, "label": label, "score": score, **more}


def section(
    title: str, *questions: dict[str, Any], intro: str = "", visible_if: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {"title": title, "intro": intro, "visible_if": visible_if, "questions": list(questions), "sections": []}


def starter_set(key: str, title: str, *sections: dict[str, Any], intro: str, purpose: str) -> StarterSet:
    """The first version of a questionnaire."""
    content = {
        "format": FORMAT,
        "questionnaire": key,
        "number": 1,
        "title": title,
        "intro": intro,
        "sections": list(sections),
    }
    return StarterSet(content, purpose)


def answered(ref: str, *values: str) -> dict[str, Any]:
    """The condition that an earlier question was answered with one of these."""
    if len(values) == 1:
        return {"q": ref.lower(), "op": "is", "v": values[0]}
    return {"q": ref.lower(), "op": "in", "v": list(values)}
