"""What is still missing before a report can be accepted. Kinds of report differ in what they state.

SOC 2 and SOC 1 are Type I (a point in time, design only, no tests) or Type II (a period, with tests).
A SOC 3 covers a period, but holds no tests. Anything else is kept with who, what and when only.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vendors.reports.models import Report
from vendors.reports.terms import Opinion, ReportKind, ReportType

SECTIONS = {
    "identity": gettext_lazy("Kind and system"),
    "categories": gettext_lazy("Categories"),
    "period": gettext_lazy("Period"),
    "auditor": gettext_lazy("Auditor and report date"),
    "opinion": gettext_lazy("Opinion"),
    "subservice": gettext_lazy("Subservice organizations"),
    "cuecs": gettext_lazy("Complementary user entity controls"),
    "exceptions": gettext_lazy("Exceptions"),
}
ATTESTATIONS = {ReportKind.SOC1, ReportKind.SOC2, ReportKind.SOC3}
TYPED = {ReportKind.SOC1, ReportKind.SOC2}
# A disclaimer says that too little could be seen; it need not name a criterion.
NAMES_CRITERIA = {Opinion.QUALIFIED, Opinion.ADVERSE}


def missing_facts(report: Report) -> dict[str, list[str]]:
    """For each section of the facts page what is missing, in sentences; an empty list is a complete section."""
    return {section: _CHECKS[section](report) for section in SECTIONS}


def incomplete_sections(report: Report) -> list[str]:
    """The names of the sections in which something is missing, as headings."""
    return [str(SECTIONS[section]) for section, sentences in missing_facts(report).items() if sentences]


def asks_for_a_period(kind: str, type_: str) -> bool:
    """Whether a report of this kind covers a period; one of Type I speaks for a single day."""
    return kind == ReportKind.SOC3 or (kind in TYPED and type_ == ReportType.TYPE2)


def asks_for_tests(kind: str, type_: str) -> bool:
    """Whether a report of this kind holds tests of controls, and with them exceptions."""
    return kind in TYPED and type_ == ReportType.TYPE2


def _kind(report: Report) -> str:
    """The kind it is, or until somebody says so the one that was asked for."""
    return report.kind or ReportKind.SOC2


def _type(report: Report) -> str:
    return report.type or ReportType.TYPE2


def _identity(report: Report) -> list[str]:
    missing = []
    if not report.kind:
        missing.append(_("Kind: say which report this is."))
    if report.kind in TYPED and not report.type:
        missing.append(_("Type: say whether it is Type I or Type II."))
    if not report.service_organization:
        missing.append(_("Service organization: give the name as the report prints it."))
    if not report.system_name:
        missing.append(_("System: give the name of the described system."))
    return missing


def _categories(report: Report) -> list[str]:
    if _kind(report) in {ReportKind.SOC2, ReportKind.SOC3} and not report.categories:
        return [_("Categories: tick those in the auditor's scope.")]
    return []


def _period(report: Report) -> list[str]:
    if _type(report) == ReportType.TYPE1 and _kind(report) in TYPED:
        return [] if report.as_of else [_("As of: give the day the Type I report speaks for.")]
    if not asks_for_a_period(_kind(report), _type(report)):
        return []
    missing = []
    if not report.period_start:
        missing.append(_("Audit period from: give its first day."))
    if not report.period_end:
        missing.append(_("Audit period until: give its last day."))
    return missing


def _auditor(report: Report) -> list[str]:
    missing = []
    if _kind(report) in ATTESTATIONS and report.auditor is None:
        missing.append(_("Auditor: give the firm that signed."))
    if report.report_date is None:
        missing.append(_("Report date: take the date under the auditor's signature."))
    return missing


def _opinion(report: Report) -> list[str]:
    if _kind(report) not in ATTESTATIONS:
        return []
    if not report.opinion:
        return [_("Opinion: read it in the auditor's letter.")]
    missing = []
    if Opinion(report.opinion).is_modified and not report.opinion_basis:
        missing.append(_("Basis: say why the opinion is modified."))
    if report.opinion in NAMES_CRITERIA and _kind(report) != ReportKind.SOC1 and not report.opinion_criteria:
        missing.append(_("Criteria not met: name those in the basis paragraph."))
    return missing


def _subservice(report: Report) -> list[str]:
    if _kind(report) not in ATTESTATIONS:
        return []
    rows = list(report.subservice_organizations.all())
    if not rows and not report.states_no_subservice:
        return [_("List the subservice organizations, or tick that the report names none.")]
    missing = []
    for row in rows:
        if not row.name:
            missing.append(_("A subservice organization has no name."))
        elif not row.method:
            missing.append(_("%(name)s: say whether it is carved out or included.") % {"name": row.name})
    return missing


def _cuecs(report: Report) -> list[str]:
    if _kind(report) not in ATTESTATIONS:
        return []
    rows = list(report.cuecs.all())
    if not rows and not report.states_no_cuecs:
        return [_("List the user entity controls, or tick that the report lists none.")]
    without_text = sum(not row.text for row in rows)
    return _rows_lack(
        without_text,
        ngettext(
            "%(count)s user entity control has no text.",
            "%(count)s user entity controls have no text.",
            without_text,
        ),
    )


def _exceptions(report: Report) -> list[str]:
    if not asks_for_tests(_kind(report), _type(report)):
        return []
    rows = list(report.exceptions.all())
    if not rows and not report.states_no_exceptions:
        return [_("List the exceptions, or tick that the report notes none.")]
    without_text = sum(not row.description for row in rows)
    # A SOC 1 has control objectives of its own, not Trust Services Criteria.
    without_criterion = 0 if _kind(report) == ReportKind.SOC1 else sum(not row.criterion for row in rows)
    return [
        *_rows_lack(
            without_text,
            ngettext(
                "%(count)s exception does not say what the auditor found.",
                "%(count)s exceptions do not say what the auditor found.",
                without_text,
            ),
        ),
        *_rows_lack(
            without_criterion,
            ngettext(
                "%(count)s exception names no criterion.",
                "%(count)s exceptions name no criterion.",
                without_criterion,
            ),
        ),
    ]


def _rows_lack(count: int, sentence: str) -> list[str]:
    return [sentence % {"count": count}] if count else []


_CHECKS: dict[str, Callable[[Report], list[str]]] = {
    "identity": _identity,
    "categories": _categories,
    "period": _period,
    "auditor": _auditor,
    "opinion": _opinion,
    "subservice": _subservice,
    "cuecs": _cuecs,
    "exceptions": _exceptions,
}
