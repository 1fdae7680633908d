"""Questionnaires that were sent, for programs: read where they stand, send one, return what was asked about."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires.access import versions_visible_to
from procurement.questionnaires.models import Assessment, QuestionnaireVersion, State
from procurement.questionnaires.queries import answers_of, carried_in, counts_of, with_counts
from procurement.questionnaires.scores import scores_of
from procurement.questionnaires.scoring import Risk, Sheet
from procurement.reviews import access, services
from procurement.reviews.at_once import AtOnce, Why
from procurement.reviews.models import Review
from vendors.calendar import clock
from vendors.contacts.access import contacts_visible_to
from vendors.people.actors import Actor
from vendors.rest.fields import Key, Person, Scoped
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.schema import example

SENT = {
    "id": 14,
    "vendor": 12,
    "engagement": 4,
    "review": 21,
    "questionnaire": 2,
    "version": 6,
    "version_number": 2,
    "title": "Core security questions",
    "state": "in_review",
    "sent_at": "2026-09-01T09:00:00+02:00",
    "sent_by": {"id": 2, "name": "Ines Varga"},
    "contact": 7,
    "due_on": "2026-09-30",
    "is_overdue": False,
    "submitted_at": "2026-09-20T09:00:00+02:00",
    "signer_name": "Jonah Pell",
    "signer_title": "Security lead",
    "completed_at": None,
    "cancelled_at": None,
    "cancelled_reason": "",
    "leans_on_report": True,
    "wants_second_reviewer": False,
    "only_theirs": False,
    "asked": 47,
    "answered": 47,
    "accepted": 40,
    "sent_back": 0,
}
SCORE = {"score": 88, "if_submitted": 88, "open": 0, "unrated": 2, "not_applicable": 4}


def published_versions_for(user: Actor) -> QuerySet[QuestionnaireVersion]:
    """What can be sent, for those who read questionnaires."""
    return versions_visible_to(user).published()


@example(SENT)
class AssessmentRow(serializers.Serializer):
    """`asked` leaves out what conditions hide and what the report answers; `answered`, `accepted` and `sent_back` are
    of those that are asked."""

    id = serializers.IntegerField(source="pk")
    vendor = serializers.IntegerField(source="vendor_id")
    engagement = serializers.IntegerField(source="engagement_id")
    review = serializers.IntegerField(source="review_pk")
    questionnaire = serializers.IntegerField(source="family_id")
    version = serializers.IntegerField(source="version_id")
    version_number = serializers.IntegerField(source="version.number")
    title = serializers.CharField(source="version.title")
    state = serializers.ChoiceField(choices=State.choices)
    sent_at = serializers.DateTimeField()
    sent_by = Person()
    contact = serializers.IntegerField(source="contact_id", allow_null=True)
    due_on = serializers.DateField()
    is_overdue = serializers.SerializerMethodField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    signer_name = serializers.CharField(allow_blank=True)
    signer_title = serializers.CharField(allow_blank=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancelled_reason = serializers.CharField(allow_blank=True)
    leans_on_report = serializers.BooleanField()
    wants_second_reviewer = serializers.BooleanField()
    only_theirs = serializers.BooleanField()
    asked = serializers.IntegerField(source="total")
    answered = serializers.IntegerField(source="whole")
    accepted = serializers.IntegerField()
    sent_back = serializers.IntegerField()

    def get_is_overdue(self, assessment: Assessment) -> bool:
        return bool(assessment.waits_for_vendor and assessment.due_on < self.context["today"])


class Counts(serializers.Serializer):
    """What became of the questions of the version. `carried` stand beside last year's answer."""

    asked = serializers.IntegerField()
    covered = serializers.IntegerField()
    hidden = serializers.IntegerField()
    carried = serializers.IntegerField()


class Score(serializers.Serializer):
    """From 0 to 100; null while nothing is scored. `not_applicable` is a share of the weight, in percent."""

    score = serializers.IntegerField(source="so_far", allow_null=True)
    if_submitted = serializers.IntegerField(allow_null=True)
    open = serializers.IntegerField()
    unrated = serializers.IntegerField()
    not_applicable = serializers.IntegerField()


class SectionScore(Score):
    title = serializers.CharField()


class Scores(serializers.Serializer):
    """`knocked_out` are references of what is not negotiable and worth nothing."""

    whole = Score()
    risk = serializers.ChoiceField(source="whole.risk", choices=[one.value for one in Risk])
    knocked_out = serializers.SerializerMethodField()
    sections = SectionScore(many=True)

    def get_knocked_out(self, sheet: Sheet) -> list[str]:
        return [item.ref for item in sheet.whole.knocked_out]


@example(
    {
        **SENT,
        "counts": {"asked": 47, "covered": 12, "hidden": 10, "carried": 0},
        "scores": {"whole": SCORE, "risk": "low", "knocked_out": [], "sections": [{**SCORE, "title": "Access"}]},
    }
)
class AssessmentDetail(AssessmentRow):
    """`scores` add up what is handed over, and are null before anything is."""

    counts = serializers.SerializerMethodField()
    scores = serializers.SerializerMethodField()

    def to_representation(self, assessment: Assessment) -> dict[str, Any]:
        self.answers = answers_of(assessment)
        shown: dict[str, Any] = super().to_representation(assessment)
        return shown

    @extend_schema_field(Counts())
    def get_counts(self, assessment: Assessment) -> Any:
        amounts = counts_of(self.answers)
        carried = carried_in(assessment).count()
        return {"asked": amounts.asked, "covered": amounts.covered, "hidden": amounts.hidden, "carried": carried}

    @extend_schema_field(Scores(allow_null=True))
    def get_scores(self, assessment: Assessment) -> Any:
        if all(answer.is_with_vendor or not answer.is_asked for answer in self.answers):
            return None
        return Scores(scores_of(assessment, self.answers).sheet).data


@example(
    {
        "review": 21,
        "version": 6,
        "contact": 7,
        "due_on": "2026-09-30",
        "message": "",
        "leans_on_report": True,
        "wants_second_reviewer": False,
        "only_theirs": False,
    }
)
class Sending(serializers.Serializer):
    """Without a contact nobody gets a mail. `leans_on_report` leaves out what the accepted report answers;
    with `only_theirs` colleagues of the contact see what the contact gives them, and nothing else."""

    review = Scoped(access.evidence_visible_to)
    version = Scoped(published_versions_for)
    contact = Scoped(contacts_visible_to, required=False, allow_null=True, default=None)
    due_on = serializers.DateField()
    message = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    leans_on_report = serializers.BooleanField(required=False, default=True)
    wants_second_reviewer = serializers.BooleanField(required=False, default=False)
    only_theirs = serializers.BooleanField(required=False, default=False)

    def validate(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Another vendor's contact is refused like one that is not there."""
        contact = typed["contact"]
        if contact is not None and contact.vendor_id != typed["review"].vendor_id:
            raise serializers.ValidationError({"contact": Scoped.default_error_messages["does_not_exist"]})
        return typed


@example({"answer": 911, "ref": "OP-2", "why": "flagged"})
class LeftAnswer(serializers.Serializer):
    """An answer that is judged by itself, and why."""

    answer = serializers.IntegerField(source="answer.pk")
    ref = serializers.CharField(source="answer.question.ref")
    why = serializers.ChoiceField(choices=Why.choices)


@example({"accepted": 38, "left": [{"answer": 911, "ref": "OP-2", "why": "flagged"}]})
class AcceptedAtOnce(serializers.Serializer):
    """How many answers were accepted in one act, and which are left to be judged one by one."""

    accepted = serializers.SerializerMethodField()
    left = LeftAnswer(many=True)

    def get_accepted(self, parted: AtOnce) -> int:
        return len(parted.unflagged)


@example({"due_on": "2026-10-15"})
class Returning(serializers.Serializer):
    """Until when the vendor answers what was sent back."""

    due_on = serializers.DateField()


@example({"due_on": "2026-10-15"})
class Moving(serializers.Serializer):
    """The new day. The contact is told, and reminders follow it."""

    due_on = serializers.DateField()


@example({"reason": "We no longer need the answers."})
class Cancelling(serializers.Serializer):
    """Why it is cancelled; the vendor reads it."""

    reason = serializers.CharField(max_length=300)


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
        """Accept every answer that nobody flagged or asked about. Left are what is flagged, written about, changed
        since last time, not answered, not negotiable and not plainly met, or says something else than the report."""
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
