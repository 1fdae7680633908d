"""The letters of these tests stand beside the product's own mail."""

import copy

import pytest

from tests.factories.correspondence import LETTERS


@pytest.fixture(autouse=True)
def letters(settings) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], LETTERS]
    settings.TEMPLATES = templates
