"""What a file is, by its first bytes. The name's ending is believed only where any text will do."""

import re
from enum import StrEnum

from procurement.questionnaires.importing.encodings import decoded
from procurement.questionnaires.importing.limits import ImportRefused
from procurement.questionnaires.importing.xls import COMPOUND_FILE

LOOKED_AT = 4096
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"MZ",
    b"\x7fELF",
)
OLD_XLS = re.compile(rb"^\x09[\x00\x02\x04\x08]")  # BIFF 2 to 5 without a compound file around it


class FileKind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    JSON = "json"


def kind_of_file(data: bytes, name: str) -> FileKind:
    """Raises ImportRefused for what is none of them."""
    if data.startswith(b"PK"):
        if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
            raise ImportRefused("opendocument")
        return FileKind.XLSX
    if data.startswith(COMPOUND_FILE) or OLD_XLS.match(data):
        return FileKind.XLS
    if data.startswith(OTHERS):
        raise ImportRefused("other_format")
    start = decoded(data[:LOOKED_AT])[0].lstrip()
    if start[:200].lower().startswith(("<!doctype html", "<html", "<table", "<?xml", "<meta", "mime-version")):
        raise ImportRefused("web_page")
    if start.startswith(("{", "[{", "[\n", "//", "/*")) or (
        name.lower().endswith(".json") and not start.startswith('"')
    ):
        return FileKind.JSON
    if data[:LOOKED_AT].count(0) > LOOKED_AT / 8 and "\0" in start:
        raise ImportRefused("other_format")
    return FileKind.CSV


def name_without_ending(name: str) -> str:
    """ "folder/vendor_questions.xlsx" → "vendor questions"."""
    stem = re.split(r"[/\\]", name)[-1]
    stem = stem.rsplit(".", 1)[0] if "." in stem[1:] else stem
    return re.sub(r"[_\s]+", " ", stem).strip() or "Questionnaire"
