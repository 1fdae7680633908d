"""Results of tests: which controls had an exception, and in which words.

Negative results are read first: "No exceptions noted" holds the words of a positive one. An exception is a sentence
that begins with the word; "exceptions noted during the review are tracked" is a control, not a result. A negative that
is qualified ("except for 3 of 30 days, no exceptions noted") is none: see `failures`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vendors.reading.criteria import in_order
from vendors.reading.facts import Fact, Note, ReportException, gettext_noop
from vendors.reading.flow import Flow
from vendors.reading.rules.controls import Control, Listed
from vendors.reading.rules.failures import FAILED, counts_some, failures, is_qualified, tells_failure
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
MOST = 0.6  # of the controls: where so many tell their result in known words, one that does not is to be read
RESULT_HEAD = re.compile(r"result|conclusion|outcome|exception|finding", re.IGNORECASE)


@dataclass(frozen=True)
class Results:
    """`untested`: the criteria whose only controls had no occurrence, or were not tested for another reason."""

    exceptions: tuple[ReportException, ...]
    notes: tuple[Note, ...]
    untested: tuple[str, ...] = ()


def results(sections: Sections, listed: Sequence[Control]) -> Results:
    """The exceptions of the tests, one for a control; notes where one could not be tied to a control."""
    cells = [{column: sections.document.flow(lines) for column, lines in control.cells().items()} for control in listed]
    usual, dedicated = _result_columns(listed, cells)
    criteria: dict[str, set[str]] = {}
    found: dict[str, ReportException] = {}
    unread: list[Note] = []
    telling = [_tells(flows) for flows in cells]
    most_tell = sum(telling) >= MOST * len(cells)
    for control, flows, tells in zip(listed, cells, telling, strict=True):
        criteria.setdefault(control.id, set()).update(control.criteria)
        doubts = []
        for column, flow in sorted(flows.items()):
            if column not in usual and not _is_headed(control, column):
                continue
            told = _exception(flow, dedicated=column in dedicated)
            if told is not None and control.id not in found:
                found[control.id] = _tied(control, flow, *told)
            elif told is None:
                doubts += _doubts(control, flow, dedicated=column in dedicated)
        if not doubts and most_tell and not tells:
            doubts = [_unread(control, control.page)]
        unread += doubts
    tied = [replace(each, criteria=in_order(criteria[each.control])) for each in found.values()]
    exceptions, conflicts = with_responses(sections, tied, listed)
    notes = [*unread, *_untied(sections, listed, exceptions)]
    if not exceptions and not notes:
        notes += _failures_unread(sections, listed)
    untested = _untested(listed, cells)
    return Results(exceptions, (*notes, *conflicts, *_of_untested(untested)), tuple(untested))


def _untested(listed: Sequence[Control], cells: Sequence[dict[int, Flow]]) -> dict[str, int]:
    """The criteria of which no control was tested, each with the page of the first."""
    pages: dict[str, int] = {}
    tested: set[str] = set()
    for control, flows in zip(listed, cells, strict=True):
        texts = [flow.text for flow in flows.values()]
        if any(NONE.search(text) or FOUND.search(text) for text in texts) or not any(map(NOT_TESTED.search, texts)):
            tested.update(control.criteria)
        for criterion in control.criteria:
            pages.setdefault(criterion, control.page)
    return {criterion: pages[criterion] for criterion in in_order(set(pages) - tested)}


def _of_untested(untested: dict[str, int]) -> Iterator[Note]:
    if untested:
        said = _("The report tells no result of a test for {criteria}: their controls were not tested.")
        pages = tuple(sorted(set(untested.values())))
        yield Note("criteria_tested", said, {"criteria": ", ".join(untested)}, pages)


def _is_headed(control: Control, column: int) -> bool:
    return bool(RESULT_HEAD.search(control.rows[0].heads.get(column, "")))


def _tells(flows: dict[int, Flow]) -> bool:
    """Whether any cell of a control tells a result in words that are known."""
    # Results stand to the right, and most of them are negative.
    texts = [flow.text for flow in reversed(flows.values())]
    return any(words.search(text) for words in (NONE, NOT_TESTED, FOUND) for text in texts)


def _doubts(control: Control, flow: Flow, *, dedicated: bool) -> list[Note]:
    """A note where a cell without an exception does not plainly say that there was none."""
    response = RESPONSE.search(flow.text, 1)
    text = flow.text[: response.start()] if response else flow.text
    if dedicated and not NONE.search(text) and not NOT_TESTED.search(text):
        return [_unread(control, flow.page_of(0))]
    # A cell of nothing but results is read whole; of others only the sentence of the result.
    said = [(0, len(text))] if dedicated else [flow.sentence(*match.span()) for match in NONE.finditer(text)]
    for start, end in said:
        sentence = text[start:end]
        if (NONE.search(sentence) and is_qualified(sentence)) or (dedicated and tells_failure(sentence, NONE)):
            page = flow.page_of(start)
            values = {"control": control.id, "page": page}
            text_of_note = _("The result of control {control} on page {page} tells more than “none”: read it.")
            return [Note("exceptions", text_of_note, values, (page,))]
    return []


def _unread(control: Control, page: int) -> Note:
    values = {"control": control.id, "page": page}
    return Note(
        "exceptions", _("The result of control {control} on page {page} is in other words: read it."), values, (page,)
    )


def _failures_unread(sections: Sections, listed: Sequence[Control]) -> Iterator[Note]:
    """A note where the tests tell of a failing from their first control on, though nothing was read as one."""
    tests = sections.flow(Part.TESTS)
    first = listed[0].page if listed else 0
    pages = tuple(sorted({page for at in failures(tests.text, NONE) if (page := tests.page_of(at)) >= first}))
    if pages:
        shown = ", ".join(str(page) for page in pages)
        said = _("No exception was read, but words of a failing stand in the tests: read pages {pages}.")
        yield Note("exceptions", said, {"pages": shown}, pages)


def _tied(control: Control, flow: Flow, start: int, end: int) -> ReportException:
    text = re.sub(r"\s+", " ", flow.text[start:end]).strip()
    place = flow.place(start, end)
    return ReportException(control.id, control.criteria, text, place, None, pointer=flow.quote(end, len(flow.text)))


def _result_columns(
    listed: Sequence[Control], cells: Sequence[dict[int, Flow]]
) -> tuple[frozenset[int], frozenset[int]]:
    """The columns that tell results, and those of them that hold nothing else: fewer cells prove it below a head that
    says so."""
    headed = {column for control in listed for column in control.rows[0].heads if _is_headed(control, column)}
    told: Counter[int] = Counter()
    opens: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for flows in cells:
        for column, flow in flows.items():
            filled[column] += 1
            match = NONE.search(flow.text) or FOUND.search(flow.text)
            told[column] += match is not None
            first = match or NOT_TESTED.search(flow.text)
            opens[column] += first is not None and first.start() < 8
    usual = frozenset(column for column, count in told.items() if count and count >= 0.3 * max(told.values()))
    return usual, frozenset(
        column for column in usual if opens[column] >= (0.3 if column in headed else 0.6) * filled[column]
    )


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
    cell = text[:limit]
    if not dedicated or NOT_TESTED.search(cell) or not counts_some(cell):
        return None
    return (0, limit) if (is_qualified(cell) if NONE.search(cell) else FAILED.search(cell)) else None


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
