"""A sample of each bad day: one run with a fixed seed and twenty reminders. `make soak` has them fifty times over."""

import pytest

from tests.soak.bad_days import live_through
from tests.soak.databases import Shelf
from tests.soak.faults import AT_MOST, FAULTS, TWICE_ALLOWED, why_not

pytestmark = [pytest.mark.broker, pytest.mark.slow]

REMINDERS = 20


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_day_loses_no_reminder_and_doubles_none(
    fault, shelf, shared_keys, vault_folder, tmp_path, django_db_blocker
):
    if reason := why_not(fault):
        pytest.skip(reason)
    with django_db_blocker.unblock():
        verdict = live_through(
            fault, "sqlite", reminders=REMINDERS, seed=20261123, shelf=shelf, folder=tmp_path / "day"
        )
    assert verdict.reminders >= REMINDERS
    assert verdict.lost == 0
    assert verdict.doubled <= TWICE_ALLOWED.get(fault, 0)
    assert verdict.most <= AT_MOST
