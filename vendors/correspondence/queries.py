"""Reading the mail book."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from vendors.correspondence.models import OutgoingEmail, State

# A mail that a worker has not taken for this long waits for a reason.
LATE = timedelta(minutes=10)


def undelivered() -> QuerySet[OutgoingEmail]:
    """Mail that was given up and not sent again since, newest first."""
    return OutgoingEmail.objects.undelivered().select_related("sent_again").order_by("-closed_at", "-pk")


def held_up(now: datetime) -> QuerySet[OutgoingEmail]:
    """Mail that should have left by now: its server asked to wait, or nobody has taken it for ten minutes."""
    return (
        OutgoingEmail.objects.waiting()
        .filter(Q(attempts__gt=0, state=State.QUEUED) | Q(next_try_at__lte=now - LATE))
        .order_by("next_try_at", "pk")
    )


def mails_about(about: str) -> QuerySet[OutgoingEmail]:
    """Every mail about one thing, newest first: `mails_about("report-request:12")`."""
    return OutgoingEmail.objects.filter(about=about).order_by("-pk")


def mails_of_vendor(vendor_id: int) -> QuerySet[OutgoingEmail]:
    """Every mail on a vendor's file, newest first."""
    return OutgoingEmail.objects.filter(vendor_id=vendor_id).order_by("-pk")


def last_mails(recipients: Mapping[str, int]) -> dict[str, datetime]:
    """When the newest mail about each thing was written to the person named beside it; what did not reach them, or was
    called back, is left out. One query, however many things."""
    written = OutgoingEmail.objects.filter(
        about__in=list(recipients), state__in=[State.QUEUED, State.SENDING, State.SENT]
    )
    newest = written.order_by().values_list("about", "recipient_id").annotate(at=Max("queued_at"))
    return {about: at for about, recipient_id, at in newest if recipients[about] == recipient_id}
