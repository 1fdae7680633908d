"""One questionnaire to many vendors, for programs: start it, see what became of each, chase, move, cancel."""

from collections.abc import Collection
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.campaigns import access, queries, services
from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.reviews.access import evidence_visible_to
from procurement.reviews.api.assessment_shapes import published_versions_for
from procurement.reviews.models import Review
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.rest.fields import Key, Person, Scoped, keys
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.schema import example

MOST_NAMED = 10_000  # more vendors than an installation can be expected to ask


@example(
    {
        "id": 3,
        "title": "Autumn round",
        "version": 6,
        "due_on": "2026-10-31",
        "leans_on_report": True,
        "wants_second_reviewer": False,
        "only_theirs": False,
        "created_by": {"id": 2, "name": "Ines Varga"},
        "created_at": "2026-10-11T09:00:00+02:00",
        "vendors": 12,
        "waiting": 7,
        "overdue": 0,
        "handed_over": 3,
        "complete": 1,
        "cancelled": 0,
        "queued": 0,
        "failed": 1,
    }
)
class CampaignRow(serializers.Serializer):
    """`vendors` counts uses of vendors. Of them some are still `queued`, some `failed` to be sent; the others have it
    (`waiting`, of whom some are `overdue`), have `handed_over`, are `complete` or `cancelled`."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    version = serializers.IntegerField(source="version_id")
    due_on = serializers.DateField()
    leans_on_report = serializers.BooleanField()
    wants_second_reviewer = serializers.BooleanField()
    only_theirs = serializers.BooleanField()
    created_by = Person()
    created_at = serializers.DateTimeField()
    vendors = serializers.IntegerField(source="n_all")
    waiting = serializers.IntegerField(source="n_waiting")
    overdue = serializers.IntegerField(source="n_overdue")
    handed_over = serializers.IntegerField(source="n_handed_over")
    complete = serializers.IntegerField(source="n_complete")
    cancelled = serializers.IntegerField(source="n_cancelled")
    queued = serializers.IntegerField(source="n_queued")
    failed = serializers.IntegerField(source="n_failed")


@example(
    {
        "version": 6,
        "reviews": [21, 22],
        "title": "Autumn round",
        "due_on": "2026-10-31",
        "message": "",
        "leans_on_report": True,
        "wants_second_reviewer": False,
        "only_theirs": False,
    }
)
class Starting(serializers.Serializer):
    """What is asked, and the reviews it is sent with, one for each use of a vendor. Whether it may be sent with each is
    asked when it is; `leans_on_report` holds where a review is worked on, and with `only_theirs` colleagues of each
    contact see what the contact gives them, and nothing else."""

    version = Scoped(published_versions_for)
    reviews = keys(allow_empty=False, max_length=MOST_NAMED)
    title = serializers.CharField(max_length=120)
    due_on = serializers.DateField()
    message = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    leans_on_report = serializers.BooleanField(required=False, default=True)
    wants_second_reviewer = serializers.BooleanField(required=False, default=False)
    only_theirs = serializers.BooleanField(required=False, default=False)

    def validate_reviews(self, named: list[int]) -> list[Review]:
        """In one query. One that is somebody else's is refused like one that is not there."""
        found = list(evidence_visible_to(self.context["request"].user).filter(pk__in=named).order_by("pk"))
        if len(found) < len(set(named)):
            raise serializers.ValidationError(Scoped.default_error_messages["does_not_exist"])
        return found


@example({"recipients": [40, 41]})
class Chosen(serializers.Serializer):
    """Recipients of the campaign, by their ids; all of them where none is named."""

    recipients = keys(required=False, allow_empty=False, max_length=MOST_NAMED)


@example({"recipients": [40, 41], "due_on": "2026-11-15"})
class MovingMany(Chosen):
    due_on = serializers.DateField()


@example({"recipients": [40, 41], "reason": "We no longer need the answers."})
class CancellingMany(Chosen):
    reason = serializers.CharField(max_length=300)


class NotDone(serializers.Serializer):
    vendor = serializers.CharField()
    reason = serializers.CharField()


@example({"done": 1, "refused": [{"vendor": "Quillhaven", "reason": "Jonah Pell got a mail about it today already."}]})
class Done(serializers.Serializer):
    """For how many it was done, and why not for the others."""

    done = serializers.IntegerField()
    refused = NotDone(many=True)


@example(
    {
        "id": 40,
        "campaign": 3,
        "vendor": 12,
        "review": 21,
        "engagement": 4,
        "state": "sent",
        "why": "",
        "assessment": 14,
    }
)
class RecipientRow(serializers.Serializer):
    """`why` says why it could not be sent; how far the vendor is stands in the assessment."""

    id = serializers.IntegerField(source="pk")
    campaign = serializers.IntegerField(source="campaign_id")
    vendor = serializers.IntegerField(source="review.vendor_id")
    review = serializers.IntegerField(source="review_id")
    engagement = serializers.IntegerField(source="review.engagement_id")
    state = serializers.ChoiceField(choices=CampaignRecipient.State.choices)
    why = serializers.CharField(allow_blank=True)
    assessment = serializers.IntegerField(source="assessment_id", allow_null=True)


class CampaignFilters(filters.FilterSet):
    version = Key()

    class Meta:
        model = Campaign
        fields: list[str] = []


class RecipientFilters(filters.FilterSet):
    campaign = Key()
    vendor = Key(field_name="review__vendor")
    state = filters.ChoiceFilter(choices=CampaignRecipient.State.choices)

    class Meta:
        model = CampaignRecipient
        fields: list[str] = []


class CampaignViews(Records):
    """One version sent to many vendors. What is sent, chased, moved and cancelled asks of each what one by itself
    asks."""

    model = Campaign
    serializer_class = CampaignRow
    filterset_class = CampaignFilters
    orderings = {"-id": ("-pk",), "id": ("pk",), **newest_first("due_on")}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        return queries.with_counts(access.campaigns_visible_to(user), clock.today())

    @extend_schema(request=Starting, responses={201: CampaignRow})
    def create(self, _request: Request) -> Response:
        """Write down who is asked what; it is sent in the background, in the name of whoever starts it."""
        started = services.start_campaign(**self.typed(Starting), by=self.person, now=clock.now(), on=clock.today())
        return self.shown(started.pk, status=201)

    @extend_schema(request=Chosen, responses=Done)
    @action(detail=True, methods=["post"])
    def chase(self, _request: Request, pk: int) -> Response:
        """Ask those once more who have not handed over. Nobody is mailed about it twice on one day."""
        campaign, chosen, _rest = self._followed(pk, Chosen)
        return _told(services.chase_campaign(campaign=campaign, chosen=chosen, by=self.person, now=clock.now()))

    @extend_schema(request=MovingMany, responses=Done)
    @action(detail=True, methods=["post"])
    def due(self, _request: Request, pk: int) -> Response:
        """Another due date for those who have not handed over, and for whoever is sent it later where all are meant."""
        campaign, chosen, typed = self._followed(pk, MovingMany)
        return _told(
            services.change_campaign_due(
                campaign=campaign, chosen=chosen, **typed, by=self.person, now=clock.now(), on=clock.today()
            )
        )

    @extend_schema(request=CancellingMany, responses=Done)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, pk: int) -> Response:
        """Take it back from those who have not handed over, and send it to none who still waits."""
        campaign, chosen, typed = self._followed(pk, CancellingMany)
        return _told(
            services.cancel_campaign(campaign=campaign, chosen=chosen, **typed, by=self.person, now=clock.now())
        )

    def _followed(
        self, pk: int, expected: type[serializers.Serializer]
    ) -> tuple[Campaign, Collection[int], dict[str, Any]]:
        """The campaign with the recipients that are meant and what else was sent, for whoever may act on it."""
        campaign = access.campaign_for(self.person, pk)
        access.check_can_follow(self.person)
        typed = self.typed(expected)
        every = set(campaign.recipients.values_list("pk", flat=True))
        chosen = set(typed.pop("recipients", every))
        if chosen - every:
            raise serializers.ValidationError({"recipients": [_("There is none with this id.")]})
        return campaign, chosen, typed


class RecipientViews(Records):
    """The uses of vendors that a campaign asks, each with what became of it."""

    model = CampaignRecipient
    serializer_class = RecipientRow
    filterset_class = RecipientFilters
    orderings = {"id": ("pk",), "-id": ("-pk",)}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        return CampaignRecipient.objects.filter(campaign__in=access.campaigns_visible_to(user)).select_related("review")


def _told(outcome: services.Outcome) -> Response:
    refused = [{"vendor": vendor, "reason": sentence} for vendor, sentence in outcome.refused]
    return Response(Done({"done": outcome.done, "refused": refused}).data)
