"""Tables that the database itself keeps as they were written (SECURITY.md, section 6): triggers as constraints.

They are constraints of the model, not a migration of their own, because SQLite rebuilds a table when a column
changes and drops its triggers on the way; Django puts a constraint back, a trigger from an old migration it forgets.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model

from vendors.ledger.chain import GENESIS


class Guard(BaseConstraint):
    """A constraint held by triggers. Their names start with its own name."""

    # What the database is told, per vendor; %(table)s, %(name)s and %(genesis)s are filled in.
    CREATE: dict[str, tuple[str, ...]] = {}
    TRIGGERS: dict[str, tuple[str, ...]] = {}

    def trigger_names(self, vendor: str) -> frozenset[str]:
        """The triggers a database of this vendor must have."""
        return frozenset(f"{self.name}_{event}" for event in self.TRIGGERS[vendor])

    def create_statements(self, table: str, vendor: str, quote: Callable[[str], str]) -> list[Statement]:
        return [self._statement(template, table, quote) for template in self.CREATE[vendor]]

    def drop_statements(self, table: str, vendor: str, quote: Callable[[str], str]) -> list[Statement]:
        if vendor == "postgresql":
            templates = ["DROP FUNCTION IF EXISTS %(name)s() CASCADE"]
        else:
            templates = [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(self.trigger_names(vendor))]
        return [self._statement(template, table, quote) for template in templates]

    def constraint_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Nothing inside CREATE TABLE: the triggers follow once the table stands."""
        assert model is not None
        assert schema_editor is not None
        schema_editor.deferred_sql.extend(self._create(model, schema_editor))

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert model is not None
        assert schema_editor is not None
        *before, last = self._create(model, schema_editor)
        for statement in before:
            schema_editor.execute(statement, params=None)
        return last

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert model is not None
        assert schema_editor is not None
        (drop,) = self.drop_statements(model._meta.db_table, schema_editor.connection.vendor, schema_editor.quote_name)
        return drop

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing to check on an instance: the database refuses."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Guard) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))

    def _create(self, model: type[Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        vendor = schema_editor.connection.vendor
        return self.create_statements(model._meta.db_table, vendor, schema_editor.quote_name)

    def _statement(self, template: str, table: str, quote: Callable[[str], str]) -> Statement:
        return Statement(template, table=Table(table, quote), name=self.name, genesis=GENESIS)


class AppendOnly(Guard):
    """No row is changed or deleted, no table truncated, by anybody."""

    TRIGGERS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}
    CREATE = {
        "sqlite": (
            "CREATE TRIGGER %(name)s_update BEFORE UPDATE ON %(table)s "
            "BEGIN SELECT RAISE(ABORT, 'These rows are append only.'); END",
            "CREATE TRIGGER %(name)s_delete BEFORE DELETE ON %(table)s "
            "BEGIN SELECT RAISE(ABORT, 'These rows are append only.'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'These rows are append only.' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            "CREATE TRIGGER %(name)s_update BEFORE UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()",
            "CREATE TRIGGER %(name)s_delete BEFORE DELETE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()",
            "CREATE TRIGGER %(name)s_truncate BEFORE TRUNCATE ON %(table)s "
            "FOR EACH STATEMENT EXECUTE FUNCTION %(name)s()",
        ),
    }


class ContinuesItsChain(Guard):
    """A row is added only with the next `seq` and the last row's `hash` as its `prev_hash`.

    This also stops SQLite's INSERT OR REPLACE, which deletes a row without asking a delete trigger.
    """

    TRIGGERS = {"sqlite": ("insert",), "postgresql": ("insert",)}
    CREATE = {
        "sqlite": (
            "CREATE TRIGGER %(name)s_insert BEFORE INSERT ON %(table)s "
            "WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM %(table)s) "
            "OR NEW.prev_hash IS NOT COALESCE("
            "(SELECT hash FROM %(table)s ORDER BY seq DESC LIMIT 1), '%(genesis)s') "
            "BEGIN SELECT RAISE(ABORT, 'These rows only continue after the last one.'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM %(table)s) "
            "OR NEW.prev_hash IS DISTINCT FROM COALESCE("
            "(SELECT hash FROM %(table)s ORDER BY seq DESC LIMIT 1), '%(genesis)s') "
            "THEN RAISE EXCEPTION 'These rows only continue after the last one.' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
            "CREATE TRIGGER %(name)s_insert BEFORE INSERT ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()",
        ),
    }
