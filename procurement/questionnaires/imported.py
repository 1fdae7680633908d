"""From what was read in a file to content that can be a draft, and how it differs from a version we have. Pure.

Where a question of the version is the same by its reference or its words, it keeps its key, so that answers are found
again, and what we made of it: weight, criteria, files, condition. The file says its words and how it is answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from procurement.questionnaires.content_check import LONGEST as LONGEST_OF_VERSION
from procurement.questionnaires.content_check import LONGEST_SECTION, wrong_rule
from procurement.questionnaires.content_fields import FORMAT, QUESTION_DEFAULTS
from procurement.questionnaires.importing.answer_words import SPELLINGS
from procurement.questionnaires.importing.boolean import Rule
from procurement.questionnaires.importing.draft import Draft, Flag, Kind, Question
from procurement.questionnaires.importing.file_rules import IF_YES, REQUIRED
from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.options import NO, NOT_APPLICABLE, PARTIAL, YES
from procurement.questionnaires.question_check import (
    FEWEST_OPTIONS,
    LONGEST,
    LONGEST_COMPANION,
    LONGEST_COMPANION_KEY,
    MOST_COMPANIONS,
)

_LISTS = (Kind.SINGLE, Kind.MULTI)
LONGEST_FLAG = 300
_OUR_WORDS = {"yes", "no", "y", "n"}
_YES_OR_NO = (Kind.YES_NO, Kind.YES_NO_PARTIAL_NA)
_KIND_FIELDS = ("kind", "options", "shape", "evidence_if")
Kinds = Mapping[str, Mapping[str, str]]  # sheet → row → kind
Content = dict[str, Any]


@dataclass
class Difference:
    """What a new version would change: references of questions.

    changed  (reference, the words before, the words now)
    loosened references of questions whose condition asks what no longer stands before them: it is left out
    """

    same: list[str] = field(default_factory=list)
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    loosened: list[str] = field(default_factory=list)


def kind_of(question: Question, kinds: Kinds) -> Kind:
    """How it is answered: as a person said, else as the file says."""
    told = kinds.get(question.sheet, {}).get(str(question.row))
    kind = Kind(told) if told else question.kind
    if kind == Kind.TABLE or (kind in _LISTS and len(question.options) < FEWEST_OPTIONS):
        return Kind.LONG_TEXT  # the file names no columns, or nothing to choose from
    return kind


def content_of(
    draft: Draft, kinds: Kinds, *, key: str, title: str, number: int, before: Sequence[Content] = ()
) -> tuple[Content, Difference]:
    """Content of our own format, whole and free of problems, and how it differs from the questions `before`.

    key     of the questionnaire; `number` of the version
    before  the questions of the version it follows, as content, in order
    """
    maker = _Maker(before)
    sections: list[Content] = []
    places: dict[int, int] = {}
    for question in draft.questions:
        if question.section not in places:
            places[question.section] = len(sections)
            name = draft.sections[question.section].strip()[:LONGEST_SECTION] or _("Questions")
            sections.append({"title": name, "intro": "", "visible_if": None, "questions": [], "sections": []})
        sections[places[question.section]]["questions"].append(maker.question(question, kind_of(question, kinds)))
    content = {
        "format": FORMAT,
        "questionnaire": key,
        "number": number,
        "title": title[: LONGEST_OF_VERSION["title"]],
        "intro": "",
        "sections": sections,
    }
    return content, maker.difference()


class _Maker:
    """Makes one question after the other; references and keys stay apart."""

    def __init__(self, before: Sequence[Content]) -> None:
        self._by_ref = {folded(each["ref"]): each for each in before}
        self._by_text = {folded(each["text"]): each for each in before}
        self._before = before
        self._met: set[str] = set()
        self._refs: set[str] = set()
        self._keys = {each["key"] for each in before}
        self._earlier: dict[str, Content] = {}
        self._by_row: dict[str, Content] = {}
        self._count = 0
        self._difference = Difference()

    def question(self, found: Question, kind: Kind) -> Content:
        self._count += 1
        ref = self._free(found.ref.strip()[: LONGEST["ref"] - 5] or f"Q{self._count}", self._refs, " ({})")
        made = self._from_file(found, kind) | {"ref": ref}
        known = self._known(found)
        if known is None:
            made["key"] = self._free(slugify(ref)[: LONGEST["key"] - 5].strip("-") or "question", self._keys, "-{}")
            self._difference.new.append(ref)
        else:
            made = self._with_ours(made, known)
        self._settle_condition(made)
        self._earlier[made["key"]] = made
        self._by_row[str(found.row)] = made
        return made

    def difference(self) -> Difference:
        self._difference.gone = [each["ref"] for each in self._before if each["key"] not in self._met]
        return self._difference

    def _known(self, found: Question) -> Content | None:
        """The question it was before: by its reference, else by its words; each only once."""
        by_ref = self._by_ref.get(folded(found.ref)) if found.ref else None
        for known in (by_ref, self._by_text.get(folded(found.text))):
            if known is not None and known["key"] not in self._met:
                self._met.add(known["key"])
                return known
        return None

    def _with_ours(self, made: Content, known: Content) -> Content:
        ours = {name: value for name, value in known.items() if name not in ("ref", "text", "help")}
        if made["kind"] != known["kind"]:
            ours |= {name: made[name] for name in _KIND_FIELDS}
            ours["evidence"] = "optional" if known["evidence"] == "if_answer" else known["evidence"]
        whole = {**made, **ours, "help": made["help"] or known["help"]}
        is_same = known["kind"] == whole["kind"] and known.get("companions") == whole.get("companions")
        if folded(known["text"]) == folded(whole["text"]) and is_same:
            self._difference.same.append(whole["ref"])
        else:
            self._difference.changed.append((whole["ref"], known["text"], whole["text"]))
        return whole

    def _settle_condition(self, made: Content) -> None:
        """A condition that asks what no longer stands before it goes, and that is told."""
        if any(wrong_rule(made["visible_if"], made["ref"], self._earlier)):
            made["visible_if"] = None
            self._difference.loosened.append(made["ref"])

    def _from_file(self, found: Question, kind: Kind) -> Content:
        expected = _("Expected: %(evidence)s") % {"evidence": found.evidence} if found.evidence else ""
        companions = {"companions": _companions(found)} if found.companions and kind != Kind.INFO else {}
        return {
            **QUESTION_DEFAULTS,
            **companions,
            "text": found.text[: LONGEST["text"]],
            "help": "\n".join(filter(None, (found.help, expected)))[: LONGEST["help"]],
            "kind": kind.value,
            "options": _options(found, kind),
            "visible_if": self._rule(found.visible_if),
            **({} if found.weight is None or kind == Kind.INFO else {"weight": found.weight}),
            "required": kind != Kind.INFO if found.required is None else found.required,
            **_files(found, kind),
        }

    def _rule(self, rule: Rule | None) -> Rule | None:
        """The condition of the file with our keys and values. What it asks that is not there stays to be told."""
        if rule is None:
            return None
        for word in ("all", "any"):
            if word in rule:
                return {word: [self._rule(each) for each in rule[word]]}
        if "not" in rule:
            return {"not": self._rule(rule["not"])}
        asked = self._by_row.get(rule["q"])
        if asked is None:
            return {**rule, "q": f"row-{rule['q']}"}
        value = rule.get("v")
        named = [_value_of(asked, each) for each in value] if isinstance(value, list) else _value_of(asked, value)
        return {**rule, "q": asked["key"]} | ({"v": named} if "v" in rule else {})

    @staticmethod
    def _free(wished: str, taken: set[str], behind: str) -> str:
        name, number = wished, 2
        while name in taken:
            name, number = wished + behind.format(number), number + 1
        taken.add(name)
        return name


def _files(found: Question, kind: Kind) -> Content:
    """The rule for files. Where the file says nothing, one may come with every answer, and has to where it is one."""
    if kind == Kind.INFO:
        return {"evidence": "none"}
    if found.file_rule == IF_YES and kind in _YES_OR_NO:
        return {"evidence": "if_answer", "evidence_if": [YES]}
    is_needed = found.file_rule == REQUIRED or (kind == Kind.FILE and not found.file_rule)
    return {"evidence": "required" if is_needed else "optional"}


def _options(found: Question, kind: Kind) -> list[Content]:
    """Of a choice every option; of yes and no those that raise something or are called otherwise."""
    flags = {flag.option: _raised(flag) for flag in found.flags}
    if kind in _YES_OR_NO:
        values = {SPELLINGS.get(folded(label)): raised for label, raised in flags.items()}
        words = _own_words(found, kind)
        named = [value for value in (YES, PARTIAL, NO, NOT_APPLICABLE) if value in values or value in words]
        return [{"value": value, **words.get(value, {}), **values.get(value, {})} for value in named]
    if kind not in _LISTS:
        return []
    taken: set[str] = set()
    return [
        {
            "value": _Maker._free(slugify(label)[: LONGEST["key"] - 5].strip("-") or "choice", taken, "-{}"),
            "label": label[:300],
            "score": None,
            **flags.get(label, {}),
        }
        for label in found.options
    ]


def _own_words(found: Question, kind: Kind) -> dict[str, Content]:
    """What the file calls yes, partial, no and not applicable, where that is not "yes" and "no": a set in another
    language is answered in its own words. Of two words for one answer the first counts."""
    words: dict[str, str] = {}
    for label in found.options:
        words.setdefault(SPELLINGS.get(folded(label), ""), label)
    if {folded(words.get(YES, "yes")), folded(words.get(NO, "no"))} <= _OUR_WORDS:
        return {}
    values = (YES, NO) if kind == Kind.YES_NO else (YES, PARTIAL, NO, NOT_APPLICABLE)
    return {value: {"label": words[value][:LONGEST_FLAG]} for value in values if value in words}


def _raised(flag: Flag) -> Content:
    words = {"needs_words": True} if flag.needs_words else {}
    return {"severity": flag.severity, "flag": shorten(flag.text, LONGEST_FLAG, placeholder=" …"), **words}


def _value_of(asked: Content, label: Any) -> Any:
    """What we keep where the file says a label: the value of the option; anything else as it stands."""
    if asked["kind"] in _YES_OR_NO:
        return SPELLINGS.get(folded(str(label)), label)
    return next((each["value"] for each in asked["options"] if each["label"] == str(label)[:300]), label)


def _companions(found: Question) -> list[Content]:
    taken: set[str] = set()
    return [
        {
            "key": _Maker._free(slugify(each.title)[: LONGEST_COMPANION_KEY - 5].strip("-") or "field", taken, "-{}"),
            "title": each.title[:LONGEST_COMPANION],
            "kind": "single" if each.options else "long_text",
            "options": [option[:LONGEST_COMPANION] for option in each.options],
            "required": False,
        }
        for each in found.companions[:MOST_COMPANIONS]
    ]
