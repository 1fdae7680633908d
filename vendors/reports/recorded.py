"""The facts of a report as lines to read: name, value, and the page that says so."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vendors.reports import passages
from vendors.reports.models import Report
from vendors.templatetags import wording


@dataclass(frozen=True)
class RecordedFact:
    """One line. `mark` names the passage a viewer selects; empty where a reading knows it under no name of its own."""

    name: str
    value: str
    page: int | None
    mark: str = ""


def recorded_facts(report: Report) -> list[RecordedFact]:
    """What a person recorded, in the order of the facts page; nothing that is not recorded yet."""
    return [line for line in (*_facts(report), *_rows(report)) if line.value]


def _facts(report: Report) -> Iterator[RecordedFact]:
    auditor = report.auditor.name if report.auditor else ""
    period = f"{wording.day(report.period_start)} – {wording.day(report.period_end)}" if report.period_end else ""
    values = {
        "kind": f"{report.get_kind_display()} {report.get_type_display()}".strip(),
        "service_organization": report.service_organization,
        "system": report.system_name,
        "categories": ", ".join(report.category_names()),
        "criteria_tested": _criteria(report),
        "period_start": period,
        "as_of": wording.day(report.as_of),
        "auditor": auditor,
        "report_date": wording.day(report.report_date),
        "opinion": str(report.get_opinion_display()),
        "opinion_basis": report.opinion_basis,
        "modified_criteria": ", ".join(report.opinion_criteria),
    }
    for mark, value in values.items():
        field = passages.FIELDS.get(mark, mark)
        page = report.pages.get(field) or report.citations.get(field, {}).get("page")
        yield RecordedFact(passages.name_of(mark), value, page, mark)


def _criteria(report: Report) -> str:
    missing = report.criteria_left_out()
    if not missing:
        return report.criteria_in_short()
    return _("%(tested)s; in scope without a test: %(missing)s") % {
        "tested": report.criteria_in_short(),
        "missing": missing,
    }


def _rows(report: Report) -> Iterator[RecordedFact]:
    for organization in report.subservice_organizations.all():
        value = ", ".join(filter(None, (organization.name, organization.service, organization.get_method_display())))
        yield RecordedFact(_("Subservice organization"), value, organization.page)
    for exception in report.exceptions.all():
        where = ", ".join(filter(None, (exception.criterion, exception.control)))
        yield RecordedFact(_("Exception"), ": ".join(filter(None, (where, exception.description))), exception.page)
        answered_on = exception.cited.get("response", {}).get("page")
        yield RecordedFact(_("Management’s response"), exception.response, answered_on)
    for cuec in report.cuecs.all():
        called = " ".join(filter(None, (cuec.reference, cuec.criterion)))
        yield RecordedFact(_("User entity control"), ": ".join(filter(None, (called, cuec.text))), cuec.page)
