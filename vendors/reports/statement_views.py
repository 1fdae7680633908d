"""Bridge letters and the next report's date: from a contact in the portal, or from a reviewer who heard elsewhere."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vendors.calendar import clock
from vendors.calendar.days import plus_months
from vendors.directory.access import vendor_kept_by
from vendors.directory.models import Vendor
from vendors.directory.returning import return_from
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Refused
from vendors.people.requests import actor, client_address
from vendors.portal.session import contact_of, portal_page
from vendors.reports import access, queries, services
from vendors.reports.coverage import BRIDGE_MONTHS
from vendors.reports.forms.fields import sent, show_refusal
from vendors.reports.forms.statements import StatedElsewhereForm, StatementForm, WithdrawStatementForm
from vendors.reports.models import ReportRequest, SuccessorStatement
from vendors.reports.wording import day_in_words
from vendors.vault.downloads import as_attachment

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def state(request: HttpRequest, vendor_pk: int) -> HttpResponse:
    """A reviewer writes down what the vendor said elsewhere: a bridge letter, its next report, or both."""
    vendor = vendor_kept_by(actor(request), vendor_pk)
    form = StatedElsewhereForm(vendor, **sent(request))
    can_follow = queries.latest_accepted(vendor) is not None
    if request.method == "POST" and can_follow and form.is_valid():
        try:
            told = _keep(request, form, {})
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, told)
            return return_from(request, f"{vendor.get_absolute_url()}?tab=reports")
    context = {"form": form, "vendor": vendor, "can_follow": can_follow, "nda": nda_in_force(vendor, clock.today())}
    return render(request, "vendors/reports/state_next_report.html", context)


@require_http_methods(FORM_METHODS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A reviewer takes back a statement that was wrong."""
    statement = access.statement_for(actor(request), pk)
    access.check_can_withdraw_statement(actor(request), statement)
    form = WithdrawStatementForm(**sent(request))
    vendor = statement.report.vendor
    if request.method == "POST" and form.is_valid():
        services.withdraw_statement(statement=statement, **form.cleaned_data, by=actor(request), now=clock.now())
        messages.success(request, _("The statement is withdrawn. What hung on it is computed without it."))
        return redirect(f"{vendor.get_absolute_url()}?tab=reports")
    context = {"form": form, "statement": statement, "vendor": vendor}
    return render(request, "vendors/reports/withdraw_statement.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The letter itself, for whoever holds a grant for its report."""
    statement = access.statement_for(actor(request), pk)
    access.check_can_open(actor(request), statement.report, clock.today())
    return _attachment(request, statement, access.purpose_for(actor(request), statement.report))


@portal_page
@require_http_methods(FORM_METHODS)
def next_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A contact answers the request for the next report's date, with a letter when there is one."""
    asked = access.request_for(actor(request), pk)
    form = StatementForm(asked.vendor, **sent(request), system=asked.system, must_name=True)
    return _portal(request, asked.vendor, form, asked)


@portal_page
@require_http_methods(FORM_METHODS)
def send_statement(request: HttpRequest) -> HttpResponse:
    """A contact sends a bridge letter or names the next report without being asked."""
    vendor = contact_of(request).vendor
    return _portal(request, vendor, StatementForm(vendor, **sent(request)), None)


@portal_page
@require_safe
def own_file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The vendor's own letter, as it was received."""
    statement = access.statement_for(actor(request), pk)
    access.check_can_open(actor(request), statement.report, clock.today())
    return _attachment(request, statement, _("Opened by the vendor itself"))


def _portal(request: HttpRequest, vendor: Vendor, form: StatementForm, asked: ReportRequest | None) -> HttpResponse:
    can_follow = queries.latest_accepted(vendor) is not None
    if request.method == "POST" and can_follow and form.is_valid():
        said = {"request": asked, "stated_on": clock.today(), "stated_by": contact_of(request).name}
        try:
            told = _keep(request, form, said)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you. %(told)s") % {"told": told})
            return redirect("reports:request", pk=asked.pk) if asked else redirect("dashboard:portal")
    context = {
        "form": form,
        "asked": asked,
        "can_follow": can_follow,
        "may_answer": asked is None or access.can_answer(actor(request), asked),
        "nda": nda_in_force(vendor, clock.today()),
    }
    return render(request, "vendors/reports/portal_next_report.html", context)


def _keep(request: HttpRequest, form: StatementForm, said: dict[str, Any]) -> str:
    """Carry it out and tell what was kept."""
    statement, is_new = services.receive_statement(
        upload=form.cleaned_data["file"],
        **{**form.said(), **said},
        by=actor(request),
        now=clock.now(),
        on=clock.today(),
        ip=client_address(request),
    )
    return _told(statement) if is_new else _("This letter is on record already, so it was not kept twice.")


def _told(statement: SuccessorStatement) -> str:
    """What was kept; a letter that speaks for longer than three months bridges three."""
    if not statement.bridges_until:
        return _("We have written it down.")
    assert statement.report.period_end is not None
    until = min(statement.bridges_until, plus_months(statement.report.period_end, BRIDGE_MONTHS))
    return _("We have written it down. The letter bridges until %(day)s.") % {"day": day_in_words(until)}


def _attachment(request: HttpRequest, statement: SuccessorStatement, purpose: str) -> StreamingHttpResponse:
    if statement.file is None:
        raise Http404
    return as_attachment(statement.file, by=actor(request), purpose=purpose, at=clock.now(), ip=client_address(request))
