"""The viewer as a page shows it: one page of the document, what is marked on it, and the ways to other pages.

Every way is a plain address, so that the viewer works without a script. `vendors.reports.viewing` makes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from vendors.reports.marks import PIN_RADIUS, PIN_X, Mark
from vendors.reports.models import Report
from vendors.reports.serving import WIDTHS
from vendors.vault.page_search import Hit

# The whole page in the window; numbers are per cent of the column's width.
FIT = "fit"


@dataclass(frozen=True)
class Place:
    """Which page is shown, and how large: "fit", or per cent of the column's width."""

    number: int
    zoom: str

    @property
    def query(self) -> str:
        return urlencode({"page": self.number, "zoom": self.zoom})

    @property
    def picture_zoom(self) -> int:
        """How large the picture itself is fetched: a page that fits the window is scaled down by the browser."""
        return min(WIDTHS) if self.zoom == FIT else int(self.zoom)


@dataclass(frozen=True)
class Way:
    """A link to another page of the document."""

    number: int
    href: str
    words: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class HitWay:
    """A place where the words stand, and the way there."""

    hit: Hit
    href: str


@dataclass(frozen=True)
class DrawnMark:
    """A mark as the page draws it. `href` leads to its fact, `label` is what a screen reader says."""

    mark: Mark
    href: str
    label: str

    pin_x, pin_radius = PIN_X, PIN_RADIUS

    @property
    def width(self) -> float:
        return round(self.mark.passage.box[2] - self.mark.passage.box[0], 2)

    @property
    def height(self) -> float:
        return round(self.mark.passage.box[3] - self.mark.passage.box[1], 2)


@dataclass(frozen=True)
class FoundBox:
    """Words that were searched for, on this page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """The page of the document that is shown, and where to go from it. `closed_because` says why none is shown.

    here      the address of the page that shows the viewer
    size      of the page in points; None where nothing is drawn over it
    query     the words searched for
    hits      where they stand; None unless the whole document was searched
    problem   why nothing was searched or marked, as a sentence
    """

    place: Place
    count: int
    here: str
    closed_because: str = ""
    cited: list[Way] = field(default_factory=list)
    sections: list[Way] = field(default_factory=list)
    size: tuple[float, float] | None = None
    marks: list[DrawnMark] = field(default_factory=list)
    found: list[FoundBox] = field(default_factory=list)
    query: str = ""
    hits: list[HitWay] | None = None
    problem: str = ""

    @property
    def number(self) -> int:
        return self.place.number

    @property
    def zoom(self) -> str:
        return self.place.zoom

    @property
    def picture_zoom(self) -> int:
        return self.place.picture_zoom

    @property
    def previous(self) -> str:
        return self._to(number=self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self._to(number=self.number + 1) if self.number < self.count else ""

    @property
    def smaller(self) -> str:
        zoom = max((zoom for zoom in WIDTHS if zoom < self.picture_zoom), default=None)
        return self._to(zoom=str(zoom)) if zoom and self.zoom != FIT else ""

    @property
    def larger(self) -> str:
        zoom = min((zoom for zoom in WIDTHS if self.zoom == FIT or zoom > self.picture_zoom), default=None)
        return self._to(zoom=str(zoom)) if zoom else ""

    @property
    def fit(self) -> str:
        return self._to(zoom=FIT) if self.zoom != FIT else ""

    @property
    def all_hits(self) -> str:
        return f"{self.here}?{urlencode({'q': self.query, 'near': self.number, 'zoom': self.zoom})}"

    @property
    def without_search(self) -> str:
        return f"{self.here}?{self.place.query}"

    def _to(self, *, number: int | None = None, zoom: str = "") -> str:
        return address_of(self.here, Place(number or self.number, zoom or self.zoom), self.query)


def address_of(here: str, place: Place, query: str = "") -> str:
    """The address of a page of the document, with the words that stay marked on it."""
    return f"{here}?{place.query}" + (f"&{urlencode({'q': query})}" if query else "")


def place_in(report: Report, asked: Mapping[str, Any]) -> Place:
    """The place for `page` and `zoom`; an unknown page or zoom becomes the nearest one there is."""
    zoom = asked.get("zoom")
    nearest = min(WIDTHS, key=lambda width: abs(width - whole_number(zoom, 100)))
    return Place(
        number=min(max(whole_number(asked.get("page"), 1), 1), max(report.page_count, 1)),
        zoom=FIT if zoom == FIT else str(nearest),
    )


def whole_number(typed: Any, otherwise: int) -> int:
    """What was typed where a number belongs, or the other one."""
    text = str(typed or "")
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise
