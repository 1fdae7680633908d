"""Outgoing mail, queued through the real service from the letters of tests/vendors/correspondence/templates."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from vendors.correspondence.models import OutgoingEmail
from vendors.correspondence.services import queue_email
from vendors.people.actors import SYSTEM

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LETTERS = Path(__file__).parent.parent / "vendors" / "correspondence" / "templates"
TOKEN = "vL-9_sEcReTtOkEn~with&odd<chars>"


def mail(address: str = "jonah.pell@quillhaven.example", **kept: Any) -> OutgoingEmail:
    """A mail to Jonah Pell that waits; `kept` are further arguments of `queue_email`."""
    kept = {
        "template": "letters/plain",
        "to": (address, "Jonah Pell"),
        "context": {"vendor": "Quillhaven", "message": "When does your next report come?"},
        "about": "report-request:12",
        "by": SYSTEM,
        "now": NINE,
        "vendor_id": 7,
        **kept,
    }
    with transaction.atomic():
        return queue_email(**kept)


def invitation(address: str = "jonah.pell@quillhaven.example", *, secret: str = TOKEN, **kept: Any) -> OutgoingEmail:
    """A mail that carries a link; it works for 14 days."""
    kept = {"template": "letters/invitation", "context": {}, "not_after": NINE + timedelta(days=14), **kept}
    return mail(address, secret=secret, **kept)
