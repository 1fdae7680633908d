"""Who sees campaigns, who starts one, who acts on it.

Whether it may be sent for a review, chased, moved or cancelled is asked of each recipient by `reviews`, as for one that
is sent by itself.
"""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.campaigns.models import Campaign
from procurement.questionnaires.access import can_list_sent, check_can_send
from procurement.questionnaires.models import QuestionnaireVersion
from vendors.people.actors import Actor, NotAllowed, Refused, passes


def campaigns_visible_to(user: Actor) -> QuerySet[Campaign]:
    found = Campaign.objects.select_related("version__questionnaire", "created_by")
    return found if can_list_sent(user) else found.none()


def campaign_for(user: Actor, pk: int) -> Campaign:
    """The campaign, for those who see every review; Http404 otherwise."""
    found = campaigns_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def check_can_start(by: Actor, version: QuestionnaireVersion) -> None:
    """A reviewer, with a version that can be sent."""
    check_can_send(by)
    if version.state != QuestionnaireVersion.State.PUBLISHED:
        raise Refused(_("%(version)s is not published. Choose another one.") % {"version": version})


def check_can_follow(by: Actor) -> None:
    """Chase, move the due date, cancel: a reviewer; each recipient is asked for itself."""
    check_can_send(by)


def can_follow(by: Actor) -> bool:
    return passes(check_can_follow, by)


def check_can_retry(by: Actor, campaign: Campaign) -> None:
    """Whoever started it: it is sent in this person's name."""
    check_can_send(by)
    if by.pk != campaign.created_by_id:
        raise NotAllowed(
            _("It is sent in the name of %(name)s, who started it, so nobody else tries again.")
            % {"name": campaign.created_by.name}
        )


def can_retry(by: Actor, campaign: Campaign) -> bool:
    return passes(check_can_retry, by, campaign)
