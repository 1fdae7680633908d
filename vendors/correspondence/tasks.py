"""Tasks of outgoing mail. Idempotent: the row's lease decides who sends."""

from celery import shared_task

from vendors.calendar.clock import now
from vendors.correspondence import delivery
from vendors.correspondence.services import DELIVER_EMAIL


@shared_task(name=DELIVER_EMAIL)
def deliver_email(email_id: int) -> None:
    delivery.deliver(email_id, now())


@shared_task(name="correspondence.deliver_due_mail")
def deliver_due_mail() -> None:
    delivery.deliver_due(now())
