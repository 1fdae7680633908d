"""The 61 Trust Services Criteria by id, each described in our own words (never in the AICPA's). Pure.

The ids are those of TSP section 100 (2017, points of focus revised in 2022): 33 common criteria, 3 for
availability, 5 for processing integrity, 2 for confidentiality, 18 for privacy.
"""

from collections.abc import Collection, Iterable

from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import Category

_SECURITY = {
    "CC1.1": _("Acts with integrity and by its ethics"),
    "CC1.2": _("A board that stands apart watches over controls"),
    "CC1.3": _("Clear structure, reporting lines and authority"),
    "CC1.4": _("Hires, trains and keeps competent people"),
    "CC1.5": _("Holds people to account for their controls"),
    "CC2.1": _("Works from good information"),
    "CC2.2": _("Tells its own people their duties and aims"),
    "CC2.3": _("Tells outside parties what they need to know"),
    "CC3.1": _("States objectives clearly enough to see the risks"),
    "CC3.2": _("Finds and analyses risks"),
    "CC3.3": _("Weighs the risk of fraud"),
    "CC3.4": _("Weighs what large changes do to controls"),
    "CC4.1": _("Checks whether controls are there and work"),
    "CC4.2": _("Reports shortcomings in time to those who can act"),
    "CC5.1": _("Picks controls that bring risks down"),
    "CC5.2": _("Has general controls over its technology"),
    "CC5.3": _("Puts controls to work through policies and procedures"),
    "CC6.1": _("Protects systems and data by logical access"),
    "CC6.2": _("Registers, authorises and removes users"),
    "CC6.3": _("Gives access by role, as little as needed, duties apart"),
    "CC6.4": _("Restricts physical access"),
    "CC6.5": _("Keeps protecting assets until their data are unreadable"),
    "CC6.6": _("Defends its borders against outside threats"),
    "CC6.7": _("Protects data that is moved, and data that is removed"),
    "CC6.8": _("Prevents, or finds and stops, malicious software"),
    "CC7.1": _("Finds new weaknesses and changed configurations"),
    "CC7.2": _("Watches its systems for anomalies"),
    "CC7.3": _("Judges security events and what to do about them"),
    "CC7.4": _("Responds to incidents by a set plan"),
    "CC7.5": _("Recovers from incidents"),
    "CC8.1": _("Authorises, tests and approves changes"),
    "CC9.1": _("Prepares for disruption of the business"),
    "CC9.2": _("Assesses and manages vendors and partners"),
}
_AVAILABILITY = {
    "A1.1": _("Watches and plans capacity"),
    "A1.2": _("Has the environment, backups and means to recover"),
    "A1.3": _("Tests that it can recover"),
}
_PROCESSING_INTEGRITY = {
    "PI1.1": _("Says what is to be processed, and to which specification"),
    "PI1.2": _("Takes in complete and accurate inputs"),
    "PI1.3": _("Processes as specified"),
    "PI1.4": _("Delivers complete and accurate outputs, in time"),
    "PI1.5": _("Stores inputs and outputs completely and accurately"),
}
_CONFIDENTIALITY = {
    "C1.1": _("Knows what is confidential and keeps it so"),
    "C1.2": _("Disposes of confidential information"),
}
_PRIVACY = {
    "P1.1": _("Gives people notice of its privacy practices"),
    "P2.1": _("Offers choice and asks for consent"),
    "P3.1": _("Collects personal data only as its aims allow"),
    "P3.2": _("Asks for explicit consent where the law wants it"),
    "P4.1": _("Uses personal data only for its stated aims"),
    "P4.2": _("Keeps personal data no longer than needed"),
    "P4.3": _("Disposes of personal data safely"),
    "P5.1": _("Lets people see their own data"),
    "P5.2": _("Corrects personal data when asked, and passes it on"),
    "P6.1": _("Discloses personal data only with consent"),
    "P6.2": _("Records the disclosures it authorised"),
    "P6.3": _("Records disclosures that nobody authorised"),
    "P6.4": _("Has vendors commit to privacy, and checks them"),
    "P6.5": _("Has vendors tell it of incidents"),
    "P6.6": _("Tells those concerned of breaches and incidents"),
    "P6.7": _("Accounts to people for the data held and disclosed"),
    "P7.1": _("Keeps personal data accurate and complete"),
    "P8.1": _("Handles complaints and checks that it keeps its word"),
}

CRITERIA: dict[Category, dict[str, str]] = {
    Category.SECURITY: _SECURITY,
    Category.AVAILABILITY: _AVAILABILITY,
    Category.PROCESSING_INTEGRITY: _PROCESSING_INTEGRITY,
    Category.CONFIDENTIALITY: _CONFIDENTIALITY,
    Category.PRIVACY: _PRIVACY,
}
DESCRIPTIONS: dict[str, str] = {key: words for group in CRITERIA.values() for key, words in group.items()}
_PLACE = {id: place for place, id in enumerate(DESCRIPTIONS)}
SHORTEST_RANGE = 3


def is_criterion(id: str) -> bool:
    """Whether this is one of the 61 ids as the standard writes them: CC6.1, neither cc6.1 nor CC8.8."""
    return id in DESCRIPTIONS


def category_of(id: str) -> Category:
    """The category a criterion belongs to; the common criteria are Security's. KeyError for a strange id."""
    for category, group in CRITERIA.items():
        if id in group:
            return category
    raise KeyError(id)


def in_order(ids: Iterable[str]) -> list[str]:
    """Each id once, in the order of the standard; strange ones come last, as they came."""
    return sorted(dict.fromkeys(ids), key=lambda id: _PLACE.get(id, len(_PLACE)))


def range_of(first: str, last: str) -> list[str]:
    """The criteria from one to another of the same category, both among them; empty where they are no such range."""
    ids = list(CRITERIA[category_of(first)]) if is_criterion(first) else []
    return ids[ids.index(first) : ids.index(last) + 1] if last in ids else []


def in_short(ids: Iterable[str]) -> str:
    """Criteria drawn together: "CC1.1–CC9.2, A1.1–A1.3". A range never leaves its category."""
    written: list[str] = []
    left = in_order(ids)
    while left:
        run = _run_from(left)
        written += [f"{run[0]}–{run[-1]}"] if len(run) >= SHORTEST_RANGE else run
        left = left[len(run) :]
    return ", ".join(written)


def not_among(tested: Collection[str], categories: Iterable[str]) -> list[str]:
    """The criteria that these categories bring with them and that are not among those tested."""
    scope = set(categories)
    return [id for category, group in CRITERIA.items() if category in scope for id in group if id not in tested]


def _run_from(ids: list[str]) -> list[str]:
    """The first of them and those that follow it in its category without a gap."""
    group = list(CRITERIA[category_of(ids[0])]) if is_criterion(ids[0]) else ids[:1]
    following = group[group.index(ids[0]) :]
    count = next((at for at, pair in enumerate(zip(ids, following, strict=False)) if pair[0] != pair[1]), None)
    return ids[: min(len(ids), len(following)) if count is None else count]
