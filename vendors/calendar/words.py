"""Days as words, whatever the locale: day, month, year (LOOK.md, section 2)."""

from datetime import date
from functools import lru_cache

from django.utils import dateformat
from django.utils.translation import get_language


def written(day: date, form: str = "j M Y") -> str:
    """30 Jun 2027, or the day in another of Django's date formats, in the reader's language."""
    return _formatted(day, form, get_language())


@lru_cache(maxsize=8192)  # a list of fifty rows says the same few hundred days a thousand times
def _formatted(day: date, form: str, _language: str | None) -> str:
    return dateformat.format(day, form)
