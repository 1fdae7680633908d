"""Conditions in words, for whoever reads why a question was not asked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from procurement.questionnaires.conditions import Rule
from procurement.questionnaires.models import Question
from procurement.questionnaires.options import NOT_APPLICABLE, option_of


def conditions_in_words(rules: Sequence[Rule], questions: Mapping[str, Question]) -> str:
    """ "AI-1 is “Yes” and our tier is less than 3".

    rules      all of them have to hold
    questions  by key, for their references and the names of their options
    """
    return _(" and ").join(_rule(rule, questions, inside=len(rules) > 1) for rule in rules)


def _rule(rule: Rule, questions: Mapping[str, Question], *, inside: bool = False) -> str:
    for word, between in (("all", _(" and ")), ("any", _(" or "))):
        if word in rule:
            parts = [_rule(each, questions, inside=True) for each in rule[word]]
            joined = between.join(parts)
            return f"({joined})" if inside and len(parts) > 1 else joined
    if "not" in rule:
        return _("not %(condition)s") % {"condition": _rule(rule["not"], questions, inside=True)}
    question = questions.get(rule.get("q", ""))
    what = question.ref if question else _what(rule)
    return _OPS[rule["op"]](what, _value(rule.get("v"), question), rule)


def _what(rule: Rule) -> str:
    names = {
        "vendor.tier": _("the tier"),
        "data_classes": _("the data the vendor sees"),
        "report.criteria": _("the scope of the SOC 2 report"),
    }
    return names.get(rule.get("fact", ""), str(rule.get("q", "")))


def _value(v: Any, question: Question | None) -> str:
    if isinstance(v, list):
        return _(" or ").join(_value(each, question) for each in v)
    if v == NOT_APPLICABLE:
        return _("“Not applicable”")
    option = option_of(question, v) if question and isinstance(v, str) else None
    return f"“{option.label}”" if option else f"“{v}”" if isinstance(v, str) else str(v)


def _answered(what: str, _value: str, rule: Rule) -> str:
    return (_("%(what)s is not answered") if rule.get("v") is False else _("%(what)s is answered")) % {"what": what}


def _compared(sentence: str) -> Callable[[str, str, Rule], str]:
    return lambda what, value, _rule: _(sentence) % {"what": what, "value": value}


_OPS: dict[str, Callable[[str, str, Rule], str]] = {
    "answered": _answered,
    "is": _compared(gettext_noop("%(what)s is %(value)s")),
    "is_not": _compared(gettext_noop("%(what)s is not %(value)s")),
    "in": _compared(gettext_noop("%(what)s is %(value)s")),
    "contains": _compared(gettext_noop("%(what)s holds %(value)s")),
    "gt": _compared(gettext_noop("%(what)s is more than %(value)s")),
    "lt": _compared(gettext_noop("%(what)s is less than %(value)s")),
}
