"""What a vendor's page says about coverage: a picture, the sum of its days, and every date with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from procurement.dashboard.timeline import Strip, Timeline, strip_of, timeline_of
from procurement.policy import queries as policy_queries
from vendors.reports.currency import CurrencyRules
from vendors.reports.models import Report
from vendors.reports.outlook import Outlook, Wanted
from vendors.reports.systems import System, systems_of


@dataclass(frozen=True)
class DatedSentence:
    """A line of the agenda: the day, what it is, why."""

    when: date
    title: str
    text: str


@dataclass(frozen=True)
class Coverage:
    """One described system of the vendor. The strip stands in for the timeline where there is no room for its words."""

    system: System
    timeline: Timeline
    strip: Strip
    days: str
    dates: tuple[DatedSentence, ...]


def coverage_of(accepted: Iterable[Report], *, on: date, rules: CurrencyRules) -> list[Coverage]:
    """Each described system of a vendor, the newest period first, from its accepted SOC 2 Type II reports with their
    statements."""
    systems = systems_of(accepted, on=on, rules=rules)
    return [
        Coverage(
            system=system,
            timeline=timeline_of(system, on=on),
            strip=strip_of(system, on=on),
            days=policy_queries.in_words(system.outlook.days_reason),
            dates=dates_of(system.outlook),
        )
        for system in systems
    ]


def dates_of(outlook: Outlook) -> tuple[DatedSentence, ...]:
    """Until when the newest report counts, when the next is expected, what to ask for and from when; by day."""
    currency, following = outlook.currency, outlook.following
    awaited = _("Awaiting successor until") if currency.relief_until else _("A successor could be awaited until")
    wanted = {
        Wanted.NEXT_REPORT: _("From this day: ask for the next report"),
        Wanted.SUCCESSOR_DATE: _("From this day: ask when the next report comes"),
        Wanted.BRIDGE_LETTER: _("From this day: ask for a bridge letter"),
    }
    found = [
        (currency.current_until, _("Current until"), currency.reason),
        (currency.relief_until or currency.relief_limit, awaited, outlook.awaiting),
        (following.expected_on, _("Next report expected"), following.reason),
        *((ask.from_day, wanted[ask.what], ask.reason) for ask in outlook.asks),
    ]
    found.sort(key=lambda entry: entry[0])
    return tuple(DatedSentence(when, title, policy_queries.in_words(why)) for when, title, why in found)
