"""The rows of the list of reviews: columns, not models, since a row shows twelve words of five tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from procurement.policy.labels import DATA_CLASSES
from procurement.reviews.models import UNDECIDED, Review, State
from vendors.calendar.clock import local_day
from vendors.people.actors import Actor

COLUMNS = (
    "pk",
    "number",
    "state",
    "state_since",
    "wanted_by",
    "vendor__name",
    "engagement__title",
    "engagement__tier",
    "engagement__data_classes",
    "reviewer__name",
    "decision__memo__number",
)


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """A row of the list: everything it says, and nothing to look up.

    names_reviewer  whether the list has a column for them
    """

    pk: int
    number: str
    title: str
    vendor: str
    tier: int
    data: str
    state: str
    state_word: str
    since: date
    memo: str
    is_undecided: bool
    reviewer: str
    wanted_by: date | None
    is_overdue: bool
    names_reviewer: bool


def under_way_of(user: Actor, *, on: date) -> list[ReviewRow]:
    """The reviews this person works on, whoever has to act now; what has stood longest comes first."""
    found = Review.objects.undecided().filter(reviewer=user.pk).order_by("state_since", "pk")
    return rows_of(list(found.values(*COLUMNS)), on=on, names_reviewer=False)


def rows_of(found: list[Mapping[str, Any]], *, on: date, names_reviewer: bool = True) -> list[ReviewRow]:
    """The rows of one page of the list, from COLUMNS of its reviews."""
    states = {state.value: str(state.label) for state in State}
    classes = {key: str(word) for key, word in DATA_CLASSES}

    def row(review: Mapping[str, Any]) -> ReviewRow:
        is_undecided = review["state"] in UNDECIDED
        return ReviewRow(
            pk=review["pk"],
            number=review["number"],
            title=review["engagement__title"],
            vendor=review["vendor__name"],
            tier=review["engagement__tier"],
            data=", ".join(classes[key] for key in review["engagement__data_classes"]),
            state=review["state"],
            state_word=states[review["state"]],
            since=local_day(review["state_since"]),
            memo=review["decision__memo__number"] or "",
            is_undecided=is_undecided,
            reviewer=review["reviewer__name"] or "",
            wanted_by=review["wanted_by"],
            is_overdue=bool(is_undecided and review["wanted_by"] and review["wanted_by"] < on),
            names_reviewer=names_reviewer,
        )

    return [row(review) for review in found]
