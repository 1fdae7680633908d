"""The policy that ships (DESIGN.md, "Rules of the trade"), as plain data an administrator can change.

A row says which requirement is asked (`key`, the rule of that name), for which uses (`applies_to`; without a
list: for all), whether an approver may waive it, and its parameters. `Policy.load` reads it.
"""

from typing import Any

from vendors.reports.reasons import gettext_noop as _

ABOVE_PUBLIC = ["internal", "confidential", "personal", "health", "cardholder", "us_federal"]

DEFAULT_ROWS: list[dict[str, Any]] = [
    {
        "key": "nda_in_force",
        "title": _("NDA in force"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": False,
        "parameters": {},
    },
    {
        "key": "soc2_type2_current",
        "title": _("Current SOC 2 Type II report"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": True,
        "parameters": {
            "current_months": 12,
            "relief_months": 3,
            "statement_months": 3,
            "unknown_lag_days": 60,
            "type1_months": 12,
            "launch_months": 18,
            "approval_months": 12,
        },
    },
    {
        "key": "period_length",
        "title": _("Audit period of 6 to 12 months, no gap"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": True,
        "parameters": {"flag_under_months": 3, "note_under_months": 6, "flag_over_months": 12},
    },
    {
        "key": "report_date",
        "title": _("Report dated after its period, in time"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": False,
        "parameters": {"late_after_days": 90},
    },
    {
        "key": "opinion",
        "title": _("Opinion"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": False,
        "parameters": {},
    },
    {
        "key": "scope_fit",
        "title": _("What we buy lies inside the described system"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": True,
        "parameters": {},
    },
    {
        "key": "categories_for_use",
        "title": _("Categories that the use needs"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": True,
        "parameters": {
            # one category of each list has to be examined
            "uptime": ["availability"],
            "data": {
                "confidential": ["confidentiality"],
                "personal": ["confidentiality", "privacy"],
                "health": ["confidentiality", "privacy"],
            },
        },
    },
    {
        "key": "exceptions_decided",
        "title": _("Every exception has a decision of ours"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": False,
        "parameters": {},
    },
    {
        "key": "cuecs_owned",
        "title": _("Every user entity control has an owner"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": False,
        "parameters": {},
    },
    {
        "key": "subservice_named",
        "title": _("Subservice organizations named"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": False,
        "parameters": {},
    },
    {
        "key": "auditor_checked",
        "title": _("Auditor firm checked within 12 months"),
        "applies_to": {"data_classes": ABOVE_PUBLIC},
        "waivable": False,
        "parameters": {"months": 12},
    },
    {
        "key": "baa_for_health",
        "title": _("Business associate agreement and HIPAA evidence"),
        "applies_to": {"data_classes": ["health"]},
        "waivable": False,
        "parameters": {"evidence": ["baa", "hipaa_evidence"]},
    },
    {
        "key": "fedramp_for_us_federal",
        "title": _("FedRAMP authorization"),
        "applies_to": {"data_classes": ["us_federal"]},
        "waivable": False,
        "parameters": {"evidence": ["fedramp_authorization"]},
    },
    {
        "key": "pci_aoc_for_cardholder",
        "title": _("PCI DSS attestation of compliance"),
        "applies_to": {"data_classes": ["cardholder"]},
        "waivable": False,
        "parameters": {"evidence": ["pci_aoc"]},
    },
    {
        "key": "further_evidence",
        "title": _("Asked for as well"),
        "applies_to": {"criticalities": ["critical"]},
        "waivable": False,
        "parameters": {"evidence": ["iso27001_certificate", "penetration_test"]},
    },
    {
        "key": "remediation_closed",
        "title": _("No remediation open"),
        "applies_to": {},
        "waivable": False,
        "parameters": {},
    },
]

DEFAULT_POLICY: dict[str, Any] = {"version": 1, "rows": DEFAULT_ROWS}
