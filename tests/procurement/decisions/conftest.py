"""The stage of decisions: the clock stands on the story's first day, and everybody is signed in afresh."""

from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from tests.factories.stories import FIRST_DAY, cast_of
from vendors.calendar import clock
from vendors.correspondence import delivery


@pytest.fixture(autouse=True)
def _the_story_day():
    with time_machine.travel(f"{FIRST_DAY.isoformat()}T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def cast(requester, reviewer, approver, auditor, administrator):
    return cast_of(
        requester=requester, reviewer=reviewer, approver=approver, auditor=auditor, administrator=administrator
    )


@pytest.fixture
def mailbox_after() -> Callable[[], list[EmailMultiAlternatives]]:
    """Delivers what is due now and gives everything that was ever delivered."""

    def delivered() -> list[EmailMultiAlternatives]:
        delivery.deliver_due(clock.now())
        return mail.outbox

    return delivered
