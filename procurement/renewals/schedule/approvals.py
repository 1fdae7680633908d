"""The countdown to the end of an approval, and the report that came unasked. Pure."""

from datetime import date

from procurement.renewals.milestones import Audience, Milestone, Wording, in_order
from procurement.renewals.rhythms import DEFAULTS, Rhythm, Series
from procurement.renewals.schedule.parts import before
from vendors.calendar.days import plus_days
from vendors.reports.reasons import because
from vendors.reports.reasons import gettext_noop as _

RHYTHM = DEFAULTS[Series.APPROVAL][0]


def milestones_for_approval(
    *, ends_on: date, decided_on: date, carried_until: date | None = None, rhythm: Rhythm = RHYTHM
) -> tuple[Milestone, ...]:
    """The countdown to the owner: to the end of currency, or of an approval that ends for another reason.

    carried_until  the approval goes on after `ends_on` until that day, while the next report is awaited
    """
    what = because(_("the approval ends ({day})"), day=ends_on)
    if carried_until:
        template = _("the report stops counting ({day}), the approval is carried until {until}")
        what = because(template, day=ends_on, until=carried_until)
    return in_order(
        Milestone(
            name=f"owner-{days}",
            anchor=ends_on,
            due=plus_days(ends_on, -days),
            audience=Audience.OWNER,
            wording=Wording.APPROVAL_ENDS,
            reason=before(days, what),
        )
        for days in rhythm.before
        if plus_days(ends_on, -days) > decided_on and rhythm.counts(f"before-{days}", plus_days(ends_on, -days))
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
