"""What questionnaires that were sent look like to programs, and what programs send about them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from procurement.questionnaires.access import versions_visible_to
from procurement.questionnaires.models import Assessment, QuestionnaireVersion, State
from procurement.questionnaires.queries import answers_of, carried_in, counts_of
from procurement.questionnaires.scores import scores_of
from procurement.questionnaires.scoring import Risk, Sheet
from procurement.reviews import access
from procurement.reviews.at_once import AtOnce, Why
from vendors.contacts.access import contacts_visible_to
from vendors.people.actors import Actor
from vendors.rest.fields import Person, Scoped
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
    "handed_over_by": "",
    "brought_in": [],
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


class BroughtIn(serializers.Serializer):
    """A file of answers that a reviewer brought in for the vendor, and where it came from."""

    by = serializers.CharField()
    name = serializers.CharField()
    received_from = serializers.CharField()


@example(SENT)
class AssessmentRow(serializers.Serializer):
    """Where nobody at the vendor signed, `handed_over_by` is the reviewer who took what was `brought_in` as its answer.
    `asked` leaves out what conditions hide and what the report answers; `answered`, `accepted` and `sent_back` are
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
    handed_over_by = serializers.CharField(allow_blank=True)
    brought_in = BroughtIn(many=True)
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
