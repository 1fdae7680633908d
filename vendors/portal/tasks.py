"""Tasks of the door."""

from celery import shared_task

from vendors.calendar import clock
from vendors.portal import services


@shared_task(name="portal.forget_old_codes")
def forget_old_codes() -> int:
    """Daily: remove codes that were asked for a month ago."""
    return services.forget_old_codes(now=clock.now())
