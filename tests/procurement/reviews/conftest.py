"""More of the cast, browsers of the staff, and the mail that would leave now."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from procurement.accounts.models import User
from tests.conftest import member_of_staff
from vendors.calendar import clock
from vendors.correspondence import delivery
from vendors.people.actors import Role


@pytest.fixture(autouse=True)
def _stands_still(the_day_stands_still):
    """One moment for a whole test."""


@pytest.fixture
def second_reviewer(db) -> User:
    return member_of_staff("Oona Brandt", Role.REVIEWER, title="Security review")


@pytest.fixture
def two_roles(db) -> User:
    """Somebody who asks for reviews and reviews."""
    return member_of_staff("Silas Wren", Role.REQUESTER, Role.REVIEWER, title="Platform")


@pytest.fixture
def reviewer_and_approver(db) -> User:
    return member_of_staff("Vera Lindt", Role.REVIEWER, Role.APPROVER, title="Deputy CISO")


@pytest.fixture
def today() -> date:
    return clock.today()


@pytest.fixture
def as_staff() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def letters() -> Callable[[], list[EmailMessage]]:
    """What leaves when the mail that waits is sent; each call returns what is new."""

    def sent() -> list[EmailMessage]:
        before = len(mail.outbox)
        delivery.deliver_due(clock.now())
        return mail.outbox[before:]

    return sent
