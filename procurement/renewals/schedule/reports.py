"""The reminders about the report an approval rests on: to the vendor, and the escalation. Pure."""

from dataclasses import replace
from datetime import date

from procurement.renewals.milestones import Ask, Audience, Milestone, Wording, in_order
from procurement.renewals.rhythms import DEFAULTS, Rhythm, Series
from procurement.renewals.schedule.parts import WEEK, before, chases, to_vendor
from vendors.calendar.days import plus_days
from vendors.reports.currency import Currency, NextReport
from vendors.reports.reasons import because
from vendors.reports.reasons import gettext_noop as _

RHYTHM = DEFAULTS[Series.REPORT][0]


def milestones_for_report(
    *,
    currency: Currency,
    following: NextReport,
    decided_on: date,
    not_ready_until: date | None = None,
    rhythm: Rhythm = RHYTHM,
) -> tuple[Milestone, ...]:
    """All reminders about an approved report, by day: to the vendor, and the escalation to the owner.

    currency         of the report the approval rests on, with what the vendor has said by now
    following        the report that comes next
    decided_on       the day of the approval
    not_ready_until  what the vendor answered to our request for the report; it hears nothing before that day
    """
    heard_on = max(decided_on, currency.statement.stated_on) if currency.statement else decided_on
    silent_until = heard_on
    if not_ready_until:
        following = replace(following, expected_on=max(following.expected_on, not_ready_until), stated=True)
        silent_until = max(heard_on, plus_days(not_ready_until, -1))
    tried = max(currency.counts_until, plus_days(following.expected_on, max(rhythm.after, default=0)))
    weekly_from = min(tried, plus_days(currency.relief_limit, -rhythm.weekly * WEEK))
    no_weekly_until = max(silent_until, following.expected_on) if following.stated else silent_until
    kept = _dated(currency, following, silent_until, rhythm)
    kept += [
        one
        for one in _weekly(currency, following, weekly_from, rhythm)
        if one.due > no_weekly_until and all(abs((one.due - other.due).days) > rhythm.quiet_days for other in kept)
    ]
    escalate_on = min(plus_days(weekly_from, (rhythm.weekly + 1) * WEEK), currency.relief_limit)
    if escalate_on > heard_on and rhythm.counts("escalation", escalate_on):
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
    return in_order(kept)


def _dated(currency: Currency, following: NextReport, silent_until: date, rhythm: Rhythm) -> list[Milestone]:
    """Whatever is counted from a date, one a day; the first of these lists goes before the later ones."""
    over, expected, end = following.period_end, following.expected_on, currency.counts_until
    requests = [
        to_vendor(
            "vendor-ask-report",
            over,
            max(over, plus_days(silent_until, 1)),
            Wording.ASK_REPORT,
            Ask.REPORT,
            because(_("The next audit period is over on {day}."), day=over),
        )
    ]
    overdue = chases(expected, Wording.REPORT_OVERDUE, _("The report was expected on {day}, {days} ago."), rhythm)
    countdown = [
        to_vendor(
            f"vendor-before-{days}",
            end,
            plus_days(end, -days),
            Wording.COUNTS_UNTIL,
            _owed(plus_days(end, -days), following),
            before(days, because(_("the report stops counting ({day})"), day=end)),
        )
        for days in rhythm.before
        if rhythm.counts(f"before-{days}", plus_days(end, -days))
    ]
    questions = [] if currency.statement else [_question(currency, silent_until, rhythm)]
    answerable = [one for one in (*overdue, *countdown) if one.due > silent_until]
    first_of_a_day: dict[date, Milestone] = {}
    for one in (*requests, *answerable, *questions):
        if one.due <= currency.relief_limit:
            first_of_a_day.setdefault(one.due, one)
    return list(first_of_a_day.values())


def _question(currency: Currency, silent_until: date, rhythm: Rhythm) -> Milestone:
    asked_on = plus_days(currency.current_until, -rhythm.ask_before)
    return to_vendor(
        "vendor-ask-date",
        currency.current_until,
        max(asked_on, plus_days(silent_until, 1)),
        Wording.ASK_DATE,
        Ask.SUCCESSOR_DATE,
        before(
            rhythm.ask_before,
            because(_("the report stops counting ({day})"), day=currency.current_until),
        ),
    )


def _weekly(currency: Currency, following: NextReport, weekly_from: date, rhythm: Rhythm) -> list[Milestone]:
    days = [(week, plus_days(weekly_from, week * WEEK)) for week in range(1, rhythm.weekly + 1)]
    template = _("Weekly: the next report has not come. Its successor is awaited until {day} at the latest.")
    return [
        to_vendor(
            f"vendor-weekly-{week}",
            weekly_from,
            day,
            Wording.STILL_OPEN,
            _owed(day, following),
            because(template, day=currency.relief_limit),
        )
        for week, day in days
        if rhythm.counts(f"week-{week}", day)
    ]


def _owed(day: date, following: NextReport) -> Ask:
    """What the vendor can be asked for: until the next period is over there is no report to send."""
    return Ask.REPORT if day >= following.period_end else Ask.SUCCESSOR_DATE
