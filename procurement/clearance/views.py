"""Whether data may be sent to a vendor, and the SOC 2 list: what the house cleared is nobody else's business."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procurement.clearance import soc2_csv, soc2_list
from procurement.clearance.access import check_can_ask
from procurement.clearance.forms import Soc2Filters
from procurement.clearance.queries import answers_for
from procurement.listing.lists import Segment, address_with, chosen_sort, order_by, page_of
from vendors.calendar import clock
from vendors.directory import access
from vendors.directory.models import Vendor
from vendors.directory.queries import providers_not_on_file
from vendors.people.actors import Role
from vendors.people.requests import actor
from vendors.reports.access import can_read_auditors, can_request

MOST_FOUND = 20


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """May data be sent to this vendor? The answer for each that the words fit, to whoever may ask."""
    user = actor(request)
    check_can_ask(user)
    words = request.GET.get("q", "").strip()
    found = list(Vendor.objects.in_use().matching(words).order_by("name", "pk")[: MOST_FOUND + 1]) if words else []
    answers = answers_for(found[:MOST_FOUND], on=clock.today())
    context = {
        "words": words,
        "answers": [answers[vendor.pk] for vendor in found[:MOST_FOUND]],
        "more": len(found) > MOST_FOUND,
        "opens_vendors": access.sees_all_vendors(user),
        "may_ask": bool(user.roles & {Role.REQUESTER, Role.REVIEWER}),
    }
    return render(request, "procurement/clearance/find.html", context)


@require_safe
def soc2(request: HttpRequest) -> HttpResponse:
    """Who holds a current, accepted SOC 2 Type II report; each filter lives in the address."""
    user, today = actor(request), clock.today()
    filters = Soc2Filters(request.GET)
    lists = _lists(filters.chosen())
    shown = _which(request)
    sort = chosen_sort(request.GET.get("sort"), _sorts(shown), "vendor")
    page = page_of(lists[shown].order_by(*order_by(sort, _sorts(shown))), request.GET.get("page"))
    counts = {name: found.count() for name, found in lists.items()}
    context: dict[str, Any] = {
        "list": shown,
        "means": _meanings()[shown],
        "page": page,
        "rows": page.object_list if shown == soc2_list.NO_REPORT else soc2_list.rows_of(page.object_list, on=today),
        "segments": [
            Segment(name, label, counts[name], name == shown, address_with(request.GET, report=name))
            for name, label in _labels().items()
        ],
        "filters": filters,
        "is_filtered": bool(filters.chosen().keys() - {"report"}),
        "shown": counts[shown],
        "total": _lists({})[shown].count(),
        "sort": sort,
        "csv": address_with(request.GET),
        "opens_vendors": access.sees_all_vendors(user),
        "may_request": can_request(user),
        "may_ask": bool(user.roles & {Role.REQUESTER, Role.REVIEWER}),
        "may_load": access.can_load_providers(user) and bool(providers_not_on_file()),
        "reads_auditors": can_read_auditors(user),
    }
    return render(request, "procurement/clearance/soc2_list.html", context)


@require_safe
def soc2_as_csv(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered and sorted, all pages of it."""
    shown = _which(request)
    sort = chosen_sort(request.GET.get("sort"), _sorts(shown), "vendor")
    found = _lists(Soc2Filters(request.GET).chosen())[shown].order_by(*order_by(sort, _sorts(shown)))
    if shown == soc2_list.NO_REPORT:
        text = soc2_csv.vendors_as_csv(found)
    else:
        text = soc2_csv.reports_as_csv(soc2_list.rows_of(found, on=clock.today()))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="soc2-{shown.replace("_", "-")}.csv"'
    return response


def _which(request: HttpRequest) -> str:
    asked = request.GET.get("report", "")
    return asked if asked in soc2_list.LISTS else soc2_list.CURRENT


def _lists(chosen: dict[str, Any]) -> dict[str, Any]:
    """The three lists with these filters, as querysets."""
    today = clock.today()
    return {
        soc2_list.CURRENT: soc2_list.matching_reports(soc2_list.current(today), chosen, on=today),
        soc2_list.AWAITING: soc2_list.matching_reports(soc2_list.awaiting_successor(today), chosen, on=today),
        soc2_list.NO_REPORT: soc2_list.matching_vendors(soc2_list.without_report(), chosen, on=today),
    }


def _sorts(shown: str) -> dict[str, tuple[str, ...]]:
    return soc2_list.VENDOR_SORTS if shown == soc2_list.NO_REPORT else soc2_list.SORTS


def _labels() -> dict[str, str]:
    return {
        soc2_list.CURRENT: _("Current report"),
        soc2_list.AWAITING: _("Awaiting successor"),
        soc2_list.NO_REPORT: _("No report on file"),
    }


def _meanings() -> dict[str, str]:
    """Who stands on each list, in a sentence."""
    return {
        soc2_list.CURRENT: _("Vendors that hold a current SOC 2 Type II report which we have read and accepted."),
        soc2_list.AWAITING: _("Vendors whose report is past its 12 months, and that named the next one in writing."),
        soc2_list.NO_REPORT: _("Vendors of which we have accepted no SOC 2 Type II report."),
    }
