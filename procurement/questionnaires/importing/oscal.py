"""An OSCAL catalog: groups become sections, controls and their enhancements become questions."""

import re
from typing import Any

from procurement.questionnaires.importing.collected import Collected, entries, words
from procurement.questionnaires.importing.draft import Kind, Question

INSERT = re.compile(r"{{\s*insert:\s*param,\s*([^\s}]+)\s*}}")
DEEPEST = 30


def collect(root: Any) -> Collected | None:
    """None for anything but a catalog."""
    catalog = root.get("catalog") if isinstance(root, dict) else None
    if not isinstance(catalog, dict):
        return None
    metadata = catalog.get("metadata")
    found = Collected(words(metadata.get("title")) if isinstance(metadata, dict) else "")
    parameters = _parameters(catalog)
    _group(catalog, (), found, parameters)
    return found


def _group(group: dict[str, Any], path: tuple[str, ...], found: Collected, parameters: dict[str, str]) -> None:
    controls = list(_controls(group, 0))
    if controls:
        section = found.section(" / ".join(path))
        found.questions += [_question(control, section, parameters) for control in controls]
    if len(path) < DEEPEST:
        for inner in entries(group.get("groups")):
            _group(inner, (*path, words(inner.get("title")) or words(inner.get("id"))), found, parameters)


def _controls(holder: dict[str, Any], depth: int) -> list[dict[str, Any]]:
    """The controls and, after each, its enhancements. Withdrawn ones ask nothing."""
    found = []
    for control in entries(holder.get("controls")):
        withdrawn = any(
            each.get("name") == "status" and each.get("value") == "withdrawn" for each in entries(control.get("props"))
        )
        found += [] if withdrawn else [control]
        if depth < DEEPEST:
            found += _controls(control, depth + 1)
    return found


def _question(control: dict[str, Any], section: int, parameters: dict[str, str]) -> Question:
    parts = entries(control.get("parts"))
    text = "\n".join(
        _prose(part, parameters, 0) for part in parts if part.get("name") in {"statement", "guidance", "item"}
    )
    return Question(
        ref=words(control.get("id")),
        section=section,
        text=words(control.get("title")) or words(control.get("id")),
        kind=Kind.YES_NO_PARTIAL_NA,
        help=text.strip(),
    )


def _prose(part: dict[str, Any], parameters: dict[str, str], depth: int) -> str:
    label = next((words(each.get("value")) for each in entries(part.get("props")) if each.get("name") == "label"), "")
    prose = INSERT.sub(lambda found: f"[{parameters.get(found[1], found[1])}]", words(part.get("prose")))
    own = f"{label} {prose}".strip() if len(label) < 8 else prose
    inner = [_prose(each, parameters, depth + 1) for each in entries(part.get("parts"))] if depth < DEEPEST else []
    return "\n".join(each for each in (own, *inner) if each)


def _parameters(holder: Any, depth: int = 0) -> dict[str, str]:
    """What may be filled in, by id: its label, or what to choose from."""
    found: dict[str, str] = {}
    if depth > DEEPEST:
        return found
    for each in entries(holder.get("params")):
        select = each.get("select")
        choice = select.get("choice") if isinstance(select, dict) else None
        choices = ", ".join(words(one) for one in choice) if isinstance(choice, list) else ""
        found[words(each.get("id"))] = words(each.get("label")) or choices
    for key in ("groups", "controls"):
        for inner in entries(holder.get(key)):
            found |= _parameters(inner, depth + 1)
    return found
