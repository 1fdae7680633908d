"""Reading a report, beside PDFium alone: the text of each page and the box of each of its characters.

Seconds are of the processor, as one core gives them, so that what else this machine does counts for neither.
"""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.bench.figures import Amounts, Figure, Figures
from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import FILLER, TESTED, letter_only

AT_MOST = 2  # times the floor
SECONDS, MEGABYTES = 5, 400  # for the longest
DESCRIBED = 0.5  # of the pages; the tests are the rest
CRITERIA = ("CC6.1", "CC6.2", "CC7.1", "CC7.2", "CC8.1", "A1.2")


def readings(amounts: Amounts) -> Figures:
    """Reports of these lengths, each in processes of its own, and the memory of the last."""
    for pages in amounts.report_pages:
        file = Path(settings.VAR) / "bench" / f"report-{pages}.pdf"
        file.write_bytes(long_report(pages))
        told = {how: _measured(how, file) for how in ("bare", "ours")}
        work = f"read a report of {told['ours']['pages']:.0f} pages"
        bare, ours = told["bare"]["seconds"], told["ours"]["seconds"]
        yield Figure(work=work, unit="s", floor=bare, ours=ours, goal=AT_MOST)
    yield Figure(work=f"{work}, on one core", unit="s", ours=ours, goal=SECONDS)
    yield Figure(work=f"{work}, memory", unit="MB", ours=told["ours"]["megabytes"], goal=MEGABYTES)


def long_report(pages: int) -> bytes:
    """A whole report of about so many pages: half described, half tested, in tables over page breaks."""
    paper = letter_only(Paper())
    paper.heading("Description of the Tally Service", 16)
    while len(paper.pages) < DESCRIBED * pages:
        paper.text(*[FILLER] * 8)
    paper.heading("Complementary User Entity Controls", 12).text("User entities are expected to apply these controls:")
    paper.items(*(f"Reviewing export {number} for completeness before it is relied upon." for number in range(12)))
    paper.page().heading("Trust Services Criteria, Related Controls and Tests of Controls", 16)
    head, shares = ["Control #", "Control", "Tests of Controls", "Results of Tests"], [0.12, 0.3, 0.3, 0.28]
    number = 0
    while len(paper.pages) < pages:
        rows = [[f"{CRITERIA[number % len(CRITERIA)]} The entity does what it should about this."]]
        for _ in range(12):
            number += 1
            result = "Exceptions noted: one item was late." if number % 97 == 0 else "No exceptions noted."
            rows.append([f"TS.{number:03d}", f"Rule {number} is kept. {FILLER}", TESTED.format(25), result])
        paper.table(head, rows, shares)
    return paper.pdf()


def _measured(how: str, file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.reader", how, str(file)]
    told: dict[str, float] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return told
