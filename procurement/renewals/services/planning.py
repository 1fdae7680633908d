"""Issuing another version of the plan: the offsets of one series, or how many mails may leave by themselves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from procurement.renewals import access
from procurement.renewals.models import ReminderPlan
from procurement.renewals.plans import current_plan
from procurement.renewals.rhythms import Plan, Rhythm, Series, changed, dump
from procurement.renewals.series import label_of
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def change_rhythms(
    *, series: Series, rhythms: Mapping[int, Rhythm], note: str, opened: int, by: Actor, on: date, now: datetime
) -> ReminderPlan:
    """Issue a version with other offsets for one series, by tier.

    `opened` is the version the person was looking at. What was sent is not sent again, what is due still goes, and
    what a new offset would have sent before today does not. Raises NotAllowed for anybody but administrators, Refused
    when nothing changes or somebody else has issued a version meanwhile.
    """
    access.check_can_change_plan(by)
    plan = _as_opened(opened)
    old = {tier: plan.rhythm(series, tier) for tier in rhythms}
    if all(_says_the_same(old[tier], new) for tier, new in rhythms.items()):
        raise Refused(_("Nothing is changed yet. Change a number, or go back."))
    new = {(series.value, tier): changed(series, old[tier], one, on=on) for tier, one in rhythms.items()}
    return _issue(
        replace(plan, rhythms={**plan.rhythms, **new}),
        sentence=_("Reminder plan version %(number)s: other days for “%(series)s”")
        % {"number": plan.number + 1, "series": label_of(series)},
        note=note,
        by=by,
        now=now,
    )


@transaction.atomic
def change_most_at_once(*, most: int, note: str, opened: int, by: Actor, now: datetime) -> ReminderPlan:
    """Issue a version in which another number of mails may leave on a day by themselves; raises as `change_rhythms`."""
    access.check_can_change_plan(by)
    plan = _as_opened(opened)
    if plan.most_at_once == most:
        raise Refused(_("It is that number already. Change it, or go back."), field="most_at_once")
    return _issue(
        replace(plan, most_at_once=most),
        sentence=_("Reminder plan version %(number)s: at most %(most)s mails leave on a day by themselves")
        % {"number": plan.number + 1, "most": most},
        note=note,
        by=by,
        now=now,
    )


def _as_opened(opened: int) -> Plan:
    plan = current_plan()
    if plan.number != opened:
        raise Refused(_("Somebody has changed the plan while you were looking. Read it again, then change it."))
    return plan


def _says_the_same(old: Rhythm, new: Rhythm) -> bool:
    return (old.before, old.after, old.weekly, old.ask_before) == (new.before, new.after, new.weekly, new.ask_before)


def _issue(plan: Plan, *, sentence: str, note: str, by: Actor, now: datetime) -> ReminderPlan:
    try:
        with transaction.atomic():
            issued = ReminderPlan.objects.create(
                number=plan.number + 1, rows=dump(plan), issued_at=now, issued_by=by.label[:120], note=note
            )
    except IntegrityError:
        raise Refused(_("Somebody has changed the plan at this moment. Read it again, then change it.")) from None
    ledger.record(
        by=by,
        verb="reminders.plan_changed",
        sentence=sentence,
        at=now,
        subject=("reminder-plan", issued.number),
        details={"note": note, "rows": issued.rows},
    )
    return issued
