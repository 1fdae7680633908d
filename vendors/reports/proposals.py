"""What a reading proposes for the facts of a report: the reader's words turned into ours, each with its ground.

Pure: `ReportReading.content` in, proposals out. Nothing here is a fact before a person accepts it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from vendors.reports.facts import Row
from vendors.reports.organizations import other_organization
from vendors.reports.read_rows import cuec_row, exception_row, subservice_row, tested_criteria
from vendors.reports.reasons import Reason
from vendors.reports.terms import ReportKind

# Under which heading of the facts page a remark of the reader belongs.
SECTION_OF = {
    "kind": "identity",
    "type": "identity",
    "service_organization": "identity",
    "system": "identity",
    "pages": "identity",
    "auditor": "auditor",
    "report_date": "auditor",
    "period_start": "period",
    "period_end": "period",
    "as_of": "period",
    "opinion": "opinion",
    "modified_criteria": "opinion",
    "opinion_basis": "opinion",
    "categories": "categories",
    "criteria_tested": "categories",
    "controls_tested": "exceptions",
    "exceptions": "exceptions",
    "cuecs": "cuecs",
    "subservice": "subservice",
}
ROWS = ("exceptions", "cuecs", "subservice")
# Where the reader looks for each list, and what must be there before "none" may be concluded.
PART_WITH = {"exceptions": "tests", "cuecs": "description", "subservice": "letter"}
# Fields of a row that stand at a place of their own, and how the reader calls them.
PARTS = {
    "exceptions": {"response": "response"},
    "cuecs": {"reference": "reference", "criterion": "criteria"},
    "subservice": {"service": "service"},
}


@dataclass(frozen=True)
class Ground:
    """Why a value is proposed, or why none is. Pages count from 1; the box lies on `page`, in points.

    is_recognised  the page is a picture whose words were recognised (OCR): they may be misread
    """

    page: int | None = None
    quote: str = ""
    box: tuple[float, ...] = ()
    also_on: tuple[int, ...] = ()
    conflict_on: tuple[int, ...] = ()
    looked_on: tuple[int, ...] = ()
    is_recognised: bool = False


@dataclass(frozen=True)
class Proposal:
    """One thing a person may accept.

    name          the fact ("opinion"), or list and number of a row ("exceptions.0")
    value         as `RecordedFacts` holds it; None where nothing is proposed
    is_concluded  nothing states it: it follows from what was looked for and not found
    parts         of a row: the grounds of fields that stand elsewhere, such as "response"
    doubt         what speaks against it beside the report: it is accepted by itself or not at all
    """

    name: str
    value: Any
    ground: Ground
    is_concluded: bool = False
    parts: Mapping[str, Ground] = field(default_factory=lambda: MappingProxyType({}))
    doubt: Reason | None = None

    @property
    def is_conflict(self) -> bool:
        return bool(self.ground.conflict_on)


@dataclass(frozen=True)
class Remark:
    """What the reader wants a person to look at, in words, and the pages it is about.

    mark  what it is about, by the reader's own name for it: a viewer that opens a page selects its words
    """

    text: str
    pages: tuple[int, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Proposals:
    """Everything one reading proposes. `replied` says of an exception whether management answers it in the report.

    doubted  facts and lists that the reader's own checks remark on: other parts of the report do not go with them, or
             something of the list was not understood
    """

    facts: Mapping[str, Proposal] = field(default_factory=lambda: MappingProxyType({}))
    rows: Mapping[str, tuple[Proposal, ...]] = field(default_factory=lambda: dict.fromkeys(ROWS, ()))
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=lambda: MappingProxyType({}))
    replied: Mapping[str, bool | None] = field(default_factory=lambda: MappingProxyType({}))
    without_text: tuple[int, ...] = ()
    is_restricted: bool = False
    doubted: frozenset[str] = frozenset()

    def named(self, name: str) -> Proposal | None:
        """The proposal of that name, of a fact or of a row; None when there is none."""
        listed, _dot, number = name.partition(".")
        if not number:
            return self.facts.get(name)
        return next((each for each in self.rows.get(listed, ()) if each.name == name), None)

    def agreed(self) -> list[Proposal]:
        """Those that the report states without contradiction, within the fact or against its other parts; what was
        concluded from silence or is in doubt is not among them."""
        facts = [each for name, each in self.facts.items() if name not in self.doubted]
        rows = [row for listed, rows in self.rows.items() if listed not in self.doubted for row in rows]
        everything = [*facts, *rows]
        return [each for each in everything if each.value is not None and not each.is_concluded and not each.doubt]

    def of_vendor(self, vendor: str, known_names: Iterable[str]) -> "Proposals":
        """The same, in doubt about whose report it is where it names somebody known by none of these names."""
        named = self.facts.get("service_organization")
        if named is None or named.value is None:
            return self
        doubt = other_organization(named.value, vendor=vendor, known_names=known_names)
        return replace(self, facts={**self.facts, named.name: replace(named, doubt=doubt)}) if doubt else self


def proposals_of(content: Mapping[str, Any]) -> Proposals:
    """The proposals of a reading; none at all for one that waits or found no text."""
    if not content or content["error"]:
        return Proposals()
    facts = {each.name: each for each in [*_facts(content), *_absences(content)] if _says_something(each)}
    return Proposals(
        facts=facts,
        rows={
            "exceptions": _rows("exceptions", content, content["exceptions"], exception_row, "text"),
            "cuecs": _rows("cuecs", content, content["cuecs"], cuec_row, "text"),
            "subservice": _rows("subservice", content, content["subservice_organizations"], subservice_row, "name"),
        },
        remarks=_remarks(content),
        replied={f"exceptions.{at}": row["management_response"] for at, row in enumerate(content["exceptions"])},
        without_text=tuple(content["pages_without_text"]),
        is_restricted=bool(content["restricted"]),
        doubted=_remarked_on(content, facts),
    )


def _remarked_on(content: Mapping[str, Any], facts: Iterable[str]) -> frozenset[str]:
    """The facts and lists that a note of the reader's checks is about. A period is one fact of two days."""
    about = {note["about"] for note in content["notes"]}
    if about & {"period_start", "period_end"}:
        about |= {"period_start", "period_end"}
    return frozenset(name for name in (*facts, *ROWS) if THEIR_NAME.get(name, name) in about)


def _says_something(proposal: Proposal) -> bool:
    """Whether the reader looked for it at all: a Type II report has no as-of date to look for."""
    ground = proposal.ground
    return proposal.value is not None or bool(ground.conflict_on or ground.looked_on)


def _facts(content: Mapping[str, Any]) -> Iterable[Proposal]:
    """Every fact that stands on its own, in the order of the form."""
    for name, theirs, ours in _VOCABULARY:
        if theirs not in content["evidence"]:
            continue  # read by rules that did not know it
        found = tested_criteria(content) if name == "criteria_tested" else content[theirs]
        ground = _ground(content["evidence"][theirs])
        value = None if found in (None, "", []) or ground.conflict_on else ours(found)
        yield Proposal(name, value, ground)


def _kind(word: str) -> str:
    return word if word in {kind.value for kind in ReportKind} else ReportKind.OTHER.value


def _type(number: int) -> str:
    return f"type{number}"


def _name(longest: int) -> Callable[[str], str | None]:
    """A name as printed. One that our field cannot hold was read wrongly and is not proposed."""
    return lambda name: name if len(name) <= longest else None


def _same(value: Any) -> Any:
    return value


# Our fact, theirs, and how their value is written with us.
_VOCABULARY: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("kind", "kind", _kind),
    ("type", "type", _type),
    ("service_organization", "service_organization", _name(160)),
    ("system_name", "system", _name(200)),
    ("categories", "categories", list),
    ("criteria_tested", "criteria_tested", list),
    ("period_start", "period_start", date.fromisoformat),
    ("period_end", "period_end", date.fromisoformat),
    ("as_of", "as_of", date.fromisoformat),
    ("auditor", "auditor", _name(160)),
    ("report_date", "report_date", date.fromisoformat),
    ("opinion", "opinion", _same),
    ("opinion_basis", "opinion_basis", _same),
    ("opinion_criteria", "modified_criteria", list),
    ("controls_tested", "controls_tested", _same),
)
THEIR_NAME = MappingProxyType({ours: theirs for ours, theirs, _write in _VOCABULARY})


def _absences(content: Mapping[str, Any]) -> Iterable[Proposal]:
    """ "None" for a list that is empty, where the part that would hold it was found and every page of it has text."""
    listed = {
        "exceptions": content["exceptions"],
        "cuecs": content["cuecs"],
        "subservice": content["subservice_organizations"],
    }
    for name in ROWS:
        pages = _pages_of(content, PART_WITH[name])
        blind = set(pages) & set(content["pages_without_text"])
        if pages and not blind and not listed[name] and not _doubted(name, content):
            yield Proposal(f"states_no_{name}", True, Ground(page=pages[0], looked_on=pages), is_concluded=True)


def _doubted(name: str, content: Mapping[str, Any]) -> bool:
    """No tests of controls were read, or the reader says that there may be more: then silence says nothing."""
    if name == "exceptions" and not content["controls_tested"]:
        return True
    return any(note["about"] == name for note in content["notes"])


def _pages_of(content: Mapping[str, Any], part: str) -> tuple[int, ...]:
    span = content["sections"].get(part)
    return tuple(range(span[0], span[1] + 1)) if span else ()


def _rows(
    listed: str,
    content: Mapping[str, Any],
    found: Sequence[Mapping[str, Any]],
    write: Callable[[Mapping[str, Any]], Row],
    quoted: str,
) -> tuple[Proposal, ...]:
    """The rows of one list; `quoted` names what of them is the report's own words at their place."""
    recognised = content["pages_recognised"]
    proposals = []
    for number, row in enumerate(found):
        by_ocr = row["page"] in recognised
        ground = Ground(page=row["page"], quote=row[quoted], box=tuple(row["box"]), is_recognised=by_ocr)
        proposals.append(Proposal(f"{listed}.{number}", write(row), ground, parts=_parts(listed, row)))
    return tuple(proposals)


def _parts(listed: str, row: Mapping[str, Any]) -> dict[str, Ground]:
    """The grounds of what was found of a row's further fields, or is in conflict."""
    grounds = {
        ours: _ground(row["evidence"][theirs])
        for ours, theirs in PARTS[listed].items()
        if theirs in row.get("evidence", {})
    }
    return {name: ground for name, ground in grounds.items() if ground.page or ground.conflict_on}


def _remarks(content: Mapping[str, Any]) -> dict[str, tuple[Remark, ...]]:
    """The reader's notes by section; what a fact's own ground says already is left out."""
    found: dict[str, list[Remark]] = {}
    for note in content["notes"]:
        ground = content["evidence"].get(note["about"])
        if note["about"] == "pages" or (ground and ground["conflict_on"] and note["pages"] == ground["conflict_on"]):
            continue
        section = SECTION_OF.get(note["about"], "identity")
        found.setdefault(section, []).append(Remark(note["text"], tuple(note["pages"]), note["about"]))
    return {section: tuple(remarks) for section, remarks in found.items()}


def _ground(evidence: Mapping[str, Any]) -> Ground:
    return Ground(
        page=evidence["page"],
        quote=evidence["quote"],
        box=tuple(evidence["box"] or ()),
        also_on=tuple(evidence["also_on"]),
        conflict_on=tuple(evidence["conflict_on"]),
        looked_on=tuple(evidence["looked_on"]),
        is_recognised=evidence["ocr"],
    )
