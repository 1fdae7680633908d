"""What a reading hands out: facts with their places, rows of registers, notes. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from vendors.reading.fingerprints import Fingerprint

Value = TypeVar("Value")
Box = tuple[float, float, float, float]


def gettext_noop(template: str) -> str:
    """The text itself. The name makes `makemessages` collect it for translation at the edge."""
    return template


_ = gettext_noop


class Unreadable(StrEnum):
    """Why nothing was read. `NO_TEXT`: the file opens, but no page of it has text: a scan."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NOT_A_PDF = "not_a_pdf"
    NO_TEXT = "no_text"

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, for people."""
        return SENTENCES[self]


SENTENCES = {
    Unreadable.ENCRYPTED: _("The file needs a password. Ask the vendor for a copy that opens without one."),
    Unreadable.DAMAGED: _("The file is damaged or was cut off. Ask the vendor to send it again."),
    Unreadable.NOT_A_PDF: _("The file is not a PDF. Ask the vendor for the report itself."),
    Unreadable.NO_TEXT: _("The pages are pictures without text. Read the report by eye, or ask for the original PDF."),
}


@dataclass(frozen=True)
class Place:
    """Where words stand: the page (from 1), the words as printed, and their box.

    box  x0, top, x1, bottom in points from the top left corner of the page as a viewer shows it
    """

    page: int
    quote: str
    box: Box


@dataclass(frozen=True)
class Fact(Generic[Value]):
    """One proposed value and its ground.

    value        None: not found, or the evidence conflicts
    also_on      further pages that state the same
    conflict_on  pages that state different values; then no value is proposed
    looked_on    pages that were read for it
    """

    value: Value | None = None
    page: int | None = None
    quote: str = ""
    box: Box | None = None
    also_on: tuple[int, ...] = ()
    conflict_on: tuple[int, ...] = ()
    looked_on: tuple[int, ...] = ()

    @property
    def pages(self) -> tuple[int, ...]:
        """Every page that states the value, the quoted one first."""
        return () if self.page is None else (self.page, *self.also_on)


@dataclass(frozen=True)
class Subservice:
    """A subservice organization, its method ("carve_out", "inclusive", None: not told) and what it does."""

    name: str
    method: str | None
    place: Place
    service: Fact[str] = Fact()


@dataclass(frozen=True)
class ReportException:
    """An exception of the tests.

    management_response  None where a reply is announced but was not found
    response             its words, where it is clear which they are
    pointer              what its cell says after it, such as where the reply stands
    """

    control: str
    criteria: tuple[str, ...]
    text: str
    place: Place
    management_response: bool | None
    response: Fact[str] = Fact()
    pointer: str = ""


@dataclass(frozen=True)
class Cuec:
    """A complementary user entity control, with its number and its criteria as the report gives them."""

    text: str
    place: Place
    reference: Fact[str] = Fact()
    criteria: Fact[tuple[str, ...]] = Fact()


@dataclass(frozen=True)
class Note:
    """Something a reviewer should know: a `str.format` template, what stands in its places, and the pages."""

    about: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    pages: tuple[int, ...] = ()

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Everything that was read of one file. With an `error`, every fact is unknown.

    recognised  pages whose words were recognised in a picture: what stands on them may be misread
    """

    error: Unreadable | None = None
    pages: int | None = None
    pages_without_text: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()
    restricted: bool = False
    sections: Mapping[str, tuple[int, int]] = field(default_factory=dict, hash=False)
    kind: Fact[str] = Fact()
    type: Fact[int] = Fact()
    service_organization: Fact[str] = Fact()
    system: Fact[str] = Fact()
    auditor: Fact[str] = Fact()
    report_date: Fact[date] = Fact()
    period_start: Fact[date] = Fact()
    period_end: Fact[date] = Fact()
    as_of: Fact[date] = Fact()
    opinion: Fact[str] = Fact()
    modified_criteria: Fact[tuple[str, ...]] = Fact()
    opinion_basis: Fact[str] = Fact()
    categories: Fact[tuple[str, ...]] = Fact()
    subservice_organizations: tuple[Subservice, ...] = ()
    exceptions: tuple[ReportException, ...] = ()
    cuecs: tuple[Cuec, ...] = ()
    covers_from: Fact[date] = Fact()
    covers_to: Fact[date] = Fact()
    criteria_tested: Fact[tuple[str, ...]] = Fact()
    criteria_not_tested: tuple[str, ...] = ()
    controls_tested: Fact[int] = Fact()
    notes: tuple[Note, ...] = ()
    fingerprints: Mapping[str, Fingerprint] = field(default_factory=dict, hash=False)
