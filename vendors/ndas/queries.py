"""Which agreement holds, and which text is the newest."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet

from vendors.directory.models import Vendor
from vendors.ndas.models import Nda, NdaText


def nda_in_force(vendor: Vendor | int, on: date) -> Nda | None:
    """The agreement with this vendor that holds on that day; of several the one that holds longest."""
    return ndas_in_force(vendor, on).select_related("text", "vendor", "certificate").first()


def ndas_in_force(vendor: Vendor | int, on: date) -> QuerySet[Nda]:
    """Every agreement with this vendor that holds on that day, the one that holds longest first."""
    return Nda.objects.filter(vendor=vendor).in_force_on(on).order_by(F("ends_on").desc(nulls_first=True), "-pk")


def ndas_of(vendor: Vendor | int) -> QuerySet[Nda]:
    """Every agreement with this vendor, newest first."""
    return Nda.objects.filter(vendor=vendor).select_related("text", "vendor", "certificate")


def terms_of(vendor_ids: Iterable[int]) -> dict[int, list[Nda]]:
    """From when until when each agreement holds, by vendor id and newest first, in one query; nothing else of them."""
    found: dict[int, list[Nda]] = defaultdict(list)
    rows = Nda.objects.filter(vendor__in=list(vendor_ids))
    for nda in rows.only("vendor", "title", "starts_on", "ends_on", "ended_on"):
        found[nda.vendor_id].append(nda)
    return found


def newest_text() -> NdaText | None:
    """The version a contact is asked to accept; None before an administrator has issued one."""
    return NdaText.objects.order_by("-version").first()
