"""The end of an NDA: whoever reviewed the vendor last sees to the next one."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.accounts.models import User
from procurement.engagements.models import Engagement
from procurement.renewals.dated.thing import Dated, DatedKind
from procurement.renewals.rhythms import Series
from procurement.renewals.threads import DatedSubject
from procurement.reviews.models import Review
from vendors.calendar.clock import local_day
from vendors.ndas.emails import about_end
from vendors.ndas.models import Nda
from vendors.reports.reasons import gettext_noop

NAME = "nda"


def _ending() -> QuerySet[Nda]:
    return Nda.objects.filter(ends_on__isnull=False, ended_on__isnull=True)


def _find(vendor_ids: Collection[int]) -> Iterable[Dated]:
    """Of each vendor the agreement that holds longest, where that has an end. Three queries."""
    held = Nda.objects.filter(vendor__in=vendor_ids, ended_on__isnull=True)
    without_end = set(held.filter(ends_on__isnull=True).values_list("vendor_id", flat=True))
    reviewed = Review.objects.filter(vendor=OuterRef("vendor"), reviewer__is_active=True).order_by("-pk")
    tiers = Engagement.objects.filter(vendor=OuterRef("vendor")).order_by("tier")
    ending = (
        _ending()
        .filter(vendor__in=vendor_ids)
        .select_related("vendor")
        .annotate(reviewer=Subquery(reviewed.values("reviewer")[:1]), tier=Subquery(tiers.values("tier")[:1]))
        .order_by("ends_on", "pk")
    )
    longest = {nda.vendor_id: nda for nda in ending if nda.vendor_id not in without_end}
    people = User.objects.in_bulk({nda.reviewer for nda in longest.values()} - {None})
    return [_as_dated(nda, people.get(nda.reviewer)) for nda in longest.values()]


def _as_dated(nda: Any, reviewer: User | None) -> Dated:
    return Dated(
        id=nda.pk,
        vendor=nda.vendor,
        since=local_day(nda.accepted_at),
        owner=reviewer,
        tier=nda.tier,
        marked=_("NDA ends"),
        subject=DatedSubject(
            kind=NAME,
            title=_("The NDA “%(nda)s” with %(vendor)s") % {"nda": nda.title, "vendor": nda.vendor.name},
            verb_ahead=_("ends"),
            verb_past=_("ended"),
            day=nda.ends_on,
            todo=_(
                "Without one in force nothing may be asked for, received or opened, and approvals that rest on a "
                "report end with it. What to do: have the vendor accept the current text, or record the agreement "
                "that follows."
            ),
            because=_("You get this because you reviewed this vendor last."),
            link=reverse("ndas:nda", args=[nda.pk]),
            link_label=_("Open the NDA"),
            about=about_end(nda.vendor_id),
        ),
    )


NDAS = DatedKind(
    name=NAME,
    label=gettext_lazy("End of an NDA"),
    series=Series.NDA,
    what=gettext_noop("the NDA ends ({day})"),
    late=gettext_noop("The NDA ended on {day}, {days} ago."),
    find=_find,
    open_ones=_ending,
    vendor_field="vendor_id",
    day_field="ends_on",
)
