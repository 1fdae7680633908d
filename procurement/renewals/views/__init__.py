"""The pages of the reminders, a module for each noun."""

from procurement.renewals.views.calendar import calendar, feed
from procurement.renewals.views.coming import coming
from procurement.renewals.views.held import held
from procurement.renewals.views.plan import most_at_once, plan, rhythms

__all__ = ["calendar", "coming", "feed", "held", "most_at_once", "plan", "rhythms"]
