"""Emptying tables that refuse to be emptied.

Tests with `transaction=True`, `transactional_db` or `live_server` end with Django's flush: DELETE on SQLite,
TRUNCATE on PostgreSQL. The ledger's triggers refuse both, as they must. So around the flush, and only there, the
triggers of every model with a `Guard` (vendors/ledger/append_only.py) are dropped and made again, in the flush's own
transaction.

A flush also takes what migrations have put there: our questionnaires, the first policy. They are put back, because
with two workers a test that needs them may run after one that flushes.
Nothing to do in a test; product code never flushes.
"""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

from vendors.ledger.append_only import Guard


def _guards(operations: BaseDatabaseOperations) -> Iterator[tuple[Guard, tuple]]:
    connection = operations.connection
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, Guard):
                yield constraint, (model._meta.db_table, connection.vendor, connection.ops.quote_name)


def _put_back_what_migrations_made(connection: BaseDatabaseWrapper) -> None:
    """From what Django kept when it made the test's database; a database of another make has nothing kept."""
    kept = getattr(connection, "_test_serialized_contents", None)
    if kept:
        connection.creation.deserialize_db_from_string(kept)


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_the_guards() -> Iterator[None]:
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        guards = list(_guards(self))
        drops = [str(statement) for guard, where in guards for statement in guard.drop_statements(*where)]
        creates = [str(statement) for guard, where in guards for statement in guard.create_statements(*where)]
        flush(self, [*drops, *sql_list])
        _put_back_what_migrations_made(self.connection)
        flush(self, creates)

    patched = {type(connection.ops) for connection in connections.all()} | {BaseDatabaseOperations}
    assert all(operations.execute_sql_flush is flush for operations in patched)
    BaseDatabaseOperations.execute_sql_flush = lifted
    yield
    BaseDatabaseOperations.execute_sql_flush = flush
