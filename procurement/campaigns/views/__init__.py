"""Campaigns: the list, starting one, its page, and what is done with many at once."""

from procurement.campaigns.views.acts import cancel, change_due, chase, retry
from procurement.campaigns.views.campaigns import campaign, index, progress, recipients_csv
from procurement.campaigns.views.starting import new

__all__ = ["campaign", "cancel", "change_due", "chase", "index", "new", "progress", "recipients_csv", "retry"]
