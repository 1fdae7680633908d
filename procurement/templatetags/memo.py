"""Filters of the memo: its content holds ISO text, a reader wants dates."""

from datetime import date, datetime

from django import template

from vendors.calendar.words import written

register = template.Library()


@register.filter
def isoday(value: str | None) -> str:
    """ "2027-06-30" as "30 Jun 2027"; a time is cut to its day, nothing is empty."""
    return written(date.fromisoformat(value[:10])) if value else ""


@register.filter
def isolongday(value: str | None) -> str:
    """ "2027-06-30" as "30 June 2027"; a time is cut to its day."""
    return written(date.fromisoformat(value[:10]), "j F Y") if value else ""


@register.filter
def isomoment(value: str | None) -> str:
    """ "2026-12-04T15:22:00+01:00" as "4 December 2026, 15:22 (UTC+01:00)": the zone stands in the text."""
    if not value:
        return ""
    moment = datetime.fromisoformat(value)
    offset = value[-6:] if value[-6] in "+-" else "+00:00"
    return f"{written(moment.date(), 'j F Y')}, {moment:%H:%M} (UTC{offset})"


@register.filter
def page_of(pages: dict[str, int], field: str) -> int | str:
    """The page a fact was read from, or nothing."""
    return pages.get(field, "")
