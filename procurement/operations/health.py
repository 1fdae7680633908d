"""Is this installation ready? A state and a sentence for each part. Anybody may ask, so nothing secret."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from procurement.operations.libraries import PDF_PACKAGES, missing_libraries
from procurement.operations.models import Heartbeat
from procurement.operations.services import WORKER
from vendors.sealing.keyring import keyring

log = logging.getLogger(__name__)

HEARTBEAT_INTERVAL = timedelta(minutes=5)
BROKER_PATIENCE = 0.5


class State(StrEnum):
    """ok: as it should be. degraded: work goes on, but late. failing: nobody should be sent here."""

    OK = "ok"
    DEGRADED = "degraded"
    FAILING = "failing"


@dataclass(frozen=True)
class Finding:
    """What was found about one part."""

    state: State
    says: str


def readiness(*, now: datetime) -> dict[str, Finding]:
    """Every part with its state, the ones that must work first. Never raises."""
    parts: dict[str, Callable[[], Finding]] = {
        "database": _database,
        "migrations": _migrations,
        "vault": _vault,
        "broker": _broker,
        "heartbeat": lambda: _heartbeat(now=now),
        "pdf": _pdf,
    }
    return {name: look() for name, look in parts.items()}


def is_ready(findings: dict[str, Finding]) -> bool:
    return all(finding.state is not State.FAILING for finding in findings.values())


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("The database does not answer.")
        return Finding(State.FAILING, "The database does not answer.")
    return Finding(State.OK, "The database answers.")


def _migrations() -> Finding:
    try:
        loader = MigrationLoader(connection)
        pending = set(loader.graph.nodes) - set(loader.applied_migrations or ())
    except DatabaseError:
        return Finding(State.FAILING, "Not known while the database does not answer.")
    if pending:
        return Finding(State.FAILING, f"{len(pending)} migrations wait. Run: manage.py migrate")
    return Finding(State.OK, "Every migration is applied.")


def _vault() -> Finding:
    try:
        keyring()
    except (ValueError, OSError, ImproperlyConfigured):
        log.exception("The vault's keys do not load.")
        return Finding(State.FAILING, "The vault's keys do not load. Look at VAULT_KEYS.")
    return Finding(State.OK, "The vault's keys load.")


def _broker() -> Finding:
    """The database holds the truth: without a broker, work waits for the next scan."""
    if not settings.CELERY_BROKER_URL:
        return Finding(State.DEGRADED, "No broker is named. Set BROKER_URL.")
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_connect_timeout=BROKER_PATIENCE, socket_timeout=BROKER_PATIENCE
        ) as broker:
            broker.ping()
    except (redis.RedisError, OSError, ValueError):
        return Finding(State.DEGRADED, "The broker does not answer. Mail and PDFs wait until it does.")
    return Finding(State.OK, "The broker answers.")


def _heartbeat(*, now: datetime) -> Finding:
    try:
        beat_at = Heartbeat.objects.filter(name=WORKER).values_list("beat_at", flat=True).first()
    except DatabaseError:
        return Finding(State.DEGRADED, "Not known while the database does not answer.")
    if beat_at is None:
        return Finding(State.DEGRADED, "No heartbeat yet. Beat and a worker write one every five minutes.")
    age = now - beat_at
    says = f"The last heartbeat is {int(age.total_seconds() // 60)} minutes old."
    if age > 2 * HEARTBEAT_INTERVAL:
        return Finding(State.DEGRADED, f"{says} Start beat and a worker.")
    return Finding(State.OK, says)


def _pdf() -> Finding:
    if missing_libraries():
        return Finding(State.DEGRADED, f"PDF pending: install {' '.join(PDF_PACKAGES)}")
    return Finding(State.OK, "The libraries behind PDFs load.")
