"""From an accepted NDA to its certificate. Reads only what was frozen at acceptance, so it prints the same for ever."""

import hashlib

from django.template.loader import render_to_string

from vendors.ndas.models import Nda
from vendors.printing.services import PrintingUnavailable, PrintJobFailed, print_pdf

CannotPrint = (PrintingUnavailable, PrintJobFailed)


def certificate_name(nda: Nda) -> str:
    """The file's name for people: `NDA certificate NDA-12.pdf`."""
    return f"NDA certificate NDA-{nda.pk}.pdf"


def render(nda: Nda) -> bytes:
    """The certificate as PDF/A-3a, with the exact text attached. Raises what `CannotPrint` names."""
    assert nda.text is not None
    return print_pdf(
        html=certificate_html(nda),
        created=nda.accepted_at,
        identifier=hashlib.sha256(f"nda {nda.pk} {nda.text_sha256}".encode()).digest()[:16],
        attachments=[
            (
                f"nda-version-{nda.text.version}.txt",
                nda.text.body.encode(),
                "The exact text that was accepted; its SHA-256 stands on the certificate",
            )
        ],
    )


def certificate_html(nda: Nda) -> str:
    """The certificate's page before printing."""
    return render_to_string("vendors/ndas/certificate.html", {"nda": nda, "text": nda.text})
