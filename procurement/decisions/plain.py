"""People, days and times as a memo writes them down: plain JSON."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from procurement.decisions.canonical import Content


def person(user: Any) -> Content:
    return {"name": user.name, "title": user.title}


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def time(moment: datetime | None) -> str | None:
    """ISO time in the organisation's zone, so that the text of the memo needs no clock of its own."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
