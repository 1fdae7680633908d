"""Papers beside a SOC report, recorded through the real act."""

from datetime import timedelta
from typing import Any

from tests.factories.vault import pdf_bytes, upload
from vendors.calendar import clock
from vendors.directory.models import Vendor
from vendors.people.actors import Actor
from vendors.reports import services
from vendors.reports.models import Evidence


def recorded_evidence(vendor: Vendor, kind: str = "baa", *, by: Actor, **changes: Any) -> Evidence:
    """A paper of general use that is dated a month ago and has no end."""
    today = clock.today()
    given: dict[str, Any] = {
        "title": f"{kind} of {vendor.name}",
        "issuer": "Northmoor Health and Quillhaven",
        "dated_on": today - timedelta(days=30),
        "until": None,
        "confidential": False,
        "file": upload(pdf_bytes(text=kind), name=f"{kind}.pdf"),
        "by": by,
        "on": today,
        "now": clock.now(),
    }
    return services.record_evidence(vendor=vendor, kind=kind, **{**given, **changes})
