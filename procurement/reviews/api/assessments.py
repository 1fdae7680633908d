"""Questionnaires that were sent, for programs: read where they stand, send one, return what was asked about."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires.models import Assessment, State
from procurement.questionnaires.queries import with_counts
from procurement.reviews import access, services
from procurement.reviews.api.assessment_shapes import (
    AcceptedAtOnce,
    AssessmentDetail,
    AssessmentRow,
    Cancelling,
    Moving,
    Returning,
    Sending,
)
from procurement.reviews.models import Review
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.rest.fields import Key
from vendors.rest.pages import newest_first
from vendors.rest.records import Records


class AssessmentFilters(filters.FilterSet):
    vendor = Key()
    engagement = Key()
    review = Key(method="of_review")
    questionnaire = Key(field_name="family_id")
    version = Key()
    state = filters.ChoiceFilter(choices=State.choices)
    open = filters.BooleanFilter(method="with_the_vendor")
    overdue = filters.BooleanFilter(method="past_due")
    due_from = filters.DateFilter(field_name="due_on", lookup_expr="gte")
    due_until = filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Assessment
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.INT)
    def of_review(self, found: QuerySet[Assessment], _name: str, wanted: int) -> QuerySet[Assessment]:
        return found.filter(review_pk=wanted)  # type: ignore[misc]  # which `visible_to` adds

    def with_the_vendor(self, found: QuerySet[Assessment], _name: str, wanted: bool) -> QuerySet[Assessment]:
        waiting = Assessment.objects.open()
        return found.filter(pk__in=waiting) if wanted else found.exclude(pk__in=waiting)

    def past_due(self, found: QuerySet[Assessment], _name: str, wanted: bool) -> QuerySet[Assessment]:
        late = Assessment.objects.open().filter(due_on__lt=clock.today())
        return found.filter(pk__in=late) if wanted else found.exclude(pk__in=late)


class AssessmentViews(Records):
    """Questionnaires that were sent to vendors. Completing one is a person's act, done on its page."""

    model = Assessment
    serializer_class = AssessmentRow
    detail_class = AssessmentDetail
    filterset_class = AssessmentFilters
    orderings = {"-id": ("-pk",), "id": ("pk",), **newest_first("sent_at"), **newest_first("due_on")}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        return with_counts(access.assessments_visible_to(user)).select_related("version", "sent_by")

    @extend_schema(request=Sending, responses={201: AssessmentDetail})
    def create(self, _request: Request) -> Response:
        """Send a questionnaire to the vendor of a review."""
        typed = self.typed(Sending)
        sent = services.send_questionnaire(**typed, by=self.person, now=clock.now(), on=clock.today())
        return self.shown(sent.pk, status=201)

    @extend_schema(request=Returning, responses=AssessmentDetail, operation_id="assessments_return")
    @action(detail=True, methods=["post"], url_path="return")
    def send_back(self, _request: Request, pk: int) -> Response:
        """Return to the vendor what was asked about, in one mail with a new due date. Everything else stays closed."""
        review, assessment = access.assessment_with_review(self.person, pk)
        access.check_can_judge(self.person, review)
        services.return_questionnaire(
            review=review,
            assessment=assessment,
            **self.typed(Returning),
            by=self.person,
            now=clock.now(),
            on=clock.today(),
        )
        return self.shown(assessment.pk)

    @extend_schema(request=None, responses=AcceptedAtOnce)
    @action(detail=True, methods=["post"], url_path="accept-unflagged")
    def accept_unflagged(self, _request: Request, pk: int) -> Response:
        """Accept every answer that is plainly met and that nobody flagged or asked about. Left are what is flagged,
        written about, changed since last time, not answered, not plainly met, said not to apply, not rated yet, or says
        something else than the report."""
        review, assessment = access.assessment_with_review(self.person, pk)
        access.check_can_judge(self.person, review)
        parted = services.accept_unflagged(
            review=review, assessment=assessment, by=self.person, now=clock.now(), on=clock.today()
        )
        return Response(AcceptedAtOnce(parted).data)

    @extend_schema(request=None, responses=AssessmentDetail)
    @action(detail=True, methods=["post"])
    def chase(self, _request: Request, pk: int) -> Response:
        """Ask the contact once more for what is open, in one mail; at most one a day."""
        review, assessment = self._sent_here(pk)
        services.chase_questionnaire(review=review, assessment=assessment, by=self.person, now=clock.now())
        return self.shown(assessment.pk)

    @extend_schema(request=Moving, responses=AssessmentDetail)
    @action(detail=True, methods=["post"])
    def due(self, _request: Request, pk: int) -> Response:
        """Move the due date while the vendor is answering."""
        review, assessment = self._sent_here(pk)
        typed = self.typed(Moving)
        services.change_questionnaire_due(
            review=review, assessment=assessment, **typed, by=self.person, now=clock.now(), on=clock.today()
        )
        return self.shown(assessment.pk)

    @extend_schema(request=Cancelling, responses=AssessmentDetail)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, pk: int) -> Response:
        """Cancel it. It cannot be taken up again; the contact is told why."""
        review, assessment = self._sent_here(pk)
        typed = self.typed(Cancelling)
        services.cancel_questionnaire(review=review, assessment=assessment, **typed, by=self.person, now=clock.now())
        return self.shown(assessment.pk)

    @extend_schema(request=None, responses=AssessmentDetail)
    @action(detail=True, methods=["post"], url_path="take-as-handed-over")
    def take_as_handed_over(self, _request: Request, pk: int) -> Response:
        """Take what was brought in as the vendor's answer, where no contact comes to submit it. Nobody signs."""
        review, assessment = self._sent_here(pk)
        services.take_as_handed_over(review=review, assessment=assessment, by=self.person, now=clock.now())
        return self.shown(assessment.pk)

    @extend_schema(request=None, responses=AssessmentDetail)
    @action(detail=True, methods=["post"], url_path="send-comments")
    def send_comments(self, _request: Request, pk: int) -> Response:
        """Let the comments that wait leave for the vendor: one mail a person."""
        review, assessment = access.assessment_with_review(self.person, pk)
        services.send_comments(review=review, assessment=assessment, by=self.person, now=clock.now())
        return self.shown(assessment.pk)

    def _sent_here(self, pk: int) -> tuple[Review, Assessment]:
        """The questionnaire with its review, for whoever sends the vendor of that review something now."""
        review, assessment = access.assessment_with_review(self.person, pk)
        access.check_can_send(self.person, review)
        return review, assessment
