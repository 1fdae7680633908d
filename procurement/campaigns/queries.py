"""Reading campaigns: how far each is, and who is in it."""

from collections.abc import Collection
from datetime import date
from typing import Any, cast

from django.db.models import Count, Q, QuerySet

from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.questionnaires.models import Assessment, State
from procurement.questionnaires.models.assessments import WITH_THE_VENDOR, WITH_US
from procurement.reviews.between import with_review
from procurement.reviews.models import Review

Sent = CampaignRecipient.State


def conditions(on: date) -> dict[str, Q]:
    """What a recipient may be counted as, by the name of the segment."""
    with_vendor = Q(assessment__state__in=WITH_THE_VENDOR)
    return {
        "all": Q(pk__isnull=False),
        "waiting": with_vendor,
        "overdue": with_vendor & Q(assessment__due_on__lt=on),
        "handed_over": Q(assessment__state__in=WITH_US),
        "complete": Q(assessment__state=State.COMPLETE),
        "cancelled": Q(assessment__state=State.CANCELLED) | Q(state=Sent.LEFT_OUT),
        "not_sent": Q(state__in=[Sent.QUEUED, Sent.FAILED]),
    }


def with_counts(campaigns: QuerySet[Campaign], on: date) -> QuerySet[Any]:
    """Each with `n_` and the name of a segment for how many recipients are so, and `n_queued`, `n_failed`."""
    counts = {
        f"n_{name}": Count("recipients", filter=_of_campaign(condition)) for name, condition in conditions(on).items()
    }
    return campaigns.annotate(
        **counts,
        n_queued=Count("recipients", filter=Q(recipients__state=Sent.QUEUED)),
        n_failed=Count("recipients", filter=Q(recipients__state=Sent.FAILED)),
    )


def _of_campaign(condition: Q) -> Q:
    """The same condition, asked from the campaign."""
    inside: list[Any] = []
    for part in condition.children:
        if isinstance(part, Q):
            inside.append(_of_campaign(part))
        else:
            name, value = cast(tuple[str, Any], part)
            inside.append((f"recipients__{name}", value))
    return Q(*inside, _connector=condition.connector)


def recipients_of(campaign: Campaign) -> QuerySet[CampaignRecipient]:
    """Who is in it, by vendor, with what the table shows of each."""
    read = ("review__vendor", "review__engagement", "assessment__contact__user", "assessment__version")
    return campaign.recipients.select_related(*read).order_by("review__vendor__name", "pk")


def open_recipients(campaign: Campaign, chosen: Collection[int] | None = None) -> list[CampaignRecipient]:
    """Those who have it and have not handed over, among the chosen ones where some are given. `review` is the one it is
    shown with now: another may have followed since it was sent."""
    found = recipients_of(campaign).filter(assessment__state__in=WITH_THE_VENDOR)
    if chosen is not None:
        found = found.filter(pk__in=list(chosen))
    rows = list(found)
    places = review_keys([row.assessment_id for row in rows if row.assessment_id])
    reviews = Review.objects.select_related("vendor", "engagement__owner", "successor").in_bulk(places.values())
    for row in rows:
        assert row.assessment_id is not None
        row.review = reviews[places[row.assessment_id]]
    return rows


def review_keys(assessments: Collection[int]) -> dict[int, int]:
    """The review each questionnaire is shown with, by key."""
    found = with_review(Assessment.objects.filter(pk__in=list(assessments)))
    return {each.pk: each.review_pk for each in found.order_by().only("pk")}
