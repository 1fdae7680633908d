"""Finds → facts: what several places say of one thing is settled here, or called a conflict."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from vendors.reading.facts import Fact
from vendors.reading.flow import Flow

Value = TypeVar("Value")


@dataclass(frozen=True)
class Find(Generic[Value]):
    """One place where a value was read."""

    value: Value
    flow: Flow
    start: int
    end: int

    @property
    def page(self) -> int:
        return self.flow.page_of(self.start)


def pages_of(finds: Iterable[Find[Value]]) -> tuple[int, ...]:
    """The pages on which these finds stand, in order."""
    return tuple(sorted({find.page for find in finds}))


def fact_from(find: Find[Value], also: Iterable[Find[Value]] = (), looked_on: Sequence[int] = ()) -> Fact[Value]:
    """The fact that a find proves; `also` are further finds of the same value."""
    place = find.flow.place(find.start, find.end)
    also_on = tuple(page for page in pages_of(also) if page != place.page)
    return Fact(find.value, place.page, place.quote, place.box, also_on, (), tuple(looked_on))


def settled(
    finds: Sequence[Find[Value]],
    looked_on: Sequence[int],
    same: Callable[[Value, Value], bool] = lambda one, other: one == other,
) -> Fact[Value]:
    """The value on which all finds agree, quoted from the first of them; nothing when two of them differ."""
    if not finds:
        return Fact(looked_on=tuple(looked_on))
    if all(same(finds[0].value, find.value) for find in finds):
        return fact_from(finds[0], finds[1:], looked_on)
    return Fact(conflict_on=pages_of(finds), looked_on=tuple(looked_on))
