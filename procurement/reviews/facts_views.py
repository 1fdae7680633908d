"""The facts page: the document left, the form right. Saving takes a draft; accepting asks for all of it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from procurement.reviews import services as reviews
from procurement.reviews.access import can_judge, can_open_bytes
from procurement.reviews.compare_page import beside_others
from procurement.reviews.differing import differences_of
from procurement.reviews.facts_door import person, review_and_report
from procurement.reviews.facts_forms import ScopeForm, said_before
from procurement.reviews.facts_page import lists_for, sections_of, why_not_accept
from procurement.reviews.models import Review
from procurement.reviews.proposal_views import act_on_proposals, is_about_proposals, reading_of
from procurement.reviews.proposals_page import board_of, rows_of_lists
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import client_address
from vendors.reports import access, queries, services
from vendors.reports.completeness import incomplete_sections
from vendors.reports.forms.auditors import AuditorCheckForm
from vendors.reports.forms.fields import sent, show_refusal
from vendors.reports.forms.page import FactsPage
from vendors.reports.forms.requests import SendBackForm, WithdrawForm
from vendors.reports.forms.rows import FORMS
from vendors.reports.marks import REGISTERS, row_of
from vendors.reports.models import Report
from vendors.reports.possible import ImpossibleFacts
from vendors.reports.viewer import Viewer, address_of, place_in
from vendors.reports.viewing import viewer_of

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def facts(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """Read the report and record what it says; whoever may not record reads the facts."""
    user = person(request)
    review, report = review_and_report(user, review_pk, report_pk)
    on = clock.today()
    if request.htmx and request.method != "POST":  # type: ignore[attr-defined]
        viewer = _viewer(request, review, report, request.GET, on)
        context = {"viewer": viewer, "report": report, "review": review}
        return render(request, "procurement/reviews/facts_viewer.html", context)
    if request.method != "POST":
        # Form, sections, proposals and viewer each look through the rows, which nothing changes meanwhile.
        prefetch_related_objects([report], *REGISTERS)
        return _shown(request, review, report, FactsPage(report), on)
    adding = request.POST.get("add", "")
    if adding in FORMS:
        access.check_can_record_facts(user, report, on)
        return _shown(request, review, report, FactsPage(report, request.POST, one_more=adding), on)
    return _save(request, review, report, on)


@require_POST
def open_report(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """The assigned reviewer, or the approver, gets leave to open the file."""
    user = person(request)
    review, report = review_and_report(user, review_pk, report_pk)
    reviews.open_report_bytes(review=review, report=report, by=user, on=clock.today(), now=clock.now())
    messages.success(request, _("You may open this report now. The vendor sees that you did."))
    return redirect("facts:page", review_pk=review.pk, report_pk=report.pk)


@require_POST
def scope(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """Whether what we buy lies inside the described system; said once the review goes by this report."""
    user = person(request)
    review, report = review_and_report(user, review_pk, report_pk)
    form = ScopeForm(request.POST)
    if form.is_valid():
        try:
            reviews.record_scope_fit(review=review, **form.cleaned_data, by=user, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Scope fit is recorded."))
            return _back_to(request, review, report)
    return _shown(request, review, report, FactsPage(report), clock.today(), scope_form=form)


@require_POST
def check_auditor(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """The firm was looked up; its other reports profit too."""
    user = person(request)
    review, report = review_and_report(user, review_pk, report_pk)
    if report.auditor is None:
        raise Http404
    form = AuditorCheckForm(request.POST)
    if form.is_valid():
        try:
            services.check_auditor(
                firm=report.auditor,
                checked_on=form.cleaned_data["auditor_checked_on"],
                note=form.cleaned_data["auditor_check_note"],
                by=user,
                now=clock.now(),
                on=clock.today(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The check of the firm is written down."))
            return _back_to(request, review, report)
    return _shown(request, review, report, FactsPage(report), clock.today(), check_form=form)


@require_http_methods(FORM_METHODS)
def send_back(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """The report does not answer the request: say what is needed instead."""
    user = person(request)
    review, report = review_and_report(user, review_pk, report_pk)
    access.check_can_record_facts(user, report, clock.today())
    form = SendBackForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        services.send_back(report=report, **form.cleaned_data, by=user, now=clock.now(), on=clock.today())
        messages.success(request, _("The report is sent back. Its request is open again."))
        return redirect(review)
    context = {"form": form, "review": review, "report": report}
    return render(request, "procurement/reviews/facts_send_back.html", context)


@require_http_methods(FORM_METHODS)
def withdraw(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """Take the acceptance back, so that the facts may be corrected."""
    user = person(request)
    review, report = review_and_report(user, review_pk, report_pk)
    access.check_can_withdraw(user, report)
    form = WithdrawForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        reviews.withdraw_report(report=report, **form.cleaned_data, by=user, now=clock.now())
        messages.success(request, _("The acceptance is withdrawn. The facts may be corrected now."))
        return redirect("facts:page", review_pk=review.pk, report_pk=report.pk)
    context = {"form": form, "review": review, "report": report}
    return render(request, "procurement/reviews/facts_withdraw.html", context)


def _save(request: HttpRequest, review: Review, report: Report, on: date) -> HttpResponse:
    page = FactsPage(report, request.POST)
    if not page.is_valid():
        return _shown(request, review, report, page, on)
    try:
        with transaction.atomic():
            report = _record(request, report, page, on)
            report = act_on_proposals(report=report, pressed=request.POST, by=person(request), now=clock.now(), on=on)
    except ImpossibleFacts as impossible:
        page.show(impossible)
        return _shown(request, review, report, page, on)
    except Refused as refusal:
        report.refresh_from_db()
        show_refusal(page.form, refusal)
        return _shown(request, review, report, page, on)
    if request.htmx:  # type: ignore[attr-defined]
        return _shown(request, review, report, FactsPage(report), on)
    if request.POST.get("do") == "accept" and services.still_to_see(report):
        return _shown(request, review, report, FactsPage(report), on, asks_unseen=True)
    if request.POST.get("do") in ("accept", "accept_unseen"):
        _accept(request, review, report, on)
    elif not is_about_proposals(request.POST):
        _say_saved(request, report)
    return _back_to(request, review, report)


def _record(request: HttpRequest, report: Report, page: FactsPage, on: date) -> Report:
    user, now = person(request), clock.now()
    with transaction.atomic():
        report = services.record_facts(
            report=report,
            facts=page.facts(),
            revision=_revision(request),
            by=user,
            now=now,
            on=on,
        )
        if page.form.check_is_new() and report.auditor is not None:
            services.check_auditor(
                firm=report.auditor,
                checked_on=page.form.cleaned_data["auditor_checked_on"],
                note=page.form.cleaned_data["auditor_check_note"],
                by=user,
                now=now,
                on=on,
            )
    return report


def _accept(request: HttpRequest, review: Review, report: Report, on: date) -> None:
    """The facts are saved by now; what keeps the report from being accepted is said on the page."""
    try:
        reviews.accept_report(
            review=review,
            report=report,
            revision=report.revision,
            by=person(request),
            on=on,
            now=clock.now(),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The report is accepted. Say next whether what we buy lies inside its system."))


def _say_saved(request: HttpRequest, report: Report) -> None:
    count = len(incomplete_sections(report))
    if count:
        left = ngettext("%(count)s section is not complete.", "%(count)s sections are not complete.", count)
        messages.success(request, _("Saved. %(left)s") % {"left": left % {"count": count}})
    else:
        messages.success(request, _("Saved. Nothing is missing: the report can be accepted."))


def _back_to(request: HttpRequest, review: Review, report: Report) -> HttpResponseRedirect:
    """The facts page, on the page of the document that was open."""
    address = reverse("facts:page", args=[review.pk, report.pk])
    return HttpResponseRedirect(address_of(address, place_in(report, _where(request))))


def _shown(
    request: HttpRequest,
    review: Review,
    report: Report,
    page: FactsPage,
    on: date,
    scope_form: ScopeForm | None = None,
    check_form: AuditorCheckForm | None = None,
    *,
    asks_unseen: bool = False,
) -> HttpResponse:
    """The page. With `asks_unseen` it asks whether to accept what nobody looked at."""
    user = person(request)
    asked = _where(request) if request.method == "POST" else request.GET
    board = board_of(report, queries.newest_reading(report) if access.can_open(user, report, on) else None)
    context: dict[str, Any] = {
        "review": review,
        "report": report,
        "page": page,
        "form": page.form,
        "rows": page.rows,
        "board": board,
        "asks_unseen": asks_unseen,
        "lists": rows_of_lists(page.rows, board),
        "differences": differences_of(report, user, on),
        "selected": row_of(request.GET.get("mark", "")),
        "sections": sections_of(report),
        "viewer": _viewer(request, review, report, asked, on),
        **reading_of(report, user, on),
        "beside": beside_others(review, report, user),
        "may_record": page.form.is_bound or access.can_record_facts(user, report, on),
        "may_open": can_open_bytes(user, review, report),
        "may_withdraw": access.can_withdraw(user, report),
        "why_not_accept": why_not_accept(report, review, user),
        "incomplete": len(incomplete_sections(report)),
        "scope_form": scope_form or ScopeForm(initial=said_before(review)),
        "check_form": check_form or AuditorCheckForm(),
        "may_check": access.can_check_auditor(user) and report.auditor is not None,
        "may_judge": can_judge(user, review) and review.report_id == report.pk,
        **lists_for(report),
    }
    return render(request, "procurement/reviews/facts.html", context)


def _viewer(request: HttpRequest, review: Review, report: Report, asked: Mapping[str, Any], on: date) -> Viewer:
    user = person(request)
    return viewer_of(
        report,
        user,
        asked,
        here=reverse("facts:page", args=[review.pk, report.pk]),
        on=on,
        now=clock.now(),
        ip=client_address(request),
        leads_to="fields" if access.can_record_facts(user, report, on) else "sections",
    )


def _where(request: HttpRequest) -> dict[str, str]:
    """The page and zoom the viewer showed when the form was sent."""
    return {"page": request.POST.get("viewer_page", ""), "zoom": request.POST.get("viewer_zoom", "")}


def _revision(request: HttpRequest) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() else -1
