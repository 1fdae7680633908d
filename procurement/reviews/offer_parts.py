"""The further fields of a row as the facts page shows them: each with the place where the report says it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from procurement.reviews.offers import OfferPart
from vendors.reports.citations import Citation
from vendors.reports.gaps import Gap
from vendors.reports.grounds import part_in_words
from vendors.reports.marks import PARTS, row_of
from vendors.reports.proposals import Ground, Proposal

LABELS = {
    "response": _("Management’s response"),
    "service": _("What it does"),
    "reference": _("Reference"),
    "criterion": _("Criterion"),
}


def parts_of(proposal: Proposal) -> tuple[OfferPart, ...]:
    """Those of a proposed row; one on which the report contradicts itself is shown without a value."""
    return tuple(
        _part(proposal.name, part, getattr(proposal.value, part), ground, proposal.ground.page)
        for part, ground in proposal.parts.items()
        if ground.conflict_on or getattr(proposal.value, part)
    )


def parts_on_file(citation: Citation, row: Any) -> tuple[OfferPart, ...]:
    """Those of a row on file that were taken from the reading with it."""
    return tuple(
        _part(
            row_of(cited.get("name", citation.name)),
            part,
            getattr(row, part),
            Ground(page=cited["page"]),
            citation.page,
        )
        for part, cited in citation.parts.items()
    )


def gaps_by_row(gaps: Iterable[Gap]) -> dict[tuple[str, int], tuple[OfferPart, ...]]:
    """Empty fields of rows on file with what a newer reading finds, by list and key of the row; each shows its page."""
    found: dict[tuple[str, int], tuple[OfferPart, ...]] = {}
    for gap in gaps:
        part = replace(_part(row_of(gap.name), gap.field, gap.value, gap.ground, None), name=gap.name)
        found[gap.listed, gap.row] = (*found.get((gap.listed, gap.row), ()), part)
    return found


def mark_of_row(name: str) -> str:
    """A row as the reader's own lists name it."""
    listed, _dot, number = name.partition(".")
    return f"subservice_organizations.{number}" if listed == "subservice" else name


def _part(name: str, part: str, value: str, ground: Ground, page: int | None) -> OfferPart:
    """What stands right beside the row needs no chip of its own."""
    mark = f"{mark_of_row(name)}.{part}" if part in PARTS else mark_of_row(name)
    is_beside = part not in PARTS and ground.page == page
    pages = ground.conflict_on or (() if is_beside or ground.page is None else (ground.page,))
    return OfferPart(str(LABELS[part]), value, mark, pages, part_in_words(ground))
