"""Anything else with a last day: whoever answers for it is told, and somebody else when that does not help."""

from procurement.renewals.dated.kinds import kind_of
from procurement.renewals.dated.thing import Dated
from procurement.renewals.gathering import Records
from procurement.renewals.schedule import escalation_for, milestones_for_dated
from procurement.renewals.subjects.who import active, already
from procurement.renewals.threads import Marked, Thread
from procurement.renewals.watched import LOOK_BACK_MONTHS
from vendors.calendar.days import plus_months


def thing_threads(records: Records, thing: Dated) -> list[Thread]:
    """To the owner, else to whoever is told next; the escalation to the latter. None about what is long past."""
    kind = kind_of(thing)
    if thing.day < plus_months(records.on, -LOOK_BACK_MONTHS) or not _stands(records, thing):
        return []
    rhythm = records.plan.rhythm(kind.series, thing.tier)
    owner = active(thing.owner) or active(thing.then_tell)
    to_owner = milestones_for_dated(day=thing.day, since=thing.since, what=kind.what, late=kind.late, rhythm=rhythm)
    escalation = escalation_for(day=thing.day, late=kind.late, rhythm=rhythm)
    marked = (Marked(thing.uid, thing.day, f"{thing.vendor.name}: {thing.marked}"),)
    return [
        Thread(
            type=kind.name,
            id=thing.id,
            vendor=thing.vendor,
            person=person,
            milestones=milestones,
            subject=thing.subject,
            already=already(records, kind.name, thing.id, person),
            marked=marked,
        )
        for person, milestones in ((owner, to_owner), (active(thing.then_tell), escalation))
        if person is not None and milestones
    ]


def _stands(records: Records, thing: Dated) -> bool:
    if thing.decision_id is None:
        return True
    return any(one.decision.pk == thing.decision_id for one in records.approvals.get(thing.vendor_id, []))
