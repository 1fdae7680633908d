"""How the terms of a report are written on pages, in mails and in the memo."""

from django.utils.translation import gettext_lazy as _

from vendors.reports.terms import Category, EvidenceKind, Opinion, ReportKind, ReportType, SubserviceMethod

KINDS = [
    (ReportKind.SOC2.value, _("SOC 2")),
    (ReportKind.SOC1.value, _("SOC 1")),
    (ReportKind.SOC3.value, _("SOC 3")),
    (ReportKind.OTHER.value, _("Something else")),
]
TYPES = [
    (ReportType.TYPE2.value, _("Type II")),
    (ReportType.TYPE1.value, _("Type I")),
]
OPINIONS = [
    (Opinion.UNQUALIFIED.value, _("Unqualified")),
    (Opinion.QUALIFIED.value, _("Qualified")),
    (Opinion.ADVERSE.value, _("Adverse")),
    (Opinion.DISCLAIMER.value, _("Disclaimer of opinion")),
]
CATEGORIES = [
    (Category.SECURITY.value, _("Security")),
    (Category.AVAILABILITY.value, _("Availability")),
    (Category.PROCESSING_INTEGRITY.value, _("Processing Integrity")),
    (Category.CONFIDENTIALITY.value, _("Confidentiality")),
    (Category.PRIVACY.value, _("Privacy")),
]
METHODS = [
    (SubserviceMethod.CARVE_OUT.value, _("Carve-out")),
    (SubserviceMethod.INCLUSIVE.value, _("Inclusive")),
]
EVIDENCE_KINDS = [
    (EvidenceKind.BAA.value, _("Business associate agreement (BAA)")),
    (EvidenceKind.HIPAA_EVIDENCE.value, _("HIPAA evidence")),
    (EvidenceKind.FEDRAMP_AUTHORIZATION.value, _("FedRAMP authorization")),
    (EvidenceKind.PCI_AOC.value, _("PCI DSS attestation of compliance (AOC)")),
    (EvidenceKind.ISO27001_CERTIFICATE.value, _("ISO 27001 certificate")),
    (EvidenceKind.PENETRATION_TEST.value, _("Penetration test")),
]
