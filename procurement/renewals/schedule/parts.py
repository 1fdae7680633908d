"""What the schedules are made of: reminders to the vendor, and the words before a date. Pure."""

from datetime import date

from procurement.renewals.milestones import Ask, Audience, Milestone, Wording
from procurement.renewals.rhythms import Rhythm
from vendors.calendar.days import plus_days
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


def chases(expected_on: date, wording: Wording, late: str, rhythm: Rhythm) -> list[Milestone]:
    """The vendor is asked again for a report so many days after it was expected.

    late  why, to be translated, with {day} and {days}
    """
    return [
        to_vendor(
            f"vendor-overdue-{days}",
            expected_on,
            plus_days(expected_on, days),
            wording,
            Ask.REPORT,
            because(late, day=expected_on, days=in_days(days)),
        )
        for days in rhythm.after
        if rhythm.counts(f"after-{days}", plus_days(expected_on, days))
    ]
