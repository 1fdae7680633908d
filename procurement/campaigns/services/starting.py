"""Starting a campaign: it is written down whole, and sent in the background."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.campaigns import access
from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.campaigns.services.sending import SEND
from procurement.questionnaires.models import Question, QuestionnaireVersion
from procurement.reviews.models import Review
from vendors.ledger import services as ledger
from vendors.nudging.services import nudge_after_commit
from vendors.people.actors import Refused
from vendors.reports.wording import day_in_words

# Two hundred vendors with the longest questionnaire there may be, or a thousand with one of a usual length.
MOST_ANSWERS = 1_000_000


@transaction.atomic
def start_campaign(
    *,
    version: QuestionnaireVersion,
    reviews: Collection[Review],
    title: str,
    due_on: date,
    message: str = "",
    leans_on_report: bool = False,
    wants_second_reviewer: bool = False,
    only_theirs: bool = False,
    by: User,
    now: datetime,
    on: date,
) -> Campaign:
    """Write down who is asked what; a worker sends it from then on, each in the name of whoever started it.

    reviews  what each is sent with; whether it may be is asked when it is sent, and what may not says why
    The other arguments are those of `reviews.services.send_questionnaire`.

    Raises NotAllowed for whoever is no reviewer; Refused for a version that is not published, a day that has passed,
    and with nobody to ask, or more than an installation takes at once.
    """
    access.check_can_start(by, version)
    if due_on < on:
        raise Refused(_("The due date has passed. Choose today or a later day."), field="due_on")
    if not reviews:
        raise Refused(_("Tick at least one vendor."))
    _check_amount(version, len(reviews))
    campaign = Campaign.objects.create(
        title=title.strip(),
        version=version,
        due_on=due_on,
        message=message.strip(),
        leans_on_report=leans_on_report,
        wants_second_reviewer=wants_second_reviewer,
        only_theirs=only_theirs,
        created_by=by,
        created_at=now,
    )
    CampaignRecipient.objects.bulk_create(CampaignRecipient(campaign=campaign, review=review) for review in reviews)
    nudge_after_commit(SEND, campaign.pk)
    ledger.record(
        by=by,
        verb="campaign.started",
        sentence=_("%(campaign)s: %(version)s to %(count)s vendors, due %(due)s")
        % {"campaign": campaign, "version": version, "count": len(reviews), "due": day_in_words(due_on)},
        at=now,
        subject=("campaign", campaign.pk),
        details={"version_sha256": version.sha256, "reviews": [review.number for review in reviews], "due_on": due_on},
    )
    return campaign


def _check_amount(version: QuestionnaireVersion, count: int) -> None:
    questions = Question.objects.filter(section__version=version).exclude(kind=Question.Kind.INFO).count()
    if questions * count > MOST_ANSWERS:
        raise Refused(
            _("%(count)s vendors with %(questions)s questions each are too many at once. Choose at most %(most)s.")
            % {"count": count, "questions": questions, "most": MOST_ANSWERS // questions}
        )
