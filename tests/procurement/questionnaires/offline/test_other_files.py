"""Files that are not this questionnaire's workbook: another one's, one that was tampered with, one of another make, one
that is made to hurt."""

import pytest

from procurement.questionnaires.models import AnswerImport
from tests.factories.questionnaire_files import changed_part, separated, with_part, workbook
from tests.factories.questionnaires import content, published, question
from tests.factories.workbooks import changed_sheets, filled_in
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of, typed
from tests.procurement.questionnaires.offline.bringing import down, groups, looked_at, shown, taken_in, up, words_of

QUESTIONS = {
    "A-1": "Do you encrypt backups of customer data?",
    "A-2": "Do you test restoring backups?",
    "A-3": "How often are access rights reviewed?",
    "A-4": "Do you hold an ISO 27001 certificate?",
    "A-5": "Who answers for security in your company?",
}


@pytest.fixture
def ours(asked, jonah):
    kinds = {"A-3": "short_text", "A-5": "short_text"}
    made = [question(ref, kinds.get(ref, "yes_no_partial_na")) | {"text": text} for ref, text in QUESTIONS.items()]
    return asked.send(jonah, DUE, FIRST_DAY, version=published(content(*made, key="ours")))


def finished(*rows: tuple[str, str, str, str]) -> bytes:
    """A questionnaire of another make, filled in."""
    return workbook({"CAIQ": [["Question ID", "Question", "Answer", "Comment"], *rows]})


THEIRS = finished(
    ("A-1", "Do you encrypt backups of customer data?", "Y", "AES-256."),
    ("B-7", "Do you test restoring backups?", "N", "Planned for May."),
    ("C-3", "How often are the access rights of staff reviewed?", "Twice a year", ""),
    ("A-4", "Do you hold an ISO 27001 certificate?", "we are working on it", ""),
    ("D-1", "Is the car park lit at night?", "Yes", ""),
    ("D-2", "Is there a canteen?", "", ""),
)


@pytest.mark.slow
def test_a_finished_questionnaire_of_another_make_is_mapped_onto_ours(portal, ours):
    job = looked_at(portal, ours, THEIRS, "CAIQ of Quillhaven.xlsx")
    assert groups(portal, job) == {"new": ["A-1", "A-2"], "proposed": ["A-3"], "unknown": ["A-4"]}
    page = shown(portal, job)
    assert "This is not our workbook." in page
    assert "In the file: C-3 How often are the access rights of staff reviewed?" in page
    assert "% alike)" in page
    assert "1 row that belongs to none of our questions" in page
    assert "Y Yes 1" in page
    assert "we are working on it Not on the list: stays blank 1" in page
    assert "CAIQ, row 5" in page

    taken_in(portal, job)
    assert [answer_to(ours, ref).value for ref in QUESTIONS] == ["yes", "no", None, None, None]
    assert answer_to(ours, "A-1").comment == "AES-256."


@pytest.mark.slow
def test_what_is_only_similar_is_taken_where_somebody_says_so(portal, ours):
    for rule in ("file", "portal", "ticked"):
        job = looked_at(portal, ours, THEIRS)
        taken_in(portal, job, rule=rule)
        assert answer_to(ours, "A-3").value is None
    job = looked_at(portal, ours, THEIRS)
    taken_in(portal, job, take=[answer_to(ours, "A-3").pk])
    assert answer_to(ours, "A-3").value == "Twice a year"


@pytest.mark.slow
def test_an_answer_in_the_portal_stays_against_another_makes(portal, ours):
    portal.post(page_of(ours), typed(answer_to(ours, "A-1"), "no", "Not yet."))
    job = looked_at(portal, ours, THEIRS)
    assert groups(portal, job)["conflict"] == ["A-1"]
    taken_in(portal, job)
    assert answer_to(ours, "A-1").value == "no"


def test_a_csv_will_do(portal, ours):
    data = separated([["ID", "Question", "Response"], ["A-1", QUESTIONS["A-1"], "Yes"], ["A-2", QUESTIONS["A-2"], "-"]])
    taken_in(portal, looked_at(portal, ours, data, "answers.csv"))
    assert answer_to(ours, "A-1").value == "yes"


def test_the_same_reference_with_other_words_is_another_question(portal, ours):
    data = finished(("A-1", "Is the car park lit at night?", "Yes", ""), ("A-2", QUESTIONS["A-2"], "Yes", ""))
    job = looked_at(portal, ours, data)
    assert groups(portal, job) == {"new": ["A-2"]}
    data = finished(("A-1", "Do you encrypt the backups of customer data?", "Yes", ""), ("A-2", "Z?", "Yes", ""))
    assert groups(portal, looked_at(portal, ours, data)) == {"new": ["A-1"]}


def test_the_workbook_of_another_version_says_so_and_is_matched_by_reference_and_words(portal, asked, jonah, ours):
    sent = [question(ref) | {"text": text} for ref, text in list(QUESTIONS.items())[:2]]
    other = asked.send(jonah, DUE, FIRST_DAY, version=published(content(*sent, key="another")))
    job = looked_at(portal, ours, filled_in(down(portal, other), {"A-1": "Yes", "A-2": "No"}))
    assert job.origin == "other"
    assert "This is the workbook of another questionnaire, or of another version." in shown(portal, job)
    assert groups(portal, job) == {"new": ["A-1", "A-2"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "origin"),
    [("revision:a-1", "7", "altered"), ("assessment", "999", "altered"), ("signature", None, "altered")],
)
def test_a_changed_hidden_sheet_is_told_and_its_revisions_are_not_believed(portal, ours, name, value, origin):
    portal.post(page_of(ours), typed(answer_to(ours, "A-1"), "no", "Not yet."))

    def change(book):
        row = next(row for row in book["_meta"].iter_rows() if row[0].value == name)
        row[1].value = value

    data = changed_sheets(filled_in(down(portal, ours), {"A-1": {"answer": "Yes"}, "A-2": "Yes"}), change)
    job = looked_at(portal, ours, data)
    assert job.origin == origin
    assert "The hidden sheet of this workbook was changed." in shown(portal, job)
    assert (groups(portal, job)["conflict"], groups(portal, job)["new"]) == (["A-1"], ["A-2"])


@pytest.mark.slow
def test_without_the_hidden_sheet_it_is_read_as_any_questionnaire(portal, ours):
    data = changed_sheets(
        filled_in(down(portal, ours), {"A-1": "Yes", "A-2": "No"}), lambda book: book.remove(book["_meta"])
    )
    job = looked_at(portal, ours, data)
    assert job.origin == "foreign"
    assert groups(portal, job)["new"] == ["A-1", "A-2"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 torn", "The file is damaged or was cut off."),
        (with_part(workbook({"S": [["a"]]}), "xl/vbaProject.bin", b"x"), "The workbook holds macros."),
        (b"a,b\n" * (21 * 1024 * 256), "The file is larger than 20 MB."),
    ],
    ids=["nothing", "torn", "macros", "too large"],
)
def test_what_cannot_be_read_is_refused_in_words(portal, ours, data, told):
    page = up(portal, ours, data)
    assert page.status_code == 422
    assert told in words_of(page)
    assert not AnswerImport.objects.exists()


@pytest.mark.slow
def test_formulas_are_never_calculated_but_told(portal, ours):
    given = {"A-3": "=1+1", "A-5": {"answer": "Jo", "comment": '=HYPERLINK("http://x")'}, "A-1": "Yes"}
    job = looked_at(portal, ours, filled_in(down(portal, ours), given))
    assert groups(portal, job)["unknown"] == ["A-3", "A-5"]
    assert "=1+1 The cell holds a formula without a result, or an error." in shown(portal, job)
    taken_in(portal, job)
    assert [answer_to(ours, ref).value for ref in ("A-3", "A-5", "A-1")] == [None, None, "yes"]


SHEET = "xl/worksheets/sheet2.xml"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<row><c><v>1</v></c></row>" * (120 * 1024 * 1024 // 26), "The file has more cells than we read"),
        (b" " * (210 * 1024 * 1024), "The workbook unpacks to more than 200 MB."),
    ],
    ids=["120 MB", "210 MB"],
)
@pytest.mark.slow
def test_a_workbook_that_unpacks_to_too_much_costs_a_sentence(portal, ours, content, told):
    end = b"</sheetData>"
    data = changed_part(down(portal, ours), SHEET, lambda part: part.replace(end, content + end))
    assert len(data) < 2 * 1024 * 1024
    page = up(portal, ours, data)
    assert page.status_code == 422
    assert told in words_of(page)
