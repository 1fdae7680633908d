"""Files that are too large, not what they say, or made to hurt: each costs a sentence and nothing else."""

import io
import tracemalloc
import zipfile

import pytest

from procurement.questionnaires.importing import limits, reader
from procurement.questionnaires.importing.limits import ImportRefused
from procurement.questionnaires.importing.reader import read
from tests.factories.questionnaire_files import changed_part, legacy, question, separated, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["ID", "Question", "Answer"], ["1", "Do you test backups?", "PADDING"], ["2", "Do you log access?", None]]
PLAIN = workbook({"S": ROWS})
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
OPENDOCUMENT = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(data: bytes, name: str = "file.xlsx") -> str:
    with pytest.raises(ImportRefused) as refused:
        read(data, name)
    assert str(refused.value).endswith(".")
    return refused.value.code


def with_entities(part: bytes) -> bytes:
    return LAUGHS + part[part.find(b"?>") + 2 if part.startswith(b"<?xml") else 0 :].replace(b"</", b"&b;</", 1)


def with_type(kind: bytes) -> bytes:
    return changed_part(PLAIN, "[Content_Types].xml", lambda part: part.replace(b"sheet.main+xml", kind))


def encrypted_zip() -> bytes:
    data = bytearray(PLAIN)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def not_a_workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", '<Types xmlns="x"/>')
    return buffer.getvalue()


REFUSED = {
    "nothing": (b"", "empty"),
    "white space": (b" \r\n\0 ", "empty"),
    "21 MB": (b"a,b\n" * (21 * 1024 * 256), "too_large"),
    "a macro": (with_part(PLAIN, "xl/vbaProject.bin", b"x"), "macros"),
    "a type with macros": (with_type(b"sheet.macroEnabled.main+xml"), "macros"),
    "a binary workbook": (with_type(b"sheet.binary.main"), "binary"),
    "a text document": (with_type(b"document.wordprocessingml+xml"), "document"),
    "a password": (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a zip with a password": (encrypted_zip(), "encrypted"),
    "an old text document": (COMPOUND + "WordDocument".encode("utf-16-le"), "document"),
    "a torn compound file": (COMPOUND, "damaged"),
    "half a workbook": (PLAIN[: len(PLAIN) // 2], "damaged"),
    "half an old workbook": (legacy({"S": ROWS})[:3000], "damaged"),
    "another zip": (not_a_workbook(), "other_format"),
    "a zip without anything": (b"PK\x05\x06" + bytes(18), "damaged"),
    "a PDF": (b"%PDF-1.7 and so on", "other_format"),
    "a web page named XLS": (b"\n<html><table><tr><td>1</td></tr></table></html>", "web_page"),
    "an OpenDocument sheet": (OPENDOCUMENT, "opendocument"),
    "entities in a sheet": (changed_part(PLAIN, SHEET, with_entities), "damaged"),
    "entities in the styles": (changed_part(PLAIN, "xl/styles.xml", with_entities), "damaged"),
    "5,001 questions": (separated([["Question"], *([question(n)] for n in range(5001))]), "questions"),
    "101 sheets": (workbook({f"S{n}": [["x"]] for n in range(101)}), "sheets"),
    "a sheet that is no XML": (changed_part(PLAIN, SHEET, lambda _part: b"\x00\xff" * 99), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_to_do(kind):
    data, code = REFUSED[kind]
    assert refusal(data) == code


@pytest.mark.parametrize(
    "name", ["questions.csv", "questions.xls", "questions.json", "questions", "..", "", "a/b\\c.pdf"]
)
def test_the_content_tells_what_a_file_is_never_its_name(name):
    found = read(PLAIN, name)
    assert (found.layout.kind, len(found.draft.questions)) == ("xlsx", 2)
    assert read(separated(ROWS), "questions.xlsx").layout.kind == "csv"


def test_a_directory_that_promises_too_much_is_refused_before_anything_is_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "UNPACKED", 2000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_arguments: pytest.fail("Something was unpacked."))
    assert refusal(PLAIN) == "unpacked"


@pytest.mark.slow
def test_megabytes_in_one_text_are_read_as_far_as_a_cell_may_go():
    data = changed_part(PLAIN, SHEET, lambda part: part.replace(b"PADDING", b"A" * 40_000_000))
    assert len(data) < 100_000
    tracemalloc.start()
    found = read(data, "file.xlsx")
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()
    assert len(found.draft.questions) == 2
    assert "cut" in {note.code for note in found.draft.notes}


@pytest.mark.parametrize("filling", [b"<row/>", b"<row><c/></row>", b"<row><c><v>1</v></c></row>"])
def test_endless_rows_are_refused(monkeypatch, filling):
    monkeypatch.setattr("procurement.questionnaires.importing.xlsx.ELEMENTS", 5_000)
    rows = filling * 10_000 + b"</sheetData>"
    assert refusal(changed_part(PLAIN, SHEET, lambda part: part.replace(b"</sheetData>", rows))) == "cells"


def test_links_to_other_files_are_told_and_not_followed():
    data = with_part(PLAIN, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert [note.code for note in read(data, "file.xlsx").draft.notes] == ["external_links"]


def test_texts_like_formulas_stay_texts():
    rows = [["ID", "Question", "Answer"]]
    rows += [
        [str(n), text, "=1+1"]
        for n, text in enumerate(("=cmd|' /C calc'!A0", "@SUM(1+1)", "+1 or 2?", "-2+3 is what?"))
    ]
    found = read(separated(rows), "file.csv")
    assert [each.text for each in found.draft.questions] == [row[1] for row in rows[1:]]
    assert {each.answer for each in found.draft.questions} == {"=1+1"}
    assert "formula_text" in {note.code for note in found.draft.notes}


def test_plain_prose_holds_no_questions():
    assert read(b"[section]\nname = 1, 2\nother = 3\n" * 30, "notes.txt").draft.questions == ()


def test_every_sentence_says_what_to_do_or_what_is_wrong():
    assert all(sentence.endswith(".") and len(sentence) < 160 for sentence in limits.SENTENCES.values())
    assert reader.read.__doc__
