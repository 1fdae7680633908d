"""Why: a sentence whose dates and names are kept apart from its words, so that the edge can translate it.

Pure rules cannot call gettext. They mark a template with `gettext_noop` (makemessages collects it) and hand
out a `Reason`; `str(reason)` is the English sentence, `reason.render(gettext, day)` the translated one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Term(StrEnum):
    """A word of the field. `words` is how a sentence says it."""

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


def gettext_noop(template: str) -> str:
    """The text itself. The name makes `makemessages` collect it for translation."""
    return template


def short_day(day: date) -> str:
    """A date as tables and reasons write it, in any locale of the process: 30 Jun 2027."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True)
class Reason:
    """One sentence: a `str.format` template, and what stands in its places (dates, names, terms, reasons)."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def render(self, translate: Callable[[str], str] = gettext_noop, day: Callable[[date], str] = short_day) -> str:
        """The sentence, its template through `translate` and its dates through `day`."""
        words = {name: _in_words(value, translate, day) for name, value in self.values.items()}
        return translate(self.template).format(**words)

    @property
    def text(self) -> str:
        return self.render()

    def __str__(self) -> str:
        return self.render()


def because(template: str, **values: object) -> Reason:
    """A reason from a template marked with `gettext_noop`, and its values."""
    return Reason(template, values)


def _in_words(value: object, translate: Callable[[str], str], day: Callable[[date], str]) -> str:
    if isinstance(value, Reason):
        return value.render(translate, day)
    if isinstance(value, Term):
        return translate(value.words)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(_in_words(part, translate, day) for part in value)
    return str(value)
