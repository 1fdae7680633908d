"""Further fields in a workbook: a column of their own, read back, compared, taken in and undone with their answer."""

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from procurement.questionnaires.imported import content_of
from procurement.questionnaires.importing.reader import read
from procurement.questionnaires.models import Answer, Assessment
from tests.factories.questionnaires import content, published, question
from tests.factories.workbooks import filled_in, opened, questions_of, saved
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of
from tests.procurement.questionnaires.importing.test_sample_corpus import FOLDER, HOW_TO_GET_THEM
from tests.procurement.questionnaires.offline.bringing import down, groups, looked_at, shown, taken_in

SHARED_CAIQ = FOLDER / "syn_caiq_shape_blank.xlsx"
OWNER = {"key": "owner", "title": "Who owns it", "kind": "single", "options": ["We", "You", "Both, by contract"]}
HOW = {"key": "how", "title": "Description", "kind": "long_text", "required": True}
LINE = {"key": "line", "title": "Comment, or why it does not apply", "kind": "short_text"}
TWIN = {"key": "twin", "title": "Description", "kind": "short_text"}


@pytest.fixture
def ours(asked, jonah) -> Assessment:
    made = content(
        question("A-1", companions=[OWNER, HOW]),
        question("A-2", companions=[OWNER, LINE, TWIN]),
        question("A-3"),
        key="beside",
    )
    return asked.send(jonah, DUE, FIRST_DAY, version=published(made))


def say(portal, assessment: Assessment, ref: str, value: str, **beside: str) -> None:
    answer = answer_to(assessment, ref)
    name = f"a{answer.pk}"
    form = {f"{name}-value": value, f"{name}-comment": "", f"{name}-revision": str(answer.revision)}
    fields = {f"{name}-c-{key}": text for key, text in beside.items()}
    assert portal.post(page_of(assessment, f"answers/{answer.pk}/"), form | fields).status_code == 200


def the_sheet(data: bytes) -> Worksheet:
    return questions_of(opened(data))["A-1"][0]


def test_each_has_a_column_of_its_own_open_where_the_question_asks_for_it(portal, ours):
    sheet = the_sheet(down(portal, ours))
    heads = [cell.value for cell in sheet[3]]
    assert heads[7:] == ["Who owns it", "Description", "Comment, or why it does not apply (2)", "Description (2)"]
    locked = [[sheet.cell(row, column).protection.locked for column in range(8, 12)] for row in (4, 5, 6)]
    assert locked == [[False, False, True, True], [False, True, False, False], [True] * 4]
    lists = [rule.sqref for rule in sheet.data_validations.dataValidation if "H4" in rule.sqref]
    assert lists
    assert "Fill in “Description” too." in sheet.cell(4, 4).value


def test_a_workbook_without_them_has_no_columns_for_them(portal, asked, jonah):
    plain = asked.send(jonah, DUE, FIRST_DAY, version=published(content(question("A-1"), key="plain")))
    assert len([cell for cell in the_sheet(down(portal, plain))[3] if cell.value]) == 7


@pytest.mark.slow
def test_what_is_filled_in_is_taken_with_the_answer_and_undone_with_it(portal, ours):
    say(portal, ours, "A-1", "yes", owner="We", how="Before.")
    cells = {
        "A-1": {"Description": "With\nkeys | of ours.", "Who owns it": "you"},
        "A-2": {"answer": "Yes", "Description (2)": "Twin."},
    }
    job = looked_at(portal, ours, filled_in(down(portal, ours), cells))
    assert groups(portal, job) == {"changed": ["A-1"], "new": ["A-2"], "same": ["A-3"]}
    page = shown(portal, job)
    assert "Who owns it: You Description: With keys | of ours." in page
    assert "Who owns it: We Description: Before." in page
    taken_in(portal, job)
    assert answer_to(ours, "A-1").companions == {"owner": "You", "how": "With\nkeys | of ours."}
    assert answer_to(ours, "A-2").companions == {"twin": "Twin."}
    assert answer_to(ours, "A-2").revisions.get().companions == {"twin": "Twin."}
    portal.post(page_of(ours, f"offline/{job.pk}/undo/"))
    assert answer_to(ours, "A-1").companions == {"owner": "We", "how": "Before."}
    assert (answer_to(ours, "A-2").value, answer_to(ours, "A-2").companions) == (None, {})


@pytest.mark.slow
def test_what_nobody_touched_comes_back_as_it_went(portal, ours):
    nasty = "=1+1\n  \u200bends | \\ _x0041_ <r>x</r>  "
    say(portal, ours, "A-1", "yes", owner="Both, by contract", how=nasty)
    say(portal, ours, "A-2", "", line="0012")
    before = [answer_to(ours, ref).companions for ref in ("A-1", "A-2")]
    for data in (down(portal, ours), filled_in(down(portal, ours), {"A-3": "Yes"})):
        job = looked_at(portal, ours, data)
        assert groups(portal, job)["same"][:2] == ["A-1", "A-2"]
    taken_in(portal, job)
    assert [answer_to(ours, ref).companions for ref in ("A-1", "A-2")] == before


@pytest.mark.slow
def test_a_field_that_is_emptied_in_the_file_takes_nothing_away(portal, ours):
    say(portal, ours, "A-1", "yes", owner="We", how="Kept.")
    empty = {"answer": "No", "Who owns it": None, "Description": None}
    taken_in(portal, looked_at(portal, ours, filled_in(down(portal, ours), {"A-1": empty})))
    kept = answer_to(ours, "A-1")
    assert (kept.value, kept.companions) == ("no", {"owner": "We", "how": "Kept."})


@pytest.mark.slow
def test_an_older_workbook_does_not_undo_what_the_portal_says_by_now(portal, ours):
    say(portal, ours, "A-1", "yes", owner="We", how="Old.")
    data = down(portal, ours)
    say(portal, ours, "A-1", "yes", owner="You", how="New.")
    assert groups(portal, looked_at(portal, ours, data)) == {"newer": ["A-1"], "same": ["A-2", "A-3"]}
    clash = filled_in(data, {"A-1": {"Description": "Mine."}})
    job = looked_at(portal, ours, clash)
    assert groups(portal, job)["conflict"] == ["A-1"]
    taken_in(portal, job, take=[answer_to(ours, "A-1").pk])
    assert answer_to(ours, "A-1").companions == {"owner": "We", "how": "Mine."}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ref", "cells", "told"),
    [
        ("A-1", {"Who owns it": "Nobody"}, "Who owns it: not on the list. Allowed: “We”, “You”, “Both, by contract”."),
        ("A-2", {"Description (2)": "two\nlines"}, "Description: Write it in one line."),
        ("A-3", {"Description": "x"}, "This question has no field “Description”. Leave its cell empty."),
        ("A-1", {"Description": "=1+1"}, "The cell holds a formula without a result"),
    ],
    ids=["not on the list", "two lines", "no such field", "formula"],
)
def test_what_cannot_be_read_is_told(portal, ours, ref, cells, told):
    job = looked_at(portal, ours, filled_in(down(portal, ours), {ref: cells}))
    assert groups(portal, job)["unknown"] == [ref]
    assert told in shown(portal, job)
    assert "stays blank" not in shown(portal, job)


HEADS = ["Question ID", "Question", "CSP CAIQ Answer", "SSRM Control Ownership", "Additional Information", "Comments"]
CAIQ = [
    ["A-1", "Do you encrypt backups of customer data?", "Yes", "shared", "With a key of ours.", ""],
    ["A-2", "Do you test restoring those backups?", "No", "CSP-owned", "In May.", ""],
    ["A-3", "Do you keep those backups in another place?", "Yes", "", "In Oslo.", "Ask us."],
]


def their_caiq() -> bytes:
    book = Workbook()
    for row in (HEADS, *CAIQ):
        book.active.append(row)
    owners = DataValidation(type="list", formula1='"CSP-owned,CSC-owned,Shared"')
    owners.add("D2:D4")
    book.active.add_data_validation(owners)
    return saved(book)


@pytest.mark.slow
def test_a_finished_questionnaire_of_another_make_fills_the_fields_that_are_called_the_same(portal, asked, jonah):
    owner = {**OWNER, "title": "SSRM control ownership", "options": ["CSP-owned", "Shared"]}
    info = {**HOW, "title": "Additional Information", "required": False}
    made = [question(ref, companions=[owner, info]) | {"text": text} for ref, text, *_rest in CAIQ[:2]]
    made.append(question("A-3") | {"text": CAIQ[2][1]})
    assessment = asked.send(jonah, DUE, FIRST_DAY, version=published(content(*made, key="caiq")))
    job = looked_at(portal, assessment, their_caiq(), "CAIQ of Quillhaven.xlsx")
    assert groups(portal, job) == {"new": ["A-1", "A-2", "A-3"]}
    taken_in(portal, job)
    first, second, third = (answer_to(assessment, ref) for ref in ("A-1", "A-2", "A-3"))
    assert first.companions == {"owner": "Shared", "how": "With a key of ours."}
    assert first.comment == ""
    assert (second.companions["how"], second.comment) == ("In May.", "In May."), "a No needs a sentence"
    assert (third.companions, third.comment) == ({}, "Ask us.")


@pytest.mark.slow
@pytest.mark.skipif(not SHARED_CAIQ.is_file(), reason=HOW_TO_GET_THEM)
def test_a_whole_caiq_that_the_vendor_has_filled_in_lands_in_its_fields(portal, asked, jonah):
    blank = SHARED_CAIQ.read_bytes()
    asked_in_it, _difference = content_of(read(blank, SHARED_CAIQ.name).draft, {}, key="caiq", title="CAIQ", number=1)
    assessment = asked.send(jonah, DUE, FIRST_DAY, version=published(asked_in_it))
    book = opened(blank)
    sheet = book["Self-Assessment v4"]
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, 1).value and sheet.cell(row, 2).value:
            for column, text in ((3, "Yes"), (4, "Shared provider and customer"), (5, f"Row {row}.")):
                sheet.cell(row, column).value = text
    job = looked_at(portal, assessment, saved(book), "Our CAIQ.xlsx")
    assert {group: len(refs) for group, refs in groups(portal, job).items()} == {"new": 261}
    taken_in(portal, job)
    kept = Answer.objects.filter(assessment=assessment)
    assert {answer.companions["control-ownership"] for answer in kept} == {"Shared provider and customer"}
    assert len({answer.companions["provider-implementation-description"] for answer in kept}) == 261
    assert {answer.comment for answer in kept} == {""}
