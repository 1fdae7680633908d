"""A reading as the JSON of `manage.py read_report`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from vendors.reading.facts import Fact, Note, Place, Reading

CITED = ("period_start", "opinion", "auditor", "report_date", "categories", "system")
FACTS = (
    "kind", "type", "service_organization", "system", "auditor", "report_date", "period_start", "period_end", "as_of",
    "opinion", "modified_criteria", "opinion_basis", "categories", "criteria_tested", "controls_tested",
)  # fmt: skip
LISTS = ("modified_criteria", "categories", "criteria_tested", "criteria")


def as_json(reading: Reading) -> dict[str, Any]:
    """The keys of the contract, and beside them `sections`, `notes` and `evidence`: the ground of each fact."""
    content: dict[str, Any] = {name: _plain(getattr(reading, name).value, name) for name in FACTS}
    content["criteria_not_tested"] = list(reading.criteria_not_tested)
    seen = reading.recognised
    content["subservice_organizations"] = [
        {"name": each.name, "method": each.method, **_ground(each.place), **_parts(seen, service=each.service)}
        for each in reading.subservice_organizations
    ]
    content["exceptions"] = [
        {
            "control": each.control,
            "criteria": list(each.criteria),
            "text": each.text,
            "management_response": each.management_response,
            **_ground(each.place),
            **_parts(seen, response=each.response),
        }
        for each in reading.exceptions
    ]
    content["cuecs"] = [
        {"text": each.text, **_ground(each.place), **_parts(seen, reference=each.reference, criteria=each.criteria)}
        for each in reading.cuecs
    ]
    speaks = {"covers_from": _plain(reading.covers_from.value), "covers_to": _plain(reading.covers_to.value)}
    content["bridge"] = speaks if reading.kind.value == "bridge_letter" else None
    content |= {
        "pages": reading.pages,
        "pages_without_text": list(reading.pages_without_text),
        "pages_recognised": list(reading.recognised),
        "error": reading.error.value if reading.error else None,
        "reason": reading.error.sentence if reading.error else None,
        "citations": {name: list(pages) for name in CITED if (pages := getattr(reading, name).pages)},
        "restricted": reading.restricted,
        "sections": {name: list(span) for name, span in reading.sections.items()},
        "notes": [_note(note) for note in reading.notes],
        "evidence": {name: _evidence(getattr(reading, name), reading.recognised) for name in FACTS},
    }
    return content


def _plain(value: object, name: str = "") -> Any:
    if name in LISTS:
        return list(value) if isinstance(value, Sequence) else []
    return value.isoformat() if isinstance(value, date) else value


def _ground(place: Place) -> dict[str, Any]:
    return {"page": place.page, "box": list(place.box)}


def _parts(recognised: Sequence[int], **facts: Fact[Any]) -> dict[str, Any]:
    """Further facts of a row, each by its name, and under `evidence` the ground of each."""
    values = {name: _plain(fact.value, name) for name, fact in facts.items()}
    return {**values, "evidence": {name: _evidence(fact, recognised) for name, fact in facts.items()}}


def _note(note: Note) -> dict[str, Any]:
    return {"about": note.about, "text": str(note), "pages": list(note.pages)}


def _evidence(fact: Fact[Any], recognised: Sequence[int]) -> dict[str, Any]:
    """`ocr`: the page is a picture, and its words were recognised: they may be misread."""
    return {
        "ocr": fact.page in recognised,
        "page": fact.page,
        "quote": fact.quote,
        "box": list(fact.box) if fact.box else None,
        "also_on": list(fact.also_on),
        "conflict_on": list(fact.conflict_on),
        "looked_on": list(fact.looked_on),
    }
