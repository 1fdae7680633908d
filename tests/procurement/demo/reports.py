"""Reports of others that the walkthrough can tell, and the memo it leaves."""

from pathlib import Path

from pypdf import PdfReader

from tests.repository.tree import ROOT

REPORTS = ROOT.parent / "shared" / "soc2-reports"
HOW_TO_GET_THEM = (
    f"No reports in {REPORTS.parent.name}/{REPORTS.name} beside the project. To run it: put the folder there"
)


def memo_words(folder: Path) -> str:
    """The text of the one memo in this folder, as somebody reads it."""
    (file,) = folder.glob("MEMO-*.pdf")
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(file).pages)
