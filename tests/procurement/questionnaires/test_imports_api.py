"""A file becomes a draft by a program: sent, what was guessed read and corrected, compared, made. Until then nothing is
a question."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.questionnaires.models import ImportJob, Question, QuestionnaireVersion
from tests.factories.questionnaire_files import separated, workbook
from tests.factories.questionnaires import content, published, question
from tests.factories.tokens import program_of
from vendors.vault.models import StoredFile

URL = "/api/v1/questionnaire-imports/"
TABLE = [
    ["ID", "Question", "Response", "Area"],
    ["A-1", "Do you encrypt backups?", "", "Backup"],
    ["A-2", "Do you test restoring them?", "", "Backup"],
    ["A-3", "Who may read them?", "", "Access"],
]
MOST_QUERIES = 12


@pytest.fixture
def program(reviewer):
    return program_of(reviewer)


def sent(program, data: bytes, name: str = "questions.csv"):
    return program.post(URL, {"file": SimpleUploadedFile(name, data)})


def begun(program, data: bytes = separated(TABLE), name: str = "questions.csv") -> dict[str, Any]:
    answer = sent(program, data, name)
    assert answer.status_code == 201, answer.text
    return answer.json()


def act(program, job: dict[str, Any], what: str, **body: Any):
    return program.post(f"{URL}{job['id']}/{what}/", json.dumps(body), content_type="application/json")


def rows(program, job: dict[str, Any], query: str = "sheet=1") -> dict[str, Any]:
    answer = program.get(f"{URL}{job['id']}/rows/?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.slow
def test_a_file_is_read_looked_through_and_made_into_a_draft(program):
    before = Question.objects.count()
    job = begun(program)
    told = job["reading"]
    assert (told["kind"], told["encoding"], told["questions"], told["warnings"]) == ("csv", "utf-8", 3, [])
    assert told["sections"] == [{"title": "Backup", "questions": 2}, {"title": "Access", "questions": 1}]
    (sheet,) = told["sheets"]
    assert [each["role"] for each in sheet["columns"]] == ["ref", "question", "answer", "section"]
    assert (sheet["number"], sheet["header"], sheet["columns"][1]["samples"][0]) == (1, 1, "Do you encrypt backups?")
    assert Question.objects.count() == before

    made = act(program, job, "draft", title="From a buyer")
    assert made.status_code == 201
    version = made.json()
    assert (version["title"], version["state"], version["questions"], version["to_settle"]) == (
        "From a buyer",
        "draft",
        3,
        [],
    )
    told = program.get(f"{URL}{job['id']}/").json()
    assert (told["state"], told["version"], told["reading"]) == ("made", version["id"], None)
    assert act(program, job, "draft").status_code == 409
    assert program.get(f"{URL}{job['id']}/rows/?sheet=1").status_code == 409


def test_the_guesses_of_rows_come_with_their_questions_and_can_be_filtered(program):
    job = begun(program)
    found = rows(program, job)
    assert [row["kind"] for row in found["rows"]] == ["header", "question", "question", "question"]
    assert found["rows"][1]["question"]["ref"] == "A-1"
    assert found["next_after"] is None
    assert [row["row"] for row in rows(program, job, "sheet=1&rows=questions&after=2")["rows"]] == [3, 4]
    assert rows(program, job, "sheet=1&rows=hidden")["rows"] == []
    wrong = program.get(f"{URL}{job['id']}/rows/?sheet=2")
    assert wrong.json()["errors"] == {"sheet": ["There is no sheet of this number."]}
    assert program.get(f"{URL}{job['id']}/rows/?sheet=1&row=3").status_code == 400


@pytest.mark.slow
def test_a_long_sheet_is_read_on_from_where_an_answer_ended(program):
    table = [["ID", "Question"], *([f"Q-{n}", f"Is point {n} looked after?"] for n in range(1, 431))]
    job = begun(program, separated(table))
    met, after = [], 0
    while after is not None:
        page = rows(program, job, f"sheet=1&rows=questions&after={after}")
        assert len(page["rows"]) <= 200
        met += [row["question"]["ref"] for row in page["rows"]]
        after = page["next_after"]
    assert met == [f"Q-{n}" for n in range(1, 431)]


def test_what_was_guessed_wrongly_is_corrected_and_the_rest_is_read_anew(program):
    job = begun(program)
    decided = {
        "number": 1,
        "columns": [{"column": 4, "role": "other"}],
        "rows": [{"row": 4, "kind": "skip"}, {"row": 2, "answered": "yes_no"}],
    }
    read = act(program, job, "read", sheets=[decided])
    assert read.status_code == 200
    assert read.json()["reading"]["questions"] == 2
    assert [row["decided"] for row in rows(program, job)["rows"]] == [False, False, False, True]
    made = act(program, job, "draft", title="Changed").json()
    kinds = Question.objects.filter(section__version=made["id"]).values_list("ref", "kind")
    assert dict(kinds)["A-1"] == "yes_no"
    assert [ref for ref, _kind in kinds] == ["A-1", "A-2"]


def test_another_row_of_heads_and_another_encoding_are_guessed_anew(program):
    table = [["Our list", "of this year", "", ""], *TABLE]
    job = begun(program, separated(table))
    assert job["reading"]["sheets"][0]["header"] == 2
    moved = act(program, job, "read", sheets=[{"number": 1, "header": 1}]).json()
    assert moved["reading"]["sheets"][0]["columns"][1]["head"] == "of this year"
    other = act(program, job, "read", encoding="cp1250").json()
    assert other["reading"]["encoding"] == "cp1250"


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({"sheets": [{"number": 2, "role": "other"}]}, "sheets.0.number", "There is no sheet of this number."),
        ({"sheets": [{"number": 1, "columns": [{"column": 9, "role": "other"}]}]}, "sheets.0.columns", "no column 9"),
        ({"sheets": [{"number": 1, "rows": [{"row": 9, "kind": "skip"}]}]}, "sheets.0.rows", "no row 9"),
        ({"sheets": [{"number": 1, "rows": [{"row": 1, "answered": "date"}]}]}, "sheets.0.rows", "is no question"),
        ({"sheets": [{"number": 1, "rows": [{"row": 2, "answered": "multi"}]}]}, "sheets.0.rows", "answered so"),
        ({"sheets": [{"number": 1, "role": "chapter"}]}, "sheets.0.role", "not a valid choice"),
        (
            {"sheets": [{"number": 1, "header": 2, "columns": [{"column": 1, "role": "other"}]}]},
            "sheets.0.header",
            "without columns and rows",
        ),
        ({"sheets": [{"number": 1, "role": "other"}] * 2}, "sheets.1.number", "named twice"),
        ({"encoding": "cp1252", "sheets": [{"number": 1, "role": "other"}]}, "encoding", "Send it alone."),
    ],
)
def test_what_cannot_be_decided_is_said_by_its_place_and_nothing_is_read_anew(program, body, field, sentence):
    job = begun(program)
    answer = act(program, job, "read", **body)
    assert answer.status_code == 400
    assert sentence in " ".join(answer.json()["errors"][field])
    assert program.get(f"{URL}{job['id']}/").json() == job


def test_a_workbook_has_no_encoding(program):
    job = begun(program, workbook({"Questions": TABLE}), "questions.xlsx")
    refused = act(program, job, "read", encoding="utf-8")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["encoding"])


def test_a_newer_file_is_compared_before_it_becomes_the_next_version(program):
    family = published(content(question("A-1"), question("A-2"), question("B-1"), key="ours")).questionnaire
    job = begun(program)
    before = QuestionnaireVersion.objects.count()
    told = program.get(f"{URL}{job['id']}/changes/?questionnaire=ours").json()
    assert (told["new"], told["gone"], told["same"]) == (["A-3"], ["B-1"], [])
    assert told["changed"][0] == {"ref": "A-1", "before": "What about A-1?", "now": "Do you encrypt backups?"}
    assert QuestionnaireVersion.objects.count() == before
    unknown = program.get(f"{URL}{job['id']}/changes/?questionnaire=theirs")
    assert unknown.json()["errors"] == {"questionnaire": ["There is no questionnaire of this key."]}
    made = act(program, job, "draft", questionnaire="ours").json()
    assert (made["questionnaire"], made["number"]) == (family.pk, 2)


def test_a_file_of_our_own_is_taken_as_it_is(program):
    own = json.dumps(content(question("A-1"), key="ours")).encode()
    job = begun(program, own, "ours.json")
    assert (job["reading"]["kind"], job["reading"]["sheets"]) == ("countersign", [])
    assert act(program, job, "read").status_code == 409
    assert program.get(f"{URL}{job['id']}/rows/?sheet=1").status_code == 400
    made = act(program, job, "draft").json()
    assert (made["key"], made["title"]) == ("ours", "Made for a test")


def test_a_mapping_is_kept_reads_the_next_file_of_the_make_and_is_forgotten(program):
    odd = [["Zeta", "Eta", "Theta"], ["B-1", "Are doors locked at night?", "x"], ["B-2", "Are guests met?", "x"]]
    job = begun(program, separated(odd))
    columns = [{"column": 1, "role": "ref"}, {"column": 2, "role": "question"}, {"column": 3, "role": "comment"}]
    act(program, job, "read", sheets=[{"number": 1, "role": "questions", "header": 1}])
    read = act(program, job, "read", sheets=[{"number": 1, "columns": columns}])
    assert read.status_code == 200, read.text
    kept = act(program, job, "keep", name="Doors Inc.")
    assert kept.status_code == 201
    assert kept.json()["heads"] == {"zeta": "ref", "eta": "question", "theta": "comment"}
    assert begun(program, separated(odd))["reading"]["profile"] == "Doors Inc."
    mappings = "/api/v1/questionnaire-mappings/"
    assert [row["name"] for row in program.get(mappings).json()["results"]] == ["Doors Inc."]
    assert program.post(f"{mappings}{kept.json()['id']}/forget/").status_code == 204
    assert begun(program, separated(odd))["reading"]["profile"] == ""


@pytest.mark.parametrize(
    ("name", "data", "status", "sentence"),
    [
        ("letter.pdf", b"%PDF-1.7 a letter", 422, "This kind of file cannot be read."),
        ("empty.csv", b"", 422, "The file is empty."),
        ("large.csv", b"Question\n" + b"a" * (20 * 1024 * 1024), 413, "20 MB"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_nothing_is_kept(program, name, data, status, sentence):
    before = StoredFile.objects.count()
    answer = sent(program, data, name)
    assert answer.status_code == status
    assert sentence in answer.json()["detail"]
    assert (StoredFile.objects.count(), ImportJob.objects.count()) == (before, 0)


def test_a_file_that_came_to_nothing_is_destroyed(program):
    job = begun(program)
    told = act(program, job, "discard").json()
    assert (told["state"], told["reading"]) == ("discarded", None)
    assert StoredFile.objects.get(pk=ImportJob.objects.get(pk=job["id"]).file_id).destroyed_at is not None
    assert [row["id"] for row in program.get(f"{URL}?state=open").json()["results"]] == []


def test_an_auditor_meets_no_import(auditor, program):
    job = begun(program)
    theirs = program_of(auditor)
    assert theirs.get(URL).json()["results"] == []
    assert theirs.get(f"{URL}{job['id']}/").status_code == 404
    assert sent(theirs, separated(TABLE)).status_code == 403


@pytest.mark.slow
def test_more_imports_ask_no_more_queries_and_none_reads_what_was_read(program):
    counts = []
    for wanted in (1, 10):
        for _number in range(wanted):
            begun(program)
        program.get(URL)
        with CaptureQueriesContext(connection) as queries:
            program.get(URL)
        counts.append(len(queries))
        assert '"reading"' not in " ".join(each["sql"] for each in queries)
    assert counts[0] == counts[1] <= MOST_QUERIES
