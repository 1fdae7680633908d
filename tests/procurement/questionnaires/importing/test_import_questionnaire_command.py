"""`manage.py import_questionnaire FILE --json --dry-run`, as programs and people run it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from procurement.questionnaires.importing.limits import UPLOAD
from procurement.questionnaires.models import ImportJob, Question, QuestionnaireVersion
from tests.factories.questionnaire_files import separated
from tests.factories.questionnaire_shapes import control_assessment

KEYS = ["title", "question_count", "section_count", "sections", "warnings", "questions", "error"]


def told(path, *arguments: str) -> str:
    out = StringIO()
    call_command("import_questionnaire", str(path), "--dry-run", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sent back.xlsx"
    path.write_bytes(control_assessment())
    return path


def test_it_prints_one_json_object(file):
    content = json.loads(told(file, "--json"))
    assert list(content) == KEYS
    assert (content["title"], content["question_count"], content["section_count"]) == (
        "ASSESSMENT QUESTIONNAIRE v4",
        102,
        17,
    )
    assert content["sections"][0] == {"title": "Access & Assurance", "questions": 6}
    assert content["error"] is None
    first = content["questions"][0]
    assert list(first) == ["ref", "section", "text", "kind", "options", "help", "answer"]
    assert (first["ref"], first["kind"], first["options"]) == ("ACC-01.1", "yes_no_partial_na", ["Yes", "No", "NA"])


def test_it_tells_people_what_to_look_at(file):
    words = told(file)
    assert words.startswith("ASSESSMENT QUESTIONNAIRE v4: 102 questions in 17 sections\n  Access & Assurance: 6\n")
    assert "look at: The answer “nope”" in words


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This kind of file cannot be read. Save it as XLSX, CSV or JSON and try again."),
        (b"x" * (UPLOAD + 1), "The file is larger than 20 MB"),
        (b"a,b\n1,2\n", "No questions were found in this file."),
    ],
)
def test_a_file_that_cannot_be_read_is_an_answer_as_well(tmp_path, content, sentence):
    path = tmp_path / "file"
    path.write_bytes(content)
    found = json.loads(told(path, "--json"))
    assert found["error"].startswith(sentence)
    assert (found["question_count"], found["questions"]) == (0, [])
    assert told(path).startswith(sentence)


def test_wrong_usage_ends_with_2(tmp_path):
    with pytest.raises(CommandError, match="There is no file") as missing:
        told(tmp_path / "nothing.xlsx")
    assert missing.value.returncode == 2


@pytest.mark.slow
@pytest.mark.django_db
def test_without_a_dry_run_it_becomes_a_draft(file):
    out = StringIO()
    call_command("import_questionnaire", str(file), stdout=out)
    draft = QuestionnaireVersion.objects.get(title="ASSESSMENT QUESTIONNAIRE v4")
    assert f"draft: {draft} at {draft.get_absolute_url()}" in out.getvalue()
    assert (draft.state, draft.sections.count()) == ("draft", 17)
    assert Question.objects.filter(section__version=draft).count() == 102


@pytest.mark.django_db
def test_what_cannot_be_read_becomes_nothing(tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    before = QuestionnaireVersion.objects.count()
    out = StringIO()
    call_command("import_questionnaire", str(path), stdout=out)
    assert out.getvalue().startswith("The file is empty.")
    assert (QuestionnaireVersion.objects.count(), ImportJob.objects.count()) == (before, 0)


def test_the_child_takes_a_changed_layout_and_a_house_profile():
    from procurement.questionnaires.importing.jobs import READ_QUESTIONNAIRE
    from procurement.questionnaires.importing.profiles import PROFILES
    from vendors.confinement.services import run_confined

    data = separated([["ID", "Question"], ["1", "Is it so?"], ["2", "Is it not?"]])
    found, _ = run_confined(READ_QUESTIONNAIRE, params={"name": "a.csv"}, data=data)
    found["layout"]["sheets"][0]["rows"][1] |= {"kind": "skip", "decided": True}
    params = {"name": "a.csv", "layout": found["layout"], "profiles": [PROFILES[0].as_json()]}
    again, _ = run_confined(READ_QUESTIONNAIRE, params=params, data=data)
    assert [question["ref"] for question in again["draft"]["questions"]] == ["2"]
