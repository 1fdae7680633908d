"""The conditions of SurveyJS: {name} = 'value' and the like, joined with and, or, not. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procurement.questionnaires.importing.boolean import (
    NO_SUCH_ANSWER,
    NOT_BEFORE,
    UNREADABLE,
    Grammar,
    NotExpressible,
    Rule,
    Token,
    parsed,
)
from procurement.questionnaires.importing.draft import Kind

STRING = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
# "contains" and the like are words: a name or text that begins so is none.
PIECES = re.compile(
    rf"""\s*(?:
    (?P<name>\{{[^{{}}]*\}})
    |(?P<value>{STRING}|-?\d+(?:\.\d+)?|(?:true|false)\b)
    |(?P<list>\[(?:\s*(?:{STRING}|-?\d+(?:\.\d+)?)\s*,?)*\])
    |(?P<and>&&|and\b)|(?P<or>\|\||or\b)
    |(?P<op><=|>=|<>|!=|==?|<|>|notcontains\b|contains\b|contain\b|anyof\b|allof\b|notempty\b|empty\b|notequal\b
        |equal\b|greaterorequal\b|greater\b|lessorequal\b|less\b)
    |(?P<not>!|not\b|negate\b)|(?P<open>\()|(?P<close>\)))""",
    re.IGNORECASE | re.VERBOSE,
)
SPELT = {
    "==": "=",
    "equal": "=",
    "!=": "<>",
    "notequal": "<>",
    "contain": "contains",
    "greater": ">",
    "less": "<",
    "greaterorequal": ">=",
    "lessorequal": "<=",
}
ALONE = ("empty", "notempty")


@dataclass(frozen=True)
class Asked:
    """An earlier element: its row in the draft, how it is answered, and the label of each of its values."""

    row: str
    kind: Kind
    labels: Mapping[str, str]


def condition(text: str, earlier: Mapping[str, Asked]) -> Rule:
    """The rule that a "visibleIf" says, about elements by their name. Raises NotExpressible."""
    return parsed(text, Grammar(PIECES, _Terms(earlier).term))


class _Terms:
    def __init__(self, earlier: Mapping[str, Asked]) -> None:
        self.earlier = earlier

    def term(self, tokens: list[Token], at: int) -> tuple[Rule, int]:
        """{name} op value, or {name} empty."""
        kinds = [each.kind for each in tokens[at : at + 3]]
        if kinds[:2] != ["name", "op"]:
            raise NotExpressible(UNREADABLE)
        name = tokens[at].text[1:-1].strip()
        asked = self.earlier.get(name)
        if asked is None:
            raise NotExpressible(NOT_BEFORE)
        op = tokens[at + 1].text.lower()
        op = SPELT.get(op, op)
        if op in ALONE:
            return {"q": asked.row, "op": "answered"} | ({"v": False} if op == "empty" else {}), at + 2
        if len(kinds) < 3 or kinds[2] not in ("value", "list"):
            raise NotExpressible(UNREADABLE)
        return _compared(op, _values(tokens[at + 2].text, asked), asked), at + 3


def _compared(op: str, values: list[Any], asked: Asked) -> Rule:
    if op in (">", "<", ">=", "<="):
        return _ordered(asked.row, op, values)
    if op in ("=", "<>"):
        is_it = {"q": asked.row, "op": "is", "v": values if asked.kind == Kind.MULTI else values[0]}
        if asked.kind != Kind.MULTI and len(values) != 1:
            raise NotExpressible(NO_SUCH_ANSWER)
        return is_it if op == "=" else {"not": is_it}
    if op == "anyof":
        return {"q": asked.row, "op": "in", "v": values}
    each = [{"q": asked.row, "op": "contains" if _holds_parts(asked) else "is", "v": value} for value in values]
    rule = each[0] if len(each) == 1 else {"all": each}
    return {"not": rule} if op == "notcontains" else rule


def _holds_parts(asked: Asked) -> bool:
    """Whether an answer has several values, or is a text: the others are just one value."""
    return asked.kind in (Kind.MULTI, Kind.SHORT_TEXT, Kind.LONG_TEXT)


def _ordered(row: str, op: str, values: list[Any]) -> Rule:
    if len(values) != 1 or not isinstance(values[0], int | float):
        raise NotExpressible(UNREADABLE)
    if op in (">", "<"):
        return {"q": row, "op": "gt" if op == ">" else "lt", "v": values[0]}
    other = {"q": row, "op": "lt" if op == ">=" else "gt", "v": values[0]}
    return {"all": [{"q": row, "op": "answered"}, {"not": other}]}


def _values(text: str, asked: Asked) -> list[Any]:
    """What is compared with, by the labels that the answers have."""
    inside = text[1:-1] if text.startswith("[") else text
    found = [_value(each[0], asked) for each in re.finditer(rf"{STRING}|-?\d+(?:\.\d+)?|true|false", inside)]
    if not found:
        raise NotExpressible(UNREADABLE)
    return found


def _value(text: str, asked: Asked) -> Any:
    if text[0] in "'\"":
        plain = re.sub(r"\\(.)", r"\1", text[1:-1])
    elif asked.kind == Kind.NUMBER:
        return float(text) if "." in text else int(text)
    else:
        plain = text
    if asked.labels and plain not in asked.labels:
        raise NotExpressible(NO_SUCH_ANSWER)
    return asked.labels.get(plain, plain)
