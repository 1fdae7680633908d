"""What is done with many at once: a page of its own shows whom it is about and asks first."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from procurement.campaigns import access, services
from procurement.campaigns.forms import ChaseForm, ManyDueForm
from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.campaigns.queries import open_recipients, recipients_of
from procurement.questionnaires.emails import last_to_vendor
from procurement.questionnaires.forms import CancelForm
from procurement.reviews.access import check_can_send
from vendors.calendar import clock
from vendors.people.actors import NotAllowed, Refused
from vendors.people.requests import actor
from vendors.reports.forms.fields import sent, show_refusal

FORM_METHODS = ["GET", "HEAD", "POST"]
REASONS_SHOWN = 5
State = CampaignRecipient.State


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A recipient that may be ticked, and why not where it may not."""

    recipient: CampaignRecipient
    last_mail: datetime | None = None
    why_not: str = ""
    is_ticked: bool = True


@require_http_methods(FORM_METHODS)
def chase(request: HttpRequest, campaign_pk: int) -> HttpResponse:
    """One mail to each who has not handed over; who got one today is left out to begin with."""
    campaign = _found(request, campaign_pk)
    today = clock.today()

    def act(chosen: Collection[int], typed: dict[str, Any]) -> services.Outcome:
        return services.chase_campaign(campaign=campaign, chosen=chosen, **typed, by=actor(request), now=clock.now())

    words = {
        "title": _("Ask once more"),
        "text": _("Each gets one mail that says what is open and by when. Nobody is mailed twice on one day."),
        "act": _("Send the mails"),
    }
    return _asked_first(request, campaign, ChaseForm, act, words, untick_mailed_since=clock.local_moment(today, 0))


@require_http_methods(FORM_METHODS)
def change_due(request: HttpRequest, campaign_pk: int) -> HttpResponse:
    campaign = _found(request, campaign_pk)

    def act(chosen: Collection[int], typed: dict[str, Any]) -> services.Outcome:
        return services.change_campaign_due(
            campaign=campaign, chosen=chosen, **typed, by=actor(request), now=clock.now(), on=clock.today()
        )

    words = {
        "title": _("New due date"),
        "text": _("Chosen for everybody, it holds for whoever is sent it later too."),
        "act": _("Move the date"),
    }
    return _asked_first(request, campaign, ManyDueForm, act, words, also=_unsent(campaign))


@require_http_methods(FORM_METHODS)
def cancel(request: HttpRequest, campaign_pk: int) -> HttpResponse:
    """It is taken back from who has not handed over, and not sent to who still waits."""
    campaign = _found(request, campaign_pk)

    def act(chosen: Collection[int], typed: dict[str, Any]) -> services.Outcome:
        return services.cancel_campaign(campaign=campaign, chosen=chosen, **typed, by=actor(request), now=clock.now())

    words = {
        "title": _("Cancel the questionnaire"),
        "text": _("It cannot be taken up again. What is handed over stays; what was answered so far is kept."),
        "act": _("Cancel for the ticked"),
    }
    return _asked_first(request, campaign, CancelForm, act, words, also=_unsent(campaign), kind="danger")


@require_POST
def retry(request: HttpRequest, campaign_pk: int) -> HttpResponse:
    """Those that could not be sent, once more."""
    campaign = access.campaign_for(actor(request), campaign_pk)
    again = services.retry_failed(campaign=campaign, by=actor(request), now=clock.now())
    messages.success(request, ngettext("One is tried again.", "%(n)s are tried again.", again) % {"n": again})
    return redirect(campaign)


def _found(request: HttpRequest, campaign_pk: int) -> Campaign:
    campaign = access.campaign_for(actor(request), campaign_pk)
    access.check_can_follow(actor(request))
    return campaign


def _unsent(campaign: Campaign) -> list[CampaignRecipient]:
    return list(recipients_of(campaign).filter(state__in=[State.QUEUED, State.FAILED]))


def _asked_first(
    request: HttpRequest,
    campaign: Campaign,
    form_class: type[forms.Form],
    act: Callable[[Collection[int], dict[str, Any]], services.Outcome],
    words: dict[str, str],
    *,
    also: Collection[CampaignRecipient] = (),
    untick_mailed_since: datetime | None = None,
    kind: str = "primary",
) -> HttpResponse:
    """Show whom it is about with the form; once it is sent, do it and tell for how many it was done.

    also  recipients beside those who have it
    """
    form = form_class(**sent(request))
    chosen = [int(each) for each in request.POST.getlist("recipient") if each.isdecimal()]
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, _("Tick at least one vendor."))
        else:
            try:
                outcome = act(chosen, form.cleaned_data)
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                _tell(request, outcome)
                return redirect(campaign)
    choices = _choices(request, [*open_recipients(campaign), *also], untick_mailed_since)
    context = {
        "campaign": campaign,
        "form": form,
        "words": words,
        "kind": kind,
        "choices": choices,
        "chosen": chosen if request.method == "POST" else [each.recipient.pk for each in choices if each.is_ticked],
        "on": clock.today(),
    }
    return render(request, "procurement/campaigns/act.html", context, status=422 if form.errors else 200)


def _choices(
    request: HttpRequest, recipients: Collection[CampaignRecipient], untick_mailed_since: datetime | None
) -> list[Choice]:
    mails = last_to_vendor([each.assessment for each in recipients if each.assessment])
    found = []
    for each in recipients:
        last = mails.get(each.assessment_id or 0)
        why_not = _why_not(request, each) if each.assessment_id else ""
        mailed = bool(untick_mailed_since and last and last >= untick_mailed_since)
        found.append(Choice(recipient=each, last_mail=last, why_not=why_not, is_ticked=not why_not and not mailed))
    return found


def _why_not(request: HttpRequest, recipient: CampaignRecipient) -> str:
    try:
        check_can_send(actor(request), recipient.review)
    except (NotAllowed, Refused) as refusal:
        return str(refusal)
    return ""


def _tell(request: HttpRequest, outcome: services.Outcome) -> None:
    if outcome.done:
        done = ngettext("Done for one vendor.", "Done for %(n)s vendors.", outcome.done)
        messages.success(request, done % {"n": outcome.done})
    for vendor, sentence in outcome.refused[:REASONS_SHOWN]:
        messages.warning(request, f"{vendor}: {sentence}")
    more = len(outcome.refused) - REASONS_SHOWN
    if more > 0:
        messages.warning(request, ngettext("And one more.", "And %(n)s more.", more) % {"n": more})
