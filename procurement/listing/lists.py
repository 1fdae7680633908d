"""What every list shares: filters that live in the address, pages of fifty, a sort that is one of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import QueryDict

PAGE_SIZE = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Segment:
    """One of the states above a list, with its count; its name stands in the address."""

    key: str
    label: str
    count: int | None
    current: bool
    href: str


def segments_of(
    labels: Mapping[str, str], counts: Mapping[str, int], *, current: str, first: str, query: QueryDict
) -> list[Segment]:
    """The segments of a list in the order of their labels.

    counts  by `n_` and the segment's name, as `aggregate` gives them
    first   the one that is shown when the address names none
    """
    return [
        Segment(
            key, label, counts[f"n_{key}"], key == current, address_with(query, segment="" if key == first else key)
        )
        for key, label in labels.items()
    ]


def page_of(rows: QuerySet[Row], asked: str | None, *, count: int | None = None) -> Page[Row]:
    """The page asked for; the first or last one for a number that is none. `count` where it is known already."""
    paginator = Paginator(rows, PAGE_SIZE)
    if count is not None:
        paginator.count = count  # a cached property: what is known is not counted again
    return paginator.get_page(asked)


def chosen_sort(asked: str | None, known: Mapping[str, tuple[str, ...]], default: str) -> str:
    """The sort asked for when it is one of ours, with a leading minus for the other direction."""
    key = (asked or default).strip()
    return key if key.removeprefix("-") in known else default


def order_by(sort: str, known: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The columns of a sort. The minus turns the first of them; the rest keep ties in order."""
    first, *rest = known[sort.removeprefix("-")]
    if sort.startswith("-"):
        first = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    return [first, *rest]


def address_with(query: QueryDict, **changes: str) -> str:
    """The same list with other filters; going to another segment starts at its first page."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value:
            changed[name] = value
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode()}" if changed else "?"
