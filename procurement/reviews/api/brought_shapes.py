"""What a file of answers that a reviewer brings in looks like to programs, and what is decided about it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from procurement.questionnaires.models import AnswerImport
from procurement.questionnaires.offline.comparing import Comparison, Group, Line, Rule
from procurement.questionnaires.offline.reading import ReturnedRow
from procurement.questionnaires.services import LONGEST_SOURCE
from procurement.reviews import access
from vendors.rest.fields import LARGEST_KEY, Scoped, keys
from vendors.rest.schema import example

MOST_ANSWERS = 5000  # questions of one questionnaire
GROUPS, RULES = ([(each.value, each.value) for each in values] for values in (Group, Rule))


class FileOfAnswers(serializers.Serializer):
    """One file, as multipart/form-data, and on one line where it came from."""

    assessment = Scoped(access.assessments_visible_to)
    received_from = serializers.CharField(max_length=LONGEST_SOURCE)
    file = serializers.FileField(allow_empty_file=True)


@example(
    {
        "id": 8,
        "assessment": 14,
        "vendor": 12,
        "name": "caiq.xlsx",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "received_from": "Trust center of Quillhaven, 12 November 2026",
        "kind": "foreign",
        "state": "open",
        "taken": 0,
        "begun_by": "Ines Varga",
        "begun_at": "2026-11-12T10:00:00+01:00",
        "ended_by": "",
        "ended_at": None,
    }
)
class BroughtFile(serializers.Serializer):
    """A file that a reviewer brought in for the vendor. `kind` says whether it is our workbook of this questionnaire;
    `taken` is how many answers came of it. The file itself is not kept."""

    id = serializers.IntegerField(source="pk")
    assessment = serializers.IntegerField(source="assessment_id")
    vendor = serializers.IntegerField(source="assessment.vendor_id")
    name = serializers.CharField()
    sha256 = serializers.CharField()
    received_from = serializers.CharField()
    kind = serializers.ChoiceField(source="origin", choices=AnswerImport.Origin.choices)
    state = serializers.ChoiceField(choices=AnswerImport.State.choices)
    taken = serializers.IntegerField()
    begun_by = serializers.CharField()
    begun_at = serializers.DateTimeField()
    ended_by = serializers.CharField(allow_blank=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class Titled(serializers.Serializer):
    title = serializers.CharField()
    said = serializers.CharField()


class ComparedRow(serializers.Serializer):
    """A row of the file and the answer it is about. `revision` is what `seen` gives back. `in_portal` is empty where
    `is_unread`: the vendor has written something that it has not handed over."""

    answer = serializers.IntegerField(source="answer.pk")
    ref = serializers.CharField(source="answer.question.ref")
    question = serializers.CharField(source="answer.question.text")
    revision = serializers.IntegerField(source="answer.revision")
    group = serializers.ChoiceField(choices=GROUPS)
    in_file = serializers.SerializerMethodField()
    comment = serializers.CharField(allow_blank=True)
    companions = serializers.SerializerMethodField()
    in_portal = serializers.CharField(allow_blank=True)
    is_unread = serializers.BooleanField()
    where = serializers.SerializerMethodField()
    asked_as = serializers.CharField(source="row.text", allow_blank=True)
    likeness = serializers.IntegerField(source="row.likeness")
    problem = serializers.CharField(source="sentence", allow_blank=True)

    def get_in_file(self, line: Line) -> str:
        return line.said_in_file if line.said else line.row.answer

    @extend_schema_field(Titled(many=True))
    def get_companions(self, line: Line) -> list[dict[str, str]]:
        return [{"title": title, "said": text} for title, text in line.said_beside]

    def get_where(self, line: Line) -> str:
        return _where(line.row)


class OtherRow(serializers.Serializer):
    """A row that belongs to none of our questions."""

    where = serializers.SerializerMethodField()
    ref = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    answer = serializers.CharField(allow_blank=True)

    def get_where(self, row: ReturnedRow) -> str:
        return _where(row)


class NamedFile(serializers.Serializer):
    """A file that a row names and that does not stand beside the answer: a contact sends it in the portal."""

    answer = serializers.IntegerField(source="answer.pk")
    name = serializers.CharField()


class WordsRead(serializers.Serializer):
    """How an answer in the file's own words was understood; empty where it stays out."""

    written = serializers.CharField()
    read_as = serializers.CharField(allow_blank=True)
    count = serializers.IntegerField()


@example(
    {
        "rows": [
            {
                "answer": 911,
                "ref": "OP-2",
                "question": "Is every known hole of a high severity closed within 30 days?",
                "revision": 0,
                "group": "new",
                "in_file": "No",
                "comment": "45 days for libraries.",
                "companions": [],
                "in_portal": "",
                "is_unread": False,
                "where": "CAIQ, E12",
                "asked_as": "Are holes closed within 30 days?",
                "likeness": 88,
                "problem": "",
            }
        ],
        "others": [{"where": "CAIQ, 40", "ref": "X-1", "text": "And what about the moon?", "answer": "Full"}],
        "missing": ["GO-2"],
        "files": [{"answer": 911, "name": "policy.pdf"}],
        "words": [{"written": "N", "read_as": "No", "count": 3}],
    }
)
class FileCompared(serializers.Serializer):
    """What the file would change as things stand. By itself `new` and `changed` are taken, `conflict` and `proposed`
    are not, and the other groups change nothing. `missing` are questions that our workbook had a row for."""

    rows = ComparedRow(source="lines", many=True)
    others = OtherRow(source="extra", many=True)
    missing = serializers.SerializerMethodField()
    files = NamedFile(source="evidence", many=True)
    words = WordsRead(source="meanings", many=True)

    def get_missing(self, comparison: Comparison) -> list[str]:
        return [answer.question.ref for answer in comparison.missing]


class SeenAnswer(serializers.Serializer):
    """An answer by its key, and its revision when the comparison was read."""

    answer = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)
    revision = serializers.IntegerField(min_value=0, max_value=LARGEST_KEY)


@example({"rule": "ticked", "leave": [], "take": [912], "seen": [{"answer": 911, "revision": 0}]})
class Applying(serializers.Serializer):
    """Who wins where both sides have an answer: `file`, `portal`, or row by row with the answers to `leave` out and to
    `take`. `seen` are the rows of the comparison as they were read; what changed since stops the act."""

    rule = serializers.ChoiceField(choices=RULES, required=False, default=Rule.AS_TICKED.value)
    leave = keys(required=False, default=list, max_length=MOST_ANSWERS)
    take = keys(required=False, default=list, max_length=MOST_ANSWERS)
    seen = SeenAnswer(many=True)


def _where(row: ReturnedRow) -> str:
    return ", ".join(filter(None, (row.sheet, row.cell)))
