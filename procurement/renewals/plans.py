"""The reminder plan in force."""

from procurement.renewals.models import ReminderPlan
from procurement.renewals.rhythms import Plan, default_plan, load


def current_plan() -> Plan:
    """The newest issued version; the one that ships while no row is written."""
    newest = ReminderPlan.objects.order_by("-number").first()
    return load(newest.number, newest.rows) if newest else default_plan()
