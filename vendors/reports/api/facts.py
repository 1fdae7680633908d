"""The facts of a report as programs read and write them: the same names as in `vendors.reports.facts`."""

from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from vendors.reports import labels
from vendors.reports.criteria import in_order
from vendors.reports.facts import CITED, CuecRow, ExceptionRow, RecordedFacts, SubserviceRow
from vendors.reports.forms.fields import criterion_id
from vendors.reports.forms.rows import MOST_ROWS
from vendors.reports.models.reports import ReportState
from vendors.rest.fields import Person
from vendors.rest.schema import example

LARGEST_PAGE = 100_000
FACTS = {
    "kind": "soc2",
    "type": "type2",
    "service_organization": "Quillhaven Software, Inc.",
    "system_name": "People Cloud",
    "categories": ["security", "availability", "confidentiality"],
    "period_start": "2025-07-01",
    "period_end": "2026-06-30",
    "as_of": None,
    "report_date": "2026-08-14",
    "auditor": "Rookhope CPA Group",
    "opinion": "unqualified",
    "controls_tested": 26,
}
EXCEPTION = {
    "id": 31,
    "criterion": "CC6.2",
    "control": "QH-10",
    "description": "For 2 of the 25 leavers tested, access was withdrawn late.",
    "sample": "2 of 25",
    "response": "The leaver's form now reaches the access team at once.",
    "page": 10,
}
ANSWERED = {"page": 12, "quote": EXCEPTION["response"], "box": [74.0, 210.5, 480.2, 236.0]}
TAKEN = {
    "citations": {
        "opinion": {
            "page": 4,
            "quote": "In our opinion, in all material respects, the description presents the People Cloud system",
            "box": [74.0, 109.3, 491.7, 161.5],
            "taken_by": "Ines Varga",
            "taken_at": "2026-09-03T12:30:00+00:00",
        }
    },
}
REST = {
    "opinion_basis": "",
    "opinion_criteria": [],
    "criteria_tested": ["CC6.1", "CC6.2", "CC6.3", "A1.1", "A1.2", "A1.3", "C1.1", "C1.2"],
    "pages": {"kind": 1, "period_start": 3, "period_end": 3, "opinion": 4, "report_date": 4},
    "states_no_exceptions": False,
    "states_no_cuecs": True,
    "states_no_subservice": True,
    "exceptions": [EXCEPTION],
    "cuecs": [],
    "subservice": [],
}
RECEIVED = {
    "id": 9,
    "vendor": 12,
    "request": 5,
    "nda": 3,
    "state": "accepted",
    "received_at": "2026-09-02T11:00:00+02:00",
    "received_from": "Jonah Pell",
    "page_count": 12,
    "file": {
        "name": "quillhaven-soc2.pdf",
        "size": 184320,
        "sha256": "9f2b0c7d0e1f4a8b9c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b",
        "destroyed_at": None,
    },
    "revision": 3,
    "accepted_at": "2026-09-03T15:00:00+02:00",
}


def _page() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=LARGEST_PAGE, required=False, allow_null=True, default=None)


def _text(longest: int | None = None) -> serializers.CharField:
    return serializers.CharField(max_length=longest, required=False, allow_blank=True, default="")


def _day() -> serializers.DateField:
    return serializers.DateField(required=False, allow_null=True, default=None)


def _one_of(choices: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices, required=False, allow_blank=True, default="")


class Criterion(serializers.CharField):
    """The id of a Trust Services Criterion; "cc 6.2" is read as CC6.2."""

    def to_internal_value(self, data: Any) -> str:
        return criterion_id(super().to_internal_value(data))


class _RowKey(serializers.IntegerField):
    """Which row of this report a row replaces; one that is none of its rows is taken for a new one."""

    def __init__(self) -> None:
        super().__init__(source="pk", min_value=1, required=False, allow_null=True, default=None)


class _Quote(serializers.CharField):
    """The report's own words, where the row was taken from a reading; empty for what a person typed."""

    def __init__(self) -> None:
        super().__init__(read_only=True)


class CitedPart(serializers.Serializer):
    """Where a field of a row stands that has a place of its own: page, words, and their box there."""

    page = serializers.IntegerField()
    quote = serializers.CharField(allow_blank=True)
    box = serializers.ListField(child=serializers.FloatField())


class _Cited(serializers.DictField):
    """Fields of the row that were taken from a place of their own, such as "response"."""

    def __init__(self) -> None:
        super().__init__(child=CitedPart(), read_only=True)


class ReportExceptionFacts(serializers.Serializer):
    id = _RowKey()
    criterion = Criterion(max_length=8, required=False, allow_blank=True, default="")
    control = _text(60)
    description = _text()
    sample = _text(60)
    response = _text()
    page = _page()
    quote = _Quote()
    cited = _Cited()


class CuecFacts(serializers.Serializer):
    id = _RowKey()
    reference = _text(30)
    text = _text()
    criterion = Criterion(max_length=8, required=False, allow_blank=True, default="")
    page = _page()
    quote = _Quote()
    cited = _Cited()


class SubserviceFacts(serializers.Serializer):
    id = _RowKey()
    name = _text(160)
    service = _text(200)
    method = _one_of(labels.METHODS)
    page = _page()
    quote = _Quote()
    cited = _Cited()


class StoredFileFacts(serializers.Serializer):
    """What is known of the file. Its bytes are at `file/`, for whoever holds a grant."""

    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    destroyed_at = serializers.DateTimeField(allow_null=True)


@example({**RECEIVED, **FACTS, "accepted_by": {"id": 2, "name": "Ines Varga"}})
class ReportRow(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    vendor = serializers.IntegerField(source="vendor_id")
    request = serializers.IntegerField(source="request_id", allow_null=True)
    nda = serializers.IntegerField(source="nda_id")
    state = serializers.ChoiceField(choices=ReportState.choices)
    received_at = serializers.DateTimeField()
    received_from = serializers.CharField()
    page_count = serializers.IntegerField()
    file = StoredFileFacts()
    kind = serializers.ChoiceField(choices=labels.KINDS, allow_blank=True)
    type = serializers.ChoiceField(choices=labels.TYPES, allow_blank=True)
    service_organization = serializers.CharField(allow_blank=True)
    system_name = serializers.CharField(allow_blank=True)
    categories = serializers.ListField(child=serializers.ChoiceField(choices=labels.CATEGORIES))
    period_start = serializers.DateField(allow_null=True)
    period_end = serializers.DateField(allow_null=True)
    as_of = serializers.DateField(allow_null=True)
    report_date = serializers.DateField(allow_null=True)
    auditor = serializers.CharField(source="auditor.name", default="")
    opinion = serializers.ChoiceField(choices=labels.OPINIONS, allow_blank=True)
    controls_tested = serializers.IntegerField(allow_null=True)
    revision = serializers.IntegerField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    accepted_by = Person(allow_null=True)


class CitationFacts(serializers.Serializer):
    """Where a fact was read: page, words and their box there (x0, top, x1, bottom in points), and who accepted it."""

    page = serializers.IntegerField(allow_null=True)
    quote = serializers.CharField(allow_blank=True)
    box = serializers.ListField(child=serializers.FloatField())
    taken_by = serializers.CharField()
    taken_at = serializers.DateTimeField()


class NextReportStated(serializers.Serializer):
    """What the vendor said in writing about its next report."""

    period_start = serializers.DateField()
    period_end = serializers.DateField()
    expected_on = serializers.DateField()
    stated_on = serializers.DateField()
    stated_by = serializers.CharField()
    bridges_until = serializers.DateField(allow_null=True)


@example(
    {
        **RECEIVED,
        **FACTS,
        "accepted_by": {"id": 2, "name": "Ines Varga"},
        "state_reason": "",
        **REST,
        **TAKEN,
        "exceptions": [{**EXCEPTION, "quote": EXCEPTION["description"], "cited": {"response": ANSWERED}}],
        "successor_statements": [],
    }
)
class ReportDetail(ReportRow):
    """`pages` maps a fact to the page it was read from, `citations` one that was taken from a reading to its words."""

    state_reason = serializers.CharField(allow_blank=True)
    opinion_basis = serializers.CharField(allow_blank=True)
    opinion_criteria = serializers.ListField(child=serializers.CharField())
    criteria_tested = serializers.ListField(child=serializers.CharField())
    pages = serializers.DictField(child=serializers.IntegerField())
    citations = serializers.DictField(child=CitationFacts())
    states_no_exceptions = serializers.BooleanField()
    states_no_cuecs = serializers.BooleanField()
    states_no_subservice = serializers.BooleanField()
    exceptions = ReportExceptionFacts(many=True)
    cuecs = CuecFacts(many=True)
    subservice = SubserviceFacts(source="subservice_organizations", many=True)
    successor_statements = NextReportStated(many=True)


@example({"revision": 3, **FACTS, **REST})
class FactsToRecord(serializers.Serializer):
    """All facts at once; what is left out is empty. `revision` is that of the report as you read it."""

    revision = serializers.IntegerField(min_value=0)
    kind = _one_of(labels.KINDS)
    type = _one_of(labels.TYPES)
    service_organization = _text(160)
    system_name = _text(200)
    categories = serializers.ListField(
        child=serializers.ChoiceField(choices=labels.CATEGORIES), required=False, default=list, max_length=5
    )
    period_start = _day()
    period_end = _day()
    as_of = _day()
    report_date = _day()
    auditor = _text(160)
    opinion = _one_of(labels.OPINIONS)
    opinion_basis = _text()
    opinion_criteria = serializers.ListField(child=Criterion(max_length=8), required=False, default=list, max_length=61)
    criteria_tested = serializers.ListField(child=Criterion(max_length=8), required=False, default=list, max_length=61)
    controls_tested = serializers.IntegerField(
        min_value=0, max_value=LARGEST_PAGE, required=False, allow_null=True, default=None
    )
    pages = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_PAGE), required=False, default=dict
    )
    states_no_exceptions = serializers.BooleanField(required=False, default=False)
    states_no_cuecs = serializers.BooleanField(required=False, default=False)
    states_no_subservice = serializers.BooleanField(required=False, default=False)
    exceptions = ReportExceptionFacts(many=True, required=False, default=list, max_length=MOST_ROWS)  # type: ignore[call-arg]
    cuecs = CuecFacts(many=True, required=False, default=list, max_length=MOST_ROWS)  # type: ignore[call-arg]
    subservice = SubserviceFacts(many=True, required=False, default=list, max_length=MOST_ROWS)  # type: ignore[call-arg]

    def validate_criteria_tested(self, ids: list[str]) -> list[str]:
        return in_order(ids)

    def validate_pages(self, pages: dict[str, int]) -> dict[str, int]:
        unknown = sorted(set(pages) - set(CITED))
        if unknown:
            raise serializers.ValidationError(
                _("Only facts have a page: %(names)s.") % {"names": ", ".join(CITED)},
            )
        return pages


def facts_from(typed: dict[str, Any]) -> RecordedFacts:
    """What was sent as the one value that `services.record_facts` takes."""
    shapes: dict[str, type[Any]] = {"exceptions": ExceptionRow, "cuecs": CuecRow, "subservice": SubserviceRow}
    rows: dict[str, Any] = {name: tuple(shape(**row) for row in typed[name]) for name, shape in shapes.items()}
    others = {part.name: typed[part.name] for part in fields(RecordedFacts) if part.name not in shapes}
    return RecordedFacts(**others, **rows)
