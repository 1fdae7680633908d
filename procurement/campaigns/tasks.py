"""Tasks of campaigns: sending in the background. Idempotent; the scan goes on where a lost nudge stopped."""

from celery import shared_task

from procurement.campaigns import services
from procurement.campaigns.services.sending import SEND
from vendors.calendar import clock


@shared_task(name=SEND)
def send(campaign_id: int) -> None:
    """Send to the next recipients of one campaign; it nudges itself for the rest."""
    services.send_next(campaign_id=campaign_id, now=clock.now(), on=clock.today())


@shared_task(name="campaigns.send_rest")
def send_rest() -> None:
    """Go on with every campaign that is not sent whole."""
    services.send_rest(now=clock.now(), on=clock.today())
