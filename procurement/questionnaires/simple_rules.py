"""Conditions as a person writes them: a few comparisons, of which all or any have to hold. Pure.

Rules that nest deeper, or say "not", come from files; they are shown in words and kept until somebody replaces them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from procurement.questionnaires.conditions import Rule, Term

NOT_ANSWERED = "not_answered"


@dataclass(frozen=True)
class SimpleRule:
    """`join` is "all" or "any"."""

    join: str
    terms: tuple[Term, ...]


def as_simple(rule: Rule | None) -> SimpleRule | None:
    """The rule in the simple form; None where it is more than that. No rule is one without terms."""
    if rule is None:
        return SimpleRule("all", ())
    for join in ("all", "any"):
        if join in rule:
            terms = [_term(each) for each in rule[join]]
            return SimpleRule(join, tuple(term for term in terms if term)) if all(terms) else None
    term = _term(rule)
    return SimpleRule("all", (term,)) if term else None


def as_rule(join: str, terms: Sequence[Term]) -> Rule | None:
    """The rule of these comparisons; a single one stands alone, none is no rule."""
    rules = [_comparison(term) for term in terms]
    if len(rules) > 1:
        return {join: rules}
    return rules[0] if rules else None


def _term(rule: Rule) -> Term | None:
    if "op" not in rule or (rule["op"] != "answered" and isinstance(rule.get("v"), bool)):
        return None
    return Term(op=rule["op"], v=rule.get("v"), q=rule.get("q", ""), fact=rule.get("fact", ""))


def _comparison(term: Term) -> dict[str, Any]:
    subject = {"q": term.q} if term.q else {"fact": term.fact}
    value = {} if term.op == "answered" and term.v is not False else {"v": term.v}
    return {**subject, "op": term.op, **value}
