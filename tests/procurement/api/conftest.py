"""The people of a story, whose rows are written at once."""

import pytest

from procurement.questionnaires import services
from tests.factories.crowd import crowd, followed_up
from tests.factories.told import told_once
from vendors.calendar import clock


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
    reviewer = {"by": people["reviewer"], "now": clock.now()}
    job = services.begin_import(data=b"ID,Question\nA-1,Do you encrypt backups?\n", name="q.csv", **reviewer)
    services.keep_profile(job=job, name="Fernhollow supplier list", **reviewer)
