"""Choosing whom to ask, seeing who gets it and who cannot, and sending."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procurement.campaigns import access, services
from procurement.campaigns.candidates import Candidate, candidates
from procurement.campaigns.forms import CampaignForm, CandidateFilters
from procurement.questionnaires.access import version_for
from procurement.questionnaires.models import QuestionnaireVersion
from procurement.questionnaires.versions import with_amounts
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.reports.forms.fields import sent, show_refusal

MOST_SHOWN = 1000
UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, version_pk: int) -> HttpResponse:
    """The vendors that fit the filters of the address, each with whether and why not; ticked ones are asked."""
    by, today = person(request), clock.today()
    version = version_for(by, version_pk)
    access.check_can_start(by, version)
    filters = CandidateFilters(request.GET)
    found = candidates(version, filters.chosen(), by, on=today)
    ticked = {int(each) for each in request.POST.getlist("review") if each.isdecimal()}
    form = CampaignForm(**sent(request), initial={"title": f"{version.title}, {today:%Y}"})
    if request.method == "POST" and form.is_valid():
        try:
            campaign = services.start_campaign(
                version=version,
                reviews=[each.review for each in found if each.review.pk in ticked],
                **form.cleaned_data,
                by=by,
                now=clock.now(),
                on=today,
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is being sent. You may leave this page."))
            return redirect(campaign)
    if request.method == "GET":
        ticked = {each.review.pk for each in found if each.is_ticked}
    return _show(request, version, form, filters, found, ticked)


def _show(
    request: HttpRequest,
    version: QuestionnaireVersion,
    form: CampaignForm,
    filters: CandidateFilters,
    found: list[Candidate],
    ticked: set[int],
) -> HttpResponse:
    sendable = [each for each in found if not each.why_not]
    context = {
        "version": with_amounts(QuestionnaireVersion.objects.filter(pk=version.pk)).get(),
        "form": form,
        "filters": filters,
        "is_filtered": bool(filters.chosen()),
        "sendable": sendable[:MOST_SHOWN],
        "not_shown": max(0, len(sendable) - MOST_SHOWN),
        "not_sendable": [each for each in found if each.why_not][:MOST_SHOWN],
        "ticked": ticked,
        "total": len(found),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procurement/campaigns/new.html", context, status=status)
