"""The reminders about a Type II report that a vendor promised, while its Type I stands in. Pure."""

from datetime import date

from procurement.renewals.milestones import Ask, Audience, Milestone, Wording, in_order
from procurement.renewals.rhythms import DEFAULTS, Rhythm, Series
from procurement.renewals.schedule.parts import WEEK, before, chases, to_vendor
from vendors.calendar.days import plus_days
from vendors.reports.reasons import because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import in_days

RHYTHM = DEFAULTS[Series.REPORT][0]


def milestones_for_interim(
    *, promised_on: date, decided_on: date, not_ready_until: date | None = None, rhythm: Rhythm = RHYTHM
) -> tuple[Milestone, ...]:
    """Asked for as long before the promised day as a date is asked for, then 14, 3 and 0 days before it, chased 7 and
    21 days after; a week later the owner is told. Nothing weekly: the approval has ended with its waiver by then.

    not_ready_until  what the vendor answered to our request; it hears nothing before that day
    """
    anchor = max(promised_on, not_ready_until or promised_on)
    promised = because(_("the Type II report is promised ({day})"), day=anchor)
    late = _("The Type II report was promised for {day}, {days} ago.")
    ask_on = max(plus_days(promised_on, -rhythm.ask_before), plus_days(decided_on, 1))
    asked = to_vendor(
        "vendor-ask-report",
        promised_on,
        ask_on,
        Wording.ASK_PROMISED,
        Ask.REPORT,
        because(_("The Type II report is promised for {day}."), day=promised_on),
    )
    dated = [
        to_vendor(
            f"vendor-before-{days}",
            anchor,
            plus_days(anchor, -days),
            Wording.REQUEST_DUE,
            Ask.REPORT,
            before(days, promised),
        )
        for days in rhythm.before
        if rhythm.counts(f"before-{days}", plus_days(anchor, -days))
    ]
    dated += chases(anchor, Wording.REQUEST_OVERDUE, late, rhythm)
    escalate_after = max(rhythm.after, default=0) + WEEK
    told_on = plus_days(anchor, escalate_after)
    told = Milestone(
        name="owner-escalation",
        anchor=anchor,
        due=told_on,
        audience=Audience.OWNER,
        wording=Wording.VENDOR_SILENT,
        reason=because(late, day=anchor, days=in_days(escalate_after)),
        ask=Ask.REPORT,
    )
    quiet_until = max(ask_on, plus_days(not_ready_until, -1)) if not_ready_until else ask_on
    kept = [one for one in dated if one.due > quiet_until]
    if told_on > quiet_until and rhythm.counts("escalation", told_on):
        kept.append(told)
    return in_order([asked, *kept])
