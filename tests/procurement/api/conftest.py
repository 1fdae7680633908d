"""The people of a story, whose rows are written at once."""

import pytest

from tests.factories.crowd import crowd, followed_up


@pytest.fixture
def people(requester, reviewer, approver):
    return {"requester": requester, "reviewer": reviewer, "approver": approver}


@pytest.fixture
def seven_vendors(people):
    crowd(7, **people)
    followed_up(people["reviewer"])
