"""What this machine has for the tests: a browser, PostgreSQL, a broker. A lack says how to end it."""

import os
from functools import cache

import psycopg

from procurement.demo.servers import bundled_broker
from requirements import system

POSTGRES_URLS = (
    "postgres://countersign:countersign@127.0.0.1:5432/postgres",
    "postgres://postgres@127.0.0.1:5432/postgres",
    "postgres://postgres:postgres@127.0.0.1:5432/postgres",
)
TO_RUN_IT = " To run it: "


def chromium() -> str | None:
    """The path of the browser: `CHROMIUM`, one on the path, or the one Playwright fetched."""
    return system.browser()


@cache
def postgres_url() -> str | None:
    """A server that lets us make databases: `TEST_POSTGRES_URL`, else one at 127.0.0.1:5432."""
    named = os.environ.get("TEST_POSTGRES_URL")
    return next((url for url in ((named,) if named else POSTGRES_URLS) if _lets_us_in(url)), None)


def _lets_us_in(url: str) -> bool:
    question = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(question).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def has_broker() -> bool:
    try:
        return bool(bundled_broker())
    except FileNotFoundError:
        return False


def lack(marker: str) -> str | None:
    """Why tests with this marker cannot run here and the command that ends it; None when they can."""
    if marker == "browser" and not system.can_drive_a_browser():
        return f"No Chromium that can be driven on this machine.{TO_RUN_IT}{system.NEEDS['browser'].command}"
    if marker == "broker" and not has_broker():
        return "The bundled broker has no binary for this machine: run these tests on Linux or macOS."
    if marker == "postgres" and not postgres_url():
        return f"No PostgreSQL server lets the tests in.{TO_RUN_IT}{system.NEEDS['postgres'].command}"
    return None
