"""The list of campaigns, one campaign with its recipients, and how far its sending is."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procurement.campaigns import access, queries
from procurement.campaigns.forms import RecipientFilters
from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.campaigns.page import recipients_as_csv, rows_of
from procurement.listing.lists import address_with, chosen_sort, order_by, page_of, segments_of
from procurement.questionnaires.access import check_can_list_sent
from vendors.calendar import clock
from vendors.people.requests import actor

SORTS: dict[str, tuple[str, ...]] = {
    "vendor": ("review__vendor__name", "pk"),
    "due": ("assessment__due_on", "review__vendor__name", "pk"),
    "state": ("assessment__state", "review__vendor__name", "pk"),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every campaign, the newest first, with how far each is."""
    check_can_list_sent(actor(request))
    found = access.campaigns_visible_to(actor(request))
    rows = queries.with_counts(found, clock.today()).order_by("-pk")
    page = page_of(rows, request.GET.get("page"), count=found.count())
    return render(request, "procurement/campaigns/list.html", {"page": page})


@require_safe
def campaign(request: HttpRequest, campaign_pk: int) -> HttpResponse:
    """Who has it, how far they are, who is late; each filter lives in the address."""
    found = access.campaign_for(actor(request), campaign_pk)
    today, conditions = clock.today(), queries.conditions(clock.today())
    matching = _matching(found, request.GET.get("q", ""))
    counts = matching.aggregate(**{f"n_{name}": Count("pk", filter=each) for name, each in conditions.items()})
    segment = request.GET.get("segment", "all")
    segment = segment if segment in conditions else "all"
    sort = chosen_sort(request.GET.get("sort"), SORTS, "vendor")
    rows = matching.filter(conditions[segment]).order_by(*order_by(sort, SORTS))
    page = page_of(rows, request.GET.get("page"), count=counts[f"n_{segment}"])
    context = {
        **_progress(request, found),
        "page": page,
        "rows": rows_of(list(page.object_list)),
        "segments": segments_of(_labels(), counts, current=segment, first="all", query=request.GET),
        "filters": RecipientFilters(request.GET),
        "shown": counts[f"n_{segment}"],
        "csv": address_with(request.GET),
        "sort": sort,
        "may_act": access.can_follow(actor(request)),
        "on": today,
    }
    return render(request, "procurement/campaigns/campaign.html", context)


@require_safe
def progress(request: HttpRequest, campaign_pk: int) -> HttpResponse:
    """How far the sending is: what the page asks for every two seconds until it is done."""
    found = access.campaign_for(actor(request), campaign_pk)
    return render(request, "procurement/campaigns/_progress.html", {**_progress(request, found), "is_asked": True})


@require_safe
def recipients_csv(request: HttpRequest, campaign_pk: int) -> HttpResponse:
    """The recipients as they are filtered, all pages of them."""
    found = access.campaign_for(actor(request), campaign_pk)
    conditions = queries.conditions(clock.today())
    segment = request.GET.get("segment", "all")
    rows = _matching(found, request.GET.get("q", "")).filter(conditions.get(segment, Q()))
    body = recipients_as_csv(list(rows), clock.today())
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="campaign-{found.pk}.csv"'
    return answer


def _matching(found: Campaign, words: str) -> QuerySet[CampaignRecipient]:
    rows = queries.recipients_of(found)
    if words := words.strip():
        rows = rows.filter(Q(review__vendor__name__icontains=words) | Q(review__engagement__title__icontains=words))
    return rows


def _progress(request: HttpRequest, found: Campaign) -> dict[str, Any]:
    counted = queries.with_counts(Campaign.objects.filter(pk=found.pk), clock.today()).get()
    return {"campaign": found, "counts": counted, "may_retry": access.can_retry(actor(request), found)}


def _labels() -> dict[str, str]:
    return {
        "all": _("All"),
        "waiting": _("With the vendor"),
        "overdue": _("Overdue"),
        "handed_over": _("To read"),
        "complete": _("Complete"),
        "cancelled": _("Cancelled"),
        "not_sent": _("Not sent"),
    }
