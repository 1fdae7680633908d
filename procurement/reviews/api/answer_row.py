"""One answer as programs read it: the question, what the vendor said, and our word on it."""

from typing import Any

from rest_framework import serializers

from procurement.questionnaires.companions import companions_of
from procurement.questionnaires.models import Answer, Attachment, Coverage, Question, Rating, Verdict
from procurement.questionnaires.options import SEVERITIES, flags_of
from procurement.questionnaires.scores import scored_answer
from procurement.questionnaires.wording import in_words
from procurement.reviews.api.assessment_shapes import BroughtIn
from vendors.rest.schema import example

HIDDEN, COVERED, WITH_VENDOR = "hidden", "covered", "with_vendor"
STATES = (HIDDEN, COVERED, WITH_VENDOR, *Verdict.values)
RATED = {
    "score": 40,
    "before": 0,
    "reason": "A filter in front blocks most of it.",
    "by": "Ines Varga",
    "at": "2026-09-02T09:00:00+02:00",
    "counts": True,
}


class SentFile(serializers.Serializer):
    """A file beside the answer; its bytes are opened on the page, under the NDA. `as_of` is the document's own date."""

    name = serializers.CharField(source="file.name")
    kind = serializers.ChoiceField(choices=Attachment.Kind.choices)
    as_of = serializers.DateField(allow_null=True)
    sha256 = serializers.CharField(source="file.sha256")


class ByReport(serializers.Serializer):
    """What the accepted report says to the question. `required_by` asks it all the same; `corrected_by` at the vendor
    says something else than the report."""

    level = serializers.ChoiceField(choices=Coverage.Level.choices)
    report = serializers.IntegerField(source="report_id", allow_null=True)
    reason = serializers.CharField()
    pages = serializers.ListField(child=serializers.IntegerField())
    required_by = serializers.CharField(allow_blank=True)
    corrected_by = serializers.CharField(allow_blank=True)
    corrected_at = serializers.DateTimeField(allow_null=True)


class FurtherField(serializers.Serializer):
    """What was said in a further field of the question."""

    key = serializers.CharField()
    title = serializers.CharField()
    said = serializers.CharField()


class Rated(serializers.Serializer):
    """A reviewer's rating. `counts` is false once the vendor has changed the answer."""

    score = serializers.IntegerField()
    before = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    counts = serializers.BooleanField()


class Flag(serializers.Serializer):
    """What a chosen option raises by itself."""

    option = serializers.CharField()
    severity = serializers.ChoiceField(choices=SEVERITIES)
    text = serializers.CharField(allow_blank=True)


@example(
    {
        "id": 301,
        "assessment": 14,
        "vendor": 12,
        "key": "op-2",
        "ref": "OP-2",
        "section": "Operation",
        "question": "Is every known hole of a high severity closed within 30 days?",
        "kind": "yes_no_partial_na",
        "criteria": ["CC7.1"],
        "state": "open",
        "value": "no",
        "answer": "No",
        "is_not_applicable": False,
        "comment": "Our rule is 45 days for libraries.",
        "companions": [{"key": "owner", "title": "Who owns the control", "said": "Both"}],
        "files": [],
        "revision": 1,
        "answered_by": "Jonah Pell",
        "answered_at": "2026-09-19T16:00:00+02:00",
        "brought_in": None,
        "is_changed": False,
        "note": "",
        "judged_by": "",
        "judged_at": None,
        "seconded_by": "",
        "weight": 10,
        "score": 40,
        "rating": RATED,
        "flags": [],
        "findings": [3],
        "coverage": None,
    }
)
class AnswerRow(serializers.Serializer):
    """`value` is as the kind of the question keeps it, `answer` the same in words; nothing of it is here before the
    vendor hands it over. `answered_by` names a contact; where a reviewer brought it in, it says so with the file and
    where that came from, and `brought_in` holds the same in parts. `is_changed` says that it was answered anew after we
    sent it back. `score` is what counts, from 0 to 100; null while it is open or waits for a rating."""

    id = serializers.IntegerField(source="pk")
    assessment = serializers.IntegerField()
    vendor = serializers.IntegerField()
    key = serializers.CharField()
    ref = serializers.CharField()
    section = serializers.CharField()
    question = serializers.CharField()
    kind = serializers.ChoiceField(choices=Question.Kind.choices)
    criteria = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=STATES)
    value = serializers.JSONField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    is_not_applicable = serializers.BooleanField()
    comment = serializers.CharField(allow_blank=True)
    companions = FurtherField(many=True)
    files = SentFile(many=True)
    revision = serializers.IntegerField()
    answered_by = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    brought_in = BroughtIn(allow_null=True)
    is_changed = serializers.BooleanField()
    note = serializers.CharField(allow_blank=True)
    judged_by = serializers.CharField(allow_blank=True)
    judged_at = serializers.DateTimeField(allow_null=True)
    seconded_by = serializers.CharField(allow_blank=True)
    weight = serializers.IntegerField()
    score = serializers.IntegerField(allow_null=True)
    rating = Rated(allow_null=True)
    flags = Flag(many=True)
    findings = serializers.ListField(child=serializers.IntegerField())
    coverage = ByReport(allow_null=True)

    def to_representation(self, answer: Answer) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation({**_asked(answer), **_said(answer), **_our_word(answer)})
        return shown


def _asked(answer: Answer) -> dict[str, Any]:
    question = answer.question
    return {
        "pk": answer.pk,
        "assessment": answer.assessment_id,
        "vendor": answer.assessment.vendor_id,
        "key": question.key,
        "ref": question.ref,
        "section": question.section.title,
        "question": question.text,
        "kind": question.kind,
        "criteria": question.criteria,
        "state": _state(answer),
        "coverage": getattr(answer, "coverage", None),
    }


def _said(answer: Answer) -> dict[str, Any]:
    """What the vendor said; nothing of it before it is handed over, or handed back."""
    said = answer if answer.is_asked and not answer.is_kept_back else Answer()
    return {
        "value": said.value,
        "answer": in_words(answer.question, said.value, is_not_applicable=said.is_not_applicable),
        "is_not_applicable": said.is_not_applicable,
        "comment": said.comment,
        "companions": _further_fields(answer.question, said),
        "files": said.files if said.pk else [],
        "revision": said.revision,
        "answered_by": said.speaker,
        "answered_at": said.answered_at,
        "brought_in": said.brought_with.provenance if said.brought_with else None,
        "is_changed": said.is_changed,
        "flags": [
            {"option": option.label, "severity": option.severity, "text": option.flag}
            for option in (flags_of(said) if said.pk else ())
        ],
    }


def _further_fields(question: Question, said: Answer) -> list[dict[str, str]]:
    if not said.companions:
        return []
    return [
        {"key": each.key, "title": each.title, "said": said.companions[each.key]}
        for each in companions_of(question)
        if said.companions.get(each.key)
    ]


def _our_word(answer: Answer) -> dict[str, Any]:
    ratings: list[Rating] = list(answer.ratings.all())
    scored = scored_answer(answer, ratings) if answer.is_asked else None
    newest = ratings[0] if ratings else None
    return {
        "note": answer.note,
        "judged_by": answer.judged_by,
        "judged_at": answer.judged_at,
        "seconded_by": answer.seconded_by,
        "weight": answer.question.weight,
        "score": scored.item.worth if scored and answer.question.weight else None,
        "rating": {**vars(newest), "counts": scored is not None and newest == scored.rating} if newest else None,
        "findings": [finding.pk for finding in answer.findings.all()],
    }


def _state(answer: Answer) -> str:
    if not answer.is_visible:
        return HIDDEN
    if answer.is_covered:
        return COVERED
    return WITH_VENDOR if answer.verdict == Verdict.OPEN and answer.is_with_vendor else answer.verdict
