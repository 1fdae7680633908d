"""One process that reads one file: `python -m tests.bench.reader bare|ours FILE` prints its figures."""

import json
import resource
import sys
import time
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

TRIES = 3  # the best counts: the first warms up what is imported and cached


def read_bare(content: bytes) -> int:
    """What PDFium needs for the text of each page and the box of each character, called as directly as Python can."""
    document = pypdfium2.PdfDocument(content)
    box = pdfium.FS_RECTF()
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        for at in range(text.count_chars()):
            pdfium.FPDFText_GetLooseCharBox(text, at, box)
        text.close()
        page.close()
    pages = len(document)
    document.close()
    return pages


def read_ours(content: bytes) -> int:
    from vendors.reading.jobs import read

    told, _ = read({}, content)
    assert told["error"] is None
    assert told["period_end"]
    return int(told["pages"])


def _figures(how: str, file: Path) -> dict[str, float]:
    act, content, best, pages = {"bare": read_bare, "ours": read_ours}[how], file.read_bytes(), float("inf"), 0
    for _ in range(TRIES):
        started = time.process_time()
        pages = act(content)
        best = min(best, time.process_time() - started)
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
    return {"pages": pages, "seconds": best, "megabytes": largest}


if __name__ == "__main__":
    print(json.dumps(_figures(sys.argv[1], Path(sys.argv[2]))))
