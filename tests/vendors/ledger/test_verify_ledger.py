"""`manage.py verify_ledger`, and what the database refuses before there is anything to verify."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState

from tests.factories.ledger import entry
from vendors.ledger.append_only import AppendOnly, ContinuesItsChain, Guard
from vendors.ledger.chain import GENESIS, digest
from vendors.ledger.models import LedgerEntry

TABLE = LedgerEntry._meta.db_table


def verify(**options) -> str:
    out = StringIO()
    call_command("verify_ledger", stdout=out, **options)
    return out.getvalue()


def sql(statement: str, *parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def guards() -> list[Guard]:
    return [each for each in LedgerEntry._meta.constraints if isinstance(each, Guard)]


def unguarded(act) -> None:
    """What somebody with the rights of the database's owner can do: drop the triggers, change rows, put them back."""
    where = (TABLE, connection.vendor, connection.ops.quote_name)
    for guard in guards():
        for statement in guard.drop_statements(*where):
            sql(str(statement))
    act()
    for guard in guards():
        for statement in guard.create_statements(*where):
            sql(str(statement))


def forged(seq: int, prev_hash: str, sentence: str) -> LedgerEntry:
    first = LedgerEntry.objects.order_by("seq")[0]
    false = LedgerEntry(**{**_columns(first), "seq": seq, "prev_hash": prev_hash, "sentence": sentence})
    false.hash = digest(false)
    return false


def _columns(kept: LedgerEntry) -> dict[str, object]:
    return {field.name: getattr(kept, field.name) for field in LedgerEntry._meta.concrete_fields}


@pytest.fixture
def five_entries(real_database) -> list[LedgerEntry]:
    return [entry(sentence, vendor_id=7) for sentence in ("one", "two", "three", "four", "five")]


def test_a_ledger_that_nobody_touched_is_whole(five_entries):
    said = verify()
    assert "whole: 5 entries" in said
    assert f"5:{five_entries[-1].hash}" in said


def test_an_empty_ledger_is_whole(sqlite_database):
    assert verify() == "The ledger is whole and empty.\n"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET sentence = 'nothing happened' WHERE seq = 3",
        f"DELETE FROM {TABLE} WHERE seq = 5",
        f"DELETE FROM {TABLE}",
        f"INSERT INTO {TABLE} SELECT 9, at, actor_label, actor_kind, actor_id, verb, vendor_id, subject_type, "
        f"subject_id, sentence, details, hash, hash FROM {TABLE} WHERE seq = 5",
        f"INSERT INTO {TABLE} SELECT 6, at, actor_label, actor_kind, actor_id, verb, vendor_id, subject_type, "
        f"subject_id, sentence, details, hash, hash FROM {TABLE} WHERE seq = 4",
    ],
)
def test_the_database_refuses_to_change_delete_or_add_out_of_turn(five_entries, statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(statement)
    assert "5 entries" in verify()


def test_sqlite_refuses_to_replace_an_entry(sqlite_database):
    entry("one")
    with pytest.raises(IntegrityError):
        sql(f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE seq = 1")


@pytest.mark.postgres
def test_postgresql_refuses_truncate(postgres_database):
    entry("one")
    with pytest.raises(IntegrityError):
        sql(f"TRUNCATE {TABLE} CASCADE")
    assert "1 entries" in verify()


def test_the_models_own_doors_are_shut_too(five_entries):
    for attempt in (
        lambda: LedgerEntry.objects.filter(seq=2).update(sentence="nothing happened"),
        lambda: LedgerEntry.objects.get(seq=2).delete(),
        lambda: LedgerEntry.objects.get(seq=2).save(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def _edit():
    LedgerEntry.objects.filter(seq=3).update(sentence="nothing happened")


def _edit_and_rehash():
    false = LedgerEntry.objects.get(seq=3)
    false.sentence = "nothing happened"
    LedgerEntry.objects.filter(seq=3).update(sentence=false.sentence, hash=digest(false))


def _edit_details():
    LedgerEntry.objects.filter(seq=3).update(details={"more": 1})


def _edit_time():
    LedgerEntry.objects.filter(seq=3).update(at="2020-01-01T00:00:00Z")


def _delete():
    LedgerEntry.objects.filter(seq=3).delete()


def _delete_the_first():
    LedgerEntry.objects.filter(seq=1).delete()


def _delete_and_close_the_gap():
    LedgerEntry.objects.filter(seq=3).delete()
    LedgerEntry.objects.filter(seq=4).update(seq=3)
    LedgerEntry.objects.filter(seq=5).update(seq=4)


def _insert():
    for seq in (5, 4, 3):
        LedgerEntry.objects.filter(seq=seq).update(seq=seq + 1)
    forged(3, "f" * 64, "slipped in").save(force_insert=True)


def _reorder():
    for old, new in ((3, 30), (4, 3), (30, 4)):
        LedgerEntry.objects.filter(seq=old).update(seq=new)


@pytest.mark.parametrize(
    ("tamper", "first_bad"),
    [
        (_edit, 3),
        (_edit_and_rehash, 4),
        (_edit_details, 3),
        (_edit_time, 3),
        (_delete, 3),
        (_delete_the_first, 1),
        (_delete_and_close_the_gap, 3),
        (_insert, 3),
        (_reorder, 3),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else str(value),
)
def test_the_first_entry_that_does_not_hold_is_named(five_entries, tamper, first_bad):
    unguarded(tamper)
    with pytest.raises(CommandError, match=f"^Entry {first_bad} ") as stop:
        verify()
    assert stop.value.returncode == 1


def test_a_cut_tail_shows_against_an_entry_noted_elsewhere(five_entries):
    noted = f"5:{five_entries[-1].hash}"
    assert "whole" in verify(noted=(5, five_entries[-1].hash))

    unguarded(lambda: LedgerEntry.objects.filter(seq__gte=4).delete())

    assert "whole: 3 entries" in verify()
    with pytest.raises(CommandError, match="Entry 5 is not the one whose hash was noted"):
        call_command("verify_ledger", "--noted", noted)


@pytest.mark.parametrize("noted", ["5", "five:" + "0" * 64, "5:abc"])
def test_a_note_that_is_none_is_wrong_usage(sqlite_database, noted):
    with pytest.raises(CommandError, match="as an earlier run printed it"):
        call_command("verify_ledger", "--noted", noted)


def test_missing_triggers_are_named(real_database):
    for statement in guards()[0].drop_statements(TABLE, connection.vendor, connection.ops.quote_name):
        sql(str(statement))
    with pytest.raises(CommandError, match="no longer guards the ledger: ledger_is_append_only_delete"):
        verify()


@pytest.mark.slow
def test_a_later_change_of_the_table_keeps_the_guards(real_database):
    """SQLite rebuilds the table for this, and a rebuilt table starts without triggers."""
    entry("one")
    before = ProjectState.from_apps(apps)
    longer = migrations.AlterField("LedgerEntry", "verb", models.CharField(max_length=90))
    after = before.clone()
    longer.state_forwards("vendors", after)

    with connection.schema_editor() as editor:
        longer.database_forwards("vendors", editor, before, after)

    assert "whole: 1 entries" in verify()
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"UPDATE {TABLE} SET verb = 'x'")


@pytest.mark.slow
def test_the_guards_can_be_taken_off_and_put_on_by_a_migration(real_database):
    state = ProjectState.from_apps(apps)
    bare = state.clone()
    off = migrations.RemoveConstraint("LedgerEntry", "ledger_is_append_only")
    off.state_forwards("vendors", bare)
    with connection.schema_editor() as editor:
        off.database_forwards("vendors", editor, state, bare)
    with pytest.raises(CommandError, match="no longer guards"):
        verify()

    with connection.schema_editor() as editor:
        off.database_backwards("vendors", editor, bare, state)
    assert "empty" in verify()


def test_two_guards_are_equal_when_they_say_the_same():
    assert AppendOnly(name="a") == AppendOnly(name="a")
    assert AppendOnly(name="a") != AppendOnly(name="b")
    assert AppendOnly(name="a") != ContinuesItsChain(name="a")
    assert len({AppendOnly(name="a"), AppendOnly(name="a").clone()}) == 1
    AppendOnly(name="a").validate(LedgerEntry, LedgerEntry(prev_hash=GENESIS))
