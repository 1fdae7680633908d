"""The choices of a question as plain data: what each is called, what it scores, what it raises."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from procurement.questionnaires.models import Answer, Question

YES, PARTIAL, NO = "yes", "partial", "no"
NOT_APPLICABLE = "not_applicable"
# From harmless to grave.
SEVERITIES = ("info", "low", "medium", "high", "critical")

_LABELS = {YES: gettext_noop("Yes"), PARTIAL: gettext_noop("Partial"), NO: gettext_noop("No")}
_YES_AND_NO = {
    Question.Kind.YES_NO: (YES, NO),
    Question.Kind.YES_NO_PARTIAL_NA: (YES, PARTIAL, NO),
}


@dataclass(frozen=True)
class Option:
    """One choice.

    score        from 0 to 1; None: a reviewer rates it
    severity     of the flag it raises, one of SEVERITIES; empty: it raises none
    flag         what the flag says
    needs_words  choosing it needs a sentence in the comment
    """

    value: str
    label: str
    score: float | None = None
    severity: str = ""
    flag: str = ""
    needs_words: bool = False


def is_from_a_list(question: Question) -> bool:
    """Whether it is answered by choosing."""
    return is_yes_or_no(question) or question.kind in (Question.Kind.SINGLE, Question.Kind.MULTI)


def is_yes_or_no(question: Question) -> bool:
    """Whether its choices are yes, no and, for one kind, partial."""
    return question.kind in _YES_AND_NO


def options_of(question: Question) -> tuple[Option, ...]:
    """The choices in their order; none for a kind that has no list. "Not applicable" is no choice but said beside."""
    own = {each["value"]: each for each in question.options}
    if not is_yes_or_no(question):
        return tuple(Option(**each) for each in own.values())
    return tuple(
        Option(**{**_usual(value, question), "label": _label(value), **own.get(value, {})})
        for value in _YES_AND_NO[Question.Kind(question.kind)]
    )


def na_label(question: Question) -> str:
    """What "not applicable" is called: as the file said it that the question came from, else in our words."""
    choices = question.options if is_yes_or_no(question) else []
    own = next((each["label"] for each in choices if each["value"] == NOT_APPLICABLE), "")
    return str(own or _("Not applicable"))


def option_of(question: Question, value: str) -> Option | None:
    return next((option for option in options_of(question) if option.value == value), None)


def flags_of(answer: Answer) -> tuple[Option, ...]:
    """The chosen options that raise a flag, in their order."""
    if answer.value is None:
        return ()
    chosen = answer.value if isinstance(answer.value, list) else [answer.value]
    return tuple(option for option in options_of(answer.question) if option.severity and option.value in chosen)


def values_of(question: Question) -> frozenset[str]:
    """What a condition may compare with; empty where anything can be written."""
    chosen = {option.value for option in options_of(question)}
    return frozenset(chosen | {NOT_APPLICABLE} if chosen and takes_na(question) else chosen)


def takes_na(question: Question) -> bool:
    return question.allows_na or question.kind == Question.Kind.YES_NO_PARTIAL_NA


def _usual(value: str, question: Question) -> dict[str, Any]:
    """Without anything of its own: the good answer scores and speaks for itself, every other needs a sentence."""
    is_good = value == question.good_answer
    score = 1.0 if is_good else 0.5 if value == PARTIAL else 0.0
    return {"value": value, "score": score, "needs_words": not is_good}


def _label(value: str) -> str:
    return _(_LABELS[value])
