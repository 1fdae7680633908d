"""Finding a vendor."""

from vendors.directory.domains import plain_domain
from vendors.directory.models import Vendor
from vendors.directory.providers import Provider, starter_list
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


def providers_not_on_file() -> list[Provider]:
    """The providers of the starter list that no vendor on file has the domain or the name of."""
    vendors = Vendor.objects.values_list("name", "legal_name", "domain")
    taken = {word.casefold() for words in vendors for word in words if word}
    return [one for one in starter_list().providers if not {one.name.casefold(), one.domain} & taken]
