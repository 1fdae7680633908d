"""Which reminder is due when, to whom, and why (issue 2, story item 8; SECURITY.md R1 to R7). Pure.

The year of a report that covers 1 Jul 2025 – 30 Jun 2026 and came 45 days later. The owner is the business
owner. "Said" is a vendor that named its next report in writing on 20 May 2027, and again on 10 Aug 2027;
"silent" one that never answers. Its report is current until 30 Jun 2027, relief can last until 30 Sep 2027.

    day             to      milestone               silent  said
    1 Apr 2027      owner   90 days before the end    x      x
    1 May           owner   60 days before            x      x
    1 May           vendor  when does the next come?  x      x    a date, and a statement or bridge letter
    31 May          owner   30 days before            x      x
    16, 27 Jun      vendor  14, 3 days before         x           still asks for the statement
    23 Jun          owner   7 days before             x      x
    30 Jun          owner   the day itself            x      x
    30 Jun          vendor  asks for the report       x      x    the next period is over; stands for "day 0"
    5, 16, 19 Aug   vendor  14, 3, 0 days before             x    what it said in May counts until 19 Aug; those
                                                                  after it says so again on 10 Aug are left out
    21 Aug, 4 Sep   vendor  7, 21 days overdue        x      x    expected on 14 Aug
    9, 16, 23, 30 Sep vendor  weekly                  x      x    to the end of the relief
    16, 27, 30 Sep  vendor  14, 3, 0 days before             x    the relief ends; one mail a day
    30 Sep          owner   escalation                x      x

How they interleave:
- "-14, -3, 0" count to the last day on which the report counts *as things stand in writing*: the end of
  currency, or the day to which the vendor's statement carries it. A statement moves that day: a new series.
- The weekly ones start when everything dated has been tried: after the later of that day and the second
  chase, and early enough that the fourth falls no later than the end of the relief. A report that is ready
  long before (a 6-month period) is therefore followed up weekly right after the end of currency. None goes
  out before the date that the vendor named itself.
- The vendor hears from us once a day at most: a request goes before a chase, a chase before a countdown, a
  countdown before the question for a date. A weekly one within three days of any of them is left out.
- What fell due before the approval, or before the vendor last wrote, is nobody's reminder any more; only the
  two requests are made good the day after, since without them nothing would ever be asked.
- "Not ready until" keeps us quiet until that day, and the report is expected then. It is no statement: it
  carries no approval.
- After the end of the relief nobody writes to the vendor: the owner has been told, and a person decides.

Every milestone carries the date it was counted from (`anchor`) in its key, so that moving a date opens a new
series, and is picked with "due on or before today", so that a day of downtime delays and never loses.
"""

from dataclasses import replace
from datetime import date

from procurement.renewals.milestones import (
    RHYTHM,
    Ask,
    Audience,
    Due,
    Milestone,
    MilestoneKey,
    Rhythm,
    Superseded,
    Wording,
    due_now,
    in_order,
)
from vendors.calendar.days import plus_days
from vendors.reports.currency import Currency, NextReport
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import in_days

__all__ = [
    "RHYTHM",
    "Ask",
    "Audience",
    "Due",
    "Milestone",
    "MilestoneKey",
    "Rhythm",
    "Superseded",
    "Wording",
    "due_now",
    "milestone_for_arrival",
    "milestones_for_approval",
    "milestones_for_report",
    "milestones_for_request",
]

WEEK = 7


def milestones_for_report(
    *,
    currency: Currency,
    following: NextReport,
    decided_on: date,
    not_ready_until: date | None = None,
    rhythm: Rhythm = RHYTHM,
) -> tuple[Milestone, ...]:
    """All reminders about an approved report, by day: to the owner, to the vendor, and the escalation.

    currency         of the report the approval rests on, with what the vendor has said by now
    following        the report that comes next
    decided_on       the day of the approval
    not_ready_until  what the vendor answered to our request for the report; it hears nothing before that day
    """
    return in_order(
        [
            *milestones_for_approval(ends_on=currency.current_until, decided_on=decided_on, rhythm=rhythm),
            *_to_the_vendor(currency, following, decided_on, not_ready_until, rhythm),
        ]
    )


def milestones_for_approval(*, ends_on: date, decided_on: date, rhythm: Rhythm = RHYTHM) -> tuple[Milestone, ...]:
    """The countdown to the owner: to the end of currency, or of an approval that ends for another reason."""
    return in_order(
        Milestone(
            name=f"owner-{days}",
            anchor=ends_on,
            due=plus_days(ends_on, -days),
            audience=Audience.OWNER,
            wording=Wording.APPROVAL_ENDS,
            reason=_before(days, because(_("the approval ends ({day})"), day=ends_on)),
        )
        for days in rhythm.owner_before
        if plus_days(ends_on, -days) > decided_on
    )


def milestone_for_arrival(*, received_on: date) -> Milestone:
    """The next report came on a day nobody of ours had asked for it: whoever reviews is told at once."""
    return Milestone(
        name="report-arrived",
        anchor=received_on,
        due=received_on,
        audience=Audience.OWNER,
        wording=Wording.REPORT_ARRIVED,
        reason=because(_("The next report came on {day}."), day=received_on),
    )


def _to_the_vendor(
    currency: Currency, following: NextReport, decided_on: date, not_ready_until: date | None, rhythm: Rhythm
) -> list[Milestone]:
    heard_on = max(decided_on, currency.statement.stated_on) if currency.statement else decided_on
    silent_until = heard_on
    if not_ready_until:
        following = replace(following, expected_on=max(following.expected_on, not_ready_until), stated=True)
        silent_until = max(heard_on, plus_days(not_ready_until, -1))
    tried = max(currency.counts_until, plus_days(following.expected_on, max(rhythm.chase_after)))
    weekly_from = min(tried, plus_days(currency.relief_limit, -rhythm.weekly * WEEK))
    no_weekly_until = max(silent_until, following.expected_on) if following.stated else silent_until
    kept = _dated(currency, following, silent_until, rhythm)
    kept += [
        one
        for one in _weekly(currency, following, weekly_from, rhythm)
        if one.due > no_weekly_until and all(abs((one.due - other.due).days) > rhythm.quiet_days for other in kept)
    ]
    escalate_on = min(plus_days(weekly_from, (rhythm.weekly + 1) * WEEK), currency.relief_limit)
    if escalate_on > heard_on:
        template = _("The next report has not come. The one on file counted until {day}.")
        kept.append(
            Milestone(
                name="owner-escalation",
                anchor=weekly_from,
                due=escalate_on,
                audience=Audience.OWNER,
                wording=Wording.VENDOR_SILENT,
                reason=because(template, day=currency.counts_until),
                ask=_owed(escalate_on, following),
            )
        )
    return kept


def _dated(currency: Currency, following: NextReport, silent_until: date, rhythm: Rhythm) -> list[Milestone]:
    """Whatever is counted from a date, one a day; the first of these lists goes before the later ones."""
    over, expected, end = following.period_end, following.expected_on, currency.counts_until
    requests = [
        _to_vendor(
            "vendor-ask-report",
            over,
            max(over, plus_days(silent_until, 1)),
            Wording.ASK_REPORT,
            Ask.REPORT,
            because(_("The next audit period is over on {day}."), day=over),
        )
    ]
    chases = [
        _to_vendor(
            f"vendor-overdue-{days}",
            expected,
            plus_days(expected, days),
            Wording.REPORT_OVERDUE,
            Ask.REPORT,
            because(_("The report was expected on {day}, {days} ago."), day=expected, days=in_days(days)),
        )
        for days in rhythm.chase_after
    ]
    countdown = [
        _to_vendor(
            f"vendor-before-{days}",
            end,
            plus_days(end, -days),
            Wording.COUNTS_UNTIL,
            _owed(plus_days(end, -days), following),
            _before(days, because(_("the report stops counting ({day})"), day=end)),
        )
        for days in rhythm.vendor_before
    ]
    questions = [] if currency.statement else [_question(currency, silent_until, rhythm)]
    answerable = [one for one in (*chases, *countdown) if one.due > silent_until]
    first_of_a_day: dict[date, Milestone] = {}
    for one in (*requests, *answerable, *questions):
        if one.due <= currency.relief_limit:
            first_of_a_day.setdefault(one.due, one)
    return list(first_of_a_day.values())


def _question(currency: Currency, silent_until: date, rhythm: Rhythm) -> Milestone:
    asked_on = plus_days(currency.current_until, -rhythm.ask_date_before)
    return _to_vendor(
        "vendor-ask-date",
        currency.current_until,
        max(asked_on, plus_days(silent_until, 1)),
        Wording.ASK_DATE,
        Ask.SUCCESSOR_DATE,
        _before(
            rhythm.ask_date_before,
            because(_("the report stops counting ({day})"), day=currency.current_until),
        ),
    )


def _weekly(currency: Currency, following: NextReport, weekly_from: date, rhythm: Rhythm) -> list[Milestone]:
    days = [(week, plus_days(weekly_from, week * WEEK)) for week in range(1, rhythm.weekly + 1)]
    template = _("Weekly: the next report has not come. Its successor is awaited until {day} at the latest.")
    return [
        _to_vendor(
            f"vendor-weekly-{week}",
            weekly_from,
            day,
            Wording.STILL_OPEN,
            _owed(day, following),
            because(template, day=currency.relief_limit),
        )
        for week, day in days
    ]


def _owed(day: date, following: NextReport) -> Ask:
    """What the vendor can be asked for: until the next period is over there is no report to send."""
    return Ask.REPORT if day >= following.period_end else Ask.SUCCESSOR_DATE


def _to_vendor(name: str, anchor: date, due: date, wording: Wording, ask: Ask, reason: Reason) -> Milestone:
    return Milestone(
        name=name, anchor=anchor, due=due, audience=Audience.VENDOR, wording=wording, reason=reason, ask=ask
    )


def _before(days: int, what: Reason) -> Reason:
    if days == 0:
        return because(_("On the day itself: {what}."), what=what)
    return because(_("{days} before: {what}."), days=in_days(days), what=what)


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
    before = [(days, plus_days(anchor, -days)) for days in rhythm.request_before]
    after = [(week, plus_days(anchor, week * WEEK)) for week in range(1, rhythm.weekly + 1)]
    escalate_after = (rhythm.weekly + 1) * WEEK
    return in_order(
        [
            *(
                _to_vendor(f"request-before-{days}", anchor, day, Wording.REQUEST_DUE, ask, _before(days, due))
                for days, day in before
                if day >= quiet_until or (days == 0 and day > requested_on)
            ),
            *(
                _to_vendor(
                    f"request-overdue-{week}",
                    anchor,
                    day,
                    Wording.REQUEST_OVERDUE,
                    ask,
                    because(late, day=anchor, days=in_days(week * WEEK)),
                )
                for week, day in after
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
