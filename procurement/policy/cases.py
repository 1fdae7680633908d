"""Everything the rules ask about one use of one vendor, as values; `reviews` gathers it. Pure."""

from dataclasses import dataclass
from datetime import date

from procurement.policy.terms import Criticality, DataClass, ScopeFit, Vertical
from vendors.reports.currency import SuccessorStated
from vendors.reports.terms import EvidenceKind, ReportFacts, SubserviceMethod


@dataclass(frozen=True, kw_only=True)
class NdaFacts:
    """An agreement with the vendor. `ends_on` is its last day in force, None while it has no end."""

    title: str
    starts_on: date
    ends_on: date | None = None

    def in_force_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Register:
    """Rows of the report that need a judgement of ours.

    count  how many the report has
    open   those without a judgement yet, each in a few words ("CC6.2", "Rotate API keys")
    pages  where the open ones stand
    """

    count: int = 0
    open: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    @property
    def settled(self) -> int:
        return self.count - len(self.open)


@dataclass(frozen=True)
class SubserviceFacts:
    """Whom the vendor leans on, and whether their controls were examined with its own."""

    name: str
    method: SubserviceMethod


@dataclass(frozen=True, kw_only=True)
class RemediationFacts:
    """What was opened because the auditor modified the opinion; closed by another person, or open."""

    reason: str
    opened_on: date
    closed_on: date | None = None
    closed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A paper on file that SOC 2 does not stand in for. `until` is its last day, None while it has no end."""

    kind: EvidenceKind
    dated_on: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.dated_on <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """A waiver of one requirement (`key`), or the acceptance of a risk: by a named approver, with an end.

    launched_on  the day the vendor's service was launched, for the interim waiver of a Type I report only
    """

    key: str
    approver: str
    until: date
    reason: str
    launched_on: date | None = None

    @property
    def is_interim(self) -> bool:
        return self.launched_on is not None


@dataclass(frozen=True, kw_only=True)
class Case:
    """One use of one vendor on the day it is judged.

    earlier_approval     an approval of this use exists already: only then can it be carried while its
                         successor is awaited
    report               the report the review relies on; None when there is none
    on_file              without one: the accepted report of the vendor that the review could go by
    previous_period_end  of the vendor's accepted report before that one
    statements           what the vendor wrote about the report after that one
    waivers              exemptions of requirements that may be waived (key = the row's key)
    risk_acceptance      of an adverse opinion or a disclaimer (key "opinion")
    """

    vendor: str
    data_classes: frozenset[DataClass]
    criticality: Criticality
    tier: int
    verticals: frozenset[Vertical] = frozenset()
    uptime_promised: bool = False
    earlier_approval: bool = False
    nda: NdaFacts | None = None
    report: ReportFacts | None = None
    on_file: ReportFacts | None = None
    previous_period_end: date | None = None
    statements: tuple[SuccessorStated, ...] = ()
    auditor_checked_on: date | None = None
    scope_fit: ScopeFit = ScopeFit.UNKNOWN
    scope_page: int | None = None
    exceptions: Register = Register()
    cuecs: Register = Register()
    subservice: tuple[SubserviceFacts, ...] = ()
    remediations: tuple[RemediationFacts, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    waivers: tuple[Exemption, ...] = ()
    risk_acceptance: Exemption | None = None

    def data_in_order(self) -> tuple[DataClass, ...]:
        return tuple(data for data in DataClass if data in self.data_classes)

    def regulated_verticals(self) -> tuple[Vertical, ...]:
        return tuple(vertical for vertical in Vertical if vertical in self.verticals and vertical.is_regulated)
