"""Chasing, moving and cancelling many at once: each by the act of one, so that what one refuses leaves the others."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.campaigns import access
from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.campaigns.queries import open_recipients
from procurement.campaigns.services.sending import SEND
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.models.assessments import WITH_THE_VENDOR
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from vendors.ledger import services as ledger
from vendors.nudging.services import nudge_after_commit
from vendors.people.actors import Actor, NotAllowed, Refused
from vendors.reports.wording import day_in_words

State = CampaignRecipient.State


@dataclass
class Outcome:
    """For how many it was done, and the sentence for each where it could not be, by the vendor's name."""

    done: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def chase_campaign(*, campaign: Campaign, chosen: Collection[int], by: Actor, now: datetime) -> Outcome:
    """One mail to each of the chosen who has not handed over. Nobody is mailed twice on one day.

    chosen  keys of recipients
    Raises NotAllowed for whoever is no reviewer.
    """
    access.check_can_follow(by)

    def chase(review: Review, assessment: Assessment) -> None:
        reviews.chase_questionnaire(review=review, assessment=assessment, by=by, now=now)

    outcome = _each(open_recipients(campaign, chosen), chase)
    words = ngettext("%(campaign)s: one vendor chased", "%(campaign)s: %(count)s vendors chased", outcome.done)
    _record(campaign, "campaign.chased", words, outcome, by=by, now=now)
    return outcome


def change_campaign_due(
    *, campaign: Campaign, chosen: Collection[int], due_on: date, by: Actor, now: datetime, on: date
) -> Outcome:
    """Another day for each of the chosen who has not handed over; reminders begin anew from it. Chosen for all of them,
    it is the day of whoever is sent it later too.

    Raises NotAllowed for whoever is no reviewer; Refused for a day that has passed, and when some who
    wait to be sent are chosen and not everybody who has it.
    """
    access.check_can_follow(by)
    if due_on < on:
        raise Refused(_("The due date has passed. Choose today or a later day."), field="due_on")
    unsent = campaign.recipients.filter(pk__in=list(chosen), state__in=[State.QUEUED, State.FAILED]).count()
    others = campaign.recipients.filter(assessment__state__in=WITH_THE_VENDOR).exclude(pk__in=list(chosen))
    if unsent and others.exists():
        raise Refused(_("Who is sent it later gets the day of the campaign. Tick everybody, or only who has it."))
    if not others.exists():
        Campaign.objects.filter(pk=campaign.pk).update(due_on=due_on)

    def move(review: Review, assessment: Assessment) -> None:
        reviews.change_questionnaire_due(review=review, assessment=assessment, due_on=due_on, by=by, now=now, on=on)

    outcome = _each(open_recipients(campaign, chosen), move)
    outcome.done += unsent
    words = ngettext(
        "%(campaign)s: due %(due)s for one vendor", "%(campaign)s: due %(due)s for %(count)s vendors", outcome.done
    )
    _record(campaign, "campaign.due_date_changed", words, outcome, by=by, now=now, due=day_in_words(due_on))
    return outcome


def cancel_campaign(*, campaign: Campaign, chosen: Collection[int], reason: str, by: Actor, now: datetime) -> Outcome:
    """Take it back from each of the chosen who has not handed over, and send it to none of them who still waits to be
    sent.

    Raises NotAllowed for whoever is no reviewer; Refused without a reason.
    """
    access.check_can_follow(by)
    if not reason.strip():
        raise Refused(_("Say why it is cancelled. The vendor reads it."), field="reason")
    waiting = campaign.recipients.filter(pk__in=list(chosen), state__in=[State.QUEUED, State.FAILED])
    left_out = waiting.update(state=State.LEFT_OUT, why=reason.strip()[:300])

    def cancel(review: Review, assessment: Assessment) -> None:
        reviews.cancel_questionnaire(review=review, assessment=assessment, reason=reason, by=by, now=now)

    outcome = _each(open_recipients(campaign, chosen), cancel)
    outcome.done += left_out
    words = ngettext(
        "%(campaign)s: cancelled for one vendor", "%(campaign)s: cancelled for %(count)s vendors", outcome.done
    )
    _record(campaign, "campaign.cancelled", words, outcome, by=by, now=now)
    return outcome


@transaction.atomic
def retry_failed(*, campaign: Campaign, by: Actor, now: datetime) -> int:
    """Try those again that could not be sent. Returns how many; raises NotAllowed for anybody but who started it."""
    access.check_can_retry(by, campaign)
    again = campaign.recipients.filter(state=State.FAILED).update(state=State.QUEUED, why="")
    if again:
        nudge_after_commit(SEND, campaign.pk)
        words = ngettext("%(campaign)s: tried again for one vendor", "%(campaign)s: tried again for %(count)s", again)
        _record(campaign, "campaign.tried_again", words, Outcome(again), by=by, now=now)
    return again


def _each(recipients: Sequence[CampaignRecipient], act: Callable[[Review, Assessment], None]) -> Outcome:
    """The act for each of them, in a transaction of its own."""
    outcome = Outcome()
    for recipient in recipients:
        assert recipient.assessment is not None
        try:
            act(recipient.review, recipient.assessment)
        except (NotAllowed, Refused) as refusal:
            outcome.refused.append((recipient.review.vendor.name, str(refusal)))
        else:
            outcome.done += 1
    return outcome


@transaction.atomic
def _record(
    campaign: Campaign, verb: str, words: str, outcome: Outcome, *, by: Actor, now: datetime, due: str = ""
) -> None:
    if outcome.done:
        ledger.record(
            by=by,
            verb=verb,
            sentence=words % {"campaign": campaign, "count": outcome.done, "due": due},
            at=now,
            subject=("campaign", campaign.pk),
            details={"refused": dict(outcome.refused)},
        )
