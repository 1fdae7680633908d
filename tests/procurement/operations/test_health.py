"""Machines ask whether a process lives and whether people may be sent here. Nobody signs in for that."""

import ctypes
import ctypes.util
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from procurement.operations.models import Heartbeat
from procurement.operations.services import WORKER, record_heartbeat
from procurement.operations.tasks import beat_heart
from vendors.calendar.clock import now

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def parts(client) -> dict[str, dict[str, str]]:
    return client.get("/readyz").json()["parts"]


@pytest.mark.slow
def test_a_process_that_lives_says_ok_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nothing_is_posted_to_a_health_check(client, address):
    assert client.post(address).status_code == 405


def test_a_fresh_installation_is_ready_and_says_what_is_late(client, db, settings):
    settings.CELERY_BROKER_URL = NOBODY_LISTENS
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"] is True
    found = answer.json()["parts"]
    assert {name: part["state"] for name, part in found.items()} == {
        "database": "ok",
        "migrations": "ok",
        "vault": "ok",
        "broker": "degraded",
        "heartbeat": "degraded",
        "pdf": "ok",
    }
    assert "No heartbeat yet" in found["heartbeat"]["says"]


def test_a_broker_that_nobody_named_is_late_work_not_a_failure(client, db, settings):
    settings.CELERY_BROKER_URL = ""
    assert parts(client)["broker"] == {"state": "degraded", "says": "No broker is named. Set BROKER_URL."}


@pytest.mark.broker
def test_a_broker_that_answers_is_ok(client, db, settings, valkey):
    settings.CELERY_BROKER_URL = valkey.url
    assert parts(client)["broker"]["state"] == "ok"


def test_a_worker_that_ran_a_moment_ago_makes_the_heartbeat_young(client, db):
    beat_heart()
    beat_heart()
    assert Heartbeat.objects.count() == 1
    assert str(Heartbeat.objects.get()).startswith("worker at 20")
    assert parts(client)["heartbeat"]["state"] == "ok"


@pytest.mark.parametrize(("minutes", "state"), [(9, "ok"), (11, "degraded"), (3 * 24 * 60, "degraded")])
def test_a_heartbeat_older_than_two_intervals_is_late(client, db, minutes, state):
    record_heartbeat(name=WORKER, now=now() - timedelta(minutes=minutes))
    found = parts(client)["heartbeat"]
    assert found["state"] == state
    assert f"{minutes} minutes old" in found["says"]


def test_a_database_that_is_down_sends_people_elsewhere_and_tells_them_nothing(client, db):
    def down(*_):
        raise OperationalError("could not connect to server at 10.0.0.9, password authentication failed")

    with connection.execute_wrapper(down):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    states = {name: part["state"] for name, part in answer.json()["parts"].items()}
    assert states["database"] == states["migrations"] == "failing"
    assert "10.0.0.9" not in answer.content.decode()


def test_a_migration_that_waits_sends_people_elsewhere(client, db):
    MigrationRecorder(connection).record_unapplied("procurement", "0001_initial")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "manage.py migrate" in answer.json()["parts"]["migrations"]["says"]


def test_keys_that_do_not_load_send_people_elsewhere_and_stay_secret(client, db, settings):
    settings.VAULT_KEYS = "one:not-really-a-key"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["vault"]["state"] == "failing"
    assert "not-really-a-key" not in answer.content.decode()


@pytest.fixture
def machine_without_libraries(monkeypatch):
    def nothing_there(name, *_, **__):
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", nothing_there)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)


def test_missing_libraries_leave_the_site_ready_with_pdfs_pending(client, db, machine_without_libraries):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["parts"]["pdf"]["says"].startswith("PDF pending: install libpango-1.0-0 ")


def test_the_system_check_warns_with_the_command(machine_without_libraries):
    from procurement.operations.checks import pdf_libraries_load

    (warning,) = pdf_libraries_load()
    assert not warning.is_serious()
    assert "libharfbuzz-subset" in warning.msg
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in warning.hint


def test_the_system_check_is_silent_where_everything_loads(db):
    from procurement.operations.checks import pdf_libraries_load

    assert pdf_libraries_load() == []
