"""What is pressed at proposals on the facts page, how far the reading is, and reading again."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from procurement.accounts.models import User
from procurement.reviews.facts_door import person, review_and_report
from procurement.reviews.proposals_page import board_of
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.reports import access, queries, services
from vendors.reports.models import Report
from vendors.reports.possible import ImpossibleFacts


@require_GET
def progress(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """How far the reading is: asked for every two seconds while it waits, and never again after that."""
    user = person(request)
    review, report = review_and_report(user, review_pk, report_pk)
    found = board_of(report, queries.newest_reading(report)).total
    context = {"review": review, "report": report, "found": found, **reading_of(report, user, clock.today())}
    return render(request, "procurement/reviews/facts_progress.html", context)


@require_POST
def read_again(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """Have the report read by the rules of today. What is recorded stays."""
    user = person(request)
    review, report = review_and_report(user, review_pk, report_pk)
    services.read_again(report=report, by=user, now=clock.now(), on=clock.today())
    messages.success(request, _("The report is read again. What is recorded stays as it is."))
    return redirect("facts:page", review_pk=review.pk, report_pk=report.pk)


@require_POST
def seen(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """Somebody went past a fact that was accepted together with others. Nothing to show: its mark goes."""
    user = person(request)
    _review, report = review_and_report(user, review_pk, report_pk)
    names = request.POST.get("seen", "").split()
    services.look_at_accepted(report=report, names=names, by=user, now=clock.now(), on=clock.today())
    return HttpResponse()


def reading_of(report: Report, user: User, on: date) -> dict[str, Any]:
    """The reading that is under way or done, and what this person may do about it."""
    reading = queries.reading_under_way(report)
    return {
        "reading": reading,
        "why": _(reading.problem) if reading and reading.problem else "",
        "may_read_again": access.can_read_again(user, report, on),
        "may_record": access.can_record_facts(user, report, on),
    }


def act_on_proposals(*, report: Report, pressed: QueryDict, by: User, now: datetime, on: date) -> Report:
    """Do what a button at a proposal says; without such a button nothing. The facts typed beside it are saved by now.

    Raises NotAllowed and Refused as the acts of `vendors.reports.services.proposals`.
    """
    reading = queries.newest_reading(report)
    if reading is None:
        return report
    act: dict[str, Any] = {"report": report, "by": by, "now": now, "on": on}
    if accept := pressed.get("accept"):
        names = None if accept == "all" else accept.split()
        return _filled(services.accept_proposals, reading=reading, revision=report.revision, names=names, **act)
    if gap := pressed.get("fill"):
        return _filled(services.fill_gap, reading=reading, revision=report.revision, name=gap, **act)
    if undo := pressed.get("take_back"):
        return services.take_back_proposals(reading=reading, revision=report.revision, names=undo.split(), **act)
    if aside := pressed.get("set_aside"):
        services.set_proposal_aside(reading=reading, names=aside.split(), **act)
    if looked_at := pressed.get("seen"):
        services.look_at_accepted(names=looked_at.split(), **act)
    return report


def _filled(take: Callable[..., Report], **act: Any) -> Report:
    try:
        return take(**act)
    except ImpossibleFacts as impossible:
        # Named in the words of the form that the proposal would have filled; it stands above the form instead.
        raise Refused(str(impossible)) from impossible


def is_about_proposals(pressed: QueryDict) -> bool:
    return any(name in pressed for name in ("accept", "fill", "take_back", "set_aside", "seen"))
