"""What the schedules are made of: reminders to the vendor, and the words before a date. Pure."""

from datetime import date

from procurement.renewals.milestones import Ask, Audience, Milestone, Wording
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import in_days

WEEK = 7


def to_vendor(name: str, anchor: date, due: date, wording: Wording, ask: Ask, reason: Reason) -> Milestone:
    """A reminder to the vendor, which its answer makes pointless."""
    return Milestone(
        name=name, anchor=anchor, due=due, audience=Audience.VENDOR, wording=wording, reason=reason, ask=ask
    )


def before(days: int, what: Reason) -> Reason:
    """“7 days before: the report stops counting (30 Jun 2027).”"""
    if days == 0:
        return because(_("On the day itself: {what}."), what=what)
    return because(_("{days} before: {what}."), days=in_days(days), what=what)
