"""What a subservice organization does for the vendor: from the sentence that names it, from a table, from a list.

Only the grammar of a sentence or the head of a column tells it. Two organizations named in one breath "to provide
colocation and object storage" leave open which of them does what, so nothing is taken.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vendors.reading.evidence import Find, fact_from, pages_of
from vendors.reading.facts import Fact, Subservice
from vendors.reading.flow import Flow
from vendors.reading.lines import Line
from vendors.reading.names import cleaned, folded
from vendors.reading.rules.subservice import CARVE_OUT, INCLUSIVE, USES, names_in
from vendors.reading.sections import Part, Sections
from vendors.reading.tables import TableRow, rows_of_print
from vendors.reading.wording import any_wording, wording

# Where a service ends: with its sentence, or where the words turn to the method of the report.
SERVICE = (
    r"(?P<service>(?:[^.;:]|(?<=\b[A-Z])\.(?=[A-Z]\.)|(?<=[A-Z]\.[A-Z])\.){3,220}?)"
    r"(?=\.(?:\s|$)|[;:]|$|,? (?:under|using|applying|by means of) the |,? (?:which|whose|where|and (?:has|its|the))\b"
    r"|,? (?:a|an|as a|as an) (?:\S+ )?subservice\b)"
)
_VERBS = r"(?:provid(?:e|es|ing)|suppl(?:y|ies|ying)|perform(?:s|ing)?|deliver(?:s|ing)?)"
BEHIND = wording(rf"(?:{_VERBS} )?{SERVICE}", 0)
SENT = wording(r"\boutsources (?P<service>.{3,60}?) to ", 0)
SHORT = r"(?: \([^)]{1,40}\))?"
IS_USED = rf"{SHORT},? (?:is|was) (?:used|engaged|contracted) (?:for|to {_VERBS}|as) {SERVICE}"
DOES = rf"{SHORT},? (?:{_VERBS}) {SERVICE}"
LISTED = r"(?: \([^)]{1,40}\))? ?[:–—-] (?P<service>[^\n]{3,200}(?:\n(?=[a-z])[^\n]{1,200})?)"
NO_SERVICE = any_wording([
    r"^(?:which|whom|the purposes?)\b", r"\b(?:description|examination|subservice|controls)\b",
    r"^(?:that|this|these|those|any|all|such|its own|reports?|an? (?:soc|report))\b",
])  # fmt: skip
WHO = wording(
    r"(?:name of )?(?:the )?(?:subservice |sub-service |third[- ]party )?(?:organi[sz]ations?|providers?|vendors?)"
    r"(?: names?)?"
)
WHAT = wording(
    r"(?:(?:nature|description|type|scope) of (?:the )?)?services?(?: (?:provided|performed|rendered|used))?"
    r"|functions?|purposes?(?: of use)?|roles?|use|what it does"
)
LEADING = re.compile(r"^(?:its|the|their|our|certain|various)\s+", re.IGNORECASE)
TIGHT = 1.2  # of the height: lines no further apart are of one cell
LONGEST, MOST_WORDS = 200, 26
LONGEST_TABLE = 120  # lines below a head


@dataclass
class _Entry:
    """A row of a table, whatever its lines of print: the organization, and the lines of its service."""

    name: str
    lines: list[Line]
    is_clear: bool = True


def with_services(sections: Sections, organizations: Sequence[Subservice]) -> tuple[Subservice, ...]:
    """The organizations, each with the first service that is told of it: the auditor's words before others."""
    if not organizations:
        return ()
    spoken: dict[str, list[Find[str]]] = defaultdict(list)
    described: dict[str, list[Find[str]]] = defaultdict(list)
    for part in (Part.LETTER, Part.ASSERTION):
        for name, find in _in_sentences(sections.flow(part), organizations):
            spoken[name].append(find)
    if not all(spoken[each.name] for each in organizations):
        for name, find in (*_in_tables(sections, organizations), *_in_description(sections, organizations)):
            described[name].append(find)
    looked_on = sections.pages(Part.LETTER, Part.ASSERTION)
    return tuple(
        replace(each, service=_settled(spoken[each.name], described[each.name], looked_on)) for each in organizations
    )


def _settled(spoken: Sequence[Find[str]], described: Sequence[Find[str]], looked_on: Sequence[int]) -> Fact[str]:
    """The first words for it. Each part has its own; those of letter and assertion may not have nothing in common."""
    strange = [find for find in spoken if not _stems(find.value) & _stems(spoken[0].value)]
    if strange:
        return Fact(conflict_on=pages_of([spoken[0], *strange]), looked_on=tuple(looked_on))
    found = [*spoken, *described]
    return fact_from(found[0], looked_on=looked_on) if found else Fact(looked_on=tuple(looked_on))


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[a-z]{3,}", text.lower())}


# Sentences


def _in_sentences(flow: Flow, organizations: Sequence[Subservice]) -> Iterator[tuple[str, Find[str]]]:
    """ "uses A to provide hosting", "outsources hosting to A", of the letter and the assertion."""
    for match in USES.finditer(flow.text):
        group = match.lastgroup or "used"
        named = [known for name in names_in(match[group]) if (known := _known(name, organizations))]
        if group == "sent":
            service = SENT.match(flow.text, match.start(), match.end())
        elif re.search(r"\b(?:to|for|as)\s+$", match.group()):
            service = BEHIND.match(flow.text, match.end())
        else:
            continue
        if service is None or not named or len(named) < len(list(names_in(match[group]))):
            continue
        find = _find(flow, *service.span("service"), organizations)
        if find is not None and (len(named) == 1 or not re.search(r",|\band\b|\brespectively\b", find.value)):
            yield from ((name, find) for name in named)


def _in_description(sections: Sections, organizations: Sequence[Subservice]) -> Iterator[tuple[str, Find[str]]]:
    """ "A is used for hosting", "A provides hosting", "• A: hosting"; where the description says so of one of them."""
    flow = sections.flow(Part.DESCRIPTION)
    for each in organizations:
        name = _called(each.name)
        sentence = rf"(?:^|(?<=[.:;•●▪]))(?: *[•●▪–-])? *(?:The )?{name}"
        for grammar in (IS_USED, DOES, LISTED):
            pattern = wording(sentence + grammar, re.MULTILINE)
            for match in pattern.finditer(flow.text):
                find = _find(flow, *match.span("service"), organizations)
                if find is not None:
                    yield each.name, find
                    break


def _find(flow: Flow, start: int, end: int, organizations: Sequence[Subservice]) -> Find[str] | None:
    """The words as a service; None where they are none, or name an organization themselves."""
    text = LEADING.sub("", " ".join(flow.text[start:end].split()).strip(" ,-–—.:"))
    if not 3 <= len(text) <= LONGEST or len(text.split()) > MOST_WORDS:
        return None
    if NO_SERVICE.search(text) or CARVE_OUT.search(text) or INCLUSIVE.search(text):
        return None
    if any(folded(each.name) in folded(text) for each in organizations):
        return None
    return Find(text, flow, start, end)


def _called(name: str) -> str:
    """A pattern for a name, with or without its legal form."""
    bare = name.split(",")[0]
    return rf"(?:{re.escape(name)}|{re.escape(bare)})".replace(r"\ ", " ")


def _known(name: str, organizations: Sequence[Subservice]) -> str:
    """Which organization a printed name means; "" for none, or for more than one."""
    key = folded(cleaned(name))
    found = [each.name for each in organizations if _same(folded(each.name), key)]
    return found[0] if len(found) == 1 else ""


def _same(one: str, other: str) -> bool:
    return bool(one and other) and (one == other or one.startswith(other + " ") or other.startswith(one + " "))


# Tables


def _in_tables(sections: Sections, organizations: Sequence[Subservice]) -> Iterator[tuple[str, Find[str]]]:
    """Columns headed "Subservice organization" and "Services provided", in any order and among others."""
    lines = sections.lines.get(Part.DESCRIPTION, [])
    last = -1
    for at, line in enumerate(lines):
        if at <= last or not WHAT.fullmatch(line.text.strip(" :")):
            continue
        top = next(place for place in range(at, -1, -1) if place == 0 or lines[place - 1].bottom != line.bottom)
        rows = rows_of_print(lines[top : at + LONGEST_TABLE])
        head = rows[0].heads if rows else {}
        who = [column for column, name in head.items() if WHO.fullmatch(name.strip(" :"))]
        what = [column for column, name in head.items() if WHAT.fullmatch(name.strip(" :"))]
        if len(who) != 1 or len(what) != 1:
            continue
        last = at
        for entry in _entries(rows[1:], who[0], what[0], organizations):
            known = _known(entry.name, organizations)
            flow = sections.document.flow(entry.lines)
            find = _find(flow, 0, len(flow.text), organizations) if known and entry.is_clear and entry.lines else None
            if find is not None:
                yield known, find


def _entries(rows: Sequence[TableRow], who: int, what: int, organizations: Sequence[Subservice]) -> Iterator[_Entry]:
    """The rows of the table. Where a service begins above its name the cells are centred, and nothing is clear."""
    entry: _Entry | None = None
    above: TableRow | None = None
    for row in rows:
        if row.head:
            continue
        if set(row.heads.values()) != set(rows[0].heads.values()):
            break
        cells = {cell.column: cell for cell in row.cells}
        name = cells[who].text if who in cells else ""
        if name and (entry is None or not _begins(f"{entry.name} {name}", organizations)):
            is_tight = above is not None and what in cells and _is_tight(above, row, what)
            if entry is not None:
                entry.is_clear = entry.is_clear and not is_tight
                yield entry
            if len(cells) == 1 and not _begins(name, organizations):
                return
            entry = _Entry(name, [], is_clear=not is_tight)
        elif name and entry is not None:
            entry.name = f"{entry.name} {name}"
        if what in cells and entry is not None:
            entry.lines.append(cells[what].line)
        above = row
    if entry is not None:
        yield entry


def _begins(name: str, organizations: Sequence[Subservice]) -> bool:
    """Whether these words are an organization's name, or the first words of one that goes on in the next line."""
    key = folded(cleaned(name))
    return bool(key) and any(f"{folded(each.name)} ".startswith(f"{key} ") for each in organizations)


def _is_tight(above: TableRow, row: TableRow, column: int) -> bool:
    """Whether the cell of this column goes on from the line above, rather than begin here."""
    beside = [cell for cell in above.cells if cell.column == column]
    return bool(beside) and above.page == row.page and row.bottom - above.bottom <= TIGHT * row.height
