"""Acts on the vendor's record."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vendors.directory import access
from vendors.directory.domains import plain_domain
from vendors.directory.models import Vendor, VendorCategory
from vendors.directory.queries import providers_not_on_file
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.people.actors import Actor, Refused


@transaction.atomic
def add_vendor(
    *,
    name: str,
    domain: str = "",
    legal_name: str = "",
    category: str = VendorCategory.OTHER,
    trust_center_url: str = "",
    launched_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Vendor:
    """Put a vendor on file. Look with `queries.find_vendor` first.

    Raises NotAllowed for anybody but reviewers and requesters; Refused when the name is empty, the domain is
    none, or another vendor has that name or domain.
    """
    access.check_can_add_vendor(by)
    vendor = Vendor(launched_on=launched_on)
    _describe(vendor, name=name, domain=domain, legal_name=legal_name, category=category, url=trust_center_url)
    return _put_on_file(vendor, by=by, at=at)


@transaction.atomic
def load_providers(*, by: Actor, at: datetime) -> list[Vendor]:
    """Put the providers of the starter list on file that are not there yet, each without a report.

    Vendors on file are neither doubled nor changed. Returns those added; a second call adds nobody.
    Raises NotAllowed for anybody but reviewers, administrators and Countersign itself.
    """
    access.check_can_load_providers(by)
    added = []
    for one in providers_not_on_file():
        vendor = Vendor()
        _describe(
            vendor,
            name=one.name,
            domain=one.domain,
            legal_name=one.legal_name,
            category=one.category,
            url=one.trust_center_url,
        )
        added.append(_put_on_file(vendor, by=by, at=at))
    return added


@transaction.atomic
def edit_vendor(
    *,
    vendor: Vendor,
    name: str,
    domain: str = "",
    legal_name: str = "",
    category: str = VendorCategory.OTHER,
    trust_center_url: str = "",
    launched_on: date | None = None,
    by: Actor,
    at: datetime,
) -> Vendor:
    """Rewrite the record; what changed stands in the ledger with its old value.

    Nothing is written when nothing changed.
    Raises NotAllowed for anybody but reviewers; Refused as `add_vendor`.
    """
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
    access.check_can_edit_vendors(by)
    before = _facts(vendor)
    vendor.launched_on = launched_on
    _describe(vendor, name=name, domain=domain, legal_name=legal_name, category=category, url=trust_center_url)
    after = _facts(vendor)
    changed = {key: {"from": before[key], "to": after[key]} for key in after if before[key] != after[key]}
    if not changed:
        return vendor
    _save_unless_taken(vendor)
    ledger.record(
        by=by,
        verb="vendor.edited",
        sentence=_("Record of %(vendor)s changed") % {"vendor": vendor.name},
        at=at,
        vendor_id=vendor.pk,
        subject=("vendor", vendor.pk),
        details=changed,
    )
    return vendor


def _put_on_file(vendor: Vendor, *, by: Actor, at: datetime) -> Vendor:
    vendor.added_at, vendor.added_by = at, by.label
    _save_unless_taken(vendor)
    ledger.record(
        by=by,
        verb="vendor.added",
        sentence=_("Vendor %(vendor)s added") % {"vendor": vendor.name},
        at=at,
        vendor_id=vendor.pk,
        subject=("vendor", vendor.pk),
        details={"domain": vendor.domain, "legal_name": vendor.legal_name},
    )
    return vendor


def _describe(vendor: Vendor, *, name: str, domain: str, legal_name: str, category: str, url: str) -> None:
    vendor.name = printable(name)
    if not vendor.name:
        raise Refused(_("Give the vendor's name."), field="name")
    vendor.legal_name = printable(legal_name)
    vendor.category = category
    vendor.trust_center_url = url.strip()
    try:
        vendor.domain = plain_domain(domain)
    except ValueError as error:
        raise Refused(_("Give the domain alone, for example quillhaven.example."), field="domain") from error


def _facts(vendor: Vendor) -> dict[str, Any]:
    names = ("name", "legal_name", "domain", "category", "trust_center_url", "launched_on")
    return {name: getattr(vendor, name) for name in names}


def _save_unless_taken(vendor: Vendor) -> None:
    others = Vendor.objects.exclude(pk=vendor.pk)
    for field, twin in (
        ("name", others.filter(name__iexact=vendor.name).first()),
        ("domain", others.filter(domain__iexact=vendor.domain).first() if vendor.domain else None),
    ):
        if twin is not None:
            raise Refused(
                _("%(vendor)s is on file with this already. Open it instead.") % {"vendor": twin.name},
                field=field,
            )
    try:
        with transaction.atomic():
            vendor.save()
    except IntegrityError as error:  # somebody else was faster between the look and the save
        raise Refused(_("This vendor was put on file a moment ago. Open it from the list."), field="name") from error
