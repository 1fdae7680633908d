"""What a file may amount to, and how it is refused. Looked at before anything is unpacked."""

import zipfile
from io import BytesIO

from procurement.questionnaires.importing.notes import gettext_noop as _

MEGABYTE = 1024 * 1024
UPLOAD = 20 * MEGABYTE
UNPACKED = 200 * MEGABYTE
SHEETS = 100
QUESTIONS = 5_000
CHARACTERS_A_CELL = 32_767
CELLS = 300_000
ELEMENTS = 2_000_000  # of XML in a whole workbook: cells, empty ones as well, and all that is about them
PARTS = 5_000  # files inside the zip

SENTENCES = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than 20 MB. Remove pictures and sheets that hold no questions, then try again."),
    "unpacked": _("The workbook unpacks to more than 200 MB. Copy the sheets with questions into a new workbook."),
    "sheets": _("The workbook has more than 100 sheets. Copy the sheets with questions into a new workbook."),
    "cells": _(
        "The file has more cells than we read: 300,000 with something in them. Copy the sheets with questions into a "
        "new workbook."
    ),
    "questions": _("The file holds more than 5,000 questions. Split it and import the parts one by one."),
    "encrypted": _("The workbook is protected by a password. Save it without one and try again."),
    "macros": _(
        "The workbook holds macros. Open it in Excel, choose “Save as”, then “Excel Workbook (.xlsx)”, and try again."
    ),
    "binary": _("This is a binary workbook (.xlsb). Open it in Excel, save it as “Excel Workbook (.xlsx)”, try again."),
    "opendocument": _("This is an OpenDocument file. Open it and save it as “Excel Workbook (.xlsx)”, then try again."),
    "document": _("This is a text document, not a spreadsheet. Copy its table into a spreadsheet and try again."),
    "other_format": _("This kind of file cannot be read. Save it as XLSX, CSV or JSON and try again."),
    "web_page": _("This is a web page that is named like a spreadsheet. Open it in Excel and save it as XLSX."),
    "damaged": _("The file is damaged or was cut off. Ask for it again, or open it and save it anew."),
    "json": _("The file is not valid JSON. Check it where it was made and try again."),
    "json_kind": _("This JSON holds no questions that we know how to read. Save the questionnaire as XLSX or CSV."),
    "no_questions": _(
        "No questions were found in this file. Show where they are: the sheet, its header row, its columns."
    ),
}


class ImportRefused(Exception):
    """The file cannot be read. Its text is a sentence that says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code


def check_size(data: bytes) -> None:
    """Raises ImportRefused for nothing, or for more than an upload may be."""
    if not data.strip(b"\0 \r\n\t"):
        raise ImportRefused("empty")
    if len(data) > UPLOAD:
        raise ImportRefused("too_large")


def open_package(data: bytes) -> zipfile.ZipFile:
    """A zip whose directory promises no more than we take. Raises ImportRefused; nothing is unpacked yet.

    What a part unpacks to is held to its promise by zipfile itself, and once more by whoever reads it.
    """
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ImportRefused("damaged") from error
    parts = package.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise ImportRefused("unpacked")
    if any(part.flag_bits & 1 for part in parts):
        raise ImportRefused("encrypted")
    return package
