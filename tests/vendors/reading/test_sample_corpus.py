"""The corpus of made-up reports beside the project: the figures of the issue. Neither file nor text of it is ours."""

import json
import subprocess
import sys

import pytest

from tests.repository.tree import ROOT
from vendors.reading import read_report
from vendors.reading.contract import as_json

REPORTS = ROOT.parent / "shared" / "soc2-reports"
HOW_TO_GET_THEM = (
    f"No reports in {REPORTS.parent.name}/{REPORTS.name} beside the project. To run it: put the folder there"
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (REPORTS / "score.py").is_file(), reason=HOW_TO_GET_THEM),
]


@pytest.fixture(scope="module")
def scores(tmp_path_factory) -> dict:
    folder = tmp_path_factory.mktemp("answers")
    for path in sorted(REPORTS.glob("*.pdf")):
        (folder / f"{path.stem}.json").write_text(json.dumps(as_json(read_report(path.read_bytes()))))
    summary = folder / "summary"
    subprocess.run(
        [sys.executable, str(REPORTS / "score.py"), str(REPORTS), "--results", str(folder), "--json", str(summary)],
        check=True,
        capture_output=True,
    )
    return json.loads(summary.read_text())


def test_precision_and_recall_over_all_fields(scores):
    assert scores["precision"] >= 0.99
    assert scores["recall"] >= 0.95


@pytest.mark.parametrize("field", ["opinion", "period_start", "period_end", "as_of", "type", "kind"])
def test_no_document_has_a_wrong_opinion_period_or_type(scores, field):
    assert scores["fields"][field]["wrong"] == scores["fields"][field]["spurious"] == 0


def test_citations_are_right(scores):
    cited = [figures for name, figures in scores["fields"].items() if name.startswith("citations.")]
    right = sum(figures["correct"] for figures in cited)
    assert right / sum(figures["correct"] + figures["wrong"] for figures in cited) >= 0.98
