"""Index: every model of vendors. Re-exports only, so that Django finds them."""

from vendors.contacts.models import Contact, Invitation
from vendors.correspondence.models import MailOutage, OutgoingEmail
from vendors.directory.models import Vendor
from vendors.ledger.models import LedgerEntry
from vendors.ndas.models import Nda, NdaText
from vendors.portal.models import SignInCode
from vendors.reports.models import (
    AuditorFirm,
    Cuec,
    Evidence,
    Grant,
    Report,
    ReportException,
    ReportFingerprint,
    ReportReading,
    ReportRequest,
    SharedText,
    SubserviceOrganization,
    SuccessorStatement,
)
from vendors.vault.models import CustodyEntry, PageImage, PageText, StoredFile

__all__ = [
    "AuditorFirm",
    "Contact",
    "Cuec",
    "CustodyEntry",
    "Evidence",
    "Grant",
    "Invitation",
    "LedgerEntry",
    "MailOutage",
    "Nda",
    "NdaText",
    "OutgoingEmail",
    "PageImage",
    "PageText",
    "Report",
    "ReportException",
    "ReportFingerprint",
    "ReportReading",
    "ReportRequest",
    "SharedText",
    "SignInCode",
    "StoredFile",
    "SubserviceOrganization",
    "SuccessorStatement",
    "Vendor",
]
