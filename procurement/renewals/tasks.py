"""The scan that beat starts every quarter of an hour."""

from celery import shared_task

from procurement.renewals import services
from procurement.renewals.morning import mailing_day
from vendors.calendar.clock import now


@shared_task(name="renewals.send_due")
def send_due() -> None:
    moment = now()
    services.send_due(on=mailing_day(moment), now=moment)
