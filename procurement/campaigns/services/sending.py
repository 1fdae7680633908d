"""Sending what waits: one transaction a recipient, so that one vendor's trouble is that vendor's alone, and a worker
that is killed leaves the others waiting for the next one."""

import logging
from datetime import date, datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from procurement.campaigns.candidates import NO_CONTACT, contacts_of
from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.questionnaires.models import Question
from procurement.reviews import services as reviews
from procurement.reviews.between import newest_reviews
from vendors.nudging.services import nudge
from vendors.people.actors import NotAllowed, Refused

log = logging.getLogger(__name__)

SEND = "campaigns.send"
ANSWERS_AT_A_TIME = 20_000
QUEUED, SENT, FAILED = (
    CampaignRecipient.State.QUEUED,
    CampaignRecipient.State.SENT,
    CampaignRecipient.State.FAILED,
)


def send_next(*, campaign_id: int, now: datetime, on: date) -> int:
    """Send to the next recipients of a campaign that wait, as many as make some thousand answers, and nudge for the
    rest. Returns how many still wait. Run twice at once, each recipient is asked once."""
    waiting = CampaignRecipient.objects.filter(campaign=campaign_id, state=QUEUED)
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[: _at_a_time(campaign_id)]):
        _send_one(pk, now=now, on=on)
    left = waiting.count()
    if left:
        nudge(SEND, campaign_id)
    return left


def send_rest(*, now: datetime, on: date) -> None:
    """Go on with every campaign that still has somebody waiting: the scan, for what a lost nudge left behind."""
    waiting = CampaignRecipient.objects.filter(state=QUEUED).order_by("campaign")
    for campaign_id in waiting.values_list("campaign", flat=True).distinct():
        send_next(campaign_id=campaign_id, now=now, on=on)


def _at_a_time(campaign_id: int) -> int:
    asked = Question.objects.filter(section__version__campaigns=campaign_id).exclude(kind=Question.Kind.INFO)
    return max(1, ANSWERS_AT_A_TIME // max(1, asked.count()))


def _send_one(pk: int, *, now: datetime, on: date) -> None:
    """Send to one recipient, or write down why not. What a database that is away leaves undone is tried again."""
    try:
        _send(pk, now=now, on=on)
    except (NotAllowed, Refused) as refusal:
        _note(pk, str(refusal))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Campaign recipient %s could not be sent.", pk)
        _note(pk, _("Something went wrong on our side. Try again; if it stays, tell your administrator."))


@transaction.atomic
def _send(pk: int, *, now: datetime, on: date) -> None:
    waiting = CampaignRecipient.objects.select_for_update(of=("self",)).select_related("review")
    recipient = waiting.filter(pk=pk, state=QUEUED).first()
    if recipient is None:
        return  # another worker was faster, or it was taken back
    campaign = Campaign.objects.select_related("version__questionnaire", "created_by").get(pk=recipient.campaign_id)
    if not campaign.created_by.is_active:
        raise NotAllowed(_("%(name)s, who started it, has left.") % {"name": campaign.created_by.name})
    # Another review may have followed since it was chosen: from then on that one is asked for.
    review = newest_reviews().get(engagement=recipient.review.engagement_id)
    contact = contacts_of([review.vendor_id]).get(review.vendor_id)
    if contact is None:
        raise Refused(str(NO_CONTACT))
    recipient.assessment = reviews.send_questionnaire(
        review=review,
        version=campaign.version,
        due_on=campaign.due_on,
        contact=contact,
        message=campaign.message,
        leans_on_report=campaign.leans_on_report and not review.is_decided,
        wants_second_reviewer=campaign.wants_second_reviewer,
        only_theirs=campaign.only_theirs,
        by=campaign.created_by,
        now=now,
        on=on,
    )
    recipient.state, recipient.review = SENT, review
    recipient.save(update_fields=["state", "assessment", "review"])


def _note(pk: int, sentence: str) -> None:
    CampaignRecipient.objects.filter(pk=pk, state=QUEUED).update(state=FAILED, why=sentence[:400])
