"""What the comparison page shows: facts and rows of two reports beside each other, and what we said last time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.reviews.checklist import compare_url, facts_url
from procurement.reviews.models import CuecStatus, ExceptionJudgement, Review
from vendors.calendar.clock import local_day
from vendors.calendar.days import gap_days
from vendors.people.actors import Actor
from vendors.reports.comparison import Piece, Tag, wordings
from vendors.reports.completeness import SECTIONS
from vendors.reports.criteria import in_short
from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts, Row, SubserviceRow
from vendors.reports.labels import CATEGORIES, METHODS, OPINIONS
from vendors.reports.likeness_notes import likeness_notes
from vendors.reports.models import Report
from vendors.reports.since_last_year import REGISTERS, Matched, SinceLastYear, since_last_year
from vendors.templatetags.wording import day

# Where a register has a word of its own for what became of a row.
STATES = {("exceptions", Tag.SAME): "again", ("subservice", Tag.REWORDED): "changed"}


@dataclass(frozen=True)
class FactRow:
    """One fact of both reports. `state`: "changed", "same", "follows" or "unread"; `note` says what to think of it."""

    title: str
    before: str
    now: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class ComparedRow:
    """One row of a register in both reports.

    state      of `meanings`: "new", "reworded", "changed", "gone", "same", or "again" for an exception noted before
    said_now   what management answers to an exception, in this report; `said_before` in the earlier one
    we_said    our decision or status the last time, for this use of the vendor; empty where there is none
    """

    state: str
    name: str
    now: list[Piece]
    before: list[Piece]
    page: int | None
    page_url: str
    page_before: int | None
    page_before_url: str
    we_said: str
    said_now: str = ""
    said_before: str = ""


@dataclass(frozen=True)
class ComparedRegister:
    """A register: what differs, and what stayed the same."""

    key: str
    title: str
    told: str
    rows: list[ComparedRow] = field(default_factory=list)
    same: list[ComparedRow] = field(default_factory=list)

    @property
    def we_said_something(self) -> bool:
        """Whether there is anything to show of what we said on the rows that differ."""
        return any(row.we_said for row in self.rows)


@dataclass(frozen=True)
class ComparePage:
    """The page for one report and the one before it."""

    since: SinceLastYear
    facts: list[FactRow]
    registers: list[ComparedRegister]

    @property
    def differences(self) -> int:
        """How many facts and rows differ."""
        rows = sum(self.since.count(name, tag) for name in REGISTERS for tag in Tag if tag is not Tag.SAME)
        return len(self.since.changed) + rows


def compare_page(review: Review, since: SinceLastYear) -> ComparePage:
    """Everything the page reads, in two queries for what we said."""
    said = _what_we_said(review, since)
    return ComparePage(
        since=since,
        facts=_facts(since),
        registers=[_register(review, since, name, said) for name in REGISTERS],
    )


@dataclass(frozen=True)
class BesideOthers:
    """What the facts page says of the report beside others.

    since   the differences since the report before it, in a line; empty where there is none
    compare where to read them
    shared  what of its text also stands in reports of other vendors
    """

    since: str
    compare: str
    shared: list[str]


def beside_others(review: Review, report: Report, user: Actor) -> BesideOthers:
    """The report beside the one before it, and beside those of other vendors."""
    since = since_last_year(report)
    return BesideOthers(
        since=_in_a_line(since) if since else "",
        compare=compare_url(review, report),
        shared=likeness_notes(report, user),
    )


def _in_a_line(since: SinceLastYear) -> str:
    """ "2 new, 1 reworded, 1 gone" over all rows, and which facts changed."""
    counts = {tag: sum(since.count(name, tag) for name in REGISTERS) for tag in Tag}
    rows = _counted(counts)
    names = [title for name, title in _fact_titles().items() if name in since.changed]
    return _("%(rows)s. Changed: %(facts)s.") % {"rows": rows, "facts": ", ".join(names)} if names else f"{rows}."


def _fact_titles() -> dict[str, str]:
    return {
        "opinion": _("Opinion"),
        "auditor": _("Auditor firm"),
        "categories": _("Categories"),
        "criteria_tested": _("Criteria tested"),
        "controls_tested": _("Controls tested"),
    }


def _facts(since: SinceLastYear) -> list[FactRow]:
    titles = _fact_titles()
    return [
        _period(since.before, since.now),
        *(
            FactRow(title, _shown(name, since.before), _shown(name, since.now), _state(since, name))
            for name, title in titles.items()
        ),
    ]


def _state(since: SinceLastYear, name: str) -> str:
    if not getattr(since.now, name):
        return "unread"
    return "changed" if name in since.changed else "same"


def _period(before: RecordedFacts, now: RecordedFacts) -> FactRow:
    """Periods always differ; what counts is whether one follows the other."""
    note, state = "", "follows" if now.period_start else "unread"
    if now.period_start and before.period_end:
        days = gap_days(before.period_end, now.period_start)
        if days > 0:
            state = "changed"
            note = ngettext("%(n)s day between them is in neither.", "%(n)s days between them are in neither.", days)
            note %= {"n": days}
        else:
            note = _("No day is missing between them.")
    title = _("Audit period")
    if now.as_of and not now.period_start:
        return FactRow(title, _span(before.period_start, before.period_end), day(now.as_of), "changed")
    return FactRow(
        title, _span(before.period_start, before.period_end), _span(now.period_start, now.period_end), state, note
    )


def _span(start: date | None, end: date | None) -> str:
    return f"{day(start)} – {day(end)}" if start and end else ""


def _shown(name: str, facts: RecordedFacts) -> str:
    value = getattr(facts, name)
    if name == "opinion":
        return ", ".join([str(dict(OPINIONS).get(value, value)), *facts.opinion_criteria])
    if name == "categories":
        return ", ".join(str(word) for key, word in CATEGORIES if key in value)
    if name == "criteria_tested":
        return in_short(value)
    return str(value or "")


def _register(review: Review, since: SinceLastYear, name: str, said: dict[tuple[str, int], str]) -> ComparedRegister:
    counts = {tag: since.count(name, tag) for tag in Tag}
    rows = [_row(review, since, name, matched, said) for matched in since.registers[name]]
    return ComparedRegister(
        key=name,
        title=str(SECTIONS[name]),
        told=_counted(counts, changed=name == "subservice"),
        rows=[row for row in rows if row.state != "same"],
        same=[row for row in rows if row.state == "same"],
    )


def _counted(counts: dict[Tag, int], *, changed: bool = False) -> str:
    """ "2 new, 1 gone, 8 the same": what there is none of is left out. `changed`: organizations are not reworded."""
    words = {
        Tag.NEW: _("%(n)s new"),
        Tag.REWORDED: _("%(n)s changed") if changed else _("%(n)s reworded"),
        Tag.GONE: _("%(n)s gone"),
        Tag.SAME: _("%(n)s the same"),
    }
    return ", ".join(text % {"n": counts[tag]} for tag, text in words.items() if counts[tag]) or _("none in either")


def _row(
    review: Review, since: SinceLastYear, name: str, matched: Matched, said: dict[tuple[str, int], str]
) -> ComparedRow:
    earlier, later = matched.earlier, matched.later
    before, now = wordings(_text(earlier), _text(later)) if earlier and later else (_whole(earlier), _whole(later))
    return ComparedRow(
        state=STATES.get((name, matched.tag), matched.tag.value),
        name=_name(later or earlier),
        now=now,
        before=before,
        page=later.page if later else None,
        page_url=facts_url(review, since.report, later.page) if later else "",
        page_before=earlier.page if earlier else None,
        page_before_url=facts_url(review, since.earlier, earlier.page) if earlier else "",
        we_said=said.get((name, earlier.pk), "") if earlier and earlier.pk else "",
        said_now=_answer(later),
        said_before=_answer(earlier),
    )


def _answer(row: Row | None) -> str:
    return row.response if isinstance(row, ExceptionRow) else ""


def _whole(row: Row | None) -> list[Piece]:
    return [Piece(_text(row), changed=False)] if row else []


def _text(row: Row | None) -> str:
    if isinstance(row, ExceptionRow):
        return row.description
    if isinstance(row, CuecRow):
        return row.text
    if isinstance(row, SubserviceRow):
        return ", ".join(filter(None, [row.name, row.service, str(dict(METHODS).get(row.method, ""))]))
    return ""


def _name(row: Row | None) -> str:
    if isinstance(row, ExceptionRow):
        return " ".join(filter(None, [row.criterion, row.control]))
    return " ".join(filter(None, [row.reference, row.criterion])) if isinstance(row, CuecRow) else ""


def _what_we_said(review: Review, since: SinceLastYear) -> dict[tuple[str, int], str]:
    """Our decisions and statuses on rows of the earlier report, for this engagement; the latest word counts.

    Another use of the vendor may have said something else: it is not this review's business.
    """
    exceptions = ExceptionJudgement.objects.filter(
        review__engagement=review.engagement_id, exception__in=_keys(since.before.exceptions)
    ).order_by("decided_at")
    cuecs = CuecStatus.objects.filter(
        review__engagement=review.engagement_id, cuec__in=_keys(since.before.cuecs)
    ).order_by("set_at")
    said = {("exceptions", row.exception_id): _judged(row) for row in exceptions}
    return said | {("cuecs", row.cuec_id): _stated(row) for row in cuecs}


def _keys(rows: Iterable[ExceptionRow | CuecRow]) -> list[int]:
    return [row.pk for row in rows if row.pk]


def _judged(row: ExceptionJudgement) -> str:
    return _("%(decision)s: %(reason)s (%(who)s, %(day)s)") % {
        "decision": row.get_decision_display(),
        "reason": row.reason,
        "who": row.decided_by,
        "day": day(local_day(row.decided_at)),
    }


def _stated(row: CuecStatus) -> str:
    who = ", ".join(filter(None, [row.our_control, row.owner]))
    return f"{row.get_status_display()}: {who}" if who else row.get_status_display()
