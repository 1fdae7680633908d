"""What of a review may be exempted, as things stand: by a waiver, an interim waiver, or the acceptance of a risk."""

from collections.abc import Iterable
from dataclasses import dataclass

from procurement.policy.evaluation import REPORT_RULES, THE_REPORT, Policy, RequirementCheck
from procurement.policy.terms import Vertical
from procurement.reviews.models import Review, RiskAcceptance, Waiver
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState
from vendors.reports.terms import Opinion, ReportKind, ReportType

AnyExemption = Waiver | RiskAcceptance


@dataclass(frozen=True)
class Proposable:
    """What may be proposed now.

    waivers  key and title of each requirement that is not met and may be waived
    interim  the Type I report that an interim waiver may let stand in for the Type II
    risk     the report whose risk may be accepted
    """

    waivers: tuple[tuple[str, str], ...] = ()
    interim: Report | None = None
    risk: Report | None = None

    def __bool__(self) -> bool:
        return bool(self.waivers or self.interim or self.risk)


def is_regulated(review: Review) -> bool:
    """Whether the data comes from a regulated vertical, in which nothing is exempted."""
    return any(Vertical(name).is_regulated for name in review.engagement.verticals)


def proposable(review: Review, policy: Policy, checks: Iterable[RequirementCheck]) -> Proposable:
    """What may be proposed, of what `checks` say is not met; what waits for an answer already is left out."""
    if is_regulated(review):
        return Proposable()
    report = accepted_soc2(review)
    waiting = {waiver.requirement for waiver in review.waivers.all() if waiver.is_waiting}
    open_rows = [
        (check.key, check.title)
        for check in checks
        if check.blocks and check.key not in waiting and _may_waive(policy, check.key, report)
    ]
    interim = report if _is_type_1(report) and THE_REPORT in dict(open_rows) else None
    return Proposable(
        waivers=tuple(row for row in open_rows if not (interim and row[0] == THE_REPORT)),
        interim=interim,
        risk=report if report and _asks_for_acceptance(review, report, checks) else None,
    )


def accepted_soc2(review: Review) -> Report | None:
    """The accepted SOC 2 report the review goes by; None without one."""
    report = review.report
    if report is None or report.state != ReportState.ACCEPTED or report.kind != ReportKind.SOC2:
        return None
    return report


def _may_waive(policy: Policy, key: str, report: Report | None) -> bool:
    """Rows about a report are waived only when there is one to judge; before that the report itself is."""
    row = policy.row(key)
    return row is not None and row.waivable and (report is not None or key not in REPORT_RULES)


def _is_type_1(report: Report | None) -> bool:
    return report is not None and report.type == ReportType.TYPE1


def _asks_for_acceptance(review: Review, report: Report, checks: Iterable[RequirementCheck]) -> bool:
    if not report.opinion or not Opinion(report.opinion).is_no_assurance:
        return False
    waiting = any(one.is_waiting and one.report_id == report.pk for one in review.risk_acceptances.all())
    return not waiting and any(check.key == "opinion" and check.blocks for check in checks)
