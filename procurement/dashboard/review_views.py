"""The list of reviews and the review's page."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procurement.dashboard import review_list, review_page
from procurement.dashboard.checklist_page import checklist_of
from procurement.dashboard.forms import ReviewFilters
from procurement.listing.lists import chosen_sort, order_by, page_of, segments_of
from procurement.reviews import access
from procurement.reviews.models import UNDECIDED, Review, State
from procurement.reviews.waiting import who_has_to_act
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.people.requests import actor

SORTS: dict[str, tuple[str, ...]] = {
    "number": ("-number", "-pk"),
    "vendor": ("vendor__name", "-pk"),
    "since": ("state_since", "pk"),
    "wanted": ("wanted_by", "-pk"),
}
SEGMENTS: dict[str, Sequence[State]] = {
    "open": UNDECIDED,
    "mine": UNDECIDED,
    "draft": (State.DRAFT,),
    "collecting": (State.COLLECTING,),
    "in_review": (State.IN_REVIEW, State.REMEDIATION),
    "awaiting_approval": (State.AWAITING_APPROVAL,),
    "decided": tuple(state for state in State if state not in {*UNDECIDED, State.WITHDRAWN}),
    "all": tuple(State),
}


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The reviews this person may see; each filter lives in the address."""
    user = actor(request)
    visible = access.reviews_visible_to(user)
    matching = _matching(visible, request.GET)
    counts = _counts(matching, user)
    segment = request.GET.get("segment", "open")
    segment = segment if segment in SEGMENTS else "open"
    sort = chosen_sort(request.GET.get("sort"), SORTS, "number")
    found = matching.filter(_are_mine(user)) if segment == "mine" else matching
    if segment != "all":
        found = found.filter(state__in=SEGMENTS[segment])
    found = found.order_by(*order_by(sort, SORTS)).values(*review_list.COLUMNS)
    page = page_of(found, request.GET.get("page"), count=counts[f"n_{segment}"])
    context = {
        "rows": review_list.rows_of(list(page.object_list), on=clock.today()),
        "page": page,
        "total": counts["n_all"] if matching is visible else visible.count(),
        "shown": counts[f"n_{segment}"],
        "segments": segments_of(_labels(), counts, current=segment, first="open", query=request.GET),
        "filters": ReviewFilters(request.GET),
        "sort": sort,
        "may_ask": bool({"requester", "reviewer"} & user.roles),
    }
    return render(request, "procurement/dashboard/reviews.html", context)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One review: where it stands, what is missing, who has to act."""
    user = actor(request)
    found = access.review_for(user, pk)
    return render(request, "procurement/dashboard/review.html", review_page.context(found, user, on=clock.today()))


@require_safe
def checklist_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every step of one review to its decision: its state, who has to act, since when."""
    user, on = actor(request), clock.today()
    found = access.review_for(user, pk)
    checklist = checklist_of(found, user, on)
    still_open = checklist.asked - checklist.settled
    context = {
        "review": found,
        "checklist": checklist,
        "page": {"waiting": who_has_to_act(found, on=on, still_open=still_open if checklist.asked else None)},
        "only_status": access.reads_only_status(user, found),
        "on": on,
    }
    return render(request, "procurement/dashboard/checklist.html", context)


def _are_mine(user: Actor) -> Q:
    return Q(reviewer=user.pk) | Q(requested_by=user.pk) | Q(approver=user.pk)


def _counts(found: QuerySet[Review], user: Actor) -> dict[str, int]:
    """How many of these each segment holds, in one query that counts each state."""
    mine = Count("pk", filter=_are_mine(user))
    counted = found.order_by().values("state").annotate(n=Count("pk"), mine=mine)
    by_state = {state: (n, n_mine) for state, n, n_mine in counted.values_list("state", "n", "mine")}
    return {
        f"n_{key}": sum(by_state.get(state, (0, 0))[key == "mine"] for state in states)
        for key, states in SEGMENTS.items()
    }


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
