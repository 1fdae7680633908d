"""A date as a mail says it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vendors.reports.wording import day_in_words


@dataclass(frozen=True)
class Day:
    """A date as seen from the day the mail leaves."""

    day: date
    on: date

    @property
    def away(self) -> int:
        return abs((self.day - self.on).days)

    @property
    def is_ahead(self) -> bool:
        return self.day > self.on

    @property
    def is_today(self) -> bool:
        return self.day == self.on

    @property
    def in_words(self) -> str:
        """“on 30 June 2027, in 7 days”, “today, 30 June 2027”, “on 30 June 2027, 3 days ago”."""
        words = {"day": day_in_words(self.day), "days": self.away}
        if self.is_today:
            return _("today, %(day)s") % words
        if self.is_ahead:
            return ngettext("on %(day)s, in %(days)d day", "on %(day)s, in %(days)d days", self.away) % words
        return ngettext("on %(day)s, %(days)d day ago", "on %(day)s, %(days)d days ago", self.away) % words

    @property
    def on_its_day(self) -> str:
        """“on 30 June 2027”."""
        return _("on %(day)s") % {"day": day_in_words(self.day)}
