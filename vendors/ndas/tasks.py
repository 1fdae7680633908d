"""Tasks of NDAs: printing certificates. Idempotent; the scan finds what a lost nudge left behind."""

from celery import shared_task

from vendors.calendar import clock
from vendors.ndas import services
from vendors.ndas.models import Nda
from vendors.ndas.services.accepting import MAKE_CERTIFICATE


@shared_task(name=MAKE_CERTIFICATE)
def make_certificate(nda_id: int) -> None:
    """Print one certificate."""
    services.make_certificate(nda_id=nda_id, now=clock.now())


@shared_task(name="ndas.make_missing_certificates")
def make_missing_certificates() -> None:
    """Print every certificate that is still missing."""
    for nda_id in Nda.objects.without_certificate().values_list("pk", flat=True):
        services.make_certificate(nda_id=nda_id, now=clock.now())
