"""The vendor list and the vendor's page."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from procurement.clearance.access import can_ask
from procurement.dashboard import reach, vendor_list, vendor_page
from procurement.dashboard.forms import VendorFilters
from procurement.dashboard.timeline import strip_scale
from procurement.listing.lists import Segment, address_with, chosen_sort, page_of
from procurement.policy.queries import current_currency_rules
from vendors.calendar import clock
from vendors.directory.models import Vendor, VendorCategory
from vendors.people.requests import actor


@require_safe
def vendors(request: HttpRequest) -> HttpResponse:
    """Every vendor this person may see; each filter lives in the address. A requester is led to what they may ask."""
    user, today = actor(request), clock.today()
    if not reach.sees_vendors(user) and can_ask(user):
        return redirect(f"{reverse('clearance:find')}?{urlencode({'q': request.GET.get('q', '')})}")
    reach.check_sees_vendors(user)
    rules = current_currency_rules()
    visible = reach.vendors_visible_to(user).filter(retired_on__isnull=True)
    matching = _matching(visible, request.GET)
    counts = vendor_list.counts(matching, on=today, rules=rules)
    total = counts["all"] if matching is visible else visible.count()
    segment = request.GET.get("segment", "all")
    segment = segment if segment in vendor_list.SEGMENTS else "all"
    sort = chosen_sort(request.GET.get("sort"), vendor_list.SORTS, "name")
    shown = vendor_list.in_segment(matching, segment, on=today, rules=rules)
    page = page_of(vendor_list.in_order(shown, sort), request.GET.get("page"), count=counts[segment])
    context = {
        "rows": vendor_list.rows_of(list(page.object_list), on=today, rules=rules),
        "ticks": strip_scale(today).ticks(),
        "page": page,
        "total": total,
        "shown": counts[segment],
        "segments": [
            Segment(
                key, label, counts[key], key == segment, address_with(request.GET, segment="" if key == "all" else key)
            )
            for key, label in vendor_list.labels().items()
        ],
        "filters": VendorFilters(request.GET),
        "sort": sort,
        "may_add": "reviewer" in user.roles,
    }
    return render(request, "procurement/dashboard/vendors.html", context)


@require_safe
def vendor(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one vendor: may data be sent, why, and what happened."""
    user = actor(request)
    found = reach.vendor_for(user, pk)
    context = vendor_page.context(
        found,
        user,
        on=clock.today(),
        now=clock.now(),
        tab=request.GET.get("tab", ""),
        page=request.GET.get("page"),
    )
    return render(request, "procurement/dashboard/vendor.html", context)


def _matching(vendors: QuerySet[Vendor], query: QueryDict) -> QuerySet[Vendor]:
    words, category = query.get("q", "").strip(), query.get("category", "")
    if words:
        vendors = vendors.matching(words)  # type: ignore[attr-defined]
    if category in VendorCategory.values:
        vendors = vendors.filter(category=category)
    return vendors
