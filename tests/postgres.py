"""A throw-away PostgreSQL database for tests marked `postgres`.

The server is TEST_POSTGRES_URL, else 127.0.0.1:5432 as user postgres. Its own databases are left alone: a migrated
template is made once a run, each test gets a copy, and all of them are dropped.
"""

import os
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from psycopg import sql

from tests.databases import this_process_on

DEFAULT_URL = "postgres://postgres@127.0.0.1:5432/postgres"
HOW_TO_GET_ONE = (
    "Start one (Debian: `service postgresql start`) that lets user postgres in from 127.0.0.1, "
    "or set TEST_POSTGRES_URL=postgres://user:password@host:5432/postgres"
)


class Server:
    """A server that may create databases."""

    def __init__(self, url: str) -> None:
        self.url = url

    def run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True, connect_timeout=3) as connection:
            connection.execute(statement)

    def has(self, name: str) -> bool:
        with psycopg.connect(self.url, connect_timeout=3) as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def create(self, name: str = "", *, template: str = "template1") -> str:
        name = name or f"countersign_test_{secrets.token_hex(6)}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.run(create.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        self.run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def address(self, name: str) -> str:
        return urlsplit(self.url)._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
def postgres_server() -> Server:
    server = Server(os.environ.get("TEST_POSTGRES_URL", DEFAULT_URL))
    try:
        server.run(sql.SQL("SELECT 1").format())
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        pytest.skip(f"No PostgreSQL server ({reason}). {HOW_TO_GET_ONE}")
    return server


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Server, testrun_uid: str, django_db_blocker) -> Iterator[str]:
    """One for all processes of a run: who needs it first migrates it, who ends last drops it."""
    name, lock = f"countersign_test_{testrun_uid[:12]}", [int(testrun_uid[:15], 16)]
    with psycopg.connect(postgres_server.url, autocommit=True) as holding:
        holding.execute("SELECT pg_advisory_lock(%s)", lock)
        try:
            if not postgres_server.has(name):
                postgres_server.create(name)
                with django_db_blocker.unblock(), this_process_on(postgres_server.address(name)):
                    call_command("migrate", verbosity=0)
            holding.execute("SELECT pg_advisory_lock_shared(%s)", lock)
            holding.execute("SELECT pg_advisory_unlock(%s)", lock)
            yield name
        finally:
            holding.execute("SELECT pg_advisory_unlock_all()")
            (nobody_else,) = holding.execute("SELECT pg_try_advisory_lock(%s)", lock).fetchone() or (False,)
            if nobody_else:
                postgres_server.drop(name)


@pytest.fixture
def postgres_url(postgres_server: Server, migrated_postgres: str) -> Iterator[str]:
    """A migrated database of its own for this test."""
    name = postgres_server.create(template=migrated_postgres)
    try:
        yield postgres_server.address(name)
    finally:
        postgres_server.drop(name)


@pytest.fixture
def postgres_database(postgres_url: str, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), this_process_on(postgres_url):
        yield postgres_url
