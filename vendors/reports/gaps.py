"""Fields that stand empty in a row on file and that a newer reading knows: older rules did not read them. Pure.

Each is offered by itself, with its place. What a person wrote is never touched, and where it is not certain which row
is meant nothing is offered.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from vendors.reports.facts import RecordedFacts, Row
from vendors.reports.proposals import ROWS, Ground, Proposal, Proposals
from vendors.reports.taking import row_on_file

FIELDS = {"exceptions": ("response", "criterion"), "cuecs": ("reference", "criterion"), "subservice": ("service",)}


@dataclass(frozen=True)
class Gap:
    """One empty field of a row on file.

    name    as its button sends it: the proposed row and the field, "exceptions.0.response"
    row     key of the row on file
    ground  where the report says it
    """

    name: str
    listed: str
    row: int
    field: str
    value: str
    ground: Ground


def gaps(facts: RecordedFacts, proposals: Proposals, older: Collection[tuple[str, int]]) -> list[Gap]:
    """What may be filled, in the order of the rows.

    older  list and key of the rows that were accepted from another reading; of these alone something is offered
    """
    found: list[Gap] = []
    for listed in ROWS:
        on_file: tuple[Row, ...] = getattr(facts, listed)
        for row in on_file:
            if row.pk is not None and (listed, row.pk) in older:
                found += _of_row(listed, row, row.pk, on_file, proposals)
    return found


def _of_row(listed: str, row: Row, key: int, on_file: Collection[Row], proposals: Proposals) -> Iterator[Gap]:
    proposal = _the_same(row, on_file, proposals.rows[listed])
    if proposal is None:
        return
    for field in FIELDS[listed]:
        value = getattr(proposal.value, field)
        if value and not getattr(row, field):
            ground = proposal.parts.get(field, proposal.ground)
            yield Gap(f"{proposal.name}.{field}", listed, key, field, value, ground)


def _the_same(row: Row, on_file: Collection[Row], proposed: Collection[Proposal]) -> Proposal | None:
    """The proposed row that is this one; None where two are, or two on file: then it may be either."""
    found = [each for each in proposed if row_on_file(each.value, [row])]
    if len(found) != 1 or any(other is not row and row_on_file(other, [row]) for other in on_file):
        return None
    return found[0]
