"""What accepting proposals does to the facts of a report, and how a proposal stands to what is on file. Pure.

Only what is empty is filled: nothing that a person recorded is ever replaced by what a machine read.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from vendors.reports.facts import CITED, CuecRow, ExceptionRow, RecordedFacts, Row, SubserviceRow
from vendors.reports.proposals import ROWS, Proposal, Proposals

# What stands before the words of a control, as one person types it and another leaves it out: "CUEC-1 (CC6.2):", "3.".
_CRITERIA = r"[A-Z]{1,2}\d{1,2}\.\d{1,2}(?:[,;]?\s*[A-Z]{1,2}\d{1,2}\.\d{1,2})*"
_LABEL = re.compile(
    r"\s*(?:(?:C?UEC|CUC|UE)[\s.#-]*\d+(?:[.-]\d+)*|[A-Z]{1,6}[.-]?\d{1,3}(?=\s*[:)(\[–—-]|\.\s)|\(?\d{1,3}[.)])?"
    rf"\s*(?:[(\[]{_CRITERIA}[)\]]|{_CRITERIA}(?=\s*[:)–—-]))?\s*[:.)–—-]?\s*"
)


class Standing(StrEnum):
    """How a proposal stands to the facts on file."""

    OPEN = "open"
    CONFLICT = "conflict"
    NOT_FOUND = "not_found"
    ON_FILE = "on_file"
    DIFFERS = "differs"
    RECORDED = "recorded"


def standing_of(proposal: Proposal, facts: RecordedFacts) -> Standing:
    """OPEN may be accepted; ON_FILE says the same as the facts, DIFFERS something else; RECORDED: a person found what
    the reader did not."""
    on_file = getattr(facts, proposal.name)
    is_empty = on_file is None or on_file is False or on_file in ("", [])  # a count of 0 is a fact
    if proposal.value is not None:
        if not is_empty:
            return Standing.ON_FILE if _alike(on_file, proposal.value) else Standing.DIFFERS
        # "None" and a list that holds something do not go together.
        if proposal.is_concluded and getattr(facts, proposal.name.removeprefix("states_no_")):
            return Standing.DIFFERS
        return Standing.OPEN
    if not is_empty:
        return Standing.RECORDED
    return Standing.CONFLICT if proposal.is_conflict else Standing.NOT_FOUND


def row_on_file(wanted: Row, rows: Sequence[Row]) -> Row | None:
    """Of these rows the one that says the same: same control, same text, same organization."""
    mark = _mark_of(wanted)
    return next((row for row in rows if _mark_of(row) == mark), None)


def may_take(proposal: Proposal, facts: RecordedFacts, came_from: Collection[str] = ()) -> bool:
    """Whether accepting it would fill something that is empty.

    came_from  names of the proposed rows that are on file already, however a person wrote them since
    """
    listed, _dot, number = proposal.name.partition(".")
    if not number:
        return standing_of(proposal, facts) is Standing.OPEN
    if getattr(facts, f"states_no_{listed}") or proposal.name in came_from:
        return False
    return row_on_file(proposal.value, getattr(facts, listed)) is None


def taken(facts: RecordedFacts, proposals: Iterable[Proposal]) -> RecordedFacts:
    """The facts with these proposals filled in, each with its page. Each must pass `may_take`."""
    changes: dict[str, Any] = {"pages": dict(facts.pages)}
    for proposal in proposals:
        listed, _dot, number = proposal.name.partition(".")
        if number:
            changes[listed] = (*changes.get(listed, getattr(facts, listed)), proposal.value)
            continue
        changes[proposal.name] = proposal.value
        if proposal.name in CITED and proposal.ground.page:
            changes["pages"][proposal.name] = proposal.ground.page
    return replace(facts, **changes)


def differences(facts: RecordedFacts, proposals: Proposals) -> list[Proposal]:
    """What a reading finds other than what stands: other values, and rows that are not on file."""
    found = [each for each in proposals.facts.values() if standing_of(each, facts) is Standing.DIFFERS]
    for listed in ROWS:
        on_file = getattr(facts, listed)
        found += [row for row in proposals.rows[listed] if row_on_file(row.value, on_file) is None]
    return found


def _alike(on_file: Any, proposed: Any) -> bool:
    if isinstance(on_file, str):
        return _plain(on_file) == _plain(proposed)
    if isinstance(on_file, list):
        return sorted(on_file) == sorted(proposed)
    return bool(on_file == proposed)


def _mark_of(row: Row) -> str:
    """What tells one row from another: an exception's control, else the words themselves."""
    if isinstance(row, ExceptionRow):
        return _plain(row.control) or _plain(row.description)
    if isinstance(row, CuecRow):
        return _plain(_LABEL.sub("", row.text, count=1)) or _plain(row.text)
    assert isinstance(row, SubserviceRow)
    return _plain(row.name)


def _plain(text: str) -> str:
    """Letters and digits alone: marks, case and line ends tell no two texts apart."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
