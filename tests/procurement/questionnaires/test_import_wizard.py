"""A file becomes a draft: read, looked through, corrected, compared, made. Until then nothing is a question."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from procurement.questionnaires.content import version_content
from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.imported import content_of
from procurement.questionnaires.importing.reader import read
from procurement.questionnaires.models import ImportJob, ImportProfile, Question, Questionnaire, QuestionnaireVersion
from tests.factories.questionnaire_files import separated, workbook
from tests.factories.questionnaires import published
from tests.procurement.questionnaires.test_edit_versions import words_of
from tests.procurement.questionnaires.typing_in import as_it_stands
from tests.signing_in import staff_client
from vendors.vault.models import StoredFile

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "questionnaires"
TABLE = [
    ["ID", "Question", "Response", "Area"],
    ["A-1", "Do you encrypt backups?", "", "Backup"],
    ["A-2", "Do you test restoring them?", "", "Backup"],
    ["A-3", "Who may read them?", "", "Access"],
]


@pytest.fixture
def ines(reviewer) -> Client:
    return staff_client(reviewer)


def sent(client: Client, data: bytes, name: str = "questions.csv"):
    return client.post("/questionnaires/import/", {"file": SimpleUploadedFile(name, data)})


def job_of(client: Client, data: bytes, name: str = "questions.csv") -> ImportJob:
    answer = sent(client, data, name)
    assert answer.status_code == 302, words_of(answer)
    return ImportJob.objects.latest("pk")


def sheet_form(client: Client, job: ImportJob, rest: str = "", **changes: str) -> dict:
    return as_it_stands(client.get(f"{job.get_absolute_url()}sheets/1/{rest}").context["form"]) | changes


def texts_of(version: QuestionnaireVersion) -> list[str]:
    return list(Question.objects.filter(section__version=version).values_list("text", flat=True))


def test_a_file_is_read_shown_and_made_into_a_draft(ines):
    before = Question.objects.count()
    job = job_of(ines, separated(TABLE))
    shown = words_of(ines.get(job.get_absolute_url()))
    assert "3 questions, 2 sections, 0 warnings" in shown
    assert Question.objects.count() == before
    assert StoredFile.objects.get(pk=job.file_id).sha256 in shown
    rows = words_of(ines.get(f"{job.get_absolute_url()}sheets/1/"))
    assert "Do you test restoring them?" in rows
    assert "B: Question" in rows

    made = ines.post(f"{job.get_absolute_url()}make/", {"title": "From a buyer", "family": ""})
    draft = QuestionnaireVersion.objects.get(title="From a buyer")
    assert made["Location"] == draft.get_absolute_url()
    assert list(draft.sections.values_list("title", flat=True)) == ["Backup", "Access"]
    assert texts_of(draft) == [row[1] for row in TABLE[1:]]
    job.refresh_from_db()
    assert (job.state, job.version) == ("made", draft)
    assert ines.post(f"{job.get_absolute_url()}make/", {"title": "Again", "family": ""}).status_code == 409
    assert "It became a draft" in words_of(ines.get(job.get_absolute_url()))


def _own_called(title: str) -> bytes:
    """A file of our own format; the title as JSON spells it."""
    question = '{"key": "a", "ref": "A", "text": "Is it so?"}'
    sections = f'[{{"title": "All", "questions": [{question}]}}]'
    return f'{{"format": "countersign-questionnaire/2", "title": "Our {title}", "sections": {sections}}}'.encode()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.csv", b"", "The file is empty."),
        ("letter.pdf", b"%PDF-1.7 a letter", "This kind of file cannot be read. Save it as XLSX, CSV or JSON"),
        ("torn.xlsx", b"PK\x03\x04torn", "The file is damaged or was cut off."),
        ("half.json", _own_called("\\ud800"), "characters that are no letters"),
        ("nul.json", _own_called("\\u0000"), "characters that are no letters"),
        ("list.json", b'{"questions": [{"text": "Is \\ud800 so?"}, {"text": "Is it?"}]}', "no letters"),
        ("own.json", b'{"format": "countersign-questionnaire/2", "title": 7}', "of another type"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence_and_nothing_is_kept(ines, name, data, sentence):
    before = StoredFile.objects.count()
    answer = sent(ines, data, name)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert (StoredFile.objects.count(), ImportJob.objects.count()) == (before, 0)


def test_every_guess_can_be_changed_and_the_rest_is_read_anew(ines):
    job = job_of(ines, separated(TABLE))
    address = f"{job.get_absolute_url()}sheets/1/"
    changes = {"column-4": "other", "row-4": "skip", "kind-2": "yes_no"}
    assert ines.post(address, sheet_form(ines, job, **changes)).status_code == 302
    assert "2 questions, 1 section" in words_of(ines.get(job.get_absolute_url()))
    ines.post(f"{job.get_absolute_url()}make/", {"title": "Changed", "family": ""})
    kinds = Question.objects.filter(section__version__title="Changed").values_list("ref", "kind")
    assert dict(kinds)["A-1"] == "yes_no"
    assert [ref for ref, _kind in kinds] == ["A-1", "A-2"]


def test_another_header_row_means_other_columns(ines):
    job = job_of(ines, separated([["Our list", "of this year", "", ""], *TABLE]))
    sheet = job.layout["sheets"][0]
    assert sheet["headers"] == [2]
    ines.post(f"{job.get_absolute_url()}sheets/1/", sheet_form(ines, job, header="1"))
    job.refresh_from_db()
    assert job.layout["sheets"][0]["columns"][1]["head"] == "of this year"
    wrong = ines.post(f"{job.get_absolute_url()}sheets/1/", sheet_form(ines, job, header="0"))
    assert wrong.status_code == 422
    assert "Rows are counted from 1." in words_of(wrong)


def test_a_sheet_that_was_left_out_is_read_when_somebody_says_so(ines):
    rows = [["ID", "Question"], *([f"Q-{n}", f"Is point {n} looked after?"] for n in range(1, 8))]
    job = job_of(ines, workbook({"Read me": [["Fill in the other sheet."]], "Questions": rows}), "two.xlsx")
    roles = as_it_stands(ines.get(job.get_absolute_url()).context["sheets"])
    assert roles == {"sheet-1": "instructions", "sheet-2": "questions"}
    ines.post(job.get_absolute_url(), roles | {"sheet-2": "other"})
    shown = ines.get(job.get_absolute_url())
    assert "No question was found." in words_of(shown)
    assert ines.post(f"{job.get_absolute_url()}make/", {"title": "None", "family": ""}).status_code == 422
    ines.post(job.get_absolute_url(), roles)
    assert "7 questions" in words_of(ines.get(job.get_absolute_url()))


def test_rows_are_filtered_by_what_needs_a_look(ines):
    twice = [*TABLE, ["A-2", "Do you write it down?", "", "Access"]]
    job = job_of(ines, separated(twice))
    address = f"{job.get_absolute_url()}sheets/1/"
    assert f'<a href="{address}?rows=duplicate">Show the rows</a>' in words_of(ines.get(job.get_absolute_url()))
    shown = ines.get(f"{address}?rows=duplicate").context["form"]
    assert [row.layout.row for row, _what, _kind in shown.table()] == [3, 5]
    assert {part["label"]: part["count"] for part in ines.get(address).context["segments"]}["Questions"] == 4
    ines.post(f"{job.get_absolute_url()}make/", {"title": "Twice", "family": ""})
    refs = Question.objects.filter(section__version__title="Twice").values_list("ref", flat=True)
    assert list(refs) == ["A-1", "A-2", "A-3", "A-2 (2)"]


def test_a_mapping_is_kept_and_reads_the_next_file_of_the_make(ines):
    odd = [["Zeta", "Eta", "Theta"], ["B-1", "the doors are locked at night", "x"], ["B-2", "guests are met", "x"]]
    job = job_of(ines, separated(odd))
    sheets = as_it_stands(ines.get(job.get_absolute_url()).context["sheets"])
    ines.post(job.get_absolute_url(), sheets | {"sheet-1": "questions"})
    ines.post(f"{job.get_absolute_url()}sheets/1/", sheet_form(ines, job, header="1"))
    roles = {"column-1": "ref", "column-2": "question", "column-3": "comment"}
    ines.post(f"{job.get_absolute_url()}sheets/1/", sheet_form(ines, job, **roles))
    kept = ines.post(f"{job.get_absolute_url()}keep/", {"name": "Doors Inc."})
    assert kept.status_code == 302
    assert ImportProfile.objects.get().content["heads"]["theta"] == "comment"
    again = job_of(ines, separated([*odd, ["B-3", "keys are counted", "x"]]))
    assert again.layout["profile"] == "Doors Inc."
    assert again.layout["sheets"][0]["columns"][2]["role"] == "comment"
    ines.post(f"/questionnaires/profiles/{ImportProfile.objects.get().pk}/forget/")
    assert job_of(ines, separated(odd)).layout["profile"] == ""


def test_a_newer_file_is_compared_and_keeps_what_we_made_of_a_question(ines):
    job = job_of(ines, separated(TABLE))
    ines.post(f"{job.get_absolute_url()}make/", {"title": "Yearly", "family": ""})
    first = QuestionnaireVersion.objects.get(title="Yearly")
    Question.objects.filter(section__version=first, ref="A-1").update(weight=20, criteria=["A1.2"])
    ines.post(f"{first.get_absolute_url()}publish/")

    newer = [
        TABLE[0],
        TABLE[1],
        ["A-2", "Do you test restoring them twice a year?", "", "Backup"],
        ["A-4", "Why?", "", ""],
    ]
    job = job_of(ines, separated(newer))
    chosen = {"title": "Yearly", "family": str(first.questionnaire_id)}
    with_none = ines.post(f"{job.get_absolute_url()}make/", {"title": "Yearly", "family": "", "compare": "1"})
    assert "Choose the questionnaire to compare it with." in words_of(with_none)
    shown = words_of(ines.post(f"{job.get_absolute_url()}make/", chosen | {"compare": "1"}))
    assert "1 stay, 1 change, 1 are new, 1 go." in shown
    assert "Do you test restoring them twice a year?" in shown
    assert QuestionnaireVersion.objects.filter(questionnaire=first.questionnaire).count() == 1
    ines.post(f"{job.get_absolute_url()}make/", chosen)
    second = first.questionnaire.versions.get(number=2)
    kept = Question.objects.get(section__version=second, ref="A-1")
    assert (kept.key, kept.weight, kept.criteria) == ("a-1", 20, ["A1.2"])


def test_our_own_file_comes_back_as_it_went(ines):
    given = version_content(QuestionnaireVersion.objects.published().filter(format=2).first())
    own = {**given, "questionnaire": "come-back", "number": 4}
    job = job_of(ines, json.dumps(own).encode(), "ours.json")
    assert f"{len(given['sections'])} sections, 0 warnings" in words_of(ines.get(job.get_absolute_url()))
    ines.post(f"{job.get_absolute_url()}make/", {"title": own["title"], "family": ""})
    draft = QuestionnaireVersion.objects.get(questionnaire__key="come-back")
    assert version_content(draft) == own


def test_what_is_discarded_is_destroyed(ines):
    job = job_of(ines, separated(TABLE))
    assert ines.post(f"{job.get_absolute_url()}discard/").status_code == 302
    job.refresh_from_db()
    assert (job.state, job.reading, job.file.destroyed_at is None) == ("discarded", {}, False)
    assert "Nothing came of it." in words_of(ines.get(job.get_absolute_url()))
    assert ines.post(f"{job.get_absolute_url()}discard/").status_code == 409


def test_a_version_of_an_existing_questionnaire_is_suggested_by_its_title(ines):
    known = published({**_one_question(), "title": "questions", "questionnaire": "known"})
    job = job_of(ines, separated(TABLE))
    assert ines.get(job.get_absolute_url()).context["make"].initial["family"] == str(known.questionnaire_id)
    assert Questionnaire.objects.filter(title="questions").count() == 1


def _one_question() -> dict:
    asked = {"key": "a", "ref": "A", "text": "Is it so?"}
    return {"format": "countersign-questionnaire/2", "number": 1, "sections": [{"title": "All", "questions": [asked]}]}


@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample questionnaires do not lie beside the project")
def test_every_sample_makes_a_draft_that_can_be_published():
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix in {".xlsx", ".csv", ".json"} and path.name != "expected.json":
            draft = read(path.read_bytes(), path.name).draft
            content, _difference = content_of(draft, {}, key="sample", title=draft.title, number=1)
            assert problems_in(content) == [], path.name


def test_letters_that_look_wrong_are_read_in_another_encoding(ines):
    data = "ID;Question\n1;Są kopie zapasowe?\n2;Kto je czyta, i jak często?\n".encode("cp1250")
    job = job_of(ines, data)
    as_read = as_it_stands(ines.get(job.get_absolute_url()).context["sheets"])
    ines.post(job.get_absolute_url(), as_read | {"encoding": "cp1252"})
    assert "S¹ kopie zapasowe?" in words_of(ines.get(f"{job.get_absolute_url()}sheets/1/"))
    ines.post(job.get_absolute_url(), as_read | {"encoding": "cp1250"})
    assert "Są kopie zapasowe?" in words_of(ines.get(f"{job.get_absolute_url()}sheets/1/"))


def test_columns_told_by_what_stands_in_them_are_shown_and_another_choice_counts(ines):
    asked = [
        ("Do you encrypt the backups of your customers?", "Werden die Backups der Kunden verschlüsselt?", "Y", "20"),
        ("Do you test how they are restored?", "Prüfen Sie, ob und wie sie sich wiederherstellen lassen?", "N", "10"),
        ("Are they kept in another place?", "Werden sie an einem anderen Ort aufbewahrt?", "Y", "5"),
    ]
    heads = ["ID", "Question", "Question (2)", "Evidence required? Y/N", "Max score"]
    job = job_of(ines, separated([heads, *([f"A-{n}", *row] for n, row in enumerate(asked, start=1))]))
    shown = words_of(ines.get(job.get_absolute_url()))
    assert "“Question (2)”, column C of “questions”, seems to say the questions in another language." in shown
    assert "“Max score”, column E of “questions”, is not read." in shown
    form = sheet_form(ines, job)
    assert [form[f"column-{n}"] for n in range(1, 6)] == ["ref", "question", "translation", "needs_file", "score"]
    assert ines.post(f"{job.get_absolute_url()}sheets/1/", form | {"column-5": "weight"}).status_code == 302
    ines.post(f"{job.get_absolute_url()}make/", {"title": "Told", "family": ""})
    made = Question.objects.filter(section__version__title="Told").values_list("evidence", "help", "weight")
    assert list(made) == [("required", "", 20), ("optional", "", 10), ("required", "", 5)]


def test_marks_below_yes_and_no_stay_answers_when_the_page_is_sent_as_it_stands(ines):
    rows = [["ID", "Question", "Yes", "No"], ["A-1", "Is it locked?", "x", ""], ["A-2", "Is it watched?", "", "x"]]
    job = job_of(ines, separated(rows))
    form = sheet_form(ines, job)
    assert [form[f"column-{n}"] for n in (3, 4)] == ["choice", "choice"]
    assert ines.post(f"{job.get_absolute_url()}sheets/1/", form).status_code == 302
