"""Decisions, for programs: read them, write the draft of one."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.accounts.models import User
from procurement.decisions import access, services
from procurement.decisions.models import Decision, Outcome, Risk
from procurement.decisions.services import ConditionDraft
from procurement.decisions.standings import approval_of
from procurement.decisions.validity import StandingName
from procurement.reviews import access as reviews_access
from vendors.calendar import clock
from vendors.people.actors import Actor, Kind, Role
from vendors.rest.fields import Key, Person, Scoped
from vendors.rest.records import Records
from vendors.rest.schema import example

CONDITION = {"text": "Three monthly exports are restored.", "due_on": "2026-11-30"}
DECIDED = {
    "id": 8,
    "review": 21,
    "review_number": "R-2026-021",
    "vendor": 12,
    "summary": "Quillhaven may hold our personal data.",
    "residual_risk": "low",
    "residual_note": "",
    "drafted_by": {"id": 2, "name": "Ines Varga"},
    "drafted_at": "2026-09-04T10:00:00+02:00",
    "submitted_at": "2026-09-04T11:00:00+02:00",
    "outcome": "approved_with_conditions",
    "decided_by": {"id": 3, "name": "Tomasz Reyk"},
    "decided_at": "2026-09-05T09:00:00+02:00",
    "reason": "",
    "valid_until": "2027-06-30",
    "valid_because": "The report counts until 30 Jun 2027.",
    "revoked_on": None,
    "memo": "MEMO-2026-0008",
    "conditions": [{"id": 2, **CONDITION, "owner": {"id": 1, "name": "Adaeze Lind"}, "met_on": None}],
}


def owners_for(user: Actor) -> QuerySet[User]:
    """Who may see to a condition: anybody on the staff, as a reviewer names them."""
    staff = User.objects.filter(kind=Kind.STAFF.value, is_active=True)
    return staff if Role.REVIEWER in user.roles else staff.none()


class ConditionRow(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    text = serializers.CharField()
    owner = Person()
    due_on = serializers.DateField()
    met_on = serializers.DateField(allow_null=True)


@example(DECIDED)
class DecisionRow(serializers.Serializer):
    """A draft has an empty `outcome`; only whoever sees the review's evidence sees drafts."""

    id = serializers.IntegerField(source="pk")
    review = serializers.IntegerField(source="review_id")
    review_number = serializers.CharField(source="review.number")
    vendor = serializers.IntegerField(source="review.vendor_id")
    summary = serializers.CharField(allow_blank=True)
    residual_risk = serializers.ChoiceField(choices=Risk.choices)
    residual_note = serializers.CharField(allow_blank=True)
    drafted_by = Person()
    drafted_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices, allow_blank=True)
    decided_by = Person(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    valid_until = serializers.DateField(allow_null=True)
    valid_because = serializers.CharField(allow_blank=True)
    revoked_on = serializers.DateField(allow_null=True)
    memo = serializers.CharField(source="memo.number", allow_null=True, default=None)
    conditions = ConditionRow(many=True)


class StandingRow(serializers.Serializer):
    """Whether the approval counts today."""

    state = serializers.ChoiceField(source="name", choices=[one.value for one in StandingName])
    until = serializers.DateField()
    reason = serializers.CharField()


@example(
    {**DECIDED, "standing": {"state": "in_force", "until": "2027-06-30", "reason": "The report counts until then."}}
)
class DecisionDetail(DecisionRow):
    """`standing` is null for a draft and for a rejection."""

    standing = serializers.SerializerMethodField()

    @extend_schema_field(StandingRow(allow_null=True))
    def get_standing(self, decision: Decision) -> Any:
        today: date = self.context["today"]
        approval = approval_of(decision, on=today) if decision.outcome else None
        return StandingRow(approval.standing).data if approval else None


class ConditionToMeet(serializers.Serializer):
    text = serializers.CharField(max_length=500)
    owner = Scoped(owners_for)
    due_on = serializers.DateField()


@example(
    {
        "review": 21,
        "summary": "Quillhaven may hold our personal data.",
        "residual_risk": "low",
        "residual_note": "",
        "conditions": [{**CONDITION, "owner": 1}],
    }
)
class Draft(serializers.Serializer):
    """The whole draft: its conditions replace those that were there."""

    review = Scoped(reviews_access.evidence_visible_to)
    summary = serializers.CharField(max_length=1200)
    residual_risk = serializers.ChoiceField(choices=Risk.choices)
    residual_note = serializers.CharField(max_length=1200, required=False, allow_blank=True, default="")
    conditions = ConditionToMeet(many=True, required=False, default=list, max_length=50)  # type: ignore[call-arg]


class DecisionFilters(filters.FilterSet):
    vendor = Key(field_name="review__vendor")
    review = Key()
    outcome = filters.ChoiceFilter(choices=Outcome.choices)
    valid_from = filters.DateFilter(field_name="valid_until", lookup_expr="gte")
    valid_until = filters.DateFilter(field_name="valid_until", lookup_expr="lte")

    class Meta:
        model = Decision
        fields: list[str] = []


class DecisionViews(Records):
    """Decisions and their drafts. They are taken on their page, by a person, and nowhere else."""

    model = Decision
    serializer_class = DecisionRow
    detail_class = DecisionDetail
    filterset_class = DecisionFilters

    def visible_to(self, user: Actor) -> QuerySet[Decision]:
        return (
            access.decisions_visible_to(user)
            .select_related("review", "drafted_by", "decided_by", "memo")
            .prefetch_related("conditions__owner")
            .defer("frozen", "memo__content")
        )

    @extend_schema(
        request=Draft,
        responses={201: DecisionDetail, 200: OpenApiResponse(DecisionDetail, description="The draft was rewritten.")},
    )
    def create(self, _request: Request) -> Response:
        """Write the draft of a decision, or rewrite it."""
        typed = self.typed(Draft)
        review = typed["review"]
        is_new = not Decision.objects.filter(review=review).exists()
        decision = services.save_draft(
            **{**typed, "conditions": [ConditionDraft(**row) for row in typed["conditions"]]},
            by=self.person,
            on=clock.today(),
            now=clock.now(),
        )
        return self.shown(decision.pk, status=201 if is_new else 200)
