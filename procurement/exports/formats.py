"""The formats an export comes in: what each is called, what it is, and who makes it of a record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procurement.exports import json_file
from procurement.exports.oscal_results import assessment_results
from procurement.exports.printed import answers_as_pdf
from procurement.exports.record import AssessmentRecord
from procurement.exports.tables import answers_as_csv
from procurement.exports.version_files import VersionRecord, version_as_catalog, version_as_csv, version_as_workbook
from procurement.exports.workbooks import answers_as_workbook
from vendors.vault.downloads import WORKBOOK

CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
JSON = "application/json"

Record = TypeVar("Record", AssessmentRecord, VersionRecord)


@dataclass(frozen=True)
class Format(Generic[Record]):
    """One format. `name` stands in addresses and on the command line, `ending` at the end of a file's name."""

    name: str
    label: str | Promise
    ending: str
    content_type: str
    make: Callable[[Record], bytes]

    @property
    def is_text(self) -> bool:
        return self.content_type in (CSV, JSON)


def _named(*formats: Format[Any]) -> dict[str, Format[Any]]:
    return {each.name: each for each in formats}


OF_ANSWERS: dict[str, Format[AssessmentRecord]] = _named(
    Format("xlsx", _("Workbook (XLSX)"), ".xlsx", WORKBOOK, answers_as_workbook),
    Format("csv", _("Table (CSV)"), ".csv", CSV, answers_as_csv),
    Format("pdf", _("Document (PDF)"), ".pdf", PDF, answers_as_pdf),
    Format("json", _("Everything (JSON)"), ".json", JSON, json_file.write),
    Format("oscal", _("OSCAL assessment results"), ".oscal.json", JSON, assessment_results),
)
# What a vendor takes of its own answers.
FOR_VENDORS = {name: OF_ANSWERS[name] for name in ("pdf", "xlsx")}
# The version in our own format is made where its hash is (questionnaires.content).
OF_VERSIONS: dict[str, Format[VersionRecord]] = _named(
    Format("xlsx", _("Blank workbook (XLSX)"), ".xlsx", WORKBOOK, version_as_workbook),
    Format("csv", _("Blank table (CSV)"), ".csv", CSV, version_as_csv),
    Format("oscal", _("OSCAL catalog"), ".oscal.json", JSON, version_as_catalog),
)
