"""How acts of this capability write days and reports in sentences."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vendors.calendar.words import written
from vendors.reports.models import Cuec, Report, ReportException, SubserviceOrganization


def day_in_words(day: date) -> str:
    """A day as sentences say it: "30 June 2027"."""
    return written(day, "j F Y")


def named(report: Report) -> str:
    """The report and whose it is: "SOC 2 Type II, 2026 of Quillhaven"."""
    if not report.kind:
        return str(report)
    return _("%(report)s of %(vendor)s") % {"report": report, "vendor": report.vendor.name}


def part_named(listed: str, field: str) -> str:
    """A field of a row as sentences name it: "exception: management's response"."""
    rows: Any = {"exceptions": ReportException, "cuecs": Cuec, "subservice": SubserviceOrganization}
    return _("%(row)s: %(field)s") % {
        "row": fact_named(f"{listed}.one"),
        "field": rows[listed]._meta.get_field(field).verbose_name,
    }


def fact_named(name: str) -> str:
    """A fact, a list of rows or one row of it as sentences name it: "report date", "user entity controls".

    name  of the fact or list ("cuecs"); a row is named "cuecs.one"
    """
    listed = {
        "exceptions": _("exceptions"),
        "cuecs": _("user entity controls"),
        "subservice": _("subservice organizations"),
        "exceptions.one": _("exception"),
        "cuecs.one": _("user entity control"),
        "subservice.one": _("subservice organization"),
        "auditor": _("auditor firm"),
    }
    return listed.get(name) or str(Report._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
