"""The terms of a report, and the facts that rules read from it (DESIGN.md, "Reading a report"). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vendors.calendar.days import days_in, gap_days, has_months, plus_days, plus_months, whole_months
from vendors.reports.reasons import Reason, Term, because
from vendors.reports.reasons import gettext_noop as _

FIRST_SOC_2_YEAR = 2010  # the AICPA introduced SOC reports in 2011; an older year is a slip of the pen


class ReportKind(Term):
    SOC1 = "soc1"
    SOC2 = "soc2"
    SOC3 = "soc3"
    OTHER = "other"

    @property
    def words(self) -> str:
        return {"soc1": "SOC 1", "soc2": "SOC 2", "soc3": "SOC 3", "other": "Something else"}[self.value]


class ReportType(Term):
    TYPE1 = "type1"
    TYPE2 = "type2"

    @property
    def words(self) -> str:
        return {"type1": "Type I", "type2": "Type II"}[self.value]


class Opinion(Term):
    UNQUALIFIED = "unqualified"
    QUALIFIED = "qualified"
    ADVERSE = "adverse"
    DISCLAIMER = "disclaimer"

    @property
    def words(self) -> str:
        return "Disclaimer of opinion" if self is Opinion.DISCLAIMER else self.value.capitalize()

    @property
    def is_modified(self) -> bool:
        return self is not Opinion.UNQUALIFIED

    @property
    def is_no_assurance(self) -> bool:
        """Whether the auditor gives no assurance at all: adverse, or a disclaimer."""
        return self in (Opinion.ADVERSE, Opinion.DISCLAIMER)


class Category(Term):
    """The Trust Services Categories."""

    SECURITY = "security"
    AVAILABILITY = "availability"
    PROCESSING_INTEGRITY = "processing_integrity"
    CONFIDENTIALITY = "confidentiality"
    PRIVACY = "privacy"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").title()


class SubserviceMethod(Term):
    CARVE_OUT = "carve_out"
    INCLUSIVE = "inclusive"

    @property
    def words(self) -> str:
        return "Carve-out" if self is SubserviceMethod.CARVE_OUT else "Inclusive"


class EvidenceKind(Term):
    """Papers beside a SOC report: what SOC 2 does not stand in for, and what may be asked for as well."""

    BAA = "baa"
    HIPAA_EVIDENCE = "hipaa_evidence"
    FEDRAMP_AUTHORIZATION = "fedramp_authorization"
    PCI_AOC = "pci_aoc"
    ISO27001_CERTIFICATE = "iso27001_certificate"
    PENETRATION_TEST = "penetration_test"

    @property
    def words(self) -> str:
        return {
            "baa": "business associate agreement (BAA)",
            "hipaa_evidence": "HIPAA evidence",
            "fedramp_authorization": "FedRAMP authorization",
            "pci_aoc": "PCI DSS attestation of compliance (AOC)",
            "iso27001_certificate": "ISO 27001 certificate",
            "penetration_test": "penetration test",
        }[self.value]

    @property
    def is_held_under_nda(self) -> bool:
        """Whether a paper of this kind is never of general use (DESIGN.md, "NDA")."""
        return self is EvidenceKind.PENETRATION_TEST


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """What rules ask of one report. `None` or empty means: not recorded yet.

    `period_start` and `period_end` belong to a Type II report, `as_of` to a Type I. `pages` maps a fact to
    the page it was read from ("period" for the three dates). `accepted`: a person accepted these facts.
    """

    kind: ReportKind | None = None
    type: ReportType | None = None
    service_organization: str = ""
    system_name: str = ""
    categories: frozenset[Category] = frozenset()
    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None
    report_date: date | None = None
    auditor: str = ""
    opinion: Opinion | None = None
    opinion_criteria: tuple[str, ...] = ()
    accepted: bool = False
    pages: Mapping[str, int] = field(default_factory=dict, hash=False)

    def pages_of(self, *fields: str) -> tuple[int, ...]:
        """The pages those facts were read from, each once, in order."""
        return tuple(sorted({self.pages[name] for name in fields if name in self.pages}))


@dataclass(frozen=True, kw_only=True)
class PeriodLimits:
    """When a period or a report date is worth a word. Defaults of DESIGN.md; the policy may change them."""

    flag_under_months: int = 3
    note_under_months: int = 6
    flag_over_months: int = 12
    late_after_days: int = 90


DEFAULT_LIMITS = PeriodLimits()


@dataclass(frozen=True)
class Note:
    """Something to know about a fact. Nothing is refused for it; `flagged` asks for attention."""

    field: str
    flagged: bool
    reason: Reason

    def __str__(self) -> str:
        return str(self.reason)


def impossible_dates(facts: ReportFacts, on: date) -> list[tuple[str, Reason]]:
    """What cannot be true of the report's dates on the day `on`: (field, what is wrong and what to do).

    Empty when the dates recorded so far can stand; a date that is missing is not impossible.
    """
    return [
        *_dates_of_the_wrong_type(facts),
        *_dates_out_of_order(facts),
        *_dates_out_of_this_world(facts, on),
    ]


def _dates_of_the_wrong_type(facts: ReportFacts) -> list[tuple[str, Reason]]:
    if facts.type is ReportType.TYPE2 and facts.as_of:
        no_as_of = _("A Type II report has an audit period and no as-of date. Clear it, or change the type.")
        return [("as_of", because(no_as_of))]
    if facts.type is ReportType.TYPE1:
        no_period = _("A Type I report has an as-of date and no audit period. Clear it, or change the type.")
        return [(name, because(no_period)) for name in ("period_start", "period_end") if getattr(facts, name)]
    return []


def _dates_out_of_order(facts: ReportFacts) -> list[tuple[str, Reason]]:
    found = []
    start, end, as_of, signed = facts.period_start, facts.period_end, facts.as_of, facts.report_date
    if start and end and end < start:
        backwards = _(
            "The audit period ends on {end}, before it starts on {start}. Take both dates from the auditor’s letter."
        )
        found.append(("period_end", because(backwards, start=start, end=end)))
    if signed and end and signed < end:
        too_early = _(
            "The report is dated {signed}, before its audit period ends on {end}. "
            "Take the date under the auditor’s signature."
        )
        found.append(("report_date", because(too_early, signed=signed, end=end)))
    if signed and as_of and signed < as_of:
        too_early = _(
            "The report is dated {signed}, before its as-of date, {as_of}. Take the date under the auditor’s signature."
        )
        found.append(("report_date", because(too_early, signed=signed, as_of=as_of)))
    return found


NOT_YET = {
    "period_start": _("The audit period starts on {day}, which has not come yet. Check the year."),
    "period_end": _("The audit period ends on {day}, which has not come yet. Check the year."),
    "as_of": _("The as-of date, {day}, has not come yet. Check the year."),
    "report_date": _("The report date, {day}, has not come yet. Take the date under the auditor’s signature."),
}


def _dates_out_of_this_world(facts: ReportFacts, on: date) -> list[tuple[str, Reason]]:
    found = []
    for name, not_yet in NOT_YET.items():
        day: date | None = getattr(facts, name)
        if day and day > on:
            found.append((name, because(not_yet, day=day)))
        elif day and day.year < FIRST_SOC_2_YEAR:
            found.append((name, because(_("{day} is older than any SOC 2 report. Check the year."), day=day)))
    return found


def notes_on(
    facts: ReportFacts, previous_period_end: date | None = None, limits: PeriodLimits = DEFAULT_LIMITS
) -> list[Note]:
    """What to know about the facts recorded so far. `previous_period_end` is that of the report before."""
    notes = [
        period_note(facts.period_start, facts.period_end, limits),
        report_date_note(facts.period_end, facts.report_date, limits),
        gap_note(previous_period_end, facts.period_start),
        security_note(facts.categories),
    ]
    return [note for note in notes if note]


def length_of(start: date, end: date) -> Reason:
    """How long a period is, in words: 12 months, 3 months and 4 days, 20 days."""
    months = whole_months(start, end)
    rest = days_in(start, end) if not months else (end - plus_days(plus_months(start, months), -1)).days
    if not months:
        return in_days(rest)
    if not rest:
        return in_months(months)
    return because(_("{months} and {days}"), months=in_months(months), days=in_days(rest))


def in_months(count: int) -> Reason:
    return because(_("1 month")) if count == 1 else because(_("{count} months"), count=count)


def in_days(count: int) -> Reason:
    return because(_("1 day")) if count == 1 else because(_("{count} days"), count=count)


def period_note(start: date | None, end: date | None, limits: PeriodLimits = DEFAULT_LIMITS) -> Note | None:
    """A word on a period that is short or long; None for a usual one, or one that is not recorded."""
    if not start or not end or end < start:
        return None
    length = length_of(start, end)
    if not has_months(start, end, limits.flag_under_months):
        template = _("Flagged: the audit period has {length}, under {limit}. Few controls can have been tested.")
        return Note("period_end", True, because(template, length=length, limit=in_months(limits.flag_under_months)))
    if not has_months(start, end, limits.note_under_months):
        template = _("The audit period has {length}, under {limit}. Yearly controls may be untested.")
        return Note("period_end", False, because(template, length=length, limit=in_months(limits.note_under_months)))
    if end > plus_days(plus_months(start, limits.flag_over_months), -1):
        template = _("Flagged: the audit period has {length}, over {limit}. Ask why.")
        return Note("period_end", True, because(template, length=length, limit=in_months(limits.flag_over_months)))
    return None


def report_date_note(
    period_end: date | None, report_date: date | None, limits: PeriodLimits = DEFAULT_LIMITS
) -> Note | None:
    """A word on a report that was signed long after its period."""
    if not period_end or not report_date or (report_date - period_end).days <= limits.late_after_days:
        return None
    template = _("The report is dated {signed}, {lag} days after its audit period ended. Over {limit} days is late.")
    lag = (report_date - period_end).days
    return Note("report_date", False, because(template, signed=report_date, lag=lag, limit=limits.late_after_days))


def gap_note(previous_period_end: date | None, period_start: date | None) -> Note | None:
    """A word on days between two reports that nobody examined; None when they touch or overlap."""
    if not previous_period_end or not period_start:
        return None
    days = gap_days(previous_period_end, period_start)
    if not days:
        return None
    first, last = plus_days(previous_period_end, 1), plus_days(period_start, -1)
    if days == 1:
        return Note(
            "period_start",
            False,
            because(_("{first} was examined by nobody: the report before ends the day before."), first=first),
        )
    template = _("The {days} days before this period, {first} – {last}, were examined by nobody.")
    return Note("period_start", False, because(template, days=days, first=first, last=last))


def security_note(categories: frozenset[Category]) -> Note | None:
    """A word on a report that leaves Security out; None when Security is in, or nothing is recorded."""
    if not categories or Category.SECURITY in categories:
        return None
    template = _("Flagged: Security is not among the categories examined. The report covers {categories}.")
    return Note("categories", True, because(template, categories=in_order(categories)))


def in_order(categories: frozenset[Category]) -> tuple[Category, ...]:
    """Categories in the order in which the field names them."""
    return tuple(category for category in Category if category in categories)
