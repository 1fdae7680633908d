"""The same files from the command line."""

import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from procurement.exports import json_file
from tests.factories.questionnaires import content, published, question
from vendors.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db


def told(*arguments: str) -> str:
    said = io.StringIO()
    call_command(*arguments, stdout=said, stderr=io.StringIO())
    return said.getvalue()


def test_answers_are_printed_as_json_and_the_ledger_says_so(submitted):
    record = json_file.read(told("export_assessment", str(submitted.pk)).encode())
    assert (record.id, record.review, record.counts.asked) == (submitted.pk, "R-2026-001", 25)
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.verb, entry.actor_kind, entry.subject_id) == ("questionnaire.exported", "system", str(submitted.pk))


@pytest.mark.slow
def test_an_export_becomes_a_workbook_without_the_database(record, tmp_path):
    source, out = tmp_path / "answers.json", tmp_path / "answers.xlsx"
    source.write_bytes(json_file.write(record))
    before = LedgerEntry.objects.count()
    told("export_assessment", str(source), "--format", "xlsx", "--out", str(out))
    assert openpyxl.load_workbook(out)["Answers"].max_row == 16
    assert "R-2026-001" in told("export_assessment", str(source), "--format", "oscal")
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["987654"], "There is no questionnaire 987654"),
        (["nowhere.json"], "No such file"),
        ([__file__], "cannot be read as JSON"),
    ],
)
def test_what_cannot_be_exported_says_why(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        told("export_assessment", *arguments)


@pytest.mark.parametrize(("form", "holds"), [("csv", "What about A-1?"), ("oscal", '"catalog"'), ("json", '"format"')])
def test_a_version_is_printed(form, holds):
    published(content(question("A-1")))
    assert holds in told("export_questionnaire", "made", "--format", form)


def test_a_workbook_wants_a_place(tmp_path):
    with pytest.raises(CommandError, match="Say where to write it"):
        told("export_questionnaire", "essential", "--format", "xlsx")
    with pytest.raises(CommandError, match="No such file or directory"):
        told("export_questionnaire", "essential", "--format", "xlsx", "--out", str(tmp_path / "no" / "such.xlsx"))
    out = tmp_path / "essential.xlsx"
    told("export_questionnaire", "essential", "--format", "xlsx", "--out", str(out))
    assert openpyxl.load_workbook(out)["Questions"].max_row == 26


def test_our_own_format_comes_back_as_before():
    assert json.loads(told("export_questionnaire", "essential"))["format"] == "countersign-questionnaire/2"
