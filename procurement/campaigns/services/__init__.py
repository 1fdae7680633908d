"""Starting a campaign, sending what waits, and seeing to it until the answers are here."""

from procurement.campaigns.services.following import (
    Outcome,
    cancel_campaign,
    change_campaign_due,
    chase_campaign,
    retry_failed,
)
from procurement.campaigns.services.sending import send_next, send_rest
from procurement.campaigns.services.starting import MOST_ANSWERS, start_campaign

__all__ = [
    "MOST_ANSWERS",
    "Outcome",
    "cancel_campaign",
    "change_campaign_due",
    "chase_campaign",
    "retry_failed",
    "send_next",
    "send_rest",
    "start_campaign",
]
