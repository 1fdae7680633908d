"""Answers in words: on pages, in memos, in the ledger."""

from collections.abc import Callable
from datetime import date
from typing import Any

from procurement.questionnaires.countries import country_name
from procurement.questionnaires.models import Question
from procurement.questionnaires.options import na_label, option_of
from vendors.reports.wording import day_in_words

Kind = Question.Kind


def in_words(question: Question, value: Any, *, is_not_applicable: bool = False) -> str:
    """What was answered, as a person reads it: "Yes", "12 days", "Germany, Ireland"; empty for nothing."""
    if is_not_applicable:
        return na_label(question)
    if value is None:
        return ""
    return _WORDS.get(Kind(question.kind), _plain)(question, value)


def _choice(question: Question, value: Any) -> str:
    option = option_of(question, value)
    return str(option.label) if option else str(value)


def _choices(question: Question, value: Any) -> str:
    return ", ".join(_choice(question, each) for each in value)


def _number(question: Question, value: Any) -> str:
    unit = question.shape.get("unit", "")
    return f"{value} {unit}".strip()


def _day(_question: Question, value: Any) -> str:
    return day_in_words(date.fromisoformat(value))


def _days(question: Question, value: Any) -> str:
    return f"{_day(question, value['from'])} – {_day(question, value['to'])}"


def _table(question: Question, value: Any) -> str:
    keys = [column["key"] for column in question.shape.get("columns", [])]
    return "\n".join("; ".join(row[key] for key in keys if row.get(key)) for row in value)


def _countries(_question: Question, value: Any) -> str:
    return ", ".join(country_name(code) for code in value)


def _contact(_question: Question, value: Any) -> str:
    return ", ".join(filter(None, (value.get(part) for part in ("name", "role", "email", "phone"))))


def _plain(_question: Question, value: Any) -> str:
    return str(value)


_WORDS: dict[Question.Kind, Callable[[Question, Any], str]] = {
    Kind.YES_NO: _choice,
    Kind.YES_NO_PARTIAL_NA: _choice,
    Kind.SINGLE: _choice,
    Kind.MULTI: _choices,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.DATE_RANGE: _days,
    Kind.TABLE: _table,
    Kind.LOCATION: _countries,
    Kind.CONTACT: _contact,
}
