"""When a question is asked: rules over earlier answers and facts, as plain JSON. Pure.

    {"all": [rule, …]}   {"any": [rule, …]}   {"not": rule}
    {"q": "ai-1", "op": "is", "v": "yes"}     an earlier answer, by the question's key
    {"fact": "vendor.tier", "op": "lt", "v": 3}

| op        | holds when                                                              |
|-----------|-------------------------------------------------------------------------|
| is        | it equals v; of several values: they are just v                         |
| is_not    | it is known and `is` does not hold                                      |
| in        | it, or one of its values, is among v                                    |
| contains  | one of its values is v; a text has v in it, small and capital alike     |
| answered  | anything is known (v false: nothing is)                                 |
| gt, lt    | a number, or a day, is more or less than v                              |

Of a question that is hidden, or not answered yet, nothing is known: no comparison holds, `is_not` neither.
static/conditions.js says the same to the browser; tests/procurement/questionnaires/conditions.json holds both to it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Rule = Mapping[str, Any]

OPS = ("is", "is_not", "in", "contains", "answered", "gt", "lt")
# What conditions may ask beside answers.
FACTS = ("vendor.tier", "data_classes", "report.criteria")
DEEPEST = 8
MOST_TERMS = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def holds(rule: Rule | None, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Whether the rule holds; no rule always does.

    answers  what is known, by the question's key: a value as values.py keeps it, or nothing
    facts    the facts of FACTS
    """
    if rule is None:
        return True
    if "all" in rule:
        return all(holds(each, answers, facts) for each in rule["all"])
    if "any" in rule:
        return any(holds(each, answers, facts) for each in rule["any"])
    if "not" in rule:
        return not holds(rule["not"], answers, facts)
    known = answers.get(rule["q"]) if "q" in rule else facts.get(rule["fact"])
    return _compares(known, rule["op"], rule.get("v"))


def without_facts(rule: Rule, facts: Mapping[str, Any]) -> Rule:
    """The same rule with every question about a fact answered, for eyes that are not to see our facts: what holds
    becomes an empty "all", what does not an empty "any"."""
    for word in ("all", "any"):
        if word in rule:
            return {word: [without_facts(each, facts) for each in rule[word]]}
    if "not" in rule:
        return {"not": without_facts(rule["not"], facts)}
    if "q" in rule:
        return rule
    return {"all": []} if holds(rule, {}, facts) else {"any": []}


def what_is_left(rule: Rule) -> Rule | bool:
    """What a rule of `without_facts` still asks: a smaller rule without the parts that are decided, or whether it holds
    whatever is answered."""
    for word, decides in (("all", False), ("any", True)):
        if word in rule:
            parts = [what_is_left(each) for each in rule[word]]
            if decides in parts:
                return decides
            open_parts = [part for part in parts if not isinstance(part, bool)]
            if len(open_parts) < 2:
                return open_parts[0] if open_parts else not decides
            return {word: open_parts}
    if "not" in rule:
        inside = what_is_left(rule["not"])
        return not inside if isinstance(inside, bool) else {"not": inside}
    return rule


def _compares(known: Any, op: str, v: Any) -> bool:
    has_value = not _is_nothing(known)
    if op == "answered":
        return has_value is not (v is False)
    if not has_value:
        return False
    if op == "is":
        return _is(known, v)
    if op == "is_not":
        return not _is(known, v)
    if op == "in":
        values = known if isinstance(known, list) else [known]
        return isinstance(v, list) and any(_same(each, one) for each in values for one in v)
    if op == "contains":
        return _contains(known, v)
    return _is_beyond(known, op, v)


def _is(known: Any, v: Any) -> bool:
    if not isinstance(known, list):
        return _same(known, v)
    wanted = v if isinstance(v, list) else [v]
    return all(any(_same(each, one) for one in wanted) for each in known) and all(
        any(_same(each, one) for each in known) for one in wanted
    )


def _contains(known: Any, v: Any) -> bool:
    if isinstance(known, list):
        return any(_same(each, v) for each in known)
    return isinstance(known, str) and isinstance(v, str) and v.lower() in known.lower()


def _is_beyond(known: Any, op: str, v: Any) -> bool:
    if not (_is_number(known) and _is_number(v)) and not (_is_day(known) and _is_day(v)):
        return False
    return bool(known > v) if op == "gt" else bool(known < v)


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def _is_nothing(known: Any) -> bool:
    return known is None or known == "" or known == [] or known == {}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and bool(_DAY.fullmatch(value))


@dataclass(frozen=True)
class Term:
    """One comparison of a rule: with the answer to question `q`, or with a `fact`."""

    op: str
    v: Any
    q: str = ""
    fact: str = ""


class NotARule(ValueError):
    """The JSON is no rule; says what is wrong for whoever writes one."""


def terms_of(rule: Any, depth: int = 0) -> Iterator[Term]:
    """Every comparison of the rule. Raises NotARule for what is none."""
    if depth > DEEPEST:
        raise NotARule(f"a condition nests {DEEPEST} deep at most")
    if not isinstance(rule, Mapping):
        raise NotARule(f"{rule!r} is no condition")
    joins = [word for word in ("all", "any", "not") if word in rule]
    if joins and len(rule) == 1:
        yield from _joined(joins[0], rule[joins[0]], depth)
        return
    of = [word for word in ("q", "fact") if word in rule]
    if len(of) != 1 or not set(rule) <= {of[0], "op", "v"}:
        raise NotARule("a condition has one of “all”, “any”, “not”, or a “q” or “fact” with “op” and “v”")
    if rule.get("op") not in OPS:
        raise NotARule(f"“{rule.get('op')}” is none of {', '.join(OPS)}")
    if not isinstance(rule[of[0]], str) or not _fits(rule["op"], rule.get("v")):
        raise NotARule(f"“{rule['op']}” does not go with {rule.get('v')!r}")
    if of[0] == "fact" and rule["fact"] not in FACTS:
        raise NotARule(f"“{rule['fact']}” is none of {', '.join(FACTS)}")
    yield Term(op=rule["op"], v=rule.get("v"), **{of[0]: rule[of[0]]})


def _joined(word: str, inside: Any, depth: int) -> Iterator[Term]:
    if word == "not":
        yield from terms_of(inside, depth + 1)
        return
    if not isinstance(inside, list) or not inside:
        raise NotARule(f"“{word}” holds a list of conditions")
    for each in inside:
        yield from terms_of(each, depth + 1)


def _fits(op: str, v: Any) -> bool:
    """Whether an operator can be compared with this."""
    if op == "answered":
        return v is None or isinstance(v, bool)
    if op == "in":
        return isinstance(v, list) and bool(v) and all(_is_plain(each) for each in v)
    if op in ("gt", "lt"):
        return _is_number(v) or _is_day(v)
    return _is_plain(v) or (op in ("is", "is_not") and isinstance(v, list) and all(_is_plain(each) for each in v))


def _is_plain(v: Any) -> bool:
    return isinstance(v, str | bool | int | float)
