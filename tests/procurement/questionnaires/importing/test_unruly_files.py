"""Files that nobody made for an import: forms that ask across, boxes to tick, tables side by side, ratings."""

from dataclasses import replace

import pytest

from procurement.questionnaires.importing.boxes import boxed, is_ticked
from procurement.questionnaires.importing.draft import Draft, Kind
from procurement.questionnaires.importing.reader import read
from tests.factories import unruly_questionnaires as unruly
from tests.factories.questionnaire_files import changed_part, separated


def draft_of(data: bytes) -> Draft:
    return read(data, "from a buyer.any").draft


def sections_of(draft: Draft) -> list[tuple[str, int]]:
    return [
        (title, sum(question.section == place for question in draft.questions))
        for place, title in enumerate(draft.sections)
    ]


@pytest.mark.parametrize(
    ("data", "sections"),
    [
        (unruly.form_export(unruly.ONE_ANSWERED), [("from a buyer", 4)]),
        (unruly.boxes_in_cells(), [("1. Organisation", 2), ("2. Technology", 3)]),
        (unruly.boxes_in_columns(), [("Premises", 3), ("People", 3)]),
        (unruly.two_tables(), [("Quick check: Networks", 4), ("Quick check: Privacy", 3)]),
        (unruly.numbers_in_columns(), [("Continuity", 3), ("People", 3)]),
        (unruly.question_over_rows(), [("Keys", 3), ("Logs", 2)]),
        (unruly.facts_and_questions(), [("Vendor profile", 2), ("Access", 2), ("Backup", 1)]),
        (unruly.mixed_answers(), [("Gouvernance", 2), ("Exploitation", 1)]),
        (unruly.FOREIGN_JSON.encode(), [("Company", 1), ("Data", 2)]),
    ],
)
def test_every_question_is_found_and_stands_in_its_section(data, sections):
    assert sections_of(draft_of(data)) == sections


@pytest.mark.parametrize(
    ("data", "answers"),
    [
        (unruly.form_export(unruly.ONE_ANSWERED), ["Vendor Inc.", "Yes", "No", "Every day, kept for a month."]),
        (unruly.form_export(unruly.ONE_ANSWERED, unruly.ONE_ANSWERED), [None] * 4),
        (unruly.form_export(), [None] * 4),
        (unruly.boxes_in_cells(), [None, None, "Yes", None, "No"]),
        (unruly.boxes_in_columns(), ["Yes", "No", None, "Yes", None, None]),
        (unruly.boxes_in_columns("□", "☒"), ["Yes", "No", None, "Yes", None, None]),
        (unruly.boxes_in_columns(False, True), ["Yes", "No", None, "Yes", None, None]),
        (unruly.ratings(), ["1", "2", None, None, None]),
        (unruly.bare_list(), ["Yes", "Frankfurt", "2026-02-10", None]),
        (unruly.mixed_answers(), ["Oui", None, "Sans objet"]),
    ],
)
def test_answers_that_came_along_are_read(data, answers):
    assert [question.answer for question in draft_of(data).questions] == answers


def test_a_note_says_that_a_form_was_turned_and_whose_answers_are_left_out():
    def codes(data: bytes) -> list[str]:
        return [note.sentence for note in draft_of(data).notes]

    assert "stand side by side in its first row" in codes(unruly.form_export(unruly.ONE_ANSWERED))[0]
    several = unruly.form_export(unruly.ONE_ANSWERED, unruly.ONE_ANSWERED)
    assert "holds the answers of 2 people" in codes(several)[0]


def test_a_layout_that_was_looked_at_reads_a_turned_form_the_same_way():
    data = unruly.form_export(unruly.ONE_ANSWERED)
    first = read(data, "form.csv")
    assert read(data, "form.csv", first.layout).draft == first.draft


def test_a_row_of_heads_that_somebody_chose_makes_a_table_of_it():
    data = unruly.form_export(unruly.ONE_ANSWERED)
    first = read(data, "form.csv").layout
    sheet = replace(first.sheets[0], headers=(1,), columns=(), rows=())
    table = read(data, "form.csv", replace(first, sheets=(sheet,))).layout.sheets[0]
    assert [column.head for column in table.columns][:2] == ["Timestamp", "Email Address"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Ref", "Question", "Answer", "Do you see?", "Are you sure?"], ["1", "Do you log?", "Yes", "", ""]],
        [["Do you log?", "Do you patch?"], ["Yes", "No"]],
        [["Access", "Backup", "Change", "Do you test?"], ["a", "b", "c", "d"]],
        [["Do you log?", "Do you patch?", "Do you scan?", "Do you test?"], *[["Yes", "No", "Yes", "No"]] * 21],
    ],
)
def test_a_table_is_not_taken_for_a_form(rows):
    assert "turned" not in {note.code for note in draft_of(separated(rows)).notes}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("☐ Yes ☒ No", (("Yes", False), ("No", True))),
        ("Yes ☐ / No ☑", (("Yes", False), ("No", True))),
        ("[ ] Daily\n[x] Weekly", (("Daily", False), ("Weekly", True))),
        ("( ) EU (X) US", (("EU", False), ("US", True))),
        ("☐ one bullet", ()),
        ("before ☐ between ☐ after", ()),
        ("☐ ☐", ()),
        ("Yes or no", ()),
    ],
)
def test_boxes_in_a_text(text, found):
    assert boxed(text) == found


@pytest.mark.parametrize(
    ("text", "ticked"),
    [("X", True), ("☒", True), ("TRUE", True), ("✓", True), ("☐", False), ("[ ]", False), ("FALSE", False),
     ("FALSCH", False), ("-", False), ("0", False), ("", False)],
)  # fmt: skip
def test_what_counts_as_a_mark(text, ticked):
    assert is_ticked(text) is ticked


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (unruly.ratings(), ("1", "2", "3", "4", "5")),
        (unruly.ratings(checked=False), ("1", "2", "3", "4", "5")),
        (unruly.ratings(head="Vendor score (0 to 3)", checked=False), ("0", "1", "2", "3")),
        (unruly.ratings(head="Vendor score", checked=False), ()),
        (unruly.ratings(head="Vendor score (0-100)", checked=False), ()),
        (unruly.two_tables(), ("Y", "N")),
        (unruly.boxes_in_cells(), ("Yes", "No")),
    ],
)
def test_what_can_be_chosen(data, options):
    assert draft_of(data).questions[0].options == options


def test_numbers_of_every_level_make_the_id():
    refs = [question.ref for question in draft_of(unruly.numbers_in_columns()).questions]
    assert refs == ["1.1", "1.1a", "1.1b", "2.1", "2.1a", "2.2"]


def test_a_question_over_several_rows_is_asked_about_each():
    draft = draft_of(unruly.question_over_rows())
    assert [(question.ref, question.text) for question in draft.questions[:3]] == [
        ("R1", "How is data encrypted? – At rest"),
        ("", "How is data encrypted? – In transit"),
        ("R2", "Who holds the keys?"),
    ]
    assert [note.code for note in draft.notes] == ["no_ref"]


def test_a_remark_beside_the_answer_is_its_comment():
    assert [question.comment for question in draft_of(unruly.bare_list()).questions] == [
        "Tested in May", "", "By others", "",
    ]  # fmt: skip


def test_what_is_written_on_a_cell_is_help_or_comment():
    questions = draft_of(unruly.notes_on_cells()).questions
    assert [(question.help, question.comment) for question in questions] == [
        ("Any test will do.", "Twice\nIn May."), ("", "Next year."), ("", ""),
    ]  # fmt: skip


def test_notes_that_cannot_be_read_leave_the_questions():
    data = changed_part(unruly.notes_on_cells(), "xl/comments/comment1.xml", lambda content: content[:-30])
    assert [question.comment for question in draft_of(data).questions] == ["Twice", "", ""]


def test_a_row_that_asks_for_words_takes_no_list_from_the_head():
    kinds = [question.kind for question in draft_of(unruly.mixed_answers()).questions]
    assert kinds == [Kind.YES_NO_PARTIAL_NA, Kind.LONG_TEXT, Kind.YES_NO_PARTIAL_NA]


def test_no_note_claims_a_missing_title_where_the_sheet_is_the_section():
    assert draft_of(unruly.facts_and_questions()).notes == ()


def test_a_yes_that_came_along_tells_that_yes_or_no_is_asked():
    rows = [["Pergunta", "Resposta"], ["A empresa usa dois fatores?", "Sim"], ["Onde ficam os dados?", "Lisboa"]]
    assert [question.kind for question in draft_of(separated(rows)).questions] == [
        Kind.YES_NO_PARTIAL_NA,
        Kind.LONG_TEXT,
    ]


@pytest.mark.parametrize(("head", "first"), [("N.", "SI"), ("Rif.", "SI")])
def test_a_head_far_from_the_other_answers_is_none(head, first):
    rows = [[head, "Domanda", "SI", "NO"], ["A1", "Il personale è formato?", "X", ""], ["A2", "Il piano è provato?"]]
    questions = draft_of(separated(rows)).questions
    assert [(question.ref, question.answer) for question in questions] == [("A1", first), ("A2", None)]
    assert questions[0].options == ("SI", "NO")
