"""The SOC 2 list as CSV, dates as 2027-06-30."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from procurement.clearance.soc2_list import ReportRow
from procurement.listing.csv_files import as_csv
from vendors.directory.models import Vendor


def reports_as_csv(rows: Iterable[ReportRow]) -> bytes:
    header = [
        _("Vendor"),
        _("Legal name"),
        _("Product kind"),
        _("System"),
        _("Auditor firm"),
        _("Opinion"),
        _("Trust Services Categories"),
        _("Period from"),
        _("Period until"),
        _("State"),
        _("Counts until"),
        _("Data cleared"),
    ]
    return as_csv(header, (_report_cells(row) for row in rows))


def vendors_as_csv(vendors: Iterable[Vendor]) -> bytes:
    header = [_("Vendor"), _("Legal name"), _("Product kind"), _("Domain"), _("Trust center")]
    return as_csv(
        header,
        ([one.name, one.legal_name, one.get_category_display(), one.domain, one.trust_center_url] for one in vendors),
    )


def _report_cells(row: ReportRow) -> list[object]:
    report = row.report
    return [
        report.vendor.name,
        report.vendor.legal_name,
        report.vendor.get_category_display(),
        report.system_name,
        report.auditor.name if report.auditor else "",
        report.get_opinion_display(),
        ", ".join(report.category_names()),
        report.period_start,
        report.period_end,
        _("Awaiting successor") if row.currency.is_awaiting_successor else _("Current"),
        row.currency.counts_until if row.currency.is_awaiting_successor else row.currency.current_until,
        row.answer.short,
    ]
