"""Results of tests: which controls had an exception, and in which words.

Negative results are read first: "No exceptions noted" holds the words of a positive one. An exception is a sentence
that begins with the word; "exceptions noted during the review are tracked" is a control, not a result.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vendors.reading.criteria import in_order
from vendors.reading.facts import Fact, Note, ReportException, gettext_noop
from vendors.reading.flow import Flow
from vendors.reading.rules.controls import Control, Listed
from vendors.reading.rules.responses import with_responses
from vendors.reading.rules.responses_beside import RESPONSE
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

_ = gettext_noop
_THING = r"(?:exception|deviation)s?"
NONE = any_wording([
    rf"\b(?:no|without|nil|none|not any|zero) (?:\S+ ){{0,2}}{_THING}\b", r"\bnone noted\b",
    r"\b(?:control|controls) operated effectively\b",
])  # fmt: skip
NOT_TESTED = any_wording([
    r"\bnot tested\b", r"\bno (?:occurrences?|instances?|events?|such events?|samples?|population)\b",
    r"could not be tested", r"\bdid not (?:occur|operate) during\b", r"\bno testing (?:was|could be) performed",
    r"\bnot applicable\b", r"\bthere were no .{3,120}(?:therefore|accordingly|so)\b",
])  # fmt: skip
_HOW_MANY = r"(?:(?:an?|one|two|three|four|five|several|the following|\d+)(?: \(\d+\))? )?"
_COUNTED = r"(?: (?:no\.? ?|# ?)?\d{1,2})?"  # "Exception 2 noted"
FOUND = wording(
    rf"(?:^|(?<=[.!?:;)\n•])) *(?P<mark>{_HOW_MANY}(?:relevant )?(?:"
    rf"{_THING}{_COUNTED}(?: (?:was|were))? (?:noted|identified|found|observed|detected)"
    r"(?! (?:during|by|as part|in the|are|is|must|through))"
    rf"|{_THING}{_COUNTED} ?(?=[:–—-]|\.\s)))",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
FRACTION = wording(rf"\b{_NUMBER} (?:out of|of|/) (?:the |a (?:total|sample) of )?\d+\b")
FAILED = any_wording([
    r"\b(?:not|no \S+ (?:was|were)|no evidence|failed|late|later than|overdue|delayed|incomplete|incorrect)\b",
    r"\b(?:missing|without|lacked|absent|exceeded)\b",
])  # fmt: skip
RESULT_HEAD = re.compile(r"result|conclusion|outcome|exception|finding", re.IGNORECASE)


@dataclass(frozen=True)
class Results:
    exceptions: tuple[ReportException, ...]
    notes: tuple[Note, ...]


def results(sections: Sections, listed: Sequence[Control]) -> Results:
    """The exceptions of the tests, one for a control; notes where one could not be tied to a control."""
    cells = [{column: sections.document.flow(lines) for column, lines in control.cells().items()} for control in listed]
    usual, dedicated = _result_columns(cells)
    criteria: dict[str, set[str]] = {}
    found: dict[str, ReportException] = {}
    unread: list[Note] = []
    for control, flows in zip(listed, cells, strict=True):
        criteria.setdefault(control.id, set()).update(control.criteria)
        for column, flow in sorted(flows.items()):
            headed = bool(RESULT_HEAD.search(control.rows[0].heads.get(column, "")))
            if column not in usual and not headed:
                continue
            alone = headed and column in dedicated
            told = _exception(flow, dedicated=alone)
            if told is not None and control.id not in found:
                found[control.id] = _tied(control, flow, *told)
            elif told is None and alone and not (NONE.search(flow.text) or NOT_TESTED.search(flow.text)):
                unread.append(_unread(control, flow))
    tied = [replace(each, criteria=in_order(criteria[each.control])) for each in found.values()]
    exceptions, conflicts = with_responses(sections, tied, listed)
    return Results(exceptions, (*unread, *_untied(sections, listed, exceptions), *conflicts))


def _unread(control: Control, flow: Flow) -> Note:
    page = flow.page_of(0)
    values = {"control": control.id, "page": page}
    return Note(
        "exceptions", _("The result of control {control} on page {page} is in other words: read it."), values, (page,)
    )


def _tied(control: Control, flow: Flow, start: int, end: int) -> ReportException:
    text = re.sub(r"\s+", " ", flow.text[start:end]).strip()
    place = flow.place(start, end)
    return ReportException(control.id, control.criteria, text, place, None, pointer=flow.quote(end, len(flow.text)))


def _result_columns(cells: Sequence[dict[int, Flow]]) -> tuple[frozenset[int], frozenset[int]]:
    """The columns that tell results, and those of them that hold nothing else."""
    told: Counter[int] = Counter()
    opens: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for flows in cells:
        for column, flow in flows.items():
            filled[column] += 1
            match = NONE.search(flow.text) or FOUND.search(flow.text)
            if match:
                told[column] += 1
                opens[column] += match.start() < 8
    usual = frozenset(column for column, count in told.items() if count >= 0.3 * max(told.values()))
    return usual, frozenset(column for column in usual if opens[column] >= 0.6 * filled[column])


def _exception(flow: Flow, *, dedicated: bool) -> tuple[int, int] | None:
    """Where the exception of a cell begins and ends, if it tells one."""
    text = flow.text
    response = RESPONSE.search(text, 1)
    limit = response.start() if response else len(text)
    found = next(
        (match for match in FOUND.finditer(text, 0, limit) if not _is_negative(text, match.start("mark"))), None
    )
    if found:
        # A cell of results may tell the matter first: "One of 25 was late. Exception noted."
        start = 0 if dedicated and not NONE.search(text, 0, found.start()) else found.start("mark")
        # "... Refer to Section V for management's response." is no part of the exception.
        return start, max(flow.sentence(limit, limit)[0], found.end()) if response else limit
    told = dedicated and not NONE.search(text) and not NOT_TESTED.search(text)
    if told and FRACTION.search(text, 0, limit) and FAILED.search(text, 0, limit):
        return 0, limit
    return None


def _is_negative(text: str, at: int) -> bool:
    return bool(
        re.search(r"\b(?:no|without|not|any|nor)\s+(?:\w+\s+){0,2}$", text[max(0, at - 40) : at], re.IGNORECASE)
    )


def _untied(sections: Sections, listed: Sequence[Control], exceptions: Sequence[ReportException]) -> Iterator[Note]:
    """A note for each page that tells an exception, while none was tied to a control there or next to it."""
    tests = sections.flow(Part.TESTS)
    first = listed[0].page if listed else 0
    tied = {each.place.page + step for each in exceptions for step in (-1, 0, 1)}
    marks = [match.start("mark") for match in FOUND.finditer(tests.text)]
    pages = {tests.page_of(at) for at in marks if not _is_negative(tests.text, at)}
    for page in sorted(pages - tied):
        if page >= first:
            yield Note(
                "exceptions", _("An exception on page {page} could not be tied to a control."), {"page": page}, (page,)
            )


def criteria_tested(sections: Sections, listed: Listed) -> tuple[Fact[tuple[str, ...]], Fact[int], list[Note]]:
    """The criteria under which controls were tested, and how many different controls there are.

    Where no ids of controls were found, the criteria that the tests section names are those tested.
    """
    looked_on = sections.pages(Part.TESTS)
    pages = {criterion: control.page for control in reversed(listed.controls) for criterion in control.criteria}
    criteria = list(pages) if listed.controls else list(listed.named)
    notes = [
        Note(
            "criteria_tested",
            _("{criterion} is no criterion of the 2017 Trust Services Criteria."),
            {"criterion": each},
            (pages[each],) if each in pages else (),
        )
        for each in sorted(set(criteria) - set(in_order(criteria)))
    ]
    if not listed.controls:
        return Fact(in_order(criteria), looked_on=looked_on), Fact(looked_on=looked_on), notes
    first = listed.controls[0].page
    also = tuple(sorted({control.page for control in listed.controls} - {first}))
    count = len({control.id for control in listed.controls})
    return (
        Fact(in_order(criteria), first, "", None, also, (), looked_on),
        Fact(count, first, "", None, also, (), looked_on),
        notes,
    )
