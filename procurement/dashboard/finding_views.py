"""The list of findings. A finding's own page is in reviews."""

from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procurement.dashboard.forms import FindingFilters
from procurement.listing.lists import chosen_sort, order_by, page_of, segments_of
from procurement.reviews import access
from procurement.reviews.models import Finding, Severity
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.people.requests import actor

SORTS: dict[str, tuple[str, ...]] = {
    "severity": ("-rank", "due_on", "pk"),
    "due": ("due_on", "-rank", "pk"),
    "vendor": ("review__vendor__name", "due_on", "pk"),
    "owner": ("owner__name", "due_on", "pk"),
}
RANK = Case(
    *(When(severity=severity, then=Value(rank)) for rank, severity in enumerate(Severity.values)),
    output_field=IntegerField(),
)


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """The findings this person may see; each filter lives in the address."""
    user, today = actor(request), clock.today()
    visible = access.findings_visible_to(user)
    conditions = _conditions(user, today)
    matching = _matching(visible, request.GET)
    counts = matching.aggregate(**{f"n_{key}": Count("pk", filter=condition) for key, condition in conditions.items()})
    segment = request.GET.get("segment", "open")
    segment = segment if segment in conditions else "open"
    sort = chosen_sort(request.GET.get("sort"), SORTS, "due")
    rows = (
        matching.filter(conditions[segment])
        .annotate(rank=RANK)
        .select_related("owner", "review__vendor", "review__engagement")
        .order_by(*order_by(sort, SORTS))
    )
    context = {
        "page": page_of(rows, request.GET.get("page")),
        "total": visible.count(),
        "shown": counts[f"n_{segment}"],
        "segments": segments_of(_labels(), counts, current=segment, first="open", query=request.GET),
        "filters": FindingFilters(request.GET),
        "sort": sort,
        "on": today,
    }
    return render(request, "procurement/dashboard/findings.html", context)


def _conditions(user: Actor, on: date) -> dict[str, Q]:
    is_open = Q(state=Finding.State.OPEN)
    return {
        "open": is_open,
        "mine": is_open & Q(owner=user.pk),
        "overdue": is_open & Q(due_on__lt=on),
        "closed": Q(state=Finding.State.CLOSED),
        "withdrawn": Q(state=Finding.State.WITHDRAWN),
        "all": Q(),
    }


def _labels() -> dict[str, str]:
    return {
        "open": _("Open"),
        "mine": _("Mine"),
        "overdue": _("Overdue"),
        "closed": _("Closed"),
        "withdrawn": _("Withdrawn"),
        "all": _("All"),
    }


def _matching(found: QuerySet[Finding], query: QueryDict) -> QuerySet[Finding]:
    words, severity = query.get("q", "").strip(), query.get("severity", "")
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(review__vendor__name__icontains=words) | Q(review__number__icontains=words)
        )
    if severity in Severity.values:
        found = found.filter(severity=severity)
    return found
