"""The JSON of Google's VSAQ: blocks in blocks. The two outer levels of blocks are the sections.

What is asked under a condition names ids of choices: "uses_tls && !(tls_old || tls_none)". A tip is shown when an
answer is bad; where its condition names choices of one question, it becomes the flag of those choices.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from procurement.questionnaires.importing.answers import kind_of
from procurement.questionnaires.importing.boolean import (
    ALWAYS_SHOWN,
    NOT_BEFORE,
    NOT_CHOSEN,
    SEVERAL,
    Grammar,
    NotExpressible,
    Rule,
    Token,
    all_of,
    parsed,
)
from procurement.questionnaires.importing.collected import Collected, entries, words
from procurement.questionnaires.importing.draft import Flag, Kind, Question

KINDS = {
    "line": Kind.SHORT_TEXT,
    "box": Kind.LONG_TEXT,
    "radiogroup": Kind.SINGLE,
    "checkgroup": Kind.MULTI,
    "check": Kind.YES_NO,
    "yesno": Kind.YES_NO,
    "radio": Kind.SINGLE,
    "upload": Kind.FILE,
}
LEVELS = 2
DEEPEST = 50
SEVERITIES = ("low", "medium", "high", "critical")
PIECES = re.compile(
    r"\s*(?:(?P<and>&&)|(?P<or>\|\|)|(?P<not>!)|(?P<open>\()|(?P<close>\))|(?P<name>[\w.\-^/:]+))", re.ASCII
)


def collect(root: Any) -> Collected | None:
    """None for anything but a list of blocks under "questionnaire"."""
    blocks = entries(root.get("questionnaire")) if isinstance(root, dict) else []
    if not blocks:
        return None
    found = Collected()
    if len(blocks) == 1 and blocks[0].get("type") == "block":
        # One block around everything: its text is the title.
        found.title = words(blocks[0].get("text"))
        blocks = entries(blocks[0].get("items"))
    walk = _Walk(found)
    walk.items(blocks, (), ())
    walk.flag()
    return found


@dataclass(frozen=True)
class _Answer:
    """What an id of the file stands for: a choice of a question, or a question by itself (without an option)."""

    question: int  # its place among the questions found
    option: str = ""


class _Walk:
    def __init__(self, found: Collected) -> None:
        self.found = found
        self.places: dict[tuple[str, ...], int] = {}
        self.answers: dict[str, _Answer] = {}
        self.tips: list[dict[str, Any]] = []
        self.grammar = Grammar(PIECES, self._term)

    def items(self, items: list[dict[str, Any]], path: tuple[str, ...], conditions: tuple[Rule, ...]) -> None:
        """The items of one block; what an info item says helps with the question after it.

        conditions  of the blocks around it
        """
        information: list[str] = []
        for item in items:
            kind = item.get("type")
            if kind == "tip":
                self.tips.append({**item, "place": len(self.found.questions)})
                continue
            rule = self._condition(item)
            rules = conditions if rule is None else (*conditions, rule)
            if kind == "block":
                if len(path) < DEEPEST:
                    self.items(entries(item.get("items")), (*path, words(item.get("text"))), rules)
            elif kind == "info":
                information.append(words(item.get("text")))
            elif kind in KINDS:
                self._take(item, path, information, rules)
                information = []

    def flag(self) -> None:
        """Tips as flags of the choices they are about. Last, for a tip may stand before its question."""
        for tip in self.tips:
            text = str(tip.get("cond") or "")
            try:
                raised_by = self._choices_in(parsed(text, self.grammar))
            except NotExpressible as why:
                self.found.unread_tip(words(tip.get("name")) or words(tip.get("text")), text, str(why), tip["place"])
                continue
            flag = _flag(tip)
            for answer in raised_by:
                self._raise(answer, replace(flag, option=answer.option))
            self.found.flags += 1

    def _take(
        self, item: dict[str, Any], path: tuple[str, ...], information: list[str], conditions: tuple[Rule, ...]
    ) -> None:
        section = tuple(title for title in path if title)[:LEVELS]
        if section not in self.places:
            self.places[section] = self.found.section(" / ".join(section))
        # A choice without a text of its own is asked by the information above it.
        text = words(item.get("text")) or (information.pop() if information else "") or (section[-1] if section else "")
        choices = [(id, words(label)) for each in entries(item.get("choices")) for id, label in list(each.items())[:1]]
        options = tuple(label for _id, label in choices)
        kind = KINDS[item["type"]]
        self._remember(words(item.get("id")), choices)
        self.found.questions.append(
            Question(
                ref=words(item.get("id")),
                section=self.places[section],
                text=text,
                kind=kind_of(text, options=options) if kind == Kind.SINGLE and options else kind,
                options=options,
                help="\n".join(information),
                required=item["required"] if isinstance(item.get("required"), bool) else None,
                visible_if=all_of(list(conditions)),
            )
        )

    def _remember(self, ref: str, choices: list[tuple[str, str]]) -> None:
        """What the ids of this question mean in the conditions that follow."""
        place = len(self.found.questions)
        for id, label in choices:
            self.answers[id] = _Answer(place, label)
        if ref and not choices:
            self.answers[ref] = _Answer(place)

    def _condition(self, item: dict[str, Any]) -> Rule | None:
        text = item.get("cond")
        if not text:
            return None
        try:
            if item.get("type") == "info":
                raise NotExpressible(ALWAYS_SHOWN)
            rule = parsed(str(text), self.grammar)
        except NotExpressible as why:
            self.found.unread_condition(words(item.get("text")) or words(item.get("id")), str(text), str(why))
            return None
        self.found.conditions += 1
        return rule

    def _term(self, tokens: list[Token], at: int) -> tuple[Rule, int]:
        name = tokens[at].text
        answer = self.answers.get(name)
        if tokens[at].kind != "name" or answer is None:
            raise NotExpressible(NOT_BEFORE)
        kind, row = self.found.questions[answer.question].kind, str(answer.question + 1)
        if answer.option:
            return {"q": row, "op": "contains" if kind == Kind.MULTI else "is", "v": answer.option}, at + 1
        if kind == Kind.YES_NO:
            return {"q": row, "op": "is", "v": "Yes"}, at + 1
        return {"q": row, "op": "answered"}, at + 1

    def _choices_in(self, rule: Rule) -> list[_Answer]:
        """The choices that make the rule hold each by itself. Raises NotExpressible for any other rule."""
        if "any" in rule:
            return [answer for each in rule["any"] for answer in self._choices_in(each)]
        if "not" in rule and "v" in rule["not"]:
            return self._others(rule["not"])
        if "v" not in rule:
            raise NotExpressible(SEVERAL)
        return [each for each in self.answers.values() if self._is_named(each, rule)]

    def _others(self, rule: Rule) -> list[_Answer]:
        """The other choices, where only one can be chosen."""
        named = next(each for each in self.answers.values() if self._is_named(each, rule))
        if self.found.questions[named.question].kind == Kind.MULTI:
            raise NotExpressible(NOT_CHOSEN)
        return [each for each in self.answers.values() if each.question == named.question and each != named]

    @staticmethod
    def _is_named(answer: _Answer, rule: Rule) -> bool:
        return str(answer.question + 1) == rule["q"] and bool((answer.option or "Yes") == rule["v"])

    def _raise(self, answer: _Answer, flag: Flag) -> None:
        """Of two tips on one choice the graver one counts."""
        question = self.found.questions[answer.question]
        option = flag.option or "Yes"
        before = next((each for each in question.flags if each.option == option), None)
        if before and _rank(before) >= _rank(flag):
            return
        kept = tuple(each for each in question.flags if each is not before)
        self.found.questions[answer.question] = replace(question, flags=(*kept, replace(flag, option=option)))


def _flag(tip: dict[str, Any]) -> Flag:
    severity = tip.get("severity")
    return Flag(
        option="",
        severity=severity if severity in SEVERITIES else "info",
        text=words(tip.get("name")) or words(tip.get("text")),
        needs_words=bool(tip.get("why")),
    )


def _rank(flag: Flag) -> int:
    return SEVERITIES.index(flag.severity) if flag.severity in SEVERITIES else -1
