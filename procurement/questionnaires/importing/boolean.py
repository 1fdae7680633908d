"""Conditions written as text, as rules of ours: "and", "or", "not" and brackets around the terms of each format. Pure.

A rule is as in `conditions.py`, but for its words: `q` is the row of an earlier question of the draft, `v` the label of
an option. `imported.py` puts our keys and values in their place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procurement.questionnaires.importing.notes import gettext_noop

_ = gettext_noop
Rule = dict[str, Any]
DEEPEST = 6  # of the eight levels of conditions.py: blocks and panels around it may add one
MOST_OPENED = 50


# Why a condition cannot be kept; the note shows its text beside.
NOT_BEFORE = _("it asks what does not stand before it")
UNREADABLE = _("how it is written cannot be read")
TOO_DEEP = _("it nests too deep")
NO_SUCH_ANSWER = _("it names an answer that is not on the list")
SEVERAL = _("it depends on more than one answer")
NOT_CHOSEN = _("it depends on what is not chosen of several")
ALWAYS_SHOWN = _("a text to read is always shown")


class NotExpressible(ValueError):
    """A condition that our rules cannot say; why is one of the sentences above."""


@dataclass(frozen=True)
class Token:
    kind: str
    text: str


@dataclass(frozen=True)
class Grammar:
    """How a format writes conditions.

    pieces  a pattern with a group for each kind of token (and, or, not, open, close), and others that make up terms
    term    reads one term from the tokens at a place; gives the rule and the place behind it
    """

    pieces: re.Pattern[str]
    term: Callable[[list[Token], int], tuple[Rule, int]]


def parsed(text: str, grammar: Grammar) -> Rule:
    """The rule that a condition says. Raises NotExpressible."""
    reader = _Reader(_tokens(text, grammar.pieces), grammar.term)
    rule = reader.either(0)
    if _depth(rule) > DEEPEST:
        raise NotExpressible(TOO_DEEP)
    if reader.at < len(reader.tokens):
        raise NotExpressible(UNREADABLE)
    return rule


def all_of(rules: list[Rule]) -> Rule | None:
    """One rule for several that all have to hold."""
    return _joined("all", rules) if rules else None


def _joined(word: str, rules: list[Rule]) -> Rule:
    return rules[0] if len(rules) == 1 else {word: rules}


def _depth(rule: Rule) -> int:
    inside = rule.get("all") or rule.get("any") or ([rule["not"]] if "not" in rule else [])
    return 1 + max((_depth(each) for each in inside), default=0)


def _tokens(text: str, pieces: re.Pattern[str]) -> list[Token]:
    tokens, at = [], 0
    for found in pieces.finditer(text):
        if text[at : found.start()].strip():
            break
        assert found.lastgroup
        tokens.append(Token(found.lastgroup, found[0].strip()))
        at = found.end()
    if text[at:].strip():
        raise NotExpressible(UNREADABLE)
    return tokens


class _Reader:
    """or binds weaker than and, and weaker than not."""

    def __init__(self, tokens: list[Token], term: Callable[[list[Token], int], tuple[Rule, int]]) -> None:
        self.tokens, self.term, self.at = tokens, term, 0

    def either(self, depth: int) -> Rule:
        rules = [self.both(depth)]
        while self._takes("or"):
            rules.append(self.both(depth))
        return _joined("any", rules)

    def both(self, depth: int) -> Rule:
        rules = [self.one(depth)]
        while self._takes("and"):
            rules.append(self.one(depth))
        return _joined("all", rules)

    def one(self, depth: int) -> Rule:
        if depth > MOST_OPENED:
            raise NotExpressible(TOO_DEEP)
        if self._takes("not"):
            return {"not": self.one(depth + 1)}
        if self._takes("open"):
            rule = self.either(depth + 1)
            if not self._takes("close"):
                raise NotExpressible(UNREADABLE)
            return rule
        if self.at >= len(self.tokens):
            raise NotExpressible(UNREADABLE)
        rule, self.at = self.term(self.tokens, self.at)
        return rule

    def _takes(self, kind: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at].kind == kind:
            self.at += 1
            return True
        return False
