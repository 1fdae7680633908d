"""Models of reports, one noun a file."""

from vendors.reports.models.auditors import AuditorFirm
from vendors.reports.models.contents import Cuec, ReportException, SubserviceOrganization
from vendors.reports.models.evidence import Evidence
from vendors.reports.models.likeness import ReportFingerprint, SharedText
from vendors.reports.models.readings import ReportReading
from vendors.reports.models.reports import Grant, Report
from vendors.reports.models.requests import ReportRequest
from vendors.reports.models.statements import SuccessorStatement

__all__ = [
    "AuditorFirm",
    "Cuec",
    "Evidence",
    "Grant",
    "Report",
    "ReportException",
    "ReportFingerprint",
    "ReportReading",
    "ReportRequest",
    "SharedText",
    "SubserviceOrganization",
    "SuccessorStatement",
]
