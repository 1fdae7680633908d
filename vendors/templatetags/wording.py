"""Dates, moments and sizes as words: day, month, year whatever the locale; what is missing gives "".

So `{{ report.as_of|day|default:_("not stated") }}` works.
"""

from datetime import date, datetime
from typing import Any

from django.utils import dateformat
from django.utils.translation import gettext as _

from vendors.calendar.clock import local_day, organisation_zone
from vendors.calendar.words import written

BYTES_IN_A_MEGABYTE = 1024 * 1024


def _as_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return local_day(value)
    return value if isinstance(value, date) else None


def day(value: Any) -> str:
    """30 Jun 2027: for tables and lists. A moment counts as its day in the organisation's time zone."""
    found = _as_day(value)
    return written(found) if found else ""


def shortday(value: Any) -> str:
    """30 Jun: for a column of dates of this year."""
    found = _as_day(value)
    return written(found, "j M") if found else ""


def longday(value: Any) -> str:
    """30 June 2027: for sentences."""
    found = _as_day(value)
    return written(found, "j F Y") if found else ""


def weekday(value: Any) -> str:
    """Monday 23 November 2026."""
    found = _as_day(value)
    return written(found, "l j F Y") if found else ""


def moment(value: Any) -> str:
    """30 Jun 2027, 09:14 CEST: the organisation's clock, with the zone's name."""
    if not isinstance(value, datetime):
        return ""
    return dateformat.format(value.astimezone(organisation_zone()), "j M Y, H:i T")


def clock(value: Any) -> str:
    """09:14, on the organisation's clock."""
    if not isinstance(value, datetime):
        return ""
    return dateformat.format(value.astimezone(organisation_zone()), "H:i")


def iso(value: Any) -> str:
    """For the `datetime` attribute of `<time>`."""
    return value.isoformat() if isinstance(value, date) else ""


def days_before(value: Any, other: Any) -> int:
    """By how many days the first day comes before the second: `{{ finding.due_on|days_before:on }}`."""
    first, second = _as_day(value), _as_day(other)
    return (second - first).days if first and second else 0


def filesize_mb(value: Any) -> str:
    """4.1 MB; below a tenth of that in kB, so that no file is 0.0 MB."""
    if not isinstance(value, int):
        return ""
    if value < BYTES_IN_A_MEGABYTE / 10:
        return _("%(n)d kB") % {"n": max(1, round(value / 1024)) if value else 0}
    size = f"{value / BYTES_IN_A_MEGABYTE:.1f}".removesuffix(".0")
    return _("%(n)s MB") % {"n": size}


def masked_email(value: Any) -> str:
    """j•••@quillhaven.example: enough for its owner to know the mailbox."""
    name, at, host = str(value or "").partition("@")
    return f"{name[:1]}•••{at}{host}" if at else ""
