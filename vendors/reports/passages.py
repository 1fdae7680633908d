"""What the facts of a reading are called, where on the facts page they stand, and which of them are recorded."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from vendors.reports.marks import FACTS, PARTS, REGISTERS
from vendors.reports.models import Report

NAMES = {
    "kind": _("Kind"),
    "type": _("Type"),
    "service_organization": _("Service organization"),
    "system": _("System"),
    "categories": _("Categories"),
    "criteria_tested": _("Criteria tested"),
    "period_start": _("Audit period"),
    "period_end": _("Audit period"),
    "as_of": _("As of"),
    "auditor": _("Auditor firm"),
    "report_date": _("Report date"),
    "opinion": _("Opinion"),
    "opinion_basis": _("Basis for the modified opinion"),
    "modified_criteria": _("Criteria not met"),
    "controls_tested": _("Controls tested"),
    "subservice_organizations": _("Subservice organization"),
    "cuecs": _("User entity control"),
    "exceptions": _("Exception"),
}
PART_NAMES = {"service": _("What it does"), "response": _("Management’s response")}
# Where the report keeps a fact under another name than the reading.
FIELDS = {"system": "system_name", "modified_criteria": "opinion_criteria"}
# By what two rows of a register are the same.
CALLED = {"subservice_organizations": "name", "cuecs": "text", "exceptions": "control"}
SECTION_OF = {
    "kind": "identity",
    "type": "identity",
    "service_organization": "identity",
    "system": "identity",
    "categories": "categories",
    "criteria_tested": "categories",
    "period_start": "period",
    "period_end": "period",
    "as_of": "period",
    "auditor": "auditor",
    "report_date": "auditor",
    "opinion": "opinion",
    "opinion_basis": "opinion",
    "modified_criteria": "opinion",
    "controls_tested": "exceptions",
    "subservice_organizations": "subservice",
    "cuecs": "cuecs",
    "exceptions": "exceptions",
}


def name_of(key: str) -> str:
    """The words for "opinion"; of "exceptions.0" those of its register, of "exceptions.0.response" of the field."""
    fact, *row = key.split(".")
    return str(PART_NAMES[row[1]] if len(row) > 1 else NAMES[fact])


def target_of(key: str, leads_to: str) -> str:
    """The id of the field of the facts form, or of the section that tells the fact; rows stand in their section."""
    fact = key.partition(".")[0]
    if leads_to == "fields" and fact in FACTS:
        return f"id_{FIELDS.get(fact, fact)}"
    return SECTION_OF[fact]


def accepted_keys(report: Report, content: Mapping[str, Any]) -> set[str]:
    """The facts that a person has recorded. A row counts when one of its page, or one called the same, is recorded."""
    recorded = {fact for fact in FACTS if _is_recorded(report, FIELDS.get(fact, fact))}
    for register in REGISTERS:
        rows = list(getattr(report, register).all())
        for place, read in enumerate(content.get(register, ())):
            same = [row for row in rows if _is_of(row, read, CALLED[register])]
            if same:
                recorded.add(f"{register}.{place}")
            recorded |= {f"{register}.{place}.{part}" for part in PARTS if any(getattr(row, part, "") for row in same)}
    return recorded


def _is_of(row: Any, read: Mapping[str, Any], called: str) -> bool:
    """Whether a recorded row is the one that was read: one of its page, or one called the same."""
    on_its_page = row.page is not None and row.page == read.get("page")
    return on_its_page or (bool(read.get(called)) and getattr(row, called) == read[called])


def _is_recorded(report: Report, field: str) -> bool:
    value = getattr(report, f"{field}_id" if field == "auditor" else field)
    return value is not None and value != "" and value != []
