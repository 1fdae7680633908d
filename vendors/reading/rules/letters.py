"""Bridge letters and certificates: one page or two, signed by management or by a certification body."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from vendors.reading.dates import DATE_WORDS, FoundPeriod, as_date, periods_in
from vendors.reading.document import Document
from vendors.reading.evidence import Find, fact_from, settled
from vendors.reading.facts import Fact, Reading
from vendors.reading.flow import Flow
from vendors.reading.names import FIRM, cleaned, is_name, same_name
from vendors.reading.rules.categories import stated_categories
from vendors.reading.rules.report_type import by_title
from vendors.reading.wording import any_wording, wording

_LINE = r"[A-Z][^.\n(\"]{1,80}?(?:\n[^.\n(\"]{1,50}?)?"  # a name, perhaps broken over two lines
_FIRM = r"[A-Z][^\n(\"]{1,80}?(?:\n[^\n(\"]{1,50}?)?"
# The words before a period that is the report's, not the letter's.
BRIDGED = any_wording([
    r"(?:examination|report|review|audit|period)[^.]{0,160}?"
    r"(?:covers?|covered|covering|for|spanned|spans) (?:the )?(?:period )?(?:of |from )?$",
    r"most recent[^.]{0,160}$",
    r"reporting period[^.]{0,40}$",
])  # fmt: skip
ABOUT_THE_LETTER = re.compile(r"bridge|gap", re.IGNORECASE)
ENGAGED = any_wording([
    rf"engaged (?P<one>{_FIRM}) to (?:perform|examine|conduct)",
    r"(?:issued|performed|prepared|conducted|examined|audited) by (?P<two>[A-Z][^\n(\"]{1,80}?)"
    r"(?= and\b| on\b| dated|, dated|\. |\n|,? for)",
])  # fmt: skip
BRIDGED_SYSTEM = any_wording([
    rf"(?:examination|report|audit) (?:of|on|for|over) (?:the|our|its) (?P<one>{_LINE}) "
    r"(?:relevant|was|that|which|for the|covering|covers)",
    r"(?:bridge|gap|comfort) letter [–—-] (?P<two>[A-Z][^\n]{1,60}?) [–—-]",
])  # fmt: skip
BETWEEN = wording(rf"\bbetween (?P<start>{DATE_WORDS}) and (?P<end>{DATE_WORDS})")
LETTER_DATE = re.compile(rf"^(?:date\s*:\s*)?(?P<day>{DATE_WORDS})$", re.IGNORECASE | re.MULTILINE)
AFTER_ONE_ANOTHER = timedelta(days=31)  # a letter that begins later than this does not continue the report's period

CERTIFIED_SCOPE = wording(
    r"\bscope(?: of (?:the )?(?:certification|registration|isms))? ?:? (?P<name>.{5,400}?)"
    r"(?=,? in (?:line|accordance) with|\. |,? as (?:per|described)|\n(?:certificate|statement|date))",
    re.IGNORECASE | re.DOTALL,
)
CERTIFIED = wording(
    r"(?:management systems? (?:\S+ )?of|certify that|certified that)[:,]?"
    r" (?P<name>(?!the information)[^\n]{2,80})(?=\n)"
)
ISSUED = wording(
    r"\b(?:date of (?:current )?issue|issue date|issued(?: on)?|date of (?:re)?certification|certification date)"
    rf" ?:? (?P<day>{DATE_WORDS})"
)
FIRST_ISSUE = re.compile(r"(?:first|initial|original)\W*$", re.IGNORECASE)
BODY = wording(
    r"^(?:For|for) (?P<one>[A-Z][^\n]{2,70})$|^(?P<two>[A-Z][^\n]{2,60}?) is (?:an )?accredited\b", re.MULTILINE
)


def read_bridge_letter(document: Document, reading: Reading) -> Reading:
    """The facts of a bridge letter: the report that it bridges, and from when to when it speaks."""
    flow = document.flow(document.all_lines)
    looked_on = flow.pages
    bridged, speaks = _two_periods(flow)
    period_start, period_end = _ends(bridged, looked_on)
    covers_from, covers_to = _ends(speaks, looked_on)
    auditors = list(_names(ENGAGED, flow))
    return replace(
        reading,
        type=settled(by_title(flow), looked_on),
        service_organization=_letterhead(flow, auditors, looked_on),
        system=settled(list(_names(BRIDGED_SYSTEM, flow)), looked_on, same_name),
        auditor=settled(auditors, looked_on, same_name),
        report_date=settled(list(_days(LETTER_DATE, flow)), looked_on),
        period_start=period_start,
        period_end=period_end,
        categories=settled(list(stated_categories(flow)), looked_on),
        covers_from=covers_from,
        covers_to=covers_to,
    )


def read_certificate(document: Document, reading: Reading) -> Reading:
    """The facts of an ISO 27001 certificate: whose, of what, by whom, issued when."""
    flow = document.flow(document.all_lines)
    looked_on = flow.pages
    issued = [find for find in _days(ISSUED, flow) if not FIRST_ISSUE.search(_words_before(flow, find.start))]
    return replace(
        reading,
        service_organization=settled(list(_names(CERTIFIED, flow)), looked_on, same_name),
        system=settled([_named(match, flow) for match in CERTIFIED_SCOPE.finditer(flow.text)], looked_on),
        auditor=settled(list(_names(BODY, flow)), looked_on, same_name),
        report_date=settled(issued, looked_on),
    )


def _two_periods(flow: Flow) -> tuple[Find[FoundPeriod] | None, Find[FoundPeriod] | None]:
    """The bridged period, and the one that the letter covers: the only other that begins right after it."""
    found = sorted([*periods_in(flow.text), *_between(flow.text)], key=lambda each: each.start)
    bridged = next((each for each in found if _is_bridged(flow.text, each.start)), None)
    if bridged is None:
        return None, None
    later = [each for each in found if bridged.last < each.first <= bridged.last + AFTER_ONE_ANOTHER]
    speaks = later[-1] if len({(each.first, each.last) for each in later}) == 1 else None
    return _find(flow, bridged), _find(flow, speaks) if speaks else None


def _between(text: str) -> Iterator[FoundPeriod]:
    for match in BETWEEN.finditer(text):
        first, last = as_date(match["start"]), as_date(match["end"])
        if first and last and first <= last:
            yield FoundPeriod(first, last, match.start(), match.end())


def _is_bridged(text: str, at: int) -> bool:
    return bool(BRIDGED.search(text[max(0, at - 220) : at])) and not ABOUT_THE_LETTER.search(text[max(0, at - 60) : at])


def _find(flow: Flow, period: FoundPeriod) -> Find[FoundPeriod]:
    return Find(period, flow, period.start, period.end)


def _ends(find: Find[FoundPeriod] | None, looked_on: tuple[int, ...]) -> tuple[Fact[date], Fact[date]]:
    if find is None:
        return Fact(looked_on=looked_on), Fact(looked_on=looked_on)
    first = fact_from(Find(find.value.first, find.flow, find.start, find.end), looked_on=looked_on)
    return first, replace(first, value=find.value.last)


def _words_before(flow: Flow, at: int) -> str:
    """The words that lead to a labelled date: its label and what stands before it."""
    label = re.search(r"[^\n]*$", flow.text[:at])
    words = label.group() if label else ""
    return re.sub(r"(?:date of )?issue\w*(?: date)?(?: on)?\s*:?\s*$", "", words, flags=re.IGNORECASE)


def _days(pattern: re.Pattern[str], flow: Flow) -> Iterator[Find[date]]:
    for match in pattern.finditer(flow.text):
        day = as_date(match["day"])
        if day is not None:
            yield Find(day, flow, match.start("day"), match.end("day"))


def _named(match: re.Match[str], flow: Flow) -> Find[str]:
    group = match.lastgroup or "name"
    return Find(cleaned(match[group]), flow, match.start(group), match.end(group))


def _names(pattern: re.Pattern[str], flow: Flow) -> Iterator[Find[str]]:
    for match in pattern.finditer(flow.text):
        find = _named(match, flow)
        if is_name(find.value):
            yield find


def _letterhead(flow: Flow, auditors: list[Find[str]], looked_on: tuple[int, ...]) -> Fact[str]:
    """The company that writes: a line of its own with a legal form, above the letter or under the signature."""
    lines = [Find(cleaned(match.group()), flow, *match.span()) for match in re.finditer(r"[^\n]+", flow.text)]
    firms = [line for line in lines if FIRM.search(line.value) and is_name(line.value)]
    own = [firm for firm in firms if not any(same_name(firm.value, auditor.value) for auditor in auditors)]
    return settled(own, looked_on, same_name)
