"""How Excel shows a number: 1.1 with the format 0.00 is the id "1.10"; with d-mmm it is a date."""

import re
from datetime import UTC, datetime, timedelta

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"} | dict.fromkeys(
    (*range(14, 23), *range(45, 48)), "yyyy-mm-dd"
)
BUILT_IN[16] = BUILT_IN[17] = "d-mmm"
NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
DECIMALS = re.compile(r"^[#,]*0+(?:\.(0+))?$")
EPOCH, EPOCH_1904 = datetime(1899, 12, 30, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC)
LAST_SERIAL = 2_958_465  # 31 December 9999


def is_date(number_format: str) -> bool:
    shown = NOT_SHOWN.sub("", number_format.split(";")[0])
    return bool(DATE_LETTERS.search(shown)) and "general" not in shown.lower()


def shown(value: float, number_format: str) -> str:
    """A plain number as its cell shows it."""
    fixed = DECIMALS.match(NOT_SHOWN.sub("", number_format.split(";")[0]).strip())
    if fixed and fixed[1]:
        return f"{value:.{len(fixed[1])}f}"
    if fixed and value == int(value):
        return f"{int(value):0{number_format.count('0')}d}" if "," not in number_format else str(int(value))
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"


def date_text(serial: float, number_format: str, *, since_1904: bool = False) -> str:
    """A date as YYYY-MM-DD; a day without a year (2-1 that a program took for a date) as month-day."""
    if not 0 <= serial <= LAST_SERIAL:
        return f"{serial:.15g}"
    moment = (EPOCH_1904 if since_1904 else EPOCH) + timedelta(days=serial)
    visible = NOT_SHOWN.sub("", number_format).lower()
    if serial < 1:
        return f"{moment:%H:%M}"
    if "y" not in visible and "m" in visible and "d" in visible:
        return f"{moment.month}-{moment.day}"
    return f"{moment:%Y-%m-%d}" if serial == int(serial) else f"{moment:%Y-%m-%d %H:%M}"
