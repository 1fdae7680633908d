"""What was guessed can be seen and changed: sheets, heads, columns, rows, encoding; and kept for the next file."""

import json
from dataclasses import replace

import pytest

from procurement.questionnaires.importing.columns import with_role
from procurement.questionnaires.importing.layout import Layout, RowKind, SheetRole
from procurement.questionnaires.importing.profiles import PROFILES, Profile, learned
from procurement.questionnaires.importing.reader import Import, read
from procurement.questionnaires.importing.words import Column
from tests.factories import questionnaire_files as files

ODD = [["Nummero", "Wozu", "Was", "Wer"], *([f"{n}", f"Part {n // 3}", files.statement(n), "us"] for n in range(1, 7))]
DATA = files.workbook(
    {"A": [["ID", "Question", "Answer"], *([n, files.question(n), None] for n in range(5))], "B": ODD}
)


def changed(found: Import, sheet: int = 0, **changes: object) -> Layout:
    sheets = list(found.layout.sheets)
    sheets[sheet] = replace(sheets[sheet], **changes)
    return replace(found.layout, sheets=tuple(sheets))


def test_every_guess_says_how_sure_it_is_and_why():
    sheet = read(DATA, "file.xlsx").layout.sheets[0]
    assert (sheet.role, sheet.headers, sheet.reason != "") == (SheetRole.QUESTIONS, (1,), True)
    column = sheet.columns[1]
    assert (column.role, column.head, column.reason) == (Column.QUESTION, "Question", "head “Question”")
    assert 0.5 < column.confidence <= 1
    assert len(column.samples) == 5
    assert {row.kind for row in sheet.rows} == {RowKind.HEADER, RowKind.QUESTION}


def test_a_layout_travels_as_json_and_reads_the_same_again():
    found = read(DATA, "file.xlsx")
    layout = Layout.from_json(json.loads(json.dumps(found.layout.as_json())))
    assert layout == found.layout
    assert read(DATA, "file.xlsx", layout) == replace(found, layout=read(DATA, "file.xlsx", layout).layout)


def test_a_person_adds_a_sheet_that_was_left_out():
    found = read(DATA, "file.xlsx")
    assert len(found.draft.questions) == 5
    again = read(DATA, "file.xlsx", changed(found, 1, role=SheetRole.QUESTIONS))
    assert len(again.draft.questions) == 11


def test_a_person_says_which_column_is_which():
    data = files.workbook({"B": ODD})
    found = read(data, "file.xlsx")
    columns = tuple(
        with_role(each, role)
        for each, role in zip(
            found.layout.sheets[0].columns,
            (Column.REF, Column.SECTION, Column.QUESTION, Column.OTHER),
            strict=True,
        )
    )
    draft = read(data, "file.xlsx", changed(found, columns=columns)).draft
    assert draft.sections == ("Part 0", "Part 1", "Part 2")
    assert draft.questions[0].ref == "1"


def test_a_person_moves_the_header_row_and_the_columns_are_guessed_anew():
    data = files.separated(
        [["Question"], ["ID", "Control text", "Reply"], *([n, files.statement(n), ""] for n in range(4))]
    )
    found = read(data, "file.csv")
    layout = changed(found, headers=(2,), columns=())
    again = read(data, "file.csv", layout)
    assert again.layout.sheets[0].headers == (2,)
    assert len(again.draft.questions) == 4


@pytest.mark.parametrize(("kind", "count"), [(RowKind.SKIP, 4), (RowKind.SECTION, 4), (RowKind.HELP, 4)])
def test_a_person_flips_a_row(kind, count):
    found = read(DATA, "file.xlsx")
    rows = tuple(replace(row, kind=kind, decided=True) if row.row == 3 else row for row in found.layout.sheets[0].rows)
    again = read(DATA, "file.xlsx", changed(found, rows=rows))
    assert len(again.draft.questions) == count
    assert again.layout.sheets[0].rows[2].decided


def test_a_person_chooses_another_encoding():
    data = files.separated([["ID", "Question"], ["1", "Wird das gepr\u00fcft?"]], "cp1252")
    found = read(data, "file.csv")
    assert (found.layout.encoding, found.draft.questions[0].text) == ("cp1252", "Wird das geprüft?")
    assert "ь" in read(data, "file.csv", replace(found.layout, encoding="cp1251")).draft.questions[0].text
    unknown = read(data, "file.csv", replace(found.layout, encoding="no-such"))
    assert unknown.layout.encoding == "cp1252"
    assert "undecodable" in {note.code for note in read(data, "x", replace(found.layout, encoding="ascii")).draft.notes}


def test_a_mapping_is_kept_for_the_next_file_of_the_same_make():
    data = files.workbook({"B": ODD})
    found = read(data, "file.xlsx")
    roles = (Column.OTHER, Column.REF, Column.COMMENT, Column.QUESTION)
    columns = tuple(map(with_role, found.layout.sheets[0].columns, roles))
    kept = learned("Our old list", changed(found, columns=columns))
    profile = Profile.from_json(json.loads(json.dumps(kept.as_json())))
    assert profile == kept
    newer = files.workbook({"Sheet": [["Title"], [], *ODD, ["9", "Part 9", "Something new", "them"]]})
    again = read(newer, "newer.xlsx", profiles=(profile, *PROFILES))
    assert again.layout.profile == "Our old list"
    assert [each.text for each in again.draft.questions[:2]] == ["us", "us"]


@pytest.mark.parametrize(
    ("heads", "profile"),
    [
        (["Question ID", "Question", "CSP CAIQ Answer", "SSRM Control Ownership", "CCM Domain Title"], "CAIQ v4"),
        (["Ques Num", "Question/Request", "Response", "Additional Information"], "SIG"),
        (["ID", "Question", "Vendor Answers", "Additional Information", "Guidance", "Analyst Notes"], "HECVAT 4"),
        (["Stream", "Level", "Anything", "Answer", "Interview Notes", "Rating"], "SAMM"),
        (["PID", "Process", "Process Evidence", "Completed", "Elaboration"], "AI Verify"),
        (["ID", "Question", "Answer"], ""),
    ],
)
def test_known_layouts_are_recognised_by_their_heads(heads, profile):
    rows = [heads, *([f"Q{n}", files.question(n), None, None] for n in range(4))]
    assert read(files.workbook({"S": rows}), "file.xlsx").layout.profile == profile
