"""What the facts page shows in and beside its form: what each section still lacks, and what fields suggest."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews import access as reviews_access
from procurement.reviews.models import Review
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import queries
from vendors.reports.completeness import SECTIONS, asks_for_tests, missing_facts
from vendors.reports.criteria import DESCRIPTIONS
from vendors.reports.models import Report
from vendors.reports.terms import Note, ReportKind, ReportType, notes_on

# Under which heading a note of the rules is shown.
SECTION_OF = {
    "categories": "categories",
    "period_start": "period",
    "period_end": "period",
    "as_of": "period",
    "report_date": "auditor",
}
# The facts of each section that carry a page of their own.
FACTS_OF = {
    "identity": ("kind", "service_organization", "system_name"),
    "categories": ("categories", "criteria_tested"),
    "period": ("period_start", "period_end", "as_of"),
    "auditor": ("auditor", "report_date"),
    "opinion": ("opinion",),
    "subservice": ("states_no_subservice",),
    "cuecs": ("states_no_cuecs",),
    "exceptions": ("states_no_exceptions",),
}


@dataclass(frozen=True)
class Section:
    """One heading of the form: what is missing under it, what the rules remark, the pages its facts stand on."""

    key: str
    title: str
    missing: list[str]
    notes: list[str]
    pages: list[int]


def sections_of(report: Report) -> dict[str, Section]:
    """Every section of the form by its key, in the order of the page."""
    missing = missing_facts(report)
    notes = _notes_by_section(report)
    return {
        key: Section(key, str(title), missing[key], notes.get(key, []), _pages_in(report, key))
        for key, title in SECTIONS.items()
    }


def why_not_accept(report: Report, review: Review, user: User) -> str:
    """Why the report cannot be accepted now, in a sentence; empty when it can."""
    try:
        reviews_access.check_can_accept_report(user, review, report)
    except (NotAllowed, Refused) as reason:
        return str(reason)
    lacking = [section.title for section in sections_of(report).values() if section.missing]
    return _("Still missing: %(sections)s.") % {"sections": ", ".join(lacking)} if lacking else ""


def lists_for(report: Report) -> dict[str, Any]:
    """What fields of the form suggest while somebody types, and which sections this kind of report has."""
    return {
        "firms": queries.known_firms(),
        "criteria": DESCRIPTIONS,
        "has_criteria": report.kind in ("", ReportKind.SOC2) and report.type in ("", ReportType.TYPE2),
        "has_tests": not report.kind or asks_for_tests(report.kind, report.type or ReportType.TYPE2),
    }


def _pages_in(report: Report, section: str) -> list[int]:
    """The pages on which the facts of one section stand, each once."""
    rows: dict[str, Any] = {
        "exceptions": report.exceptions,
        "cuecs": report.cuecs,
        "subservice": report.subservice_organizations,
    }
    listed = rows[section].all() if section in rows else ()
    said = (report.pages.get(fact) for fact in FACTS_OF[section])
    return sorted({page for page in (*said, *(row.page for row in listed)) if page})


def _notes_by_section(report: Report) -> dict[str, list[str]]:
    before = queries.report_before(report)
    notes: dict[str, list[str]] = {}
    for note in notes_on(queries.facts_of(report), before.period_end if before else None):
        notes.setdefault(_section_of(note), []).append(note.reason.render(_))
    if missing := report.criteria_left_out():
        notes.setdefault("categories", []).append(
            _("In scope, but no test is recorded of %(criteria)s.") % {"criteria": missing}
        )
    other = queries.other_organization_in(report)
    if other is not None:
        notes.setdefault("identity", []).append(other.render(_))
    if report.auditor is not None and report.auditor.checked_on is None:
        notes.setdefault("auditor", []).append(
            _("%(firm)s was never checked. Look up its licence and its last peer review.")
            % {"firm": report.auditor.name}
        )
    return notes


def _section_of(note: Note) -> str:
    return SECTION_OF.get(note.field, "identity")
