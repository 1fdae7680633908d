"""Whatever stands in a file, and however it is torn: an answer or a refusal, never a crash, never a hang."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.questionnaires.importing.draft import Draft, contract
from procurement.questionnaires.importing.layout import Layout
from procurement.questionnaires.importing.limits import ImportRefused
from procurement.questionnaires.importing.reader import read
from tests.factories import questionnaire_files as files
from tests.factories import questionnaire_shapes as shapes

WORDS = st.sampled_from(
    ["Question", "ID", "Answer", "Yes", "1.1", "Total", "Note: x", "=1+1", "Is it so?", "否", "V1", "1", ""]
)
CELL = st.one_of(WORDS, st.text(max_size=30), st.text(alphabet="\u200b\u00a0\n;,|\t\"'é是", max_size=8))
TABLE = st.lists(st.lists(CELL, max_size=6), max_size=25)
QUICK = settings(max_examples=60, deadline=None)
SLOWEST = 5.0
WHOLE = {
    "xlsx": shapes.control_assessment(),
    "xls": shapes.assertions_on_one_sheet(),
    "csv": files.separated([["ID", "Question"], ["1", "Is it so?"]]),
    "json": b'{"questions": [{"id": "1", "question": "Is it so?", "options": ["Yes", "No"]}]}',
}


def read_or_refused(data: bytes, name: str) -> None:
    started = time.monotonic()
    try:
        found = read(data, name)
    except ImportRefused:
        pass
    else:
        assert Draft.from_json(found.draft.as_json()) == found.draft
        assert Layout.from_json(found.layout.as_json()) == found.layout
        told = contract(found.draft)
        assert sum(section["questions"] for section in told["sections"]) == told["question_count"]
        assert all(question["text"] for question in told["questions"])
    assert time.monotonic() - started < SLOWEST


@pytest.mark.slow
@QUICK
@given(TABLE, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_cells_as_text(rows, separator, encoding):
    read_or_refused(files.separated(rows, encoding, separator), "any.csv")


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(TABLE)
def test_any_cells_as_a_workbook(rows):
    plain = [[cell.translate(dict.fromkeys(range(32))) for cell in row] for row in rows]
    read_or_refused(files.workbook({"A": plain, "B": plain[::-1]}), "any.xlsx")


@QUICK
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{", b"\xff\xfe"]),
)
def test_any_bytes(data, start):
    read_or_refused(start + data, "any.bin")


@pytest.mark.parametrize("kind", WHOLE)
def test_torn_and_changed_files(kind):
    chance = random.Random(20)
    for _ in range(40):
        data = bytearray(WHOLE[kind])
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        read_or_refused(bytes(data), f"torn.{kind}")


PARTS = (
    "xl/workbook.xml",
    "xl/worksheets/sheet2.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_changed_parts_inside_a_whole_zip(part):
    chance = random.Random(part)

    def changed(content: bytes) -> bytes:
        torn = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            torn[chance.randrange(len(torn))] = chance.choice(b'<>"/0123456789abcr=')
        return bytes(torn)

    for _ in range(25):
        read_or_refused(files.changed_part(WHOLE["xlsx"], part, changed), "torn.xlsx")
