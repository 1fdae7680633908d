"""Finding a vendor."""

from vendors.directory.domains import plain_domain
from vendors.directory.models import Vendor
from vendors.ledger.chain import printable


def find_vendor(*, name: str = "", domain: str = "") -> Vendor | None:
    """The vendor with this domain, else the one with this name or legal name; None when there is none."""
    try:
        host = plain_domain(domain)
    except ValueError:
        host = ""
    name = printable(name)
    return (
        (Vendor.objects.filter(domain__iexact=host).first() if host else None)
        or (Vendor.objects.filter(name__iexact=name).first() if name else None)
        or (Vendor.objects.filter(legal_name__iexact=name).first() if name else None)
    )
