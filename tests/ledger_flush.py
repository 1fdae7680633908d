"""Emptying tables that refuse to be emptied.

Tests with `transaction=True`, `transactional_db` or `live_server` end with Django's flush: DELETE on SQLite,
TRUNCATE on PostgreSQL. The ledger's triggers refuse both, as they must. So around the flush, and only there, the
triggers of every model with a `Guard` (vendors/ledger/append_only.py) are dropped and made again.

A flush also takes what migrations have put there: our questionnaires, the first policy. They are put back, because
with two workers a test that needs them may run after one that flushes.
Nothing to do in a test; product code never flushes.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from pytest_django.plugin import blocking_manager_key

from vendors.ledger.append_only import Guard


def _guards(operations: BaseDatabaseOperations) -> Iterator[tuple[Guard, tuple]]:
    connection = operations.connection
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, Guard):
                yield constraint, (model._meta.db_table, connection.vendor, connection.ops.quote_name)


_emptied: set[BaseDatabaseWrapper] = set()


def keep_what_migrations_made(connection: BaseDatabaseWrapper) -> None:
    """Right after the test's database is made, where Django looks for it as well."""
    connection._test_serialized_contents = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After the test, so that one which flushes by itself finds its tables empty."""
    yield
    with item.config.stash[blocking_manager_key].unblock():
        while _emptied:
            connection = _emptied.pop()
            with _lifted_guards(connection.ops):
                # Django has made these anew after its flush, under other keys.
                apps.get_model("contenttypes", "ContentType").objects.all().delete()
                connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


@contextmanager
def _lifted_guards(operations: BaseDatabaseOperations) -> Iterator[None]:
    guards = list(_guards(operations))
    with operations.connection.cursor() as cursor:
        for statement in (each for guard, where in guards for each in guard.drop_statements(*where)):
            cursor.execute(str(statement))
        try:
            yield
        finally:
            for statement in (each for guard, where in guards for each in guard.create_statements(*where)):
                cursor.execute(str(statement))


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_the_guards() -> Iterator[None]:
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        with _lifted_guards(self):
            flush(self, sql_list)
        if hasattr(self.connection, "_test_serialized_contents"):
            _emptied.add(self.connection)

    patched = {type(connection.ops) for connection in connections.all()} | {BaseDatabaseOperations}
    assert all(operations.execute_sql_flush is flush for operations in patched)
    BaseDatabaseOperations.execute_sql_flush = lifted
    yield
    BaseDatabaseOperations.execute_sql_flush = flush
