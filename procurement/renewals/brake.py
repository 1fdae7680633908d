"""The brake: when far more mail would leave than on any usual day, or after a long silence, a person looks first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.renewals.models import LastScan, ReminderDue, ReminderState
from procurement.renewals.rhythms import Plan
from vendors.calendar.clock import local_day

# After a silence as long as this nobody knows what has changed meanwhile outside of Countersign (SECURITY.md R3).
SILENCE = timedelta(days=30)


@dataclass(kw_only=True)
class Brake:
    """What may leave by this scan. `left` counts down; `silent_for` days are too many for anything to leave."""

    left: int
    most: int
    wanted: int
    silent_for: int = 0

    @classmethod
    def for_scan(cls, plan: Plan, last: LastScan | None, *, on: date, now: datetime, wanted: int) -> "Brake":
        """The brake of a scan that wants to send so many: what left on this day already counts, released ones do not.

        An installation that has never scanned has no silence to explain.
        """
        silent_for = 0
        if last and last.finished_at and now - last.finished_at > SILENCE:
            silent_for = (local_day(now) - local_day(last.finished_at)).days
        brake = cls(left=plan.most_at_once, most=plan.most_at_once, wanted=wanted, silent_for=silent_for)
        if wanted:
            brake.recount(on)
        return brake

    def recount(self, on: date) -> None:
        """Another scan sends at the same moment: what it has sent counts too."""
        sent = ReminderDue.objects.filter(scan_day=on, state=ReminderState.SENT, released_at__isnull=True).count()
        self.left = max(0, self.most - sent)

    def why_not(self, count: int) -> str:
        """Why so many more may not leave, as a sentence; empty when they may, and then they are counted."""
        if not count:
            return ""
        if self.silent_for:
            return ngettext(
                "Reminders were not sent for %(days)d day, and much may have changed meanwhile.",
                "Reminders were not sent for %(days)d days, and much may have changed meanwhile.",
                self.silent_for,
            ) % {"days": self.silent_for}
        if count > self.left:
            return _("%(wanted)d reminders were due at once, and at most %(most)d leave on a day by themselves.") % {
                "wanted": max(self.wanted, self.most + 1),
                "most": self.most,
            }
        self.left -= count
        return ""
