"""Which memos the list shows and the export takes: one rule for both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from procurement.decisions.access import memos_visible_to
from procurement.decisions.models import Memo, Outcome
from procurement.decisions.standings import standings_of
from procurement.decisions.validity import Standing, StandingName
from vendors.people.actors import Actor

SORTS: dict[str, tuple[str, ...]] = {
    "number": ("-number",),
    "vendor": ("decision__review__vendor__name", "-number"),
    "until": ("decision__valid_until", "-number"),
}


@dataclass(frozen=True)
class MemoRow:
    """One memo and how it stands; a rejection that nothing superseded has no standing."""

    memo: Memo
    standing: Standing | None


def matching(user: Actor, query: Mapping[str, str], *, on: date) -> QuerySet[Memo]:
    """The memos this person may read that fit the filters `q`, `outcome`, `year` and `standing`."""
    found = memos_visible_to(user).select_related("decision__review__vendor", "decision__review__engagement", "pdf")
    found = found.defer("decision__frozen")
    words, outcome, year = query.get("q", "").strip(), query.get("outcome", ""), query.get("year", "")
    if words:
        review = "decision__review"
        found = found.filter(
            Q(number__icontains=words)
            | Q(**{f"{review}__vendor__name__icontains": words})
            | Q(**{f"{review}__engagement__title__icontains": words})
        )
    if outcome in Outcome.values:
        found = found.filter(decision__outcome=outcome)
    if year.isdecimal() and len(year) == 4:
        found = found.filter(issued_at__year=int(year))
    return _standing_so(found, query.get("standing", ""), on)


def rows_of(memos: list[Memo], *, on: date) -> list[MemoRow]:
    """The rows of one page, in a fixed number of queries."""
    standings = standings_of({memo.decision.review.vendor_id for memo in memos}, on=on)
    return [MemoRow(memo, standings.get(memo.decision_id)) for memo in memos]


def _standing_so(found: QuerySet[Memo], wanted: str, on: date) -> QuerySet[Memo]:
    """Standing is computed and never stored, so this filter looks at every memo that fits the others."""
    if wanted not in {name.value for name in StandingName}:
        return found
    keys = dict(found.values_list("decision", "decision__review__vendor"))
    standings = standings_of(set(keys.values()), on=on)
    fitting = [pk for pk in keys if pk in standings and standings[pk].name.value == wanted]
    return found.filter(decision__in=fitting)
