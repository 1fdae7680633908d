"""Findings, raised through the act."""

from datetime import timedelta
from typing import Any

from procurement.accounts.models import User
from procurement.reviews import services
from procurement.reviews.models import Finding, Review
from vendors.calendar import clock


def finding_draft(owner: User, **changes: Any) -> services.FindingDraft:
    """Backups are not tried: high, due in four weeks."""
    details = {
        "title": "Restores are never tried",
        "description": "Backups are made each night, but nobody has restored one this year.",
        "severity": "high",
        "due_on": clock.today() + timedelta(days=28),
        "source": "other",
        "source_reference": "call of 12 August",
        **changes,
    }
    return services.FindingDraft(owner=owner, **details)


def make_finding(review: Review, *, by: User, owner: User | None = None, **changes: Any) -> Finding:
    """A finding of this review, owned by whoever raises it where nobody is named."""
    draft = finding_draft(owner or by, **changes)
    return services.raise_finding(review=review, draft=draft, by=by, on=clock.today(), now=clock.now())
