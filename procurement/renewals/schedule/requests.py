"""The reminders about a request that a person made. Pure."""

from datetime import date

from procurement.renewals.milestones import Ask, Audience, Milestone, Wording, in_order
from procurement.renewals.rhythms import DEFAULTS, Rhythm, Series
from procurement.renewals.schedule.parts import WEEK, before, to_vendor
from vendors.calendar.days import plus_days
from vendors.reports.reasons import because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import in_days

RHYTHM = DEFAULTS[Series.REQUEST][0]


def milestones_for_request(
    *,
    due_on: date,
    requested_on: date,
    not_ready_until: date | None = None,
    ask: Ask = Ask.REPORT,
    rhythm: Rhythm = RHYTHM,
) -> tuple[Milestone, ...]:
    """The reminders about a request that a person made: 7 and 3 days before it is due, on the day, weekly
    four times after, and a week later the escalation to the owner. The mail at sending is the act's own.

    They are the offsets of the renewal and of PEERS.md section 4, less the one at 14 days: most requests are
    due within a month. Nobody is reminded within two days of being asked. "Not ready until" that lies after
    the due date moves the series there; one that lies before it keeps us quiet until then.
    """
    anchor = max(due_on, not_ready_until or due_on)
    quiet_until = max(plus_days(requested_on, rhythm.quiet_days), not_ready_until or requested_on)
    due = because(_("the request is due ({day})"), day=anchor)
    late = _("The request was due on {day}, {days} ago.")
    ahead = [(days, plus_days(anchor, -days)) for days in rhythm.before]
    after = [(week, plus_days(anchor, week * WEEK)) for week in range(1, rhythm.weekly + 1)]
    escalate_after = (rhythm.weekly + 1) * WEEK
    return in_order(
        [
            *(
                to_vendor(f"request-before-{days}", anchor, day, Wording.REQUEST_DUE, ask, before(days, due))
                for days, day in ahead
                if (day >= quiet_until or (days == 0 and day > requested_on)) and rhythm.counts(f"before-{days}", day)
            ),
            *(
                to_vendor(
                    f"request-overdue-{week}",
                    anchor,
                    day,
                    Wording.REQUEST_OVERDUE,
                    ask,
                    because(late, day=anchor, days=in_days(week * WEEK)),
                )
                for week, day in after
                if rhythm.counts(f"week-{week}", day)
            ),
            Milestone(
                name="request-escalation",
                anchor=anchor,
                due=plus_days(anchor, escalate_after),
                audience=Audience.OWNER,
                wording=Wording.REQUEST_UNANSWERED,
                reason=because(late, day=anchor, days=in_days(escalate_after)),
                ask=ask,
            ),
        ]
    )
