"""What will be sent in the next 90 days, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.renewals import access, queries, reach
from procurement.renewals.forms import ComingFilters
from procurement.renewals.queries import AHEAD_DAYS, Coming
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.people.requests import actor

ON_A_PAGE = 50


@dataclass(frozen=True)
class Week:
    """The reminders of one week, which starts on a Monday."""

    monday: date
    rows: list[Coming]

    @property
    def sunday(self) -> date:
        return plus_days(self.monday, 6)


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """The reminders to come, week by week; each filter lives in the address."""
    user, today = actor(request), clock.today()
    everything = queries.coming_for(user, on=today)
    filters = ComingFilters(request.GET, coming=everything)
    matching = filters.matching(everything)
    page = Paginator(matching, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "weeks": _weeks(page.object_list),
        "page": page,
        "filters": filters,
        "total": len(everything),
        "days": AHEAD_DAYS,
        "sees_all": reach.sees_all_reminders(user),
        "held_count": queries.held_count() if reach.sees_all_reminders(user) or access.can_release(user) else 0,
        "may_release": access.can_release(user),
        "sees_plan": access.can_see_plan(user),
    }
    return render(request, "procurement/renewals/coming.html", context)


def _weeks(rows: Iterable[Coming]) -> list[Week]:
    by_monday = groupby(rows, key=lambda row: plus_days(row.leaves_on, -row.leaves_on.weekday()))
    return [Week(monday, list(found)) for monday, found in by_monday]
