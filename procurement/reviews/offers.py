"""The proposals of a reading as the facts page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vendors.reports.proposals import Remark
from vendors.reports.taking import Standing

# The places of the form that show a proposal, and the section of each.
SECTION_OF_PLACE = {
    "kind": "identity",
    "type": "identity",
    "service_organization": "identity",
    "system_name": "identity",
    "categories": "categories",
    "criteria_tested": "categories",
    "period": "period",
    "as_of": "period",
    "auditor": "auditor",
    "report_date": "auditor",
    "opinion": "opinion",
    "opinion_basis": "opinion",
    "opinion_criteria": "opinion",
    "states_no_subservice": "subservice",
    "states_no_cuecs": "cuecs",
    "states_no_exceptions": "exceptions",
    "controls_tested": "exceptions",
}
TAKEN, BLOCKED = "taken", "blocked"
# A proposal in one of these states needs no field in sight.
SETTLED = {Standing.OPEN, Standing.ON_FILE, TAKEN}


@dataclass(frozen=True)
class OfferPart:
    """A field of a row that stands at a place of its own in the report, such as management's response.

    value   what is proposed, or on file; empty where the report contradicts itself
    ground  what there is to say about it; mostly nothing
    mark    how the viewer knows it; that of the row where it stands right beside it
    name    what the button sends that fills it; empty for what is not to be filled
    """

    label: str
    value: str
    mark: str
    pages: tuple[int, ...] = ()
    ground: str = ""
    name: str = ""


@dataclass(frozen=True)
class Offer:
    """One proposal on the page.

    names     what its buttons send: the names of its proposals, parted by spaces
    number    of its passage in the viewer; 0 for what stands at no single place
    mark      how the viewer knows it: the reader's own name for it
    state     a `Standing`, "taken" (accepted; by `taken_by`) or "blocked" (a row where "none" is recorded)
    value     what is on file, else what is proposed
    proposed  what the reader finds where something else is on file
    doubt     what speaks against accepting it: it counts as a conflict until a person accepts it by itself
    parts     of a row: its further fields, each with its place
    gaps      of a row on file: its empty fields that a newer reading knows, each to be filled by itself
    reply     of an exception: what is known of management's answer, where its words are not among the parts
    tags      further words about a row: "same as last year"
    is_doubted  whether the reader remarks on it, so that it is read and accepted by itself
    fills     of a fact: what its fields begin with once somebody changes it, as JSON by the field's name
    """

    names: str
    mark: str
    label: str
    state: str
    number: int = 0
    value: str = ""
    proposed: str = ""
    ground: str = ""
    quote: str = ""
    pages: tuple[int, ...] = ()
    taken_by: str = ""
    to_see: bool = False
    is_concluded: bool = False
    doubt: str = ""
    reply: str = ""
    parts: tuple[OfferPart, ...] = ()
    gaps: tuple[OfferPart, ...] = ()
    set_aside_by: str = ""
    tags: tuple[str, ...] = ()
    is_doubted: bool = False
    fills: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == Standing.OPEN

    @property
    def is_done(self) -> bool:
        return self.state in {TAKEN, Standing.ON_FILE, Standing.RECORDED, Standing.DIFFERS}

    @property
    def may_set_aside(self) -> bool:
        """Refused as it is: a row that is none, a fact to be read by eye."""
        return not self.set_aside_by

    @property
    def shows_quote(self) -> bool:
        """Whether the report's words say more than the value does."""
        said = " ".join(self.value.split()).casefold()
        return bool(self.quote) and self.quote.rstrip("…").casefold() not in said

    @property
    def shows_field(self) -> bool:
        """Whether the field stands open below it, and not behind "Change"."""
        return self.state not in SETTLED or bool(self.set_aside_by)


@dataclass(frozen=True)
class Difference:
    """What stands on file and what a newer reading finds instead."""

    label: str
    stands: str
    found: str
    pages: tuple[int, ...]


@dataclass(frozen=True)
class Board:
    """Everything the reading of one report puts on its facts page.

    facts     by place of the form
    rows      rows that are proposed, by list; `set_aside` those a person did not want
    on_file   accepted rows by list and key of the row
    """

    facts: dict[str, Offer] = field(default_factory=dict)
    rows: dict[str, list[Offer]] = field(default_factory=dict)
    set_aside: dict[str, list[Offer]] = field(default_factory=dict)
    on_file: dict[str, dict[int, Offer]] = field(default_factory=dict)
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)
    without_text: str = ""
    is_restricted: bool = False

    @property
    def everything(self) -> list[Offer]:
        found = [*self.facts.values()]
        for listed in self.rows:
            found += [*self.rows[listed], *self.on_file[listed].values()]
        return found

    @property
    def awaited(self) -> set[str]:
        """The sections in which a proposal waits to be accepted: what they lack needs no sentence of its own."""
        waiting = [place for place, offer in self.facts.items() if offer.is_open and not offer.set_aside_by]
        facts = {SECTION_OF_PLACE[place] for place in waiting}
        return facts | {listed for listed, rows in self.rows.items() if any(row.is_open for row in rows)}

    @property
    def total(self) -> int:
        return sum(1 for each in self.everything if each.state != Standing.NOT_FOUND)

    @property
    def accepted(self) -> int:
        return sum(each.is_done for each in self.everything)

    @property
    def agreed(self) -> int:
        """How many "Accept all" would take."""
        return sum(
            each.is_open and not (each.is_concluded or each.is_doubted or each.doubt or each.set_aside_by)
            for each in self.everything
        )

    @property
    def conflicts(self) -> int:
        return sum(each.state == Standing.CONFLICT or bool(each.doubt) for each in self.everything)

    @property
    def to_see(self) -> int:
        return sum(each.to_see for each in self.everything)
