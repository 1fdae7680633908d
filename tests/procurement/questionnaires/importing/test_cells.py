"""What stands in a workbook's cells: formats, dates, hidden things, drop-downs of every kind."""

import datetime
import re
from io import BytesIO

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from procurement.questionnaires.importing.draft import Draft
from procurement.questionnaires.importing.layout import SheetRole
from procurement.questionnaires.importing.reader import Import, read
from tests.factories.questionnaire_files import changed_part, drop_down, fill, question, saved, workbook

SHEET = "xl/worksheets/sheet1.xml"


def book_with(rows: int = 4) -> Workbook:
    book = Workbook()
    book.active.title = "Questions"
    fill(book.active, [["ID", "Question", "Answer"], *([f"Q-{n}", question(n), None] for n in range(1, rows + 1))])
    return book


def drafted(book: Workbook) -> Draft:
    return read(saved(book), "file.xlsx").draft


def codes(found: Import | Draft) -> list[str]:
    return [note.code for note in (found.draft if isinstance(found, Import) else found).notes]


@pytest.mark.parametrize(
    ("value", "number_format", "ref"),
    [
        (1.1, "0.00", "1.10"),
        (1.1, "General", "1.1"),
        (2, "General", "2"),
        (2.0, "0.0", "2.0"),
        (7, "000", "007"),
        (1234, "#,##0", "1234"),
        (0.1 + 0.2, "General", "0.3"),
        (3, '"Q-"0', "3"),
        (datetime.date(2026, 2, 1), "d-mmm", "2-1"),
        (datetime.date(2026, 2, 1), "yyyy-mm-dd", "2026-02-01"),
        ("2.10", "@", "2.10"),
        ("3.1\u00a0", "General", "3.1"),
        ("A\u200b-1", "General", "A-1"),
    ],
)
def test_ids_are_read_as_a_person_sees_them(value, number_format, ref):
    book = book_with()
    book.active["A2"] = value
    book.active["A2"].number_format = number_format
    assert drafted(book).questions[0].ref == ref


def test_an_id_that_became_a_date_is_told():
    book = book_with()
    book.active["A3"] = datetime.date(2026, 2, 1)
    book.active["A3"].number_format = "d-mmm"
    assert [note.rows for note in drafted(book).notes if note.code == "date_ref"] == [(("Questions", 3),)]


def beside(book: Workbook) -> str:
    fill(book.create_sheet("My lists"), [["Yes"], ["No"], ["Partly"]])
    return "'My lists'!$A$1:$A$3"


def on_the_sheet(book: Workbook) -> str:
    for row, word in enumerate(("Yes", "No", "Partly"), start=2):
        book.active.cell(row, 9, word)
    return "=$I$2:$I$4"


def named(book: Workbook) -> str:
    book.defined_names["Allowed"] = DefinedName("Allowed", attr_text=beside(book))
    return "allowed"


def of_the_sheet(book: Workbook) -> str:
    book.active.defined_names["Allowed"] = DefinedName("Allowed", attr_text=beside(book))
    return "Allowed"


@pytest.mark.parametrize("formula", [lambda _book: '"Yes,No,Partly"', on_the_sheet, beside, named, of_the_sheet])
def test_drop_downs_are_read_wherever_their_list_stands(formula):
    book = book_with()
    drop_down(book.active, formula(book), "C2:C5")
    assert {question.options for question in drafted(book).questions} == {("Yes", "No", "Partly")}


def test_drop_downs_of_the_x14_extension_are_read():
    book = book_with()
    beside(book)
    extension = (
        b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{C}">'
        b'<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        b"<x14:dataValidation type=\"list\"><x14:formula1><xm:f>'My lists'!$A$1:$A$3</xm:f></x14:formula1>"
        b"<xm:sqref>C2:C3 C5</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    data = changed_part(saved(book), SHEET, lambda part: part.replace(b"</worksheet>", extension))
    options = [question.options for question in read(data, "file.xlsx").draft.questions]
    assert options == [("Yes", "No", "Partly"), ("Yes", "No", "Partly"), (), ("Yes", "No", "Partly")]


def test_a_list_that_cannot_be_followed_is_told():
    book = book_with()
    drop_down(book.active, 'INDIRECT("A"&"1")', "C2:C5")
    assert "unread_list" in codes(drafted(book))


def test_hidden_columns_hold_ids_and_hidden_rows_are_told():
    book = book_with()
    book.active.column_dimensions["A"].hidden = True
    book.active.row_dimensions[3].hidden = True
    found = read(saved(book), "file.xlsx")
    assert [question.ref for question in found.draft.questions] == ["Q-1", "Q-2", "Q-3", "Q-4"]
    assert found.layout.sheets[0].columns[0].hidden
    assert "hidden_rows" in codes(found)


def test_a_hidden_sheet_of_questions_is_left_out_and_told():
    book = book_with()
    hidden = book.create_sheet("More")
    fill(hidden, [["ID", "Question", "Answer"], *([f"X-{n}", question(n + 50), None] for n in range(4))])
    hidden.sheet_state = "veryHidden"
    found = read(saved(book), "file.xlsx")
    assert len(found.draft.questions) == 4
    assert "hidden_sheet" in codes(found)


def test_a_sheet_that_repeats_the_questions_is_a_copy():
    book = book_with(6)
    copy = book.create_sheet("Follow-up")
    fill(copy, [["ID", "Question", "Answer", "Phase"], *([f"Q-{n}", question(n), None, 1] for n in range(1, 7))])
    found = read(saved(book), "file.xlsx")
    assert [sheet.role for sheet in found.layout.sheets] == [SheetRole.QUESTIONS, SheetRole.COPY]
    assert "repeated_sheet" in codes(found)


def test_formulas_show_their_stored_result_and_are_never_calculated():
    book = book_with()
    book.active["B2"] = "=1+1"
    data = saved(book)
    assert load_workbook(BytesIO(data), data_only=True).active["B2"].value is None
    without = read(data, "file.xlsx")
    assert without.draft.questions[0].text == "=1+1"
    assert "uncached" in codes(without)
    stored = changed_part(
        data,
        SHEET,
        lambda part: part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"
        ),
    )
    assert "uncached" not in codes(read(stored, "file.xlsx"))


def test_an_error_value_is_not_an_answer():
    data = changed_part(
        saved(book_with()), SHEET, lambda part: part.replace(b"</row>", b'<c r="C9" t="e"><v>#N/A</v></c></row>')
    )
    book = book_with()
    book.active["C2"] = "#N/A"
    assert drafted(book).questions[0].answer is None
    assert read(data, "file.xlsx").draft.questions[0].answer is None


def test_rich_text_and_escapes_are_read_without_reading_aids():
    runs = (
        b'<c r="B2" t="inlineStr"><is><r><t>Do you </t></r><r><rPr><b/></rPr><t>encrypt_x000D_\n backups?</t></r>'
        b"<rPh sb='0' eb='1'><t>aid</t></rPh></is></c>"
    )
    data = changed_part(saved(book_with()), SHEET, lambda part: re.sub(rb'<c r="B2"[^>]*>.*?</c>', runs, part, count=1))
    assert read(data, "file.xlsx").draft.questions[0].text == "Do you encrypt\nbackups?"


def test_the_old_format_keeps_formats_dates_and_hidden_rows():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Old")
    two, day = xlwt.easyxf(num_format_str="0.00"), xlwt.easyxf(num_format_str="D-MMM")
    for column, head in enumerate(("No", "Question", "Answer")):
        sheet.write(0, column, head)
    for row, (ref, style) in enumerate(((1.1, two), (datetime.date(2026, 3, 2), day), (3, None)), start=1):
        sheet.write(row, 0, ref, *([style] if style else []))
        sheet.write(row, 1, question(row))
        sheet.write(row, 2, row == 1)
    sheet.row(2).hidden = True
    buffer = BytesIO()
    book.save(buffer)
    found = read(buffer.getvalue(), "old.xls")
    assert [question.ref for question in found.draft.questions] == ["1.10", "3-2", "3"]
    assert {"date_ref", "hidden_rows"} <= set(codes(found))
    assert found.layout.kind == "xls"


def test_a_far_away_cell_costs_nothing():
    book = book_with()
    book.active["A1048576"] = "x"
    book.active["XFD3"] = "y"
    assert len(drafted(book).questions) == 4


def test_a_workbook_of_two_languages_is_read_in_its_first():
    rows = [["ref", "question", "question[fr]"], *([f"{n}", question(n), "Une question ?"] for n in range(4))]
    draft = read(workbook({"S": rows}), "file.xlsx").draft
    assert all(each.text.startswith("Do you") and "Une question" not in each.help for each in draft.questions)
