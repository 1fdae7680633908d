"""Today: what needs you now."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.accounts.models import User
from procurement.clearance.queries import answers_for_uses
from procurement.dashboard import review_list
from procurement.dashboard import today as things
from vendors.calendar import clock
from vendors.ledger import queries as ledger_queries
from vendors.people.actors import Role
from vendors.people.requests import actor


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The page everybody on the staff starts from."""
    user = cast(User, actor(request))
    on = clock.today()
    requests = list(things.own_requests(user)) if Role.REQUESTER in user.roles else []
    answers = answers_for_uses({review.engagement for review in requests}, on=on)
    context = {
        "tasks": things.tasks_of(user, on=on),
        "requests": [(review, answers[review.engagement_id]) for review in requests],
        "under_way": review_list.under_way_of(user, on=on) if Role.REVIEWER in user.roles else [],
        "upcoming": things.upcoming_for(user, on=on),
        "decided": things.decided_lately(user),
        "is_requester": Role.REQUESTER in user.roles,
        "entries": ledger_queries.latest(12) if Role.AUDITOR in user.roles else [],
        "on": on,
    }
    return render(request, "procurement/dashboard/today.html", context)
