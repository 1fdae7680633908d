"""Acts of a stage told once: told again on the same stage, the rows that the first telling wrote are put there again.

    @told_once
    def approved(cast: Cast, plot: Plot = PLAIN) -> tuple[Story, Review]: …

Most of what a test costs is what leads up to it. So the first telling is acted out, through every service, and what it
wrote is kept; where the same act begins on the same stage (people by key and address, every other row exactly), its
rows are written back. Moments are rows' words too: it helps only where the day stands still. On a database or in a
vault of its own, a test acts it out again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import time_machine
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from procurement.accounts.models import User
from procurement.demo.cast import Cast
from procurement.demo.story import Story
from vendors.calendar import clock
from vendors.vault.models import StoredFile
from vendors.vault.storage import vault_storage

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
Rows = dict[str, dict[Any, tuple]]  # of each table, by the first column

# Who is signed in is no part of a story, and what migrations alone write does not differ.
BESIDE_THE_STORY = {"django_session", "accounts_cachedvalue", "auth_permission", "django_content_type"}


@dataclass(frozen=True, kw_only=True)
class _Telling:
    result: Any  # rows and stories as what brings them back
    written: Rows
    gone: dict[str, list[Any]]
    files: list[str]
    after_commit: list[Callable[[], Any]]
    moments: list[dict[Any, int]]  # how far each story came that was told on


@dataclass(frozen=True)
class _Row:
    model: type[Model]
    key: Any


@dataclass(frozen=True)
class _Told:
    story: dict[str, Any]


_kept: dict[tuple, _Telling] = {}


def told_once(tell: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """`tell`, from memory where this process has told the same on the same stage.

    What it returns may hold rows, stories and plain values, in lists and tuples. Rows are read anew.
    """

    @wraps(tell)
    def told(*arguments: Arguments.args, **keywords: Arguments.kwargs) -> Result:
        if connection.vendor != "sqlite" or not connection.in_atomic_block:
            return tell(*arguments, **keywords)
        before = _rows()
        name = (tell.__module__, tell.__qualname__)
        key = (name, _named((arguments, keywords)), _surroundings(), _stage(before))
        kept = _kept.get(key)
        if kept and all(map(vault_storage().exists, kept.files)):
            return _tell_again(kept, (arguments, keywords))
        waiting = len(connection.run_on_commit)
        result = tell(*arguments, **keywords)
        _kept[key] = _telling(result, before, waiting, (arguments, keywords))
        return result

    return told


def _telling(result: Any, before: Rows, waiting: int, given: Any) -> _Telling:
    """What an act has changed since `before`, when so many acts waited for a commit."""
    after = _rows()
    return _Telling(
        result=_brought_back_by(result),
        written={
            table: {key: row for key, row in held.items() if before[table].get(key) != row}
            for table, held in after.items()
        },
        gone={table: [key for key in held if key not in after[table]] for table, held in before.items()},
        files=list(filter(vault_storage().exists, StoredFile.objects.values_list("storage_name", flat=True))),
        after_commit=[act for _savepoints, act, _robust in connection.run_on_commit[waiting:]],
        moments=[dict(story._moments) for story in _stories(given)],
    )


def _tell_again(kept: _Telling, given: Any) -> Any:
    _write(kept)
    for act in kept.after_commit:
        transaction.on_commit(act)
    for story, moments in zip(_stories(given), kept.moments, strict=True):
        story._moments = dict(moments)
    return _again(kept.result, _cast(given))


def _named(value: Any) -> Any:
    """What makes two arguments the same."""
    if isinstance(value, Model):
        return (value._meta.label, value.pk)
    if isinstance(value, Story):
        return ("Story", _named(value.plot), _named(value.cast), value.told_at, tuple(sorted(value._moments.items())))
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(_named(getattr(value, field.name)) for field in fields(value)))
    if isinstance(value, list | tuple):
        return tuple(map(_named, value))
    if isinstance(value, dict):
        return tuple((key, _named(held)) for key, held in sorted(value.items()))
    return value if isinstance(value, str | bytes) else repr(value)


def _leaves(value: Any) -> Iterator[Any]:
    """Casts, stories and whatever else is held in arguments, from the outside in."""
    if isinstance(value, Cast | Story):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _leaves([getattr(value, field.name) for field in fields(value)])
    elif isinstance(value, list | tuple | dict):
        for held in value.values() if isinstance(value, dict) else value:
            yield from _leaves(held)


def _stories(value: Any) -> list[Story]:
    return [leaf for leaf in _leaves(value) if isinstance(leaf, Story)]


def _cast(value: Any) -> Cast | None:
    """Whoever plays in it: the people of this test, as the test knows them."""
    for leaf in _leaves(value):
        return leaf if isinstance(leaf, Cast) else leaf.cast
    return None


def _brought_back_by(result: Any) -> Any:
    if isinstance(result, Model):
        return _Row(type(result), result.pk)
    if isinstance(result, Story):
        return _Told(dict(vars(result), _moments=dict(result._moments)))
    if isinstance(result, list | tuple):
        return type(result)(map(_brought_back_by, result))
    return result


def _again(kept: Any, cast: Cast | None) -> Any:
    if isinstance(kept, _Row):
        return kept.model._base_manager.get(pk=kept.key)
    if isinstance(kept, _Told):
        again = Story(kept.story["plot"], cast or kept.story["cast"], told_at=kept.story["told_at"])
        again._moments = dict(kept.story["_moments"])
        return again
    if isinstance(kept, list | tuple):
        return type(kept)(_again(each, cast) for each in kept)
    return kept


def _surroundings() -> tuple:
    """The house, and the moment where the day stands still; where it runs on, stories bring their own moments."""
    house = (settings.ORGANISATION_NAME, settings.TIME_ZONE, settings.BASE_URL)
    moment = clock.now() if time_machine.escape_hatch.is_travelling() else clock.today()
    return (*house, str(settings.STORAGE_ROOT), settings.VAULT_KEYS, moment)


def _stage(rows: Rows) -> int:
    """What makes two stages the same: people are made at the moment of the test, nothing else may differ."""
    people = tuple(User.objects.order_by("pk").values_list("pk", "email", "is_active"))
    others = tuple(tuple(held.values()) for table, held in rows.items() if table != User._meta.db_table)
    return hash((people, others))


def _rows() -> Rows:
    # Seventy small questions, twice an act: past Django's cursor, which would cost more than the answers.
    ask = connection.connection.execute
    return {table: {row[0]: row for row in ask(f'SELECT * FROM "{table}" ORDER BY 1')} for table in _tables()}


@cache
def _tables() -> tuple[str, ...]:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return tuple(sorted(tables - BESIDE_THE_STORY))


def _write(kept: _Telling) -> None:
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            for key in kept.gone.get(model._meta.db_table, ()):
                cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', [key])
        for table, held in kept.written.items():
            if rows := list(held.values()):
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT OR REPLACE INTO "{table}" VALUES ({marks})', rows)
