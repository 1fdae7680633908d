"""Finding a vendor."""

from django.db.models import QuerySet

from vendors.directory.domains import plain_domain
from vendors.directory.models import Vendor
from vendors.directory.providers import Provider, starter_list
from vendors.ledger.chain import printable


def find_vendor(*, name: str = "", domain: str = "") -> Vendor | None:
    """The vendor with this domain, else the one with this name or legal name; None when there is none.

    Where a domain is given, a vendor that is on file with another one is not found by its name: that is `namesake_of`.
    """
    host = _host(domain)
    by_domain = Vendor.objects.filter(domain__iexact=host).first() if host else None
    return by_domain or _named(name, Vendor.objects.filter(domain="") if host else Vendor.objects.all())


def namesake_of(*, name: str, domain: str) -> Vendor | None:
    """The vendor of this name or legal name that is on file with another domain: perhaps another company."""
    host = _host(domain)
    return _named(name, Vendor.objects.exclude(domain="").exclude(domain__iexact=host)) if host else None


def _host(domain: str) -> str:
    try:
        return plain_domain(domain)
    except ValueError:
        return ""


def _named(name: str, vendors: QuerySet[Vendor]) -> Vendor | None:
    name = printable(name)
    if not name:
        return None
    return vendors.filter(name__iexact=name).first() or vendors.filter(legal_name__iexact=name).first()


def providers_not_on_file() -> list[Provider]:
    """The providers of the starter list that no vendor on file has the domain or the name of."""
    vendors = Vendor.objects.values_list("name", "legal_name", "domain")
    taken = {word.casefold() for words in vendors for word in words if word}
    return [one for one in starter_list().providers if not {one.name.casefold(), one.domain} & taken]
