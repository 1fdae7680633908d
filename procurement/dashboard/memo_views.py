"""The list of memos, and its export. A memo's own page is in decisions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from procurement.accounts.fresh import fresh_authentication_required
from procurement.dashboard import memo_list
from procurement.dashboard.forms import MemoFilters
from procurement.decisions import services
from procurement.decisions.access import memos_visible_to
from procurement.listing.lists import chosen_sort, order_by, page_of
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor, client_address
from vendors.vault import downloads


@require_safe
def memos(request: HttpRequest) -> HttpResponse:
    """The memos this person may read; each filter lives in the address."""
    user, today = actor(request), clock.today()
    visible = memos_visible_to(user)
    matching = memo_list.matching(user, request.GET, on=today)
    sort = chosen_sort(request.GET.get("sort"), memo_list.SORTS, "number")
    page = page_of(matching.defer("content").order_by(*order_by(sort, memo_list.SORTS)), request.GET.get("page"))
    years = [day.year for day in visible.datetimes("issued_at", "year", order="DESC")]
    context = {
        "rows": memo_list.rows_of(list(page.object_list), on=today),
        "page": page,
        "shown": page.paginator.count,
        "total": visible.count(),
        "filters": MemoFilters(request.GET, years=years),
        "sort": sort,
    }
    return render(request, "procurement/dashboard/memos.html", context)


@fresh_authentication_required
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The ticked memos, or all that match the filters, as one ZIP."""
    user, today = actor(request), clock.today()
    chosen = memo_list.matching(user, request.GET, on=today)
    if request.GET.get("which") != "all":
        chosen = chosen.filter(number__in=request.GET.getlist("number"))
    try:
        services.check_amount(chosen.count())
        content = services.export_memos(
            memos=list(chosen.order_by("number")), by=user, on=today, now=clock.now(), ip=client_address(request)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('dashboard:memos')}?{_filters(request)}")
    return downloads.zip_attachment(content, name=f"memos-{today.isoformat()}.zip")


def _filters(request: HttpRequest) -> str:
    """The filters alone, for the way back to the list."""
    kept = request.GET.copy()
    for name in ("number", "which"):
        kept.pop(name, None)
    return kept.urlencode()
