"""Vendors for tests."""

from datetime import UTC, datetime

from vendors.directory.models import Vendor, VendorCategory
from vendors.directory.services import add_vendor
from vendors.people.actors import SYSTEM, Actor

ADDED = datetime(2025, 8, 1, 7, 0, tzinfo=UTC)


def make_vendor(
    name: str = "Quillhaven",
    *,
    domain: str = "",
    legal_name: str = "",
    category: str = VendorCategory.BUSINESS_SOFTWARE,
    by: Actor = SYSTEM,
    at: datetime = ADDED,
) -> Vendor:
    """A vendor on file; domain and legal name follow from the name."""
    domain = domain or f"{name.lower().replace(' ', '-')}.example"
    legal_name = legal_name or f"{name} Software, Inc."
    return add_vendor(name=name, domain=domain, legal_name=legal_name, category=category, by=by, at=at)
