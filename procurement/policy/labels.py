"""How the terms of the policy are written on pages, in mails and in the memo."""

from django.utils.translation import gettext_lazy as _

from procurement.policy.terms import Criticality, DataClass, Vertical

DATA_CLASSES = [
    (DataClass.PUBLIC.value, _("Public")),
    (DataClass.INTERNAL.value, _("Internal")),
    (DataClass.CONFIDENTIAL.value, _("Confidential")),
    (DataClass.PERSONAL.value, _("Personal")),
    (DataClass.HEALTH.value, _("Health")),
    (DataClass.CARDHOLDER.value, _("Cardholder")),
    (DataClass.US_FEDERAL.value, _("US federal")),
]
VERTICALS = [
    (Vertical.GENERAL.value, _("None of these")),
    (Vertical.HEALTHCARE.value, _("Healthcare")),
    (Vertical.FINANCE.value, _("Finance")),
    (Vertical.GOVERNMENT.value, _("Government")),
]
CRITICALITIES = [
    (Criticality.LOW.value, _("Low: we hardly notice an outage")),
    (Criticality.MEDIUM.value, _("Medium: work slows down")),
    (Criticality.HIGH.value, _("High: work stops within a day")),
    (Criticality.CRITICAL.value, _("Critical: work stops at once")),
]
TIERS = [(1, _("Tier 1")), (2, _("Tier 2")), (3, _("Tier 3"))]
