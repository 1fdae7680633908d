"""The SOC 2 list: which vendors hold a current, accepted SOC 2 Type II report, and for which data they are cleared.

A row is the newest accepted report of one described system. Two more lists stand beside it: reports that are past
their 12 months while a named successor is awaited, and vendors without any report on file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower, Trim

from procurement.clearance.queries import Answer, answers_for, vendors_cleared_for
from procurement.policy import queries as policy_queries
from procurement.policy.terms import DataClass
from vendors.calendar.days import plus_days
from vendors.directory.models import Vendor
from vendors.reports.currency import Currency, currency_of, earliest_still_within
from vendors.reports.models import Report, SuccessorStatement
from vendors.reports.models.reports import ReportQuerySet
from vendors.reports.systems import statements_of

CURRENT, AWAITING, NO_REPORT = "current", "awaiting_successor", "no_report"
LISTS = (CURRENT, AWAITING, NO_REPORT)
SORTS: dict[str, tuple[str, ...]] = {
    "vendor": ("vendor__name", "system_name", "pk"),
    "category": ("vendor__category", "vendor__name", "pk"),
    "auditor": ("auditor__name", "vendor__name", "pk"),
    "until": ("period_end", "vendor__name", "pk"),
}
VENDOR_SORTS: dict[str, tuple[str, ...]] = {"vendor": ("name", "pk"), "category": ("category", "name", "pk")}


@dataclass(frozen=True)
class ReportRow:
    """The newest report of one system. `answer` says for which data its vendor is cleared that day."""

    report: Report
    currency: Currency
    answer: Answer


def current(on: date) -> ReportQuerySet:
    """Reports that are current on that day: `currency_of` in the database's words."""
    months = policy_queries.current_currency_rules().current_months
    return _newest_of_each_system().filter(period_end__gte=earliest_still_within(on, months))


def awaiting_successor(on: date) -> ReportQuerySet:
    """Reports past their 12 months that the vendor's own recent word on the next one carries."""
    rules = policy_queries.current_currency_rules()
    said = SuccessorStatement.objects.standing().filter(
        report=OuterRef("pk"),
        stated_on__lte=on,
        stated_on__gte=earliest_still_within(plus_days(on, 1), rules.statement_months),
        period_end__gt=OuterRef("period_end"),
    )
    return _newest_of_each_system().filter(
        Exists(said),
        period_end__lt=earliest_still_within(on, rules.current_months),
        period_end__gte=earliest_still_within(on, rules.current_months + rules.relief_months),
    )


def without_report() -> QuerySet[Vendor]:
    """Vendors of whom no SOC 2 Type II report was ever accepted."""
    accepted = Report.objects.accepted_type_2().filter(vendor=OuterRef("pk"))
    return Vendor.objects.in_use().filter(~Exists(accepted))


def matching_reports(reports: ReportQuerySet, chosen: dict[str, Any], *, on: date) -> ReportQuerySet:
    """The reports that fit these filters (`forms.Soc2Filters.chosen`)."""
    if "q" in chosen:
        reports = reports.filter(vendor__in=Vendor.objects.matching(chosen["q"]))
    if "category" in chosen:
        reports = reports.filter(vendor__category=chosen["category"])
    if "auditor" in chosen:
        reports = reports.filter(auditor=chosen["auditor"])
    if "cleared" in chosen:
        reports = reports.filter(vendor__in=vendors_cleared_for(DataClass(chosen["cleared"]), on=on))
    return reports


def matching_vendors(vendors: QuerySet[Vendor], chosen: dict[str, Any], *, on: date) -> QuerySet[Vendor]:
    """The vendors that fit: without a report none has an auditor, and one may be cleared for public data."""
    if "auditor" in chosen:
        return vendors.none()
    if "q" in chosen:
        vendors = vendors.filter(pk__in=Vendor.objects.matching(chosen["q"]))
    if "category" in chosen:
        vendors = vendors.filter(category=chosen["category"])
    if "cleared" in chosen:
        vendors = vendors.filter(pk__in=vendors_cleared_for(DataClass(chosen["cleared"]), on=on))
    return vendors


def rows_of(reports: Iterable[Report], *, on: date) -> list[ReportRow]:
    """The rows of these reports (with vendor, auditor and statements), in a fixed number of queries."""
    listed = list(reports)
    rules = policy_queries.current_currency_rules()
    answers = answers_for({report.vendor_id: report.vendor for report in listed}.values(), on=on)
    return [
        ReportRow(
            report=report,
            currency=currency_of(report.period_end, statements_of(report), on=on, rules=rules),
            answer=answers[report.vendor_id],
        )
        for report in listed
        if report.period_end
    ]


def _newest_of_each_system() -> ReportQuerySet:
    """As `vendors.reports.systems` keeps them apart: by name, whatever its capitals."""
    accepted = Report.objects.accepted_type_2().annotate(system=Lower(Trim("system_name")))
    same = accepted.filter(vendor=OuterRef("vendor"), system=OuterRef("system"))
    later = same.filter(
        Q(period_end__gt=OuterRef("period_end"))
        | Q(period_end=OuterRef("period_end"), period_start__gt=OuterRef("period_start"))
        | Q(period_end=OuterRef("period_end"), period_start=OuterRef("period_start"), pk__gt=OuterRef("pk"))
    )
    return (
        accepted.filter(~Exists(later), vendor__retired_on__isnull=True)
        .select_related("vendor", "auditor")
        .prefetch_related("successor_statements")
    )
