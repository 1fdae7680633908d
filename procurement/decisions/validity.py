"""How long an approval holds, and how it stands on a day (DESIGN.md, "Deciding"). Pure.

Standing is computed from dates whenever it is asked for, never stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from procurement.policy.cases import NdaFacts
from vendors.calendar.days import plus_months
from vendors.reports.currency import Currency
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import in_months


class Validity(NamedTuple):
    """The last day of an approval, and why it ends then."""

    until: date
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Support:
    """Something an approval rests on beside report and NDA: a waiver, an accepted risk, a paper.

    until   its last day, with `reason` as a sentence; None while it has no end
    lost    why it holds no more, whatever its days; None while it does
    """

    until: date | None = None
    reason: Reason | None = None
    lost: Reason | None = None


def valid_until(
    *,
    currency_end: date | None,
    nda_end: date | None,
    decided_on: date,
    awaiting_successor: bool = False,
    supports: Iterable[Support] = (),
    approval_months: int = 12,
) -> Validity:
    """The earliest of: the end of currency, the NDA's end, so many months after the decision, the end of what else it
    rests on.

    currency_end        last day the report counts; None for an approval that rests on no report
    nda_end             last day of the NDA; None when it has no end, or none is needed
    awaiting_successor  `currency_end` is relief: the report is carried while its successor is awaited
    supports            waivers, accepted risks and papers
    approval_months     of the policy it was decided under
    """
    ends = [_by_decision(decided_on, approval_months)]
    if nda_end:
        ends.append(_by_nda(nda_end))
    if currency_end:
        ends.append(_by_relief(currency_end) if awaiting_successor else _by_currency(currency_end))
    return _earliest([*ends, *_by_supports(supports)])


class StandingName(StrEnum):
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True)
class ConditionFacts:
    """A condition of the approval: what, by when (the last day in time), and since when it is met."""

    text: str
    due_on: date
    met_on: date | None = None

    def is_overdue(self, on: date) -> bool:
        return self.due_on < on and (self.met_on is None or self.met_on > on)


@dataclass(frozen=True, kw_only=True)
class ApprovalFacts:
    """What the standing of an approval is computed from.

    valid_until       as decided, printed in the memo
    relies_on_report  whether it rests on the currency of a report: not for public data alone, not under a waiver of it
    currency          of that report, as seen on the day asked for; None when it is not accepted any more
    needs_nda         whether a report is held under one, or data above public is sent
    nda               the agreement in force that day, else the last one
    superseded_on     the day a later decision on the same engagement was taken, named by `superseded_by`
    """

    decided_on: date
    valid_until: date
    relies_on_report: bool = True
    currency: Currency | None = None
    needs_nda: bool = True
    nda: NdaFacts | None = None
    conditions: tuple[ConditionFacts, ...] = ()
    supports: tuple[Support, ...] = ()
    superseded_on: date | None = None
    superseded_by: str = ""
    revoked_on: date | None = None
    revoked_because: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an approval stands on one day. `until`: its last, as things are; `relief`: awaiting successor.

    ends_because  why `until` is its last day, where `reason` says something else: what suspends it
    with_the_nda  it ends because the NDA does, so that another one lets it go on
    """

    name: StandingName
    until: date
    reason: Reason
    relief: bool = False
    ends_because: Reason | None = None
    with_the_nda: bool = False

    @property
    def is_in_force(self) -> bool:
        return self.name is StandingName.IN_FORCE


def standing(on: date, facts: ApprovalFacts) -> Standing:
    """How the approval stands on the day `on`. What ended it is said before what only suspends it."""
    until, why = _end(facts)
    ended = _ended_for_good(on, facts)
    if ended:
        return ended
    by_nda = facts.nda is not None and facts.nda.ends_on == until and why == _by_nda(until).reason
    if facts.needs_nda and not (facts.nda and facts.nda.in_force_on(on)):
        return Standing(name=StandingName.LAPSED, until=until, reason=_no_nda(on, facts.nda), with_the_nda=by_nda)
    if on > until:
        currency = facts.currency
        reason = currency.reason if currency and until == currency.counts_until else why
        return Standing(name=StandingName.LAPSED, until=until, reason=reason)
    suspended = _what_suspends(on, facts)
    if suspended:
        return Standing(
            name=StandingName.SUSPENDED, until=until, reason=suspended, ends_because=why, with_the_nda=by_nda
        )
    relief = facts.currency is not None and facts.currency.is_awaiting_successor
    reason = facts.currency.reason if facts.currency and relief else why
    return Standing(name=StandingName.IN_FORCE, until=until, reason=reason, relief=relief, with_the_nda=by_nda)


def _what_suspends(on: date, facts: ApprovalFacts) -> Reason | None:
    if facts.relies_on_report and facts.currency is None:
        return because(_("The report it rests on is not accepted any more."))
    lost = next((support.lost for support in facts.supports if support.lost), None)
    if lost:
        return lost
    overdue = [condition for condition in facts.conditions if condition.is_overdue(on)]
    if not overdue:
        return None
    first = min(overdue, key=lambda condition: condition.due_on)
    template = _("A condition was due on {due} and is not met: {text}")
    return because(template, due=first.due_on, text=first.text)


def _ended_for_good(on: date, facts: ApprovalFacts) -> Standing | None:
    if facts.revoked_on and facts.revoked_on <= on:
        template = _("Revoked on {day}: {why}") if facts.revoked_because else _("Revoked on {day}.")
        reason = because(template, day=facts.revoked_on, why=facts.revoked_because)
        return Standing(name=StandingName.REVOKED, until=facts.revoked_on, reason=reason)
    if facts.superseded_on and facts.superseded_on <= on:
        return superseded_by(facts.superseded_by, facts.superseded_on)
    return None


def superseded_by(memo: str, day: date) -> Standing:
    """What was decided until that day, when the decision that this memo proves took its place."""
    reason = because(_("Superseded on {day} by {what}."), day=day, what=memo)
    return Standing(name=StandingName.SUPERSEDED, until=day, reason=reason)


def _end(facts: ApprovalFacts) -> Validity:
    """The last day, as things are: what was decided, unless the report is carried longer or ends earlier.

    The months that an approval holds for are those of the policy it was decided under: they stand in what was decided.
    Only an end of currency is moved by a statement about the successor: an approval that ended earlier, for
    the NDA's sake, keeps that end. Relief is not cut by the months after the decision: a report is decided
    on soon after its period, so that these would end before the successor can exist.
    """
    currency = facts.currency
    ends = []
    if currency is None or facts.valid_until < currency.current_until:
        template = _("It was approved until {until}.")
        ends.append(Validity(facts.valid_until, because(template, until=facts.valid_until)))
    if currency and currency.relief_until and not currency.is_current:
        ends.append(_by_relief(currency.relief_until))
    elif currency:
        ends.append(_by_currency(currency.current_until))
    if facts.needs_nda and facts.nda and facts.nda.ends_on:
        ends.append(_by_nda(facts.nda.ends_on))
    return _earliest([*ends, *_by_supports(facts.supports)])


def _earliest(ends: list[Validity]) -> Validity:
    """The first of the ends; of equal ones the last in the list, which says most about the vendor."""
    return min(reversed(ends), key=lambda end: end.until)


def _by_decision(decided_on: date, months: int) -> Validity:
    until = plus_months(decided_on, months)
    template = _("An approval holds for {months}, until {until}.")
    return Validity(until, because(template, months=in_months(months), until=until))


def _by_nda(end: date) -> Validity:
    return Validity(end, because(_("The NDA ends on {until}."), until=end))


def _by_currency(end: date) -> Validity:
    return Validity(end, because(_("The report counts until {until}."), until=end))


def _by_relief(end: date) -> Validity:
    return Validity(end, because(_("The report’s successor is awaited until {until}."), until=end))


def _by_supports(supports: Iterable[Support]) -> list[Validity]:
    return [Validity(one.until, one.reason) for one in supports if one.until and one.reason]


def _no_nda(on: date, nda: NdaFacts | None) -> Reason:
    if nda is None:
        return because(_("No NDA is on file."))
    if nda.ends_on and nda.ends_on < on:
        return because(_("The NDA ended on {until}."), until=nda.ends_on)
    return because(_("The NDA starts on {starts}."), starts=nda.starts_on)
