"""The clock stands on the story's first day."""

import pytest
import time_machine

from tests.factories.stories import FIRST_DAY, cast_of


@pytest.fixture(autouse=True)
def _the_story_day():
    with time_machine.travel(f"{FIRST_DAY.isoformat()}T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def cast(requester, reviewer, approver, auditor, administrator):
    return cast_of(
        requester=requester, reviewer=reviewer, approver=approver, auditor=auditor, administrator=administrator
    )
