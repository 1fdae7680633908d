"""What an import looks like to a program: what was guessed of a file, and what somebody decides about it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from procurement.questionnaires import services
from procurement.questionnaires.content_check import LONGEST, LONGEST_FAMILY
from procurement.questionnaires.forms.imports import ENCODINGS
from procurement.questionnaires.import_decisions import header_of
from procurement.questionnaires.import_page import (
    FILTERS,
    layout_of,
    questions_by_sheet,
    reading_of,
    section_counts,
    warnings_of,
)
from procurement.questionnaires.importing.draft import Draft, Kind
from procurement.questionnaires.importing.layout import Layout, RowKind, SheetRole
from procurement.questionnaires.importing.validations import LAST_COLUMN, LAST_ROW
from procurement.questionnaires.importing.words import Column
from procurement.questionnaires.models import ImportJob
from vendors.rest.schema import example

OWN = "countersign"  # the kind of a file in our own format
SHEET_ROLES, COLUMN_ROLES, ROW_KINDS, READ_KINDS = (
    [(each.value, each.value) for each in values] for values in (SheetRole, Column, RowKind, Kind)
)
MOST_SHEETS = 100  # of a workbook that is taken (importing.limits)
JOB = {
    "id": 5,
    "name": "Supplier questions.xlsx",
    "state": "open",
    "begun_at": "2026-09-01T10:00:00+02:00",
    "begun_by": "Ines Varga",
    "version": None,
}
COLUMN = {
    "column": 2,
    "head": "Control question",
    "role": "question",
    "confidence": 0.9,
    "reason": "the head says so",
    "samples": ["Do you encrypt backups?"],
    "hidden": False,
}
SHEET = {
    "number": 1,
    "name": "Questions",
    "role": "questions",
    "confidence": 0.9,
    "reason": "a head names the questions",
    "header": 3,
    "hidden": False,
    "questions": 41,
    "columns": [COLUMN],
}
READ_ROW = {
    "row": 4,
    "kind": "question",
    "reason": "text in the questions' column",
    "text": "Do you encrypt backups?",
    "hidden": False,
    "decided": False,
    "unsure": True,
    "duplicate": False,
    "question": {
        "ref": "A-1",
        "text": "Do you encrypt backups?",
        "answered": "yes_no",
        "options": ["Yes", "No"],
        "help": "",
    },
}


@example(JOB)
class ImportRow(serializers.Serializer):
    """A file on its way to becoming a draft. `version` is the draft that was made of it."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=ImportJob.State.choices)
    begun_at = serializers.DateTimeField()
    begun_by = serializers.CharField()
    version = serializers.IntegerField(source="version_id", allow_null=True)


class GuessedColumn(serializers.Serializer):
    column = serializers.IntegerField()
    head = serializers.CharField(allow_blank=True)
    role = serializers.ChoiceField(choices=COLUMN_ROLES)
    confidence = serializers.FloatField()
    reason = serializers.CharField(allow_blank=True)
    samples = serializers.ListField(child=serializers.CharField())
    hidden = serializers.BooleanField()


class GuessedSheet(serializers.Serializer):
    """`header` is the row of the column heads, null where the sheet has none."""

    number = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=SHEET_ROLES)
    confidence = serializers.FloatField()
    reason = serializers.CharField(allow_blank=True)
    header = serializers.IntegerField(allow_null=True)
    hidden = serializers.BooleanField()
    questions = serializers.IntegerField()
    columns = GuessedColumn(many=True)


class ReadSection(serializers.Serializer):
    title = serializers.CharField(allow_blank=True)
    questions = serializers.IntegerField()


class Reading(serializers.Serializer):
    """What was read. `kind` is of the file; `profile` the layout that was recognised; `encoding` of a text file."""

    title = serializers.CharField(allow_blank=True)
    kind = serializers.CharField()
    profile = serializers.CharField(allow_blank=True)
    encoding = serializers.CharField(allow_blank=True)
    questions = serializers.IntegerField()
    sections = ReadSection(many=True)
    warnings = serializers.ListField(child=serializers.CharField())
    sheets = GuessedSheet(many=True)


@example(
    {
        **JOB,
        "reading": {
            "title": "Supplier questions",
            "kind": "xlsx",
            "profile": "",
            "encoding": "",
            "questions": 41,
            "sections": [{"title": "Backups", "questions": 41}],
            "warnings": ["A-2 stands twice."],
            "sheets": [SHEET],
        },
    }
)
class ImportDetail(ImportRow):
    """`reading` is null once a draft was made of the file, or it was discarded."""

    reading = serializers.SerializerMethodField()

    @extend_schema_field(Reading(allow_null=True))
    def get_reading(self, job: ImportJob) -> Any:
        if job.state != ImportJob.State.OPEN:
            return None
        return Reading(_own(job.content) if job.content is not None else _guessed(layout_of(job), reading_of(job))).data


def _own(content: dict[str, Any]) -> dict[str, Any]:
    """A file of our own format is taken as it is: nothing in it is a guess."""
    sections = services.sections_in(content["sections"])
    return {
        "title": content["title"],
        "kind": OWN,
        "profile": "",
        "encoding": "",
        "questions": sum(count for _title, count in sections),
        "sections": [{"title": title, "questions": count} for title, count in sections],
        "warnings": [],
        "sheets": [],
    }


def _guessed(layout: Layout, draft: Draft) -> dict[str, Any]:
    counts = questions_by_sheet(draft)
    return {
        "title": draft.title,
        "kind": layout.kind,
        "profile": layout.profile,
        "encoding": layout.encoding,
        "questions": len(draft.questions),
        "sections": [{"title": title, "questions": count} for title, count in section_counts(draft)],
        "warnings": [each.sentence for each in warnings_of(layout, draft)],
        "sheets": [
            {
                "number": number,
                "name": sheet.name,
                "role": sheet.role.value,
                "confidence": sheet.confidence,
                "reason": sheet.reason,
                "header": header_of(sheet),
                "hidden": sheet.hidden,
                "questions": counts.get(sheet.name, 0),
                "columns": sheet.columns,
            }
            for number, sheet in enumerate(layout.sheets, start=1)
        ],
    }


class RowsWanted(serializers.Serializer):
    """Which rows of which sheet; `after` is the row that the answer before ended with."""

    sheet = serializers.IntegerField(min_value=1, max_value=MOST_SHEETS, help_text="Number of the sheet.")
    rows = serializers.ChoiceField(choices=list(FILTERS), default="all", help_text="Only these rows.")
    after = serializers.IntegerField(
        min_value=0, max_value=LAST_ROW, default=0, help_text="Rows below this one: `next_after` of the answer before."
    )


class ReadQuestion(serializers.Serializer):
    ref = serializers.CharField(allow_blank=True)
    text = serializers.CharField()
    answered = serializers.ChoiceField(choices=READ_KINDS)
    options = serializers.ListField(child=serializers.CharField())
    help = serializers.CharField(allow_blank=True)


class ReadRow(serializers.Serializer):
    """`decided`: a person said what it is. `question` is what became of the row, else null."""

    row = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ROW_KINDS)
    reason = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    hidden = serializers.BooleanField()
    decided = serializers.BooleanField()
    unsure = serializers.BooleanField()
    duplicate = serializers.BooleanField()
    question = ReadQuestion(allow_null=True)


@example({"rows": [READ_ROW], "next_after": 204})
class ReadRows(serializers.Serializer):
    """At most 200 rows. `next_after` is null when there are no more."""

    rows = ReadRow(many=True)
    next_after = serializers.IntegerField(allow_null=True)


class ColumnDecided(serializers.Serializer):
    column = serializers.IntegerField(min_value=1, max_value=LAST_COLUMN)
    role = serializers.ChoiceField(choices=COLUMN_ROLES)


class RowDecided(serializers.Serializer):
    """What the row is, how its question is answered, or both."""

    row = serializers.IntegerField(min_value=1, max_value=LAST_ROW)
    kind = serializers.ChoiceField(choices=ROW_KINDS, required=False)
    answered = serializers.ChoiceField(choices=READ_KINDS, required=False)


class SheetDecided(serializers.Serializer):
    """One sheet. Another `header` means other columns, which are guessed anew: send it without columns and rows."""

    number = serializers.IntegerField(min_value=1, max_value=MOST_SHEETS)
    role = serializers.ChoiceField(choices=SHEET_ROLES, required=False)
    header = serializers.IntegerField(min_value=1, max_value=LAST_ROW, allow_null=True, required=False)
    columns = ColumnDecided(many=True, required=False)
    rows = RowDecided(many=True, required=False)


@example(
    {"sheets": [{"number": 1, "columns": [{"column": 4, "role": "other"}], "rows": [{"row": 4, "answered": "yes_no"}]}]}
)
class Decisions(serializers.Serializer):
    """What was guessed wrongly; everything else stays as it is. Another `encoding` means that all is guessed anew: send
    it alone."""

    encoding = serializers.ChoiceField(choices=[name for name, _words in ENCODINGS], required=False)
    sheets = SheetDecided(many=True, required=False, default=list)


@example({"title": "Supplier questions", "questionnaire": "core"})
class DraftToMake(serializers.Serializer):
    """`title` empty: the file's own. `questionnaire` is the key of the one it becomes the next version of; empty: a new
    questionnaire."""

    title = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["title"], default="")
    questionnaire = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_FAMILY, default="")


@example({"name": "Fernhollow supplier list"})
class Keeping(serializers.Serializer):
    """How the mapping is called; one of the same name is replaced."""

    name = serializers.CharField(max_length=80)


class Against(serializers.Serializer):
    questionnaire = serializers.CharField(max_length=LONGEST_FAMILY, help_text="Key of the questionnaire.")


class Reworded(serializers.Serializer):
    ref = serializers.CharField()
    before = serializers.CharField()
    now = serializers.CharField()


@example(
    {
        "same": ["A-1"],
        "changed": [{"ref": "A-2", "before": "Do you test backups?", "now": "Do you try restoring backups?"}],
        "new": ["A-3"],
        "gone": [],
        "loosened": [],
    }
)
class Changes(serializers.Serializer):
    """References of questions. `loosened` lose their condition, because what it asks would not stand before them."""

    same = serializers.ListField(child=serializers.CharField())
    changed = Reworded(many=True)
    new = serializers.ListField(child=serializers.CharField())
    gone = serializers.ListField(child=serializers.CharField())
    loosened = serializers.ListField(child=serializers.CharField())
