"""A case in which every requirement of the policy that ships is met, to be spoilt one fact at a time."""

from datetime import date
from typing import Any

from procurement.policy.cases import (
    Case,
    Evidence,
    Exemption,
    NdaFacts,
    Register,
    RemediationFacts,
    SubserviceFacts,
)
from procurement.policy.defaults import DEFAULT_POLICY
from procurement.policy.evaluation import Policy, RequirementCheck, evaluate
from procurement.policy.terms import Criticality, DataClass, ScopeFit
from vendors.reports.currency import SuccessorStated
from vendors.reports.terms import (
    Category,
    EvidenceKind,
    Opinion,
    ReportFacts,
    ReportKind,
    ReportType,
    SubserviceMethod,
)

ON = date(2026, 12, 1)
POLICY = Policy.load(DEFAULT_POLICY["version"], DEFAULT_POLICY["rows"])

PAGES = {"kind": 1, "period": 3, "report_date": 5, "opinion": 4, "categories": 1, "auditor": 5, "subservice": 31}


def report(**changed: Any) -> ReportFacts:
    facts: dict[str, Any] = {
        "kind": ReportKind.SOC2,
        "type": ReportType.TYPE2,
        "service_organization": "Quillhaven Software, Inc.",
        "system_name": "People Cloud",
        "categories": frozenset({Category.SECURITY, Category.AVAILABILITY, Category.CONFIDENTIALITY}),
        "period_start": date(2025, 7, 1),
        "period_end": date(2026, 6, 30),
        "report_date": date(2026, 8, 14),
        "auditor": "Rookhope CPA Group",
        "opinion": Opinion.UNQUALIFIED,
        "accepted": True,
        "pages": PAGES,
    }
    return ReportFacts(**{**facts, **changed})


def case(**changed: Any) -> Case:
    facts: dict[str, Any] = {
        "vendor": "Quillhaven",
        "data_classes": frozenset({DataClass.PERSONAL}),
        "criticality": Criticality.MEDIUM,
        "tier": 2,
        "nda": NdaFacts(title="Our NDA, version 4", starts_on=date(2025, 8, 18), ends_on=date(2028, 8, 18)),
        "report": report(),
        "previous_period_end": date(2025, 6, 30),
        "auditor_checked_on": date(2026, 11, 24),
        "scope_fit": ScopeFit.YES,
        "scope_page": 12,
        "exceptions": Register(2),
        "cuecs": Register(7),
        "subservice": (SubserviceFacts("Tarnfield Hosting", SubserviceMethod.INCLUSIVE),),
    }
    return Case(**{**facts, **changed})


def judged(key: str, on: date = ON, policy: Policy = POLICY, **changed: Any) -> RequirementCheck:
    """The check of one row for the good case with these facts changed."""
    return next(check for check in evaluate(policy, case(**changed), on) if check.key == key)


def next_report_said(stated_on: date) -> SuccessorStated:
    return SuccessorStated(
        period_start=date(2026, 7, 1),
        period_end=date(2027, 6, 30),
        expected_on=date(2027, 8, 14),
        stated_on=stated_on,
    )


def remediation(**changed: Any) -> RemediationFacts:
    facts: dict[str, Any] = {"reason": "Qualified on CC6.1", "opened_on": date(2026, 11, 2)}
    return RemediationFacts(**{**facts, **changed})


def closed_remediation() -> RemediationFacts:
    return remediation(closed_on=date(2026, 11, 20), closed_by="Tomasz Reyk")


def paper(kind: EvidenceKind, until: date | None = None, dated_on: date = date(2025, 9, 2)) -> Evidence:
    return Evidence(kind=kind, dated_on=dated_on, until=until)


def waiver(key: str, until: date = date(2027, 3, 31), launched_on: date | None = None) -> Exemption:
    why = "The report comes in March."
    return Exemption(key=key, approver="Tomasz Reyk", until=until, reason=why, launched_on=launched_on)
