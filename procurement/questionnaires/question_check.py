"""Whether one question of a content is as it should be. Pure; part of content_check.py."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from procurement.questionnaires.content_fields import COMPANION_DEFAULTS
from procurement.questionnaires.models import Attachment, Question
from procurement.questionnaires.options import NOT_APPLICABLE, SEVERITIES, values_of
from vendors.reports.criteria import is_criterion

LONGEST = {"key": 80, "ref": 40, "text": 8000, "help": 8000}
LONGEST_TAG = 40
MOST_COMPANIONS = 8
LONGEST_COMPANION = 200
LONGEST_COMPANION_KEY = 40
COMPANION_KINDS = ("single", "short_text", "long_text")
FEWEST_OPTIONS = 2
MOST_COLUMNS = 12
OLDEST_MONTHS = 120
_KEY = re.compile(r"[-a-zA-Z0-9_]+")
_OPTION_PARTS = {"value", "label", "score", "severity", "flag", "needs_words"}
_CHOICES = (Question.Kind.SINGLE, Question.Kind.MULTI)
_YES_OR_NO = (Question.Kind.YES_NO, Question.Kind.YES_NO_PARTIAL_NA)


def wrong_with(question: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a question in itself, each in half a sentence. `question` has every field."""
    yield from _wrong_words(question)
    if question["kind"] not in Question.Kind.values:
        yield _("“%(kind)s” is no kind of question") % {"kind": question["kind"][:30]}
        return
    wrong_options = list(_wrong_options(question))
    yield from wrong_options or _wrong_evidence(question)
    yield from _wrong_shape(question)
    yield from _wrong_companions(question)
    yield from _wrong_worth(question)


def answers_of(question: dict[str, Any]) -> frozenset[str]:
    """What a condition or a rule for files may name; empty where anything can be written."""
    return values_of(Question(kind=question["kind"], options=question["options"], allows_na=question["allows_na"]))


def is_key(text: str) -> bool:
    return bool(_KEY.fullmatch(text))


def _wrong_words(question: dict[str, Any]) -> Iterator[str]:
    if not is_key(question["key"]):
        yield _("the key is made of letters, digits, - and _")
    for name, most in LONGEST.items():
        if len(question[name]) > most:
            yield _("“%(name)s” has at most %(most)s characters") % {"name": name, "most": most}
    if not question["ref"].strip() or not question["text"].strip():
        yield _("it needs a reference and a text")


def _wrong_worth(question: dict[str, Any]) -> Iterator[str]:
    if question["weight"] not in Question.Weight.values:
        yield _("the weight is 20, 10, 5 or 0")
    if question["good_answer"] not in Question.Good.values:
        yield _("the good answer is “yes” or “no”")
    for id in question["criteria"]:
        if not isinstance(id, str) or not is_criterion(id):
            yield _("“%(id)s” is no Trust Services Criterion") % {"id": str(id)[:20]}
    if any(not isinstance(tag, str) or len(tag) > LONGEST_TAG for tag in question["tags"]):
        yield _("tags are words of at most %(most)s characters") % {"most": LONGEST_TAG}


def _wrong_companions(question: dict[str, Any]) -> Iterator[str]:
    """The further fields beside its answer."""
    fields = question.get("companions", [])
    if any(not isinstance(each, Mapping) or not set(each) <= set(COMPANION_DEFAULTS) for each in fields):
        yield _("a further field has key, title, kind, options and required")
        return
    if fields and question["kind"] == Question.Kind.INFO:
        yield _("a text to read has no further fields")
    if len(fields) > MOST_COMPANIONS:
        yield _("it has at most %(most)s further fields") % {"most": MOST_COMPANIONS}
    if len({str(each["key"]) for each in fields}) < len(fields):
        yield _("two further fields have the same key")
    for each in fields:
        yield from _wrong_companion(each)


def _wrong_companion(field: Mapping[str, Any]) -> Iterator[str]:
    title, options = field["title"], field["options"]
    if not isinstance(field["key"], str) or not is_key(field["key"]) or len(field["key"]) > LONGEST_COMPANION_KEY:
        yield _("the key of a further field is made of at most %(most)s letters, digits, - and _") % {
            "most": LONGEST_COMPANION_KEY
        }
    if not isinstance(title, str) or not title.strip() or len(title) > LONGEST_COMPANION:
        yield _("give a further field a title of at most %(most)s characters") % {"most": LONGEST_COMPANION}
    if field["kind"] not in COMPANION_KINDS:
        yield _("a further field is of the kind single, short_text or long_text")
    if not isinstance(field["required"], bool):
        yield _("“required” of a further field is true or false")
    if not isinstance(options, list) or any(not isinstance(each, str) or not each.strip() for each in options):
        yield _("the choices of a further field are texts")
    elif (field["kind"] == "single") != bool(options):
        yield _("a further field of the kind single has choices, the others have none")
    elif len(set(options)) < len(options) or any(len(each) > LONGEST_COMPANION for each in options):
        yield _("each choice of a further field stands once and has at most %(most)s characters") % {
            "most": LONGEST_COMPANION
        }


def _wrong_options(question: dict[str, Any]) -> Iterator[str]:
    kind, options = question["kind"], question["options"]
    if any(not isinstance(each, Mapping) or not set(each) <= _OPTION_PARTS for each in options):
        yield _("a choice has value, label, score, severity, flag and needs_words")
        return
    values = [each.get("value") for each in options]
    if len({str(value) for value in values}) < len(values):
        yield _("two choices have the same value")
    if kind in _CHOICES and len(options) < FEWEST_OPTIONS:
        yield _("a choice needs at least two options")
    if kind not in (*_CHOICES, *_YES_OR_NO) and options:
        yield _("this kind of question has no options")
    for each in options:
        yield from _wrong_option(each, kind)


def _wrong_option(option: Mapping[str, Any], kind: str) -> Iterator[str]:
    value, score = option.get("value"), option.get("score")
    if not isinstance(value, str) or not is_key(value) or len(value) > LONGEST["key"]:
        yield _("the value of a choice is made of letters, digits, - and _")
    names_na = value == NOT_APPLICABLE and set(option) == {"value", "label"}
    if kind in _YES_OR_NO and value not in ("yes", "no", "partial") and not names_na:
        yield _("the choices of this kind are yes, partial and no")
    if kind in _YES_OR_NO and "label" in option and not str(option["label"]).strip():
        yield _("every choice needs a label")
    if kind in _CHOICES and (not isinstance(option.get("label"), str) or not option["label"].strip()):
        yield _("every choice needs a label")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1):
        yield _("a score is a number from 0 to 1")
    if option.get("severity", "") not in ("", *SEVERITIES):
        yield _("a severity is one of %(severities)s") % {"severities": ", ".join(SEVERITIES)}
    if not isinstance(option.get("flag", ""), str) or not isinstance(option.get("needs_words", False), bool):
        yield _("a flag is a text, needs_words is true or false")


def _wrong_shape(question: dict[str, Any]) -> Iterator[str]:
    kind, shape = question["kind"], question["shape"]
    if kind == Question.Kind.NUMBER:
        yield from _wrong_number(shape)
    elif kind == Question.Kind.TABLE:
        columns = shape.get("columns")
        if set(shape) != {"columns"} or not isinstance(columns, list) or not _are_columns(columns):
            yield _("a table has 1 to %(most)s columns, each with a key of its own and a title") % {
                "most": MOST_COLUMNS
            }
    elif shape:
        yield _("this kind of question has no shape")


def _wrong_number(shape: Mapping[str, Any]) -> Iterator[str]:
    ends = [shape[end] for end in ("min", "max") if shape.get(end) is not None]
    if not set(shape) <= {"unit", "min", "max"} or not isinstance(shape.get("unit", ""), str):
        yield _("a number has unit, min and max")
    elif any(isinstance(end, bool) or not isinstance(end, int | float) for end in ends):
        yield _("min and max are numbers")
    elif len(ends) == len(("min", "max")) and ends[0] > ends[1]:
        yield _("min is more than max")


def _are_columns(columns: list[Any]) -> bool:
    if not 0 < len(columns) <= MOST_COLUMNS or not all(_is_column(each) for each in columns):
        return False
    return len({each["key"] for each in columns}) == len(columns)


def _is_column(column: Any) -> bool:
    return (
        isinstance(column, Mapping)
        and set(column) == {"key", "title"}
        and isinstance(column["key"], str)
        and isinstance(column["title"], str)
        and is_key(column["key"])
        and bool(column["title"].strip())
    )


def _wrong_evidence(question: dict[str, Any]) -> Iterator[str]:
    rule, months = question["evidence"], question["evidence_max_months"]
    if rule not in Question.Evidence.values:
        yield _("“%(rule)s” is no rule for files") % {"rule": rule[:30]}
    if any(kind not in Attachment.Kind.values for kind in question["evidence_kinds"]):
        yield _("a kind of file is one of %(kinds)s") % {"kinds": ", ".join(Attachment.Kind.values)}
    if months is not None and not 0 < months <= OLDEST_MONTHS:
        yield _("a file may be 1 to 120 months old")
    wanting, values = question["evidence_if"], answers_of(question)
    if rule == Question.Evidence.IF_ANSWER and not (wanting and all(each in values for each in map(str, wanting))):
        yield _("name answers of this question that need a file")
    if question["kind"] == Question.Kind.FILE and rule == Question.Evidence.NONE:
        yield _("a question answered by a file has to take one")
