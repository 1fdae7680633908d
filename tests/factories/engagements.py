"""Uses of a vendor."""

from typing import Any

from procurement.accounts.models import User
from procurement.engagements.models import Engagement
from procurement.engagements.services import open_engagement
from vendors.calendar import clock
from vendors.directory.models import Vendor


def use_details(**changes: Any) -> dict[str, Any]:
    """What a person says about a use: payroll data of our own people, work stops within a day. Tier 1."""
    return {
        "title": "People Cloud",
        "description": "HR records of 1,900 employees.",
        "data_classes": ["personal"],
        "verticals": [],
        "criticality": "high",
        **changes,
    }


def make_engagement(vendor: Vendor, *, by: User, **changes: Any) -> Engagement:
    """A use of this vendor, opened by its business owner."""
    return open_engagement(vendor=vendor, **use_details(**changes), owner=by, by=by, now=clock.now())
