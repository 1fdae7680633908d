"""Whether content can be a version: what is wrong with it, each in a sentence that names the place. Pure.

The same check stands before a file is taken in and before a version is published.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from procurement.questionnaires.conditions import MOST_TERMS, NotARule, terms_of
from procurement.questionnaires.content import filled
from procurement.questionnaires.content_fields import (
    FORMAT,
    LEFT_OUT_WHEN_EMPTY,
    QUESTION_DEFAULTS,
    SECTION_DEFAULTS,
    VERSION_DEFAULTS,
)
from procurement.questionnaires.models import Question
from procurement.questionnaires.question_check import answers_of, is_key, wrong_with

MOST_QUESTIONS = 5000
MOST_SECTIONS = 500
DEEPEST_SECTION = 6
MOST_PROBLEMS = 50
LONGEST = {"title": 120, "intro": 8000}
LONGEST_FAMILY = 40
LONGEST_SECTION = 200
HIGHEST_NUMBER = 9999


@dataclass(frozen=True)
class Problem:
    """What keeps content from being a version.

    question  the key of the question it is about, else ""
    section   the place of the section it is about, counted from 1 through the whole; else 0
    """

    sentence: str
    question: str = ""
    section: int = 0


def problems_in(content: Any) -> list[str]:
    """What keeps the content from being published, the first things first; empty when nothing does."""
    return [problem.sentence for problem in placed_problems(content)]


def placed_problems(content: Any) -> list[Problem]:
    """The same, each with the place it is about."""
    return list(islice(_problems(content), MOST_PROBLEMS))


def _problems(content: Any) -> Iterator[Problem]:
    if not isinstance(content, Mapping) or content.get("format") != FORMAT:
        yield Problem(_("This is no questionnaire of the format %(format)s.") % {"format": FORMAT})
        return
    misshapen = [Problem(sentence) for sentence in _misshapen(content)]
    yield from misshapen
    if misshapen:
        return  # what follows leans on the shape
    whole = filled(dict(content))
    sections, questions = list(_sections_of(whole["sections"])), []
    for _depth, section in sections:
        questions += section["questions"]
    yield from map(Problem, _wrong_head(whole))
    yield from _amounts(sections, questions)
    yield from _repeated(questions)
    wrong = [
        Problem(f"{_name(question)}: {each}", question=question["key"])
        for question in questions
        for each in wrong_with(question)
    ]
    yield from wrong or _conditions(sections)  # conditions lean on options that are as they should be


def _name(question: Mapping[str, Any]) -> str:
    return str(question.get("ref") or question.get("key") or "?")


def _misshapen(content: Mapping[str, Any]) -> Iterator[str]:
    """Fields that are unknown or of another type than their default."""
    yield from _strange(content, {"format": FORMAT, **VERSION_DEFAULTS}, _("the questionnaire"))
    waiting = [(1, each) for each in content.get("sections", []) if isinstance(content.get("sections"), list)]
    while waiting:
        depth, section = waiting.pop(0)
        if not isinstance(section, Mapping):
            yield _("A section is an object with title and questions.")
            return
        where = _("section “%(title)s”") % {"title": str(section.get("title", ""))[:60]}
        wrong = list(_strange(section, SECTION_DEFAULTS, where))
        yield from wrong
        if depth > DEEPEST_SECTION:
            yield _("Sections nest %(most)s deep at most.") % {"most": DEEPEST_SECTION}
            return
        if wrong:
            continue
        for question in section.get("questions", []):
            if not isinstance(question, Mapping):
                yield _("A question is an object with key, reference and text.")
                return
            yield from _strange(question, {**QUESTION_DEFAULTS, **LEFT_OUT_WHEN_EMPTY}, _name(question))
        waiting += [(depth + 1, each) for each in section.get("sections", [])]


def _strange(given: Mapping[str, Any], known: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, value in given.items():
        if name not in known:
            yield _("%(where)s: “%(name)s” is no field.") % {"where": where, "name": str(name)[:60]}
        elif not _is_like(value, known[name], name):
            yield _("%(where)s: “%(name)s” is of another type than it should be.") % {"where": where, "name": name}


def _is_like(value: Any, default: Any, name: str) -> bool:
    if default is None:
        wanted: type = Mapping if name == "visible_if" else int
        return value is None or (isinstance(value, wanted) and not isinstance(value, bool))
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    return isinstance(value, Mapping if isinstance(default, dict) else type(default))


def _sections_of(sections: list[dict[str, Any]], depth: int = 1) -> Iterator[tuple[int, dict[str, Any]]]:
    for section in sections:
        yield depth, section
        yield from _sections_of(section["sections"], depth + 1)


def _wrong_head(content: dict[str, Any]) -> Iterator[str]:
    if not content["title"].strip() or len(content["title"]) > LONGEST["title"]:
        yield _("Give the questionnaire a title of at most %(most)s characters.") % {"most": LONGEST["title"]}
    if len(content["intro"]) > LONGEST["intro"]:
        yield _("What the vendor reads first has at most %(most)s characters.") % {"most": LONGEST["intro"]}
    key = content["questionnaire"]
    if key and (not is_key(key) or len(key) > LONGEST_FAMILY):
        yield _("The key of a questionnaire is made of at most %(most)s letters, digits, - and _.") % {
            "most": LONGEST_FAMILY
        }
    if not 0 < content["number"] < 10_000:
        yield _("The number of a version is from 1 to %(most)s.") % {"most": HIGHEST_NUMBER}


def _amounts(sections: list[tuple[int, dict[str, Any]]], questions: list[dict[str, Any]]) -> Iterator[Problem]:
    if not any(question["kind"] != Question.Kind.INFO for question in questions):
        yield Problem(_("Ask at least one question."))
    if len(questions) > MOST_QUESTIONS:
        yield Problem(_("A questionnaire takes %(most)s questions at most.") % {"most": MOST_QUESTIONS})
    if len(sections) > MOST_SECTIONS:
        yield Problem(_("A questionnaire takes %(most)s sections at most.") % {"most": MOST_SECTIONS})
    for place, (_depth, section) in enumerate(sections, start=1):
        if not section["title"].strip() or len(section["title"]) > LONGEST_SECTION:
            yield Problem(_("Give every section a title of at most 200 characters."), section=place)


def _repeated(questions: list[dict[str, Any]]) -> Iterator[Problem]:
    for name in ("key", "ref"):
        seen: set[str] = set()
        for question in questions:
            if question[name] in seen:
                sentence = _("%(value)s stands twice. Give every question a %(name)s of its own.")
                yield Problem(sentence % {"value": question[name], "name": name}, question=question["key"])
            seen.add(question[name])


def _conditions(sections: list[tuple[int, dict[str, Any]]]) -> Iterator[Problem]:
    """Conditions ask earlier questions only, which leaves no room for circles, and answers those can have."""
    earlier: dict[str, dict[str, Any]] = {}
    for place, (_depth, section) in enumerate(sections, start=1):
        for sentence in wrong_rule(section["visible_if"], section["title"], earlier):
            yield Problem(sentence, section=place)
        for question in section["questions"]:
            for sentence in wrong_rule(question["visible_if"], question["ref"], earlier):
                yield Problem(sentence, question=question["key"])
            earlier[question["key"]] = question


def wrong_rule(rule: Any, where: str, earlier: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    """What is wrong with a condition; `where` it stands, `earlier` the whole questions before it by key."""
    if rule is None:
        return
    try:
        terms = list(terms_of(rule))
    except NotARule as wrong:
        yield _("%(where)s: its condition cannot be read: %(why)s.") % {"where": where, "why": wrong}
        return
    if len(terms) > MOST_TERMS:
        yield _("%(where)s: a condition has at most %(most)s comparisons.") % {"where": where, "most": MOST_TERMS}
    for term in terms:
        if not term.q:
            continue
        if term.q not in earlier:
            yield _("%(where)s: its condition asks “%(key)s”, which is no earlier question.") % {
                "where": where,
                "key": term.q,
            }
            continue
        values = answers_of(earlier[term.q])
        named = term.v if isinstance(term.v, list) else [term.v]
        unknown = [each for each in named if each not in values] if values and term.op != "answered" else []
        if unknown:
            yield _("%(where)s: its condition asks for “%(value)s”, which is no answer to %(ref)s.") % {
                "where": where,
                "value": unknown[0],
                "ref": earlier[term.q]["ref"],
            }
