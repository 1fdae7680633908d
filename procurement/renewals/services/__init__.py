"""The scan, letting go or dropping what it holds, issuing a plan, making and revoking a calendar feed."""

from procurement.renewals.services.feeds import make_feed, revoke_feed
from procurement.renewals.services.holding import drop_held, release_held
from procurement.renewals.services.planning import change_most_at_once, change_rhythms
from procurement.renewals.services.scanning import Reminder, ScanResult, send_due

__all__ = [
    "Reminder",
    "ScanResult",
    "change_most_at_once",
    "change_rhythms",
    "drop_held",
    "make_feed",
    "release_held",
    "revoke_feed",
    "send_due",
]
