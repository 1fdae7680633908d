"""`manage.py walkthrough`: the main job and the year after it, as somebody runs it in a terminal."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.procurement.demo.reports import HOW_TO_GET_THEM, REPORTS, memo_words
from tests.repository.tree import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def walkthrough(tmp_path):
    """Runs the command on a file of its own that is not there yet; further calls find what the first one left."""
    return told_on(tmp_path / "empty.sqlite3", tmp_path)


@pytest.fixture
def walkthrough_with_tables(sqlite_url, tmp_path):
    """The same on a database whose tables are made already, which takes the command seconds."""
    return told_on(Path(sqlite_url.removeprefix("sqlite:///")), tmp_path)


def told_on(database: Path, folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        ours = {
            "COUNTERSIGN_MODE": "test",
            "DATABASE_URL": f"sqlite:///{database}",
            "STORAGE_ROOT": str(folder / "files"),
            "BROKER_URL": "redis://127.0.0.1:1/0",
        }
        return subprocess.run(
            [sys.executable, "manage.py", "walkthrough", "--out", str(folder / "out"), *arguments],
            cwd=ROOT,
            env={**os.environ, **ours, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )

    return run


def test_it_tells_the_main_job_and_the_year_after_it_and_leaves_the_memo(walkthrough, tmp_path):
    done = walkthrough()
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout
    acts = (
        "Mei Okafor issues version 1 of our NDA",
        "Adaeze Lind asks for a review: R-",
        "Ines Varga takes it",
        "Ines Varga invites Jonah Pell",
        "Ines Varga requests the SOC 2 Type II report",
        "Jonah Pell types the code and is in",
        "Jonah Pell accepts our NDA",
        "Jonah Pell sends Quillhaven-SOC2-TypeII-",
        "The report is read; Ines Varga accepts 11 facts from it, each with its page and words",
        "Ines Varga records the facts beside the document",
        "Ines Varga accepts the report",
        "settles scope fit, exceptions and user entity controls",
        "Ines Varga drafts the decision",
        "puts it before Tomasz Reyk",
        "Tomasz Reyk decides: Approved with conditions, MEMO-",
        "The approval is in force",
        "Adaeze Lind meets the condition",
        "the approval ends today",
        "The approval is lapsed",
        "the ledger's chain of",
        "Done. The memo:",
    )
    places = [told.find(act) for act in acts]
    assert -1 not in places, acts[places.index(-1)]
    assert places == sorted(places), "the acts come in this order"
    mails = re.findall(r"mail to (\S.*?) <(\S+?)>: (.+)", told)
    assert len(mails) > 20
    assert ("Jonah Pell", "jonah.pell@quillhaven.example", "Your code for Northmoor Health") in mails
    assert any(subject.startswith("Please tell us by") for _name, _address, subject in mails)
    words = memo_words(tmp_path / "out")
    assert "Quillhaven Software, Inc." in words
    assert "Tomasz Reyk" in words
    assert "“In our opinion, in all material respects" in words
    assert not re.search(r"\b\d{6}\b.*portal/i/", told), "neither code nor link is printed"

    again = walkthrough()
    assert again.returncode == 1
    assert "This database holds vendors." in again.stderr


def test_production_has_no_invented_vendors(walkthrough, tmp_path):
    done = walkthrough(
        COUNTERSIGN_MODE="production",
        SECRET_KEY="a-key-of-a-test-that-is-long-enough-for-production-0123456789",
        BASE_URL="https://vendors.northmoor.example",
        EMAIL_URL="smtp://127.0.0.1:1",
        VAULT_KEYS="k1:" + "A" * 43 + "=",
    )
    assert done.returncode == 1
    assert "does not run in production" in done.stderr
    assert not (tmp_path / "empty.sqlite3").exists(), "not even the tables are made"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--report", "nowhere.pdf"), "There is no file nowhere.pdf."),
        (("--report", "manage.py"), "manage.json is missing beside the report."),
        (("--report", "manage.py", "--scenario", "main"), "leave --scenario out"),
        (("--scenario", "unheard"), "invalid choice"),
    ],
)
def test_what_cannot_be_told_is_said_in_a_sentence(walkthrough, arguments, sentence):
    done = walkthrough(*arguments)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not REPORTS.is_dir(), reason=HOW_TO_GET_THEM)
def test_a_report_of_ones_own_with_an_adverse_opinion_is_not_approved(walkthrough_with_tables, tmp_path):
    """Those that are approved are told in test_scenarios.py."""
    done = walkthrough_with_tables("--report", str(REPORTS / "dunmarrow_soc2.pdf"))
    assert done.returncode == 1
    assert "Not ready to decide. Settle first: Opinion." in done.stderr
    assert not list((tmp_path / "out").glob("*.pdf"))
