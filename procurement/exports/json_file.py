"""An export as JSON, `countersign-assessment/1`, and back: whatever is written is read as the same record. Pure."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from procurement.exports.record import AssessmentRecord
from procurement.questionnaires.content_hash import sha256_of

FORMAT = "countersign-assessment/1"
LARGEST_FILE = 50 * 1024 * 1024


class NotAnExport(Exception):
    """The file is no export of ours, or was changed. The text says where and what."""


def write(record: AssessmentRecord) -> bytes:
    """The record as a file, for people to read as well."""
    return json.dumps({"format": FORMAT, **_plain(record)}, ensure_ascii=False, indent=1).encode() + b"\n"


def read(data: bytes) -> AssessmentRecord:
    """The record in a file. Raises NotAnExport with the place of the first thing that is wrong in it."""
    if len(data) > LARGEST_FILE:
        raise NotAnExport("The file is larger than 50 MB.")
    try:
        given = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotAnExport("The file cannot be read as JSON.") from None
    if not isinstance(given, dict) or given.pop("format", None) != FORMAT:
        raise NotAnExport(f'The file is no export of a questionnaire: "format" has to be "{FORMAT}".')
    record: AssessmentRecord = _built(AssessmentRecord, given, "")
    content = record.version.content
    if content is not None and sha256_of(content) != record.version.sha256:
        raise NotAnExport("version.content: the SHA-256 of the questions is another one, so they were changed.")
    return record


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _built(kind: Any, given: Any, place: str) -> Any:
    """`given` as `kind`: a dataclass, a tuple of one kind, a kind or nothing, or a plain value."""
    if kind is Any:
        return given
    if is_dataclass(kind):
        return _record(kind, given, place)
    if isinstance(kind, UnionType):
        wanted = next(each for each in get_args(kind) if each is not NoneType)
        return None if given is None else _built(wanted, given, place)
    if get_origin(kind) is tuple:
        if not isinstance(given, list):
            raise NotAnExport(f"{place}: a list is expected.")
        return tuple(_built(get_args(kind)[0], each, f"{place}.{n}") for n, each in enumerate(given))
    return _value(get_origin(kind) or kind, given, place)


def _record(kind: Any, given: Any, place: str) -> Any:
    if not isinstance(given, Mapping):
        raise NotAnExport(f"{place or 'The file'}: an object is expected.")
    hints = get_type_hints(kind)
    wanted = {field.name for field in fields(kind)}
    # What came later has a default, so that a file from before is read.
    newer = {field.name for field in fields(kind) if field.default is not MISSING} - set(given)
    for name in sorted((wanted - newer) ^ set(given)):
        wrong = "is missing" if name in wanted else "is no field of this format"
        raise NotAnExport(f"{_below(place, name)}: it {wrong}.")
    return kind(**{name: _built(hints[name], given[name], _below(place, name)) for name in wanted - newer})


def _value(kind: type, given: Any, place: str) -> Any:
    try:
        if issubclass(kind, date):  # and datetime
            return kind.fromisoformat(given)
        if issubclass(kind, StrEnum):
            return kind(given)
    except (TypeError, ValueError):
        raise NotAnExport(f"{place}: “{given}” is not expected.") from None
    if not isinstance(given, kind) or (kind is int and isinstance(given, bool)):
        raise NotAnExport(f"{place}: “{given}” is not expected.")
    return given


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _no_number(text: str) -> None:
    raise ValueError(text)
