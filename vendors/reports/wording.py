"""How acts of this capability write days and reports in sentences."""

from datetime import date

from django.utils.translation import gettext as _

from vendors.calendar.words import written
from vendors.reports.models import Report


def day_in_words(day: date) -> str:
    """A day as sentences say it: "30 June 2027"."""
    return written(day, "j F Y")


def named(report: Report) -> str:
    """The report and whose it is: "SOC 2 Type II, 2026 of Quillhaven"."""
    if not report.kind:
        return str(report)
    return _("%(report)s of %(vendor)s") % {"report": report, "vendor": report.vendor.name}
