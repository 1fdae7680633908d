"""The SOC 2 list as CSV: UTF-8 with the mark that spreadsheets look for, dates as 2027-06-30, no cell a formula."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from procurement.clearance.soc2_list import ReportRow
from vendors.directory.models import Vendor

BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def reports_as_csv(rows: Iterable[ReportRow]) -> str:
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
    return _written(header, (_report_cells(row) for row in rows))


def vendors_as_csv(vendors: Iterable[Vendor]) -> str:
    header = [_("Vendor"), _("Legal name"), _("Product kind"), _("Domain"), _("Trust center")]
    return _written(
        header,
        ([one.name, one.legal_name, one.get_category_display(), one.domain, one.trust_center_url] for one in vendors),
    )


def harmless(cell: object) -> str:
    """The cell as text; an apostrophe keeps a spreadsheet from running what a vendor wrote into its name."""
    text = str(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


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


def _written(header: list[str], rows: Iterable[list[object]]) -> str:
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()
