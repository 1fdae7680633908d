"""The certificate of acceptance: one PDF with both parties, made once after the acceptance has committed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.ledger import services as ledger
from vendors.ndas.certificate_pdf import CannotPrint, certificate_name, render
from vendors.ndas.models import Nda
from vendors.people.actors import SYSTEM
from vendors.vault import services as vault


def make_certificate(*, nda_id: int, now: datetime) -> Nda:
    """Print the certificate and keep it, once. Called again it changes nothing.

    Printing takes a while and happens outside the transaction. One that cannot be printed says why and stays
    pending; the next scan tries again.
    """
    nda = Nda.objects.select_related("vendor", "text").get(pk=nda_id)
    if nda.certificate_id is not None or not nda.is_ours:
        return nda
    try:
        pdf = render(nda)
    except CannotPrint as reason:
        Nda.objects.filter(pk=nda_id, certificate__isnull=True).update(certificate_pending_because=str(reason)[:300])
        nda.refresh_from_db()
        return nda
    return _keep(nda_id, pdf, now)


@transaction.atomic
def _keep(nda_id: int, pdf: bytes, now: datetime) -> Nda:
    nda = Nda.objects.select_for_update(of=("self",)).select_related("vendor").get(pk=nda_id)
    if nda.certificate_id is not None:
        return nda
    nda.certificate = vault.seal_bytes(
        pdf,
        name=certificate_name(nda),
        purpose="nda_certificate",
        content_type="application/pdf",
        vendor_id=nda.vendor_id,
        by=SYSTEM,
        at=now,
    )
    nda.certificate_pending_because = ""
    nda.save(update_fields=["certificate", "certificate_pending_because"])
    ledger.record(
        by=SYSTEM,
        verb="nda.certified",
        sentence=_("Certificate of the NDA with %(vendor)s made, SHA-256 %(hash)s")
        % {"vendor": nda.vendor.name, "hash": nda.certificate.sha256},
        at=now,
        vendor_id=nda.vendor_id,
        subject=("nda", nda.pk),
        details={"text_sha256": nda.text_sha256, "pdf_sha256": nda.certificate.sha256},
    )
    return nda
