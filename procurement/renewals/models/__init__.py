"""What the scan keeps: claims, when it last looked, its rhythms, and the addresses of calendar feeds."""

from procurement.renewals.models.feeds import CalendarFeed
from procurement.renewals.models.plans import ReminderPlan
from procurement.renewals.models.reminders import ReminderDue, ReminderState
from procurement.renewals.models.scans import LastScan

__all__ = ["CalendarFeed", "LastScan", "ReminderDue", "ReminderPlan", "ReminderState"]
