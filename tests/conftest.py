"""The cast and the stage. One small set of people, so that every permission test reads the same."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as examples

from procurement.accounts.models import User
from tests.factories.contacts import make_contact, signed_in, speaking
from tests.factories.directory import make_vendor
from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.people.actors import Role

# How fast examples are made says how busy the machine is, and nothing about what is tested.
examples.register_profile("busy machine", suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("busy machine")

pytest_plugins = [
    "tests.skips",
    "tests.ledger_flush",
    "tests.databases",
    "tests.sqlite",
    "tests.postgres",
    "tests.smtp",
    "tests.broker",
    "tests.copied_tree",
    "tests.garbage",
    "tests.marks",
    "tests.vault_folder",
]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker) -> Iterator[None]:
    """Right before Django makes the test's database: what it would migrate is there already."""
    from tests.sqlite import migrated_file, pour  # a plugin, loaded after this file

    with django_db_blocker.unblock():
        poured = pour(migrated_file(), connection.creation._get_test_db_name())
    yield
    poured.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The test's database, with what migrations put into it kept for after a flush."""
    from tests.ledger_flush import keep_what_migrations_made  # a plugin, loaded after this file

    with django_db_blocker.unblock():
        keep_what_migrations_made(connection)


@pytest.fixture(scope="session")
def this_morning() -> datetime:
    """Ten o'clock of the day on which the tests run: late enough for mail, and the same for all."""
    return clock.local_moment(clock.today(), 10)


@pytest.fixture
def the_day_stands_still(this_morning) -> Iterator[time_machine.Traveller]:
    """What services make is made at one moment, so that it need be told only once (tests/factories/told.py)."""
    with time_machine.travel(this_morning, tick=False) as travelled:
        yield travelled


@pytest.fixture
def a_minute_passes(the_day_stands_still) -> Callable[[], None]:
    return lambda: the_day_stands_still.shift(60)


def member_of_staff(name: str, *roles: Role, title: str = "") -> User:
    """A member of staff with these roles; the address follows from the name."""
    address = f"{name.lower().replace(' ', '.')}@northmoor.example"
    return User.objects.create_staff(email=address, name=name, title=title, roles=frozenset(roles))


@pytest.fixture
def requester(db) -> User:
    return member_of_staff("Adaeze Lind", Role.REQUESTER, title="People Operations")


@pytest.fixture
def reviewer(db) -> User:
    return member_of_staff("Ines Varga", Role.REVIEWER, title="Security review")


@pytest.fixture
def approver(db) -> User:
    return member_of_staff("Tomasz Reyk", Role.APPROVER, title="Chief information security officer")


@pytest.fixture
def auditor(db) -> User:
    return member_of_staff("Priya Holm", Role.AUDITOR, title="Internal audit")


@pytest.fixture
def administrator(db) -> User:
    return member_of_staff("Mei Okafor", Role.ADMINISTRATOR, title="Security engineering")


@pytest.fixture
def vendor(db) -> Vendor:
    return make_vendor("Quillhaven")


@pytest.fixture
def contact(vendor, reviewer) -> Contact:
    """Jonah Pell of Quillhaven, who has come in before. He speaks for it, as in a portal session."""
    return speaking(make_contact(vendor, "Jonah Pell", title="Head of Security", by=reviewer))


@pytest.fixture
def stranger(db, reviewer) -> Contact:
    """Rosa Quint, contact of another vendor."""
    return speaking(make_contact(make_vendor("Tarn Ledger"), "Rosa Quint", title="Compliance", by=reviewer))


@pytest.fixture
def contact_client(contact) -> Client:
    """A browser in Jonah Pell's portal session."""
    return signed_in(contact)
