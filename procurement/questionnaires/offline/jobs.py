"""Runs in the confined child: the bytes of a file → what is said in it, and to which question. Imports no framework."""

from dataclasses import replace
from typing import Any

from procurement.questionnaires.importing.file_kind import FileKind, kind_of_file
from procurement.questionnaires.importing.limits import ImportRefused, check_size
from procurement.questionnaires.importing.profiles import PROFILES, Profile
from procurement.questionnaires.importing.reader import read
from procurement.questionnaires.importing.xlsx import read_xlsx
from procurement.questionnaires.offline.matching import Asked, Row, matched
from procurement.questionnaires.offline.reading import Returned, read_draft, read_own
from vendors.confinement.errors import JobRefused

READ_ANSWERS = "procurement.questionnaires.offline.jobs:read_answers"


def read_answers(params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Read one file and find our question for each of its rows.

    params  "name" of the file; "assessment" and "version" as the hidden sheet of our workbook would name them;
            "questions", each with "key", "ref", "text"; "profiles" of this house
    Returns what `Returned.from_json` takes. Raises JobRefused with the sentence of the refusal.
    """
    try:
        found = _read(data, params)
    except ImportRefused as refusal:
        raise JobRefused(refusal.code, str(refusal)) from refusal
    is_this = all(found.meta.get(name) == params[name] for name in ("assessment", "version"))
    matches = matched(
        [Row(each.key, each.ref, each.text) for each in found.rows],
        [Asked(each["key"], each["ref"], each["text"]) for each in params["questions"]],
        by_key=is_this,
    )
    rows = (
        replace(row, matched=match.key, how=match.how.value, likeness=match.likeness)
        for row, match in zip(found.rows, matches, strict=True)
    )
    return found.with_rows(rows).as_json(), b""


def _read(data: bytes, params: dict[str, Any]) -> Returned:
    check_size(data)
    if kind_of_file(data, params["name"]) == FileKind.XLSX and (own := read_own(read_xlsx(data))):
        return own
    profiles = [Profile.from_json(each) for each in params.get("profiles", ())]
    found = read_draft(read(data, params["name"], None, (*profiles, *PROFILES)).draft)
    return found.with_rows(row for row in found.rows if row.says_something)
