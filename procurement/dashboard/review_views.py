"""The list of reviews and the review's page."""

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procurement.dashboard import review_page
from procurement.dashboard.forms import ReviewFilters
from procurement.listing.lists import Segment, address_with, chosen_sort, order_by, page_of
from procurement.reviews import access
from procurement.reviews.models import UNDECIDED, Review, State
from vendors.calendar import clock
from vendors.people.requests import actor

SORTS: dict[str, tuple[str, ...]] = {
    "number": ("-number", "-pk"),
    "vendor": ("vendor__name", "-pk"),
    "since": ("state_since", "pk"),
    "wanted": ("wanted_by", "-pk"),
}
SEGMENTS: dict[str, Q] = {
    "open": Q(state__in=UNDECIDED),
    "mine": Q(state__in=UNDECIDED),
    "draft": Q(state=State.DRAFT),
    "collecting": Q(state=State.COLLECTING),
    "in_review": Q(state__in=[State.IN_REVIEW, State.REMEDIATION]),
    "awaiting_approval": Q(state=State.AWAITING_APPROVAL),
    "decided": ~Q(state__in=[*UNDECIDED, State.WITHDRAWN]),
    "all": Q(),
}


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews this person may see; each filter lives in the address."""
    user = actor(request)
    visible = access.reviews_visible_to(user)
    conditions = {
        **SEGMENTS,
        "mine": SEGMENTS["open"] & (Q(reviewer=user.pk) | Q(requested_by=user.pk) | Q(approver=user.pk)),
    }
    matching = _matching(visible, request.GET)
    counts = matching.aggregate(**{f"n_{key}": Count("pk", filter=condition) for key, condition in conditions.items()})
    segment = request.GET.get("segment", "open")
    segment = segment if segment in conditions else "open"
    sort = chosen_sort(request.GET.get("sort"), SORTS, "number")
    rows = (
        matching.filter(conditions[segment])
        .select_related("vendor", "engagement__owner", "reviewer", "approver", "decision__memo")
        .order_by(*order_by(sort, SORTS))
    )
    context = {
        "page": page_of(rows, request.GET.get("page")),
        "total": visible.count(),
        "shown": counts[f"n_{segment}"],
        "segments": [
            Segment(
                key,
                label,
                counts[f"n_{key}"],
                key == segment,
                address_with(request.GET, segment="" if key == "open" else key),
            )
            for key, label in _labels().items()
        ],
        "filters": ReviewFilters(request.GET),
        "sort": sort,
        "may_ask": bool({"requester", "reviewer"} & user.roles),
        "today": clock.today(),
    }
    return render(request, "procurement/dashboard/reviews.html", context)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: where it stands, what is missing, who has to act."""
    user = actor(request)
    found = access.review_for(user, pk)
    return render(request, "procurement/dashboard/review.html", review_page.context(found, user, on=clock.today()))


def _labels() -> dict[str, str]:
    return {
        "open": _("Open"),
        "mine": _("Mine"),
        "draft": _("To take"),
        "collecting": _("Collecting"),
        "in_review": _("In review"),
        "awaiting_approval": _("Awaiting approval"),
        "decided": _("Decided"),
        "all": _("All"),
    }


def _matching(found: QuerySet[Review], query: QueryDict) -> QuerySet[Review]:
    words, reviewer = query.get("q", "").strip(), query.get("reviewer", "")
    if words:
        found = found.filter(
            Q(vendor__name__icontains=words) | Q(engagement__title__icontains=words) | Q(number__icontains=words)
        )
    if reviewer == "none":
        found = found.filter(reviewer__isnull=True)
    elif reviewer.isdecimal():
        found = found.filter(reviewer=int(reviewer))
    return found
