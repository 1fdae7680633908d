"""Which questions an accepted SOC 2 report answers, and why the others are asked all the same. Pure.

A question is mapped to criteria. A current Type II report that tested all of them without exception answers a question
of yes and no; a criterion of its categories that it never tested is none of them. Everything else is said in part, or
not at all, and then the reason names what the report says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from vendors.reports.criteria import CRITERIA
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import Category, Opinion, ReportType

LONGEST_QUOTE = 240
# What whoever runs the machines usually does: with hosting carved out, nobody examined it.
HOSTING_CRITERIA = frozenset({"CC6.4", "CC6.5", "A1.2"})
# How reports name the work of such an organization.
HOSTING_WORDS = ("host", "cloud", "infrastructure", "data cent", "datacent", "coloc", "compute", "iaas", "paas")


class Level(StrEnum):
    """How far a report answers a question."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class NotedException:
    """An exception of the report: its criteria as written, what the auditor found, the page."""

    criterion: str
    found: str
    page: int | None = None


@dataclass(frozen=True, kw_only=True)
class CarvedOut:
    """A subservice organization whose controls nobody examined with the vendor's."""

    name: str
    does: str = ""
    page: int | None = None

    @property
    def is_host(self) -> bool:
        """Whether it runs the machines, as far as its work is described. Undescribed work counts as such."""
        words = self.does.lower()
        return not words or any(word in words for word in HOSTING_WORDS)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """An accepted SOC 2 report as far as it can answer questions, on the day it is asked.

    is_current     policy lets it count on that day; a report that is out of policy answers nothing
    tested         the criteria whose tests were found in it; None where nobody knows, and then nothing is said of tests
    fits           what we buy lies inside its system, or nobody has said yet that it does not
    pages          of the facts (`Report.pages`)
    """

    type: ReportType
    categories: frozenset[Category]
    tested: frozenset[str] | None = None
    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None
    is_current: bool = True
    fits: bool = True
    opinion: Opinion | None = None
    opinion_criteria: tuple[str, ...] = ()
    exceptions: tuple[NotedException, ...] = ()
    carved_out: tuple[CarvedOut, ...] = ()
    pages: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def criteria(self) -> frozenset[str]:
        """The criteria its categories bring with them, without those of which it holds no test."""
        return self.claimed if self.knows_no_tests else self.claimed & (self.tested or frozenset())

    @property
    def claimed(self) -> frozenset[str]:
        """The criteria its categories bring with them, tested or not."""
        return frozenset(id for category in self.categories for id in CRITERIA[category])

    @property
    def knows_no_tests(self) -> bool:
        """Whether nothing can be said of its tests: a Type I has none."""
        return self.tested is None or self.type is ReportType.TYPE1

    def clean(self, criteria: tuple[str, ...]) -> Reason:
        """What it says of criteria on which it notes no exception."""
        if self.knows_no_tests:
            return because(_("{criteria} in scope, no exception noted"), criteria=criteria)
        return because(_("{criteria} tested without exception"), criteria=criteria)

    @property
    def name(self) -> Reason:
        """The report with the time it speaks for."""
        if self.type is ReportType.TYPE1:
            return because(_("SOC 2 Type I as of {as_of}"), as_of=self.as_of or "?")
        template = _("SOC 2 Type II, {start} – {end}")
        return because(template, start=self.period_start or "?", end=self.period_end or "?")

    def cited(self, *names: str) -> tuple[int, ...]:
        """The pages of these facts, each once, in order."""
        return tuple(sorted({self.pages[name] for name in names if name in self.pages}))


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """A question as far as covering asks it.

    is_yes_or_no  a report can say yes; it cannot name a person or a figure
    needs_file    whatever is said, a file has to come with it
    is_gate       other questions depend on the answer
    """

    criteria: tuple[str, ...]
    is_yes_or_no: bool = True
    needs_file: bool = False
    is_gate: bool = False


@dataclass(frozen=True)
class Covered:
    """How far the report answers a question, why, and the pages that say so."""

    level: Level
    reason: Reason
    pages: tuple[int, ...] = ()


def covering(question: Mapped, report: Grounds) -> Covered | None:
    """What the report says to the question; None when it is mapped to no criterion."""
    if not question.criteria:
        return None
    against = _against_the_report(report) or _against_the_criteria(question, report)
    if against:
        return against
    short = _why_only_in_part(question, report)
    pages = report.cited("categories", "opinion")
    if short:
        return Covered(Level.PARTIAL, short, pages)
    said = because(_("Covered by {report}: {clean}."), report=report.name, clean=report.clean(question.criteria))
    return Covered(Level.FULL, said, pages)


def _against_the_report(report: Grounds) -> Covered | None:
    """What takes the whole report away, whatever is asked."""
    if not report.is_current:
        return _asked(_("{report} is out of policy."), report, "period_end", "as_of")
    if not report.fits:
        return _asked(_("What we buy lies outside the system of {report}."), report, "system_name")
    opinion = report.opinion
    if opinion is None:
        return _asked(_("The opinion of {report} is not recorded."), report)
    if opinion.is_no_assurance:
        return _asked(_("{report} gives no assurance: {opinion}."), report, "opinion", opinion=opinion)
    if opinion.is_modified and not report.opinion_criteria:
        template = _("{report} has a modified opinion, and nobody has recorded on which criteria.")
        return _asked(template, report, "opinion")
    return None


def _against_the_criteria(question: Mapped, report: Grounds) -> Covered | None:
    """What takes one of the question's criteria away."""
    modified = _both(question.criteria, report.opinion_criteria)
    if modified and report.opinion is not None and report.opinion.is_modified:
        template = _("{report} is qualified on {criteria}.")
        return _asked(template, report, "opinion", criteria=modified)
    for exception in report.exceptions:
        if _both(question.criteria, _ids_in(exception.criterion)):
            template = _("{report} notes an exception on {criterion}: “{found}”")
            reason = because(template, report=report.name, criterion=exception.criterion, found=_short(exception.found))
            return Covered(Level.NONE, reason, (exception.page,) if exception.page else ())
    hosted = _both(question.criteria, HOSTING_CRITERIA)
    host = next((each for each in report.carved_out if each.is_host), None)
    if hosted and host:
        template = _("{report} leaves {name} out (carve-out), and {criteria} rests on it.")
        reason = because(template, report=report.name, name=host.name, criteria=hosted)
        return Covered(Level.NONE, reason, (host.page,) if host.page else ())
    if not _both(question.criteria, report.criteria):
        untested = _both(question.criteria, report.claimed)
        if untested:
            return _asked(
                _("{report} holds no test of {criteria}."), report, "categories", "criteria_tested", criteria=untested
            )
        template = _("{report} does not examine {criteria}.")
        return _asked(template, report, "categories", criteria=question.criteria)
    return None


def _why_only_in_part(question: Mapped, report: Grounds) -> Reason | None:
    left_out = tuple(id for id in question.criteria if id not in report.criteria)
    name, criteria = report.name, question.criteria
    if report.type is ReportType.TYPE1:
        template = _("{report} speaks of how {criteria} is designed, not of how it works.")
        return because(template, report=name, criteria=criteria)
    if left_out:
        template = _("{report}: {clean}, but it holds no test of {left_out}.")
        if not _both(left_out, report.claimed):
            template = _("{report}: {clean}, but it does not examine {left_out}.")
        return because(template, report=name, clean=report.clean(_both(criteria, report.criteria)), left_out=left_out)
    clean = report.clean(criteria)
    if question.is_gate:
        return because(_("{report}: {clean}. Other questions depend on this answer."), report=name, clean=clean)
    if question.needs_file:
        return because(_("{report}: {clean}. The file it does not hold."), report=name, clean=clean)
    if not question.is_yes_or_no:
        return because(_("{report}: {clean}. Say what it does not tell."), report=name, clean=clean)
    return None


def _asked(template: str, report: Grounds, *cited: str, **values: object) -> Covered:
    return Covered(Level.NONE, because(template, report=report.name, **values), report.cited(*cited))


def _both(criteria: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = set(others)
    return tuple(id for id in criteria if id in known)


def _ids_in(written: str) -> list[str]:
    """The ids in a field where people write "CC6.2" or "CC6.1, CC6.2"."""
    return written.upper().replace(",", " ").replace(";", " ").replace("/", " ").split()


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()} …"
