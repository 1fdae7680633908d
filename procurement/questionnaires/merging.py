"""One answer out of two that were given at the same time. Pure."""

from collections.abc import Mapping
from typing import Any

from procurement.questionnaires.companions import companions_of
from procurement.questionnaires.models import Question

Kind = Question.Kind
_TEXTS = (Kind.SHORT_TEXT, Kind.LONG_TEXT)
_LISTS = (Kind.MULTI, Kind.LOCATION, Kind.TABLE)


def merged_value(question: Question, theirs: Any, mine: Any) -> Any:
    """Both, where both fit: texts one after the other, lists with the entries of both. Else mine."""
    if question.kind in _TEXTS and isinstance(theirs, str) and isinstance(mine, str):
        return merged_text(theirs, mine, " " if question.kind == Kind.SHORT_TEXT else "\n\n")
    if question.kind in _LISTS and isinstance(theirs, list) and isinstance(mine, list):
        return [*theirs, *(each for each in mine if each not in theirs)]
    return theirs if mine is None else mine


def merged_companions(question: Question, theirs: Mapping[str, str], mine: Mapping[str, str]) -> dict[str, str]:
    """Both in each further field that takes a text; of a choice mine, where I chose."""
    between = {"short_text": " ", "long_text": "\n\n"}
    return {
        each.key: merged_text(theirs.get(each.key, ""), mine.get(each.key, ""), between[each.kind])
        if each.kind in between
        else mine.get(each.key, "") or theirs.get(each.key, "")
        for each in companions_of(question)
    }


def merged_text(theirs: str, mine: str, between: str = "\n\n") -> str:
    """Theirs, then mine; one of them where it holds the other."""
    theirs, mine = theirs.strip(), mine.strip()
    if mine in theirs:
        return theirs
    return mine if theirs in mine else f"{theirs}{between}{mine}"
