"""Where an accepted fact comes from: the report's own words, the reading that found them, the person who took them.

Pure. A citation is kept as JSON beside the fact (`Report.citations`) or in its row.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from vendors.reports.facts import RecordedFacts

# What of a row the quoted words bear out. When one of these changes, the words no longer do.
BORNE_OUT = {
    "exceptions": ("control", "description", "page"),
    "cuecs": ("text", "page"),
    "subservice": ("name", "method", "page"),
}


@dataclass(frozen=True)
class Citation:
    """One accepted proposal.

    name      of the proposal in its reading: "opinion", "exceptions.0"
    quote     as printed; empty where the reading shows a place but no words, or concluded that nothing is stated
    box       x0, top, x1, bottom in points on that page; empty without words
    reading   key of the reading
    taken_by  who accepted it; `taken_at` in ISO
    to_see    accepted together with others, and not looked at since
    parts     of a row: page, quote and box of fields that stand elsewhere, such as "response"
    """

    name: str
    page: int | None
    quote: str
    box: tuple[float, ...]
    reading: int
    taken_by: str
    taken_at: str
    to_see: bool = False
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "box": list(self.box)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Citation | None":
        """The citation that was kept; None for a fact that a person typed."""
        return cls(**{**kept, "box": tuple(kept["box"])}) if kept else None

    def seen(self) -> "Citation":
        return replace(self, to_see=False)


def citations_of(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Citation]:
    """Fact -> citation, as `Report.citations` keeps them."""
    found = {name: Citation.from_json(each) for name, each in kept.items()}
    return {name: citation for name, citation in found.items() if citation is not None}


def still_true(kept: Mapping[str, Any], before: RecordedFacts, after: RecordedFacts) -> dict[str, Any]:
    """The citations that hold after a person changed facts: those whose value and page stayed as they were."""
    return {
        name: citation
        for name, citation in kept.items()
        if getattr(before, name) == getattr(after, name) and before.pages.get(name) == after.pages.get(name)
    }


def of_changed_row(listed: str, kept: dict[str, Any], before: object, after: object) -> dict[str, Any]:
    """A row's citation after a person changed it: its words go where they no longer bear the row out.

    Which proposal the row came from stays known, so that it is not proposed a second time.
    """
    if not kept:
        return kept
    parts = kept.get("parts", {})
    after_all = {**kept, "parts": {part: cited for part, cited in parts.items() if _same(before, after, part)}}
    if all(_same(before, after, part) for part in BORNE_OUT[listed]):
        return after_all
    return {**after_all, "quote": "", "box": []}


def _same(before: object, after: object, part: str) -> bool:
    return bool(getattr(before, part) == getattr(after, part))
