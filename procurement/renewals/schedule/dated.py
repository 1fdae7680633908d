"""The reminders about anything with a last day: to whoever answers for it, and to whom it is escalated. Pure."""

from datetime import date

from procurement.renewals.milestones import Audience, Milestone, Wording, in_order
from procurement.renewals.rhythms import Rhythm
from procurement.renewals.schedule.parts import WEEK, before
from vendors.calendar.days import plus_days
from vendors.reports.reasons import because
from vendors.reports.terms import in_days


def milestones_for_dated(*, day: date, since: date, what: str, late: str, rhythm: Rhythm) -> tuple[Milestone, ...]:
    """Before the day, on it, and weekly after it while it is still open.

    since  when it came into being: nobody is reminded of what fell due by then
    what   template of a reason, with `{day}`: "the NDA ends ({day})"
    late   template of a sentence, with `{day}` and `{days}`: "It was due on {day}, {days} ago."
    """
    offsets = [(f"before-{days}", -days, before(days, because(what, day=day))) for days in rhythm.before]
    offsets += [
        (f"week-{week}", week * WEEK, because(late, day=day, days=in_days(week * WEEK)))
        for week in range(1, rhythm.weekly + 1)
    ]
    return in_order(
        Milestone(
            name=name,
            anchor=day,
            due=plus_days(day, days),
            audience=Audience.OWNER,
            wording=Wording.DATED,
            reason=reason,
        )
        for name, days, reason in offsets
        if plus_days(day, days) > since and rhythm.counts(name, plus_days(day, days))
    )


def escalation_for(*, day: date, late: str, rhythm: Rhythm) -> tuple[Milestone, ...]:
    """A week after the last weekly one somebody else is told; never for what has none of these."""
    if not rhythm.weekly:
        return ()
    days = (rhythm.weekly + 1) * WEEK
    return (
        Milestone(
            name="escalation",
            anchor=day,
            due=plus_days(day, days),
            audience=Audience.OWNER,
            wording=Wording.DATED_ESCALATION,
            reason=because(late, day=day, days=in_days(days)),
        ),
    )
