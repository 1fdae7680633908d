"""What a policy says about a case: each requirement met, not met, noted or not asked, with its reason. Pure.

The rules stand in report_rules.py, use_rules.py and register_rules.py; this is the door to them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from procurement.policy import register_rules, report_rules, use_rules
from procurement.policy.cases import Case, Exemption
from procurement.policy.outcomes import Outcome, Question, exempted, not_asked, not_met
from procurement.policy.rows import Policy, PolicyError, PolicyRow
from procurement.policy.terms import Action, Result
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import EvidenceKind, ReportKind, ReportType

__all__ = [
    "Case",
    "Policy",
    "PolicyError",
    "PolicyRow",
    "Readiness",
    "RequirementCheck",
    "blocking",
    "evaluate",
    "evidence_relied_on",
    "readiness",
]

Rule = Callable[[Question], Outcome]

THE_REPORT = "soc2_type2_current"

# Rules that judge a SOC 2 report, and have nothing to say without one.
REPORT_RULES: dict[str, Rule] = {
    "period_length": report_rules.period_length,
    "report_date": report_rules.report_date,
    "opinion": report_rules.opinion,
    "scope_fit": use_rules.scope_fit,
    "categories_for_use": use_rules.categories_for_use,
    "exceptions_decided": register_rules.exceptions_decided,
    "cuecs_owned": register_rules.cuecs_owned,
    "subservice_named": register_rules.subservice_named,
    "auditor_checked": register_rules.auditor_checked,
}
OTHER_RULES: dict[str, Rule] = {
    "nda_in_force": use_rules.nda_in_force,
    THE_REPORT: report_rules.soc2_type2_current,
    "baa_for_health": use_rules.evidence_on_file,
    "fedramp_for_us_federal": use_rules.evidence_on_file,
    "pci_aoc_for_cardholder": use_rules.evidence_on_file,
    "further_evidence": use_rules.further_evidence,
    "remediation_closed": register_rules.remediation_closed,
}
EVIDENCE_ROWS = frozenset(key for key, rule in OTHER_RULES.items() if rule is use_rules.evidence_on_file)
RULES = {**OTHER_RULES, **REPORT_RULES}


@dataclass(frozen=True, kw_only=True)
class RequirementCheck:
    """What one row of the policy says about a case. `action` hints at what to do; `pages` back the reason.

    exempted  it holds nothing up only because of a waiver or a risk acceptance
    """

    key: str
    title: str
    result: Result
    reason: Reason
    pages: tuple[int, ...] = ()
    action: Action | None = None
    exempted: bool = False

    @property
    def blocks(self) -> bool:
        """Whether no approval is possible while this stands."""
        return self.result is Result.NOT_MET


@dataclass(frozen=True)
class Readiness:
    """How many of the requirements asked hold nothing up: "Ready to decide: 3 of 7"."""

    settled: int
    asked: int

    @property
    def is_ready(self) -> bool:
        return self.settled == self.asked


def evaluate(policy: Policy, case: Case, on: date) -> tuple[RequirementCheck, ...]:
    """Every row of the policy, in its order, judged for this case on the day `on`."""
    return tuple(_check(row, _judge(policy, row, case, on)) for row in policy.rows)


def blocking(checks: Iterable[RequirementCheck]) -> tuple[RequirementCheck, ...]:
    """Those that stand in the way of an approval."""
    return tuple(check for check in checks if check.blocks)


def evidence_relied_on(policy: Policy, checks: Iterable[RequirementCheck]) -> tuple[EvidenceKind, ...]:
    """The kinds of paper that some met requirement rests on."""
    keys = {check.key for check in checks if check.result is Result.MET and check.key in EVIDENCE_ROWS}
    rows = [row for row in policy.rows if row.key in keys]
    return tuple(EvidenceKind(name) for row in rows for name in row.parameters["evidence"])


def readiness(checks: Iterable[RequirementCheck]) -> Readiness:
    asked = [check for check in checks if check.result is not Result.NOT_APPLICABLE]
    return Readiness(settled=len(asked) - len(blocking(asked)), asked=len(asked))


def _check(row: PolicyRow, outcome: Outcome) -> RequirementCheck:
    return RequirementCheck(
        key=row.key,
        title=row.title,
        result=outcome.result,
        reason=outcome.reason,
        pages=outcome.pages,
        action=outcome.action,
        exempted=outcome.exempted,
    )


def _judge(policy: Policy, row: PolicyRow, case: Case, on: date) -> Outcome:
    why_not = row.applies_to.why_not(case)
    if why_not:
        return not_asked(why_not)
    if row.key in REPORT_RULES and not _has_soc2(case):
        return _without_report(policy, case, on)
    outcome = RULES[row.key](Question(policy, row, case, on))
    waiver = _waiver(policy, row.key, case, on)
    if waiver and outcome.result is Result.NOT_MET:
        template = _("{reason} Waived by {who} until {until}: {why}")
        waived = because(template, reason=outcome.reason, who=waiver.approver, until=waiver.until, why=waiver.reason)
        return exempted(waived, pages=outcome.pages, action=outcome.action)
    return outcome


def _has_soc2(case: Case) -> bool:
    return case.report is not None and case.report.kind in (ReportKind.SOC2, None)


def _without_report(policy: Policy, case: Case, on: date) -> Outcome:
    if _waiver(policy, THE_REPORT, case, on):
        return not_asked(because(_("There is no SOC 2 report to judge: it is waived.")))
    return not_met(because(_("Waits for the SOC 2 Type II report.")), action=Action.REQUEST_REPORT)


def _waiver(policy: Policy, key: str, case: Case, on: date) -> Exemption | None:
    """The waiver of this requirement that holds today. In a regulated vertical none does."""
    row = policy.row(key)
    if row is None or not row.waivable or case.regulated_verticals():
        return None
    holding = (one for one in case.waivers if one.key == key and on <= one.until)
    return next((one for one in holding if key != THE_REPORT or _fits_report(one, policy, case, on)), None)


def _fits_report(waiver: Exemption, policy: Policy, case: Case, on: date) -> bool:
    """A Type I report stands in by an interim waiver within its limits; nothing else does by one."""
    report, limits = case.report, policy.interim_limits()
    if report is None or report.type is not ReportType.TYPE1:
        return not waiver.is_interim
    return (
        waiver.launched_on is not None
        and report.accepted
        and report.as_of is not None
        and limits.is_fresh(report.as_of, on)
        and waiver.until <= limits.latest_end(waiver.launched_on)
    )
