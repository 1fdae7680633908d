"""Lists as CSV that a spreadsheet opens as it is: UTF-8 with the mark it looks for, and no cell that it would run."""

import csv
import io
from collections.abc import Iterable

# The wide forms too: some spreadsheets fold them before they look.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(header: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """The file's bytes. Every cell is text; None is an empty one."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([harmless("" if cell is None else cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: object) -> str:
    """The cell as text; an apostrophe keeps a spreadsheet from running what a vendor wrote into its name."""
    text = str(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
