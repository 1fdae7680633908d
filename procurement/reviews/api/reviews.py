"""Reviews, for programs: read where they stand, ask for one, take one."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.accounts.models import User
from procurement.policy import labels
from procurement.policy.evaluation import RequirementCheck, blocking, readiness
from procurement.policy.queries import in_words
from procurement.policy.terms import Action, Result
from procurement.reviews import access, services
from procurement.reviews.models import UNDECIDED, Review, ScopeFit, State
from procurement.reviews.queries import policy_of, requirement_checks
from procurement.reviews.waiting import who_has_to_act
from vendors.calendar import clock
from vendors.people.actors import Actor, Kind, Role
from vendors.rest.fields import Key, Person, Scoped
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.schema import example

STATUS = {
    "id": 21,
    "number": "R-2026-021",
    "vendor": 12,
    "vendor_name": "Quillhaven",
    "engagement": 4,
    "title": "People Cloud",
    "state": "in_review",
    "state_since": "2026-09-03T15:00:00+02:00",
    "requested_by": {"id": 1, "name": "Adaeze Lind"},
    "requested_at": "2026-09-01T09:00:00+02:00",
    "wanted_by": "2026-10-15",
    "reviewer": {"id": 2, "name": "Ines Varga"},
    "approver": None,
    "predecessor": None,
}
PEOPLE = ("requested_by", "reviewer", "approver")
# All that a row of the list shows: a hundred reviews with whole vendors, uses and people are ten thousand values.
COLUMNS = (
    "number",
    "state",
    "state_since",
    "requested_at",
    "wanted_by",
    "predecessor",
    "vendor__name",
    "engagement__title",
    *(f"{person}__name" for person in PEOPLE),
)


def colleagues_for(user: Actor) -> QuerySet[User]:
    """Whom a reviewer may name as business owner: anybody on the staff. Nobody else names one."""
    staff = User.objects.filter(kind=Kind.STAFF.value, is_active=True)
    return staff if Role.REVIEWER in user.roles else staff.none()


@example(STATUS)
class ReviewRow(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    vendor = serializers.IntegerField(source="vendor_id")
    vendor_name = serializers.CharField(source="vendor.name")
    engagement = serializers.IntegerField(source="engagement_id")
    title = serializers.CharField(source="engagement.title")
    state = serializers.ChoiceField(choices=State.choices)
    state_since = serializers.DateTimeField()
    requested_by = Person()
    requested_at = serializers.DateTimeField()
    wanted_by = serializers.DateField(allow_null=True)
    reviewer = Person(allow_null=True)
    approver = Person(allow_null=True)
    predecessor = serializers.IntegerField(source="predecessor_id", allow_null=True)


class WaitingFor(serializers.Serializer):
    """Who has to act, and what is waited for. `since` is null for what comes only after that."""

    who = serializers.CharField()
    what = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    due = serializers.DateField(allow_null=True)


class Check(serializers.Serializer):
    """One requirement of the policy, as it stands today."""

    key = serializers.CharField()
    title = serializers.SerializerMethodField()
    result = serializers.ChoiceField(choices=[one.value for one in Result])
    reason = serializers.SerializerMethodField()
    pages = serializers.ListField(child=serializers.IntegerField())
    action = serializers.ChoiceField(choices=[one.value for one in Action], allow_null=True)

    def get_title(self, check: RequirementCheck) -> str:
        return in_words(check.title)

    def get_reason(self, check: RequirementCheck) -> str:
        return in_words(check.reason)


class Evidence(serializers.Serializer):
    """What whoever works on the review sees. `missing` names the requirements that stand in the way of approval."""

    state_by = serializers.CharField(allow_blank=True)
    state_reason = serializers.CharField(allow_blank=True)
    report = serializers.IntegerField(allow_null=True)
    scope_fit = serializers.ChoiceField(choices=ScopeFit.choices, allow_blank=True)
    scope_page = serializers.IntegerField(allow_null=True)
    scope_ours = serializers.CharField(allow_blank=True)
    policy_version = serializers.IntegerField()
    settled = serializers.IntegerField()
    asked = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField())
    checks = Check(many=True)


@example(
    {
        **STATUS,
        "waiting_for": [
            {"who": "Ines Varga", "what": "Judge what the report says", "since": "2026-09-03", "due": None}
        ],
        "evidence": {
            "state_by": "Ines Varga",
            "state_reason": "",
            "report": 9,
            "scope_fit": "yes",
            "scope_page": 6,
            "scope_ours": "Our configuration",
            "policy_version": 1,
            "settled": 6,
            "asked": 7,
            "missing": ["Exceptions decided"],
            "checks": [
                {
                    "key": "exceptions_decided",
                    "title": "Exceptions decided",
                    "result": "not_met",
                    "reason": "One exception is not decided: CC6.2.",
                    "pages": [10],
                    "action": "decide_exceptions",
                }
            ],
        },
    }
)
class ReviewDetail(ReviewRow):
    """`evidence` is null for whoever sees the status only: a requester."""

    waiting_for = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField()

    @extend_schema_field(WaitingFor(many=True))
    def get_waiting_for(self, review: Review) -> Any:
        return WaitingFor(who_has_to_act(review, on=self.context["today"]), many=True).data

    @extend_schema_field(Evidence(allow_null=True))
    def get_evidence(self, review: Review) -> Any:
        if access.reads_only_status(self.context["request"].user, review):
            return None
        return Evidence(_evidence(review, self.context["today"])).data


def _evidence(review: Review, on: date) -> dict[str, Any]:
    checks = requirement_checks(review, on)
    ready = readiness(checks)
    return {
        "state_by": review.state_by,
        "state_reason": review.state_reason,
        "report": review.report_id,
        "scope_fit": review.scope_fit,
        "scope_page": review.scope_page,
        "scope_ours": review.scope_ours,
        "policy_version": policy_of(review).version,
        "settled": ready.settled,
        "asked": ready.asked,
        "missing": [in_words(check.title) for check in blocking(checks)],
        "checks": checks,
    }


@example(
    {
        "vendor_name": "Quillhaven",
        "vendor_domain": "quillhaven.example",
        "title": "People Cloud",
        "description": "HR records of 1,900 employees.",
        "data_classes": ["personal"],
        "criticality": "high",
        "wanted_by": "2026-10-15",
    }
)
class ReviewRequest(serializers.Serializer):
    """The vendor is found by domain or name, or put on file. Only a reviewer names another `owner`."""

    vendor_name = serializers.CharField(max_length=120)
    vendor_domain = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    title = serializers.CharField(max_length=160)
    description = serializers.CharField(required=False, allow_blank=True, default="")
    data_classes = serializers.ListField(child=serializers.ChoiceField(choices=labels.DATA_CLASSES), max_length=10)
    verticals = serializers.ListField(
        child=serializers.ChoiceField(choices=labels.VERTICALS), required=False, default=list, max_length=10
    )
    criticality = serializers.ChoiceField(choices=labels.CRITICALITIES)
    uptime_promised = serializers.BooleanField(required=False, default=False)
    wanted_by = serializers.DateField(required=False, allow_null=True, default=None)
    tier = serializers.ChoiceField(choices=labels.TIERS, required=False, allow_null=True, default=None)
    tier_reason = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    owner = Scoped(colleagues_for, required=False, allow_null=True, default=None)


class ReviewFilters(filters.FilterSet):
    vendor = Key()
    engagement = Key()
    reviewer = Key()
    state = filters.ChoiceFilter(choices=State.choices)
    open = filters.BooleanFilter(method="undecided")

    class Meta:
        model = Review
        fields: list[str] = []

    def undecided(self, found: QuerySet[Review], _name: str, wanted: bool) -> QuerySet[Review]:
        return found.filter(state__in=UNDECIDED) if wanted else found.exclude(state__in=UNDECIDED)


class ReviewViews(Records):
    """Reviews of vendors' uses."""

    model = Review
    serializer_class = ReviewRow
    detail_class = ReviewDetail
    filterset_class = ReviewFilters
    orderings = {"-id": ("-pk",), "id": ("pk",), **newest_first("state_since")}

    def visible_to(self, user: Actor) -> QuerySet[Review]:
        found = access.reviews_visible_to(user)
        if self.action == "list":
            return found.select_related(*PEOPLE, "vendor", "engagement").only(*COLUMNS)
        return found.select_related(*PEOPLE, "vendor", "engagement__owner")

    @extend_schema(request=ReviewRequest, responses={201: ReviewDetail})
    def create(self, _request: Request) -> Response:
        """Ask whether a vendor may be used for this."""
        typed = self.typed(ReviewRequest)
        review = services.ask_for_review(**typed, by=self.person, on=clock.today(), now=clock.now())
        return self.shown(review.pk, status=201)

    @extend_schema(request=None, responses=ReviewDetail)
    @action(detail=True, methods=["post"])
    def take(self, _request: Request, pk: int) -> Response:
        """A reviewer takes a review that waits."""
        review = access.review_for(self.person, pk)
        services.take_review(review=review, by=self.person, now=clock.now())
        return self.shown(review.pk)
