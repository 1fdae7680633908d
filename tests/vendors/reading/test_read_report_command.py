"""`manage.py read_report FILE --json`, as programs and people run it."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.repository.tree import ROOT
from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import oak


def told(path, *arguments: str) -> str:
    out = StringIO()
    call_command("read_report", str(path), *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(oak(Paper()).pdf())
    return path


@pytest.mark.slow
def test_it_prints_one_json_object(report):
    content = json.loads(told(report, "--json"))
    assert content["kind"] == "soc2"
    assert content["period_start"] == "2024-10-01"
    assert content["exceptions"][0]["control"] == "LF.04"
    assert content["citations"]["opinion"] == [2]
    assert content["evidence"]["opinion"]["quote"].startswith("In our opinion")
    assert content["bridge"] is None
    assert content["error"] is content["reason"] is None


def test_it_tells_people_what_stands_where(report):
    words = told(report)
    assert "opinion: unqualified (page 2)" in words
    assert "as of: not found" in words
    assert "  page 5: LF.04 Exceptions noted: For three of 25 leavers" in words
    assert "note on criteria tested: availability is in scope" in words


def test_a_file_that_cannot_be_read_is_an_answer(tmp_path):
    path = tmp_path / "page.pdf"
    path.write_text("<!doctype html><title>Sign in</title>")
    assert json.loads(told(path, "--json"))["error"] == "not_a_pdf"
    assert told(path) == "The file is not a PDF. Ask the vendor for the report itself.\n"


def test_a_file_that_takes_too_long_costs_a_sentence(report, monkeypatch):
    monkeypatch.setattr("vendors.management.commands.read_report.TIMEOUT", 0.005)
    content = json.loads(told(report, "--json"))
    assert content["error"] == "damaged"
    assert content["reason"] == "It took too long and was stopped."
    assert content["opinion"] is None


def test_wrong_usage_ends_with_2(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("read_report", str(tmp_path / "nowhere.pdf"))
    assert refusal.value.returncode == 2
    assert "There is no file" in str(refusal.value)


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "code"), [(["manage.py", "--json"], 0), ([], 2), (["nowhere.pdf"], 2)])
def test_exit_codes_are_those_of_the_contract(arguments, code):
    done = subprocess.run(
        [sys.executable, "manage.py", "read_report", *arguments],
        cwd=ROOT,
        env={**os.environ, "COUNTERSIGN_MODE": "test", "DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stderr
