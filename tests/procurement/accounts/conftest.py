"""People with passwords, and no tries counted from the test before."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from procurement.accounts.models import User

PASSWORD = "four quiet herons wait"


@pytest.fixture(autouse=True)
def no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def staff(reviewer: User) -> User:
    """Ines Varga, who has chosen a password."""
    reviewer.set_password(PASSWORD)
    reviewer.save()
    return reviewer
