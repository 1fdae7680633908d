"""A pytest plugin: tests of whole stories begin, so that none of them is left when everything else is done."""

import pytest

# What they need, the slowest first. Journeys, and those that start the demo, go through more of it than others.
SLOWEST_FIRST = ("browser", "broker", "postgres")
WHOLE_STORIES = {"journeys", "demo"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def _place(item: pytest.Item) -> tuple[bool, int]:
    needs = [SLOWEST_FIRST.index(mark.name) for mark in item.iter_markers() if mark.name in SLOWEST_FIRST]
    return WHOLE_STORIES.isdisjoint(item.path.parts), min(needs, default=len(SLOWEST_FIRST))
