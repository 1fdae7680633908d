"""The people of a story, whose rows are written at once."""

import pytest

from tests.factories.crowd import crowd, followed_up
from tests.factories.told import told_once


@pytest.fixture(autouse=True)
def _stands_still(the_day_stands_still):
    """One moment for a whole test."""


@pytest.fixture
def people(requester, reviewer, approver):
    return {"requester": requester, "reviewer": reviewer, "approver": approver}


@pytest.fixture
def seven_vendors(people):
    told_once(crowd)(7, **people)
    told_once(followed_up)(people["reviewer"])
