"""What a rule is asked, and what it says: a result, one sentence, its pages, what to do. Pure."""

from dataclasses import dataclass
from datetime import date

from procurement.policy.cases import Case
from procurement.policy.rows import Policy, PolicyRow
from procurement.policy.terms import Action, Result
from vendors.reports.reasons import Reason
from vendors.reports.terms import ReportFacts


@dataclass(frozen=True)
class Question:
    """One row of a policy, put to one case on one day."""

    policy: Policy
    row: PolicyRow
    case: Case
    on: date

    @property
    def report(self) -> ReportFacts:
        """The SOC 2 report to judge; only rules that are asked about one may read it."""
        assert self.case.report is not None
        return self.case.report


@dataclass(frozen=True)
class Outcome:
    """`exempted`: it holds nothing up only because of a waiver or a risk acceptance."""

    result: Result
    reason: Reason
    pages: tuple[int, ...] = ()
    action: Action | None = None
    exempted: bool = False


def met(reason: Reason, *, pages: tuple[int, ...] = ()) -> Outcome:
    return Outcome(Result.MET, reason, pages)


def noted(reason: Reason, *, pages: tuple[int, ...] = (), action: Action | None = None) -> Outcome:
    return Outcome(Result.NOTED, reason, pages, action)


def exempted(reason: Reason, *, pages: tuple[int, ...] = (), action: Action | None = None) -> Outcome:
    return Outcome(Result.NOTED, reason, pages, action, exempted=True)


def not_met(reason: Reason, *, action: Action, pages: tuple[int, ...] = ()) -> Outcome:
    return Outcome(Result.NOT_MET, reason, pages, action)


def not_asked(reason: Reason) -> Outcome:
    return Outcome(Result.NOT_APPLICABLE, reason)
