"""Memos, beside WeasyPrint alone: warm, with one shared FontConfiguration, the same pages and the same styles."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from procurement.decisions import memo_pdf
from tests.bench.figures import Amounts, Figure, Figures, in_turns
from tests.bench.printer import print_bare
from tests.bench.stock import first_vendor

PROCESSES = 2
MOST_GROWTH_MB = 5


def memos(amounts: Amounts) -> Figures:
    """One memo; many on two processes; what the child that prints has grown by."""
    memo = first_vendor().decision.memo
    bare, ours = in_turns(lambda: print_bare(memo), lambda: memo_pdf.render(memo), repeats=amounts.repeats)
    yield Figure(work="memo, warm", floor=bare, ours=ours, goal=1.15)
    for_two = amounts.memos // PROCESSES
    file = settings.VAR / "bench" / "memo.json"
    file.write_text(json.dumps({"number": memo.number, "content": memo.content, "content_sha256": memo.content_sha256}))
    rates = {how: _rate(how, for_two, file) for how in ("bare", "ours")}
    yield Figure(
        work=f"{for_two * PROCESSES:,} memos on {PROCESSES} processes",
        unit="/s",
        floor=rates["bare"][0],
        ours=rates["ours"][0],
        goal=0.9,
        at_least=True,
    )
    yield Figure(work=f"memory after {for_two} memos", unit="MiB", ours=rates["ours"][1], goal=MOST_GROWTH_MB)


def _rate(how: str, count: int, file: Path) -> tuple[float, float]:
    """Memos a second of two processes together, and by how many MiB the larger of them grew."""
    command = [sys.executable, "-m", "tests.bench.printer", how, str(count), str(file)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
    told = [json.loads(process.communicate()[0]) for process in running]
    assert all(process.returncode == 0 for process in running)
    return sum(count / each["seconds"] for each in told), max(each["grown"] for each in told)
