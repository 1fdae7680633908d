"""A reminder of a series, and which one leaves today; `schedule` counts them out, `rhythms` has the offsets. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vendors.reports.reasons import Reason

MilestoneKey = tuple[date, str]


class Audience(StrEnum):
    OWNER = "owner"
    VENDOR = "vendor"


class Ask(StrEnum):
    """What the vendor owes; the values are those of `ReportRequest.what`."""

    SUCCESSOR_DATE = "successor_date"
    REPORT = "soc2_type2"


class Wording(StrEnum):
    """Which mail says it. The mail names days and dates itself, from the anchor and the day it leaves."""

    APPROVAL_ENDS = "approval_ends"
    ASK_DATE = "ask_date"
    ASK_REPORT = "ask_report"
    ASK_PROMISED = "ask_promised"
    REPORT_OVERDUE = "report_overdue"
    COUNTS_UNTIL = "counts_until"
    STILL_OPEN = "still_open"
    VENDOR_SILENT = "vendor_silent"
    REPORT_ARRIVED = "report_arrived"
    REQUEST_DUE = "request_due"
    REQUEST_OVERDUE = "request_overdue"
    REQUEST_UNANSWERED = "request_unanswered"
    DATED = "dated"
    DATED_ESCALATION = "dated_escalation"


# What is told to somebody else once reminding did not help.
ESCALATIONS = frozenset({Wording.VENDOR_SILENT, Wording.REQUEST_UNANSWERED, Wording.DATED_ESCALATION})


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One reminder of a series.

    name    which of the series, unique among those counted from the same anchor
    anchor  the date it is counted from
    due     the first day on which it may leave
    ask     what the vendor has to answer for it to become pointless; None for a countdown to the owner
    """

    name: str
    anchor: date
    due: date
    audience: Audience
    wording: Wording
    reason: Reason
    ask: Ask | None = None

    @property
    def key(self) -> MilestoneKey:
        return (self.anchor, self.name)


@dataclass(frozen=True)
class Superseded:
    """A milestone that passed unsent, and the later one that speaks for it."""

    milestone: Milestone
    by: Milestone


@dataclass(frozen=True)
class Due:
    """What a scan has to do: at most one milestone per audience leaves, the older are kept as superseded."""

    to_send: tuple[Milestone, ...] = ()
    superseded: tuple[Superseded, ...] = ()


def in_order(milestones: Iterable[Milestone]) -> tuple[Milestone, ...]:
    """By the day they are due; of the same day as they came."""
    return tuple(sorted(milestones, key=lambda one: one.due))


def due_now(
    milestones: Iterable[Milestone],
    on: date,
    already: Collection[MilestoneKey] = (),
    *,
    answered: bool = False,
) -> Due:
    """What leaves on the day `on`, of one subject's milestones: per audience only the latest that has passed.

    already   keys of this subject and recipient that were sent or superseded before
    answered  the vendor has answered: whatever asks it for something is dropped, and so is the escalation
    Older ones that passed unsent (an outage, a clock put back) are superseded by the latest, sent or sending.
    """
    passed = [one for one in in_order(milestones) if one.due <= on]
    to_send, superseded = [], []
    for audience in Audience:
        series = [
            one for one in passed if one.audience is audience and (one.key in already or not (answered and one.ask))
        ]
        if not series:
            continue
        *older, latest = series
        if latest.key not in already:
            to_send.append(latest)
        superseded += [Superseded(one, latest) for one in older if one.key not in already]
    return Due(tuple(to_send), tuple(superseded))
