"""One process that prints many memos: `python -m tests.bench.printer bare|ours COUNT FILE` prints its figures."""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

from procurement.decisions import memo_pdf  # noqa: E402
from procurement.decisions.models import Memo  # noqa: E402
from vendors.confinement import services as confinement  # noqa: E402
from vendors.printing.render import _fetcher, _fonts, _stylesheet  # noqa: E402

WARM = 20  # memos before memory counts as settled


def print_bare(memo: Memo) -> bytes:
    """What WeasyPrint needs for the same pages when nothing stands around it."""
    import weasyprint

    html = memo_pdf.memo_html(memo)
    page = weasyprint.HTML(string=html, base_url="packaged:", url_fetcher=_fetcher(), media_type="print")
    return page.write_pdf(
        font_config=_fonts(), stylesheets=[_stylesheet("print.css")], pdf_variant="pdf/a-3a", pdf_tags=True
    )


def _print_many(how: str, count: int, file: Path) -> dict[str, float]:
    """In a process of its own: seconds for so many, after one that does not count, and the growth in MiB."""
    memo = Memo(**json.loads(file.read_text()))

    def one() -> None:
        print_bare(memo) if how == "bare" else memo_pdf.render(memo)

    def size() -> float:
        child = confinement._child
        return _resident_mb(child.pid) if how == "ours" and child and child.pid else _resident_mb()

    one()
    grown, warm, started = 0.0, 0.0, time.perf_counter()
    for number in range(count):
        one()
        warm = size() if number == min(WARM, count // 2) else warm
        grown = max(grown, size() - warm if warm else 0)
    return {"seconds": time.perf_counter() - started, "grown": grown}


def _resident_mb(pid: int | str = "self") -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * 4096 / 1024 / 1024


if __name__ == "__main__":
    print(json.dumps(_print_many(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))))
