"""When a question is asked, as a small form: this question, compared so, with that; all of them or any."""

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from procurement.policy import labels
from procurement.questionnaires.condition_words import conditions_in_words
from procurement.questionnaires.conditions import FACTS, MOST_TERMS, Rule, Term
from procurement.questionnaires.models import Question
from procurement.questionnaires.options import NOT_APPLICABLE, na_label, options_of, takes_na
from procurement.questionnaires.simple_rules import NOT_ANSWERED, as_rule, as_simple
from vendors.reports.criteria import is_criterion
from vendors.reports.forms.fields import ONE_OF_THE_LIST, criterion_id

PREFIX = "rule"
SPARE_ROWS = 2
LONGEST_VALUE = 2000
OPS = (
    ("is", _("is")),
    ("is_not", _("is not")),
    ("in", _("is one of")),
    ("contains", _("holds")),
    ("gt", _("is more than")),
    ("lt", _("is less than")),
    ("answered", _("is answered")),
    (NOT_ANSWERED, _("is not answered")),
)
_FACT_NAMES = {
    "vendor.tier": _("Our tier of the vendor"),
    "data_classes": _("Data the vendor will see"),
    "report.criteria": _("Criteria in its SOC 2 report"),
}
_WITHOUT_VALUE = ("answered", NOT_ANSWERED)


def answer_names(question: Question) -> dict[str, str]:
    """What a person may write for an answer of this question: value → name; empty where anything can be written."""
    names = {option.value: str(option.label) for option in options_of(question)}
    return {**names, NOT_APPLICABLE: na_label(question)} if names and takes_na(question) else names


def read_answers(typed: str, names: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The values of the answers that stand in the text, parted by commas, and the words that are none of them.

    A name may have commas of its own: the longest that fits is taken.
    """
    by_word = {name.casefold(): value for value, name in names.items()} | {value.casefold(): value for value in names}
    pieces, found, strange = typed.split(","), [], []
    while pieces:
        ends = range(len(pieces), 0, -1)
        end = next((end for end in ends if ",".join(pieces[:end]).strip().casefold() in by_word), 0)
        word = ",".join(pieces[: end or 1]).strip()
        if end:
            found.append(by_word[word.casefold()])
        elif word:
            strange.append(word)
        pieces = pieces[end or 1 :]
    return list(dict.fromkeys(found)), strange


class TermForm(forms.Form):
    """One comparison. A row without a question is no row."""

    what = forms.ChoiceField(label=_("Asked only if"), required=False, error_messages=ONE_OF_THE_LIST)
    op = forms.ChoiceField(label=_("Compared"), choices=OPS, required=False, error_messages=ONE_OF_THE_LIST)
    value = forms.CharField(
        label=_("With"),
        required=False,
        max_length=LONGEST_VALUE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "rule-answers"}),
    )

    def __init__(self, *args: Any, earlier: Mapping[str, Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = earlier
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        asked = [(f"q:{key}", f"{each.ref} {each.text[:70]}") for key, each in earlier.items()]
        known = [(f"fact:{fact}", str(_FACT_NAMES[fact])) for fact in FACTS]
        what.choices = [("", "–"), (_t("What we know"), known), (_t("Earlier questions"), asked)]
        standing = self.initial.get("what", "")
        if standing.startswith("q:") and standing[2:] not in earlier:
            # It stays until somebody changes it; that it asks nothing earlier is said when it is saved.
            what.choices.append((standing, standing[2:]))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("what") and not self.errors:
            try:
                typed["term"] = self._term(typed["what"], typed["op"] or "is", typed["value"].strip())
            except ValueError as wrong:
                self.add_error("value", str(wrong))
        return typed

    def _term(self, what: str, op: str, value: str) -> Term:
        kind, _colon, name = what.partition(":")
        subject = {"q": name} if kind == "q" else {"fact": name}
        if op in _WITHOUT_VALUE:
            return Term(op="answered", v=False if op == NOT_ANSWERED else None, **subject)
        if not value:
            raise ValueError(_t("Write what it is compared with."))
        values = self._values(kind, name, value, op)
        if op == "in":
            return Term(op=op, v=values, **subject)
        if len(values) > 1 and op not in ("is", "is_not"):
            raise ValueError(_t("Write one value, or choose “is one of”."))
        if op in ("gt", "lt") and not isinstance(values[0], int | float) and not _is_day(values[0]):
            raise ValueError(_t("More and less compare numbers, and days such as 2026-06-30."))
        return Term(op=op, v=values if len(values) > 1 else values[0], **subject)

    def _values(self, kind: str, name: str, value: str, op: str) -> list[Any]:
        if kind == "fact":
            return _fact_values(name, value)
        question = self.earlier.get(name)
        names = answer_names(question) if question else {}
        if names:
            found, strange = read_answers(value, names)
            if strange:
                raise ValueError(_t("Write one of these: %(answers)s.") % {"answers": ", ".join(names.values())})
            return list(found)
        if question and question.kind == Question.Kind.NUMBER:
            return [_number(word.strip()) for word in value.split(",")]
        return [word.strip() for word in value.split(",") if word.strip()] if op == "in" else [value]


class RuleForm:
    """The whole condition: rows of comparisons and how they are joined. Fits where a form is shown and checked."""

    def __init__(self, earlier: Sequence[Question], rule: Rule | None, data: Mapping[str, Any] | None = None) -> None:
        """`rule` as it stands; `earlier` what it may ask, in order."""
        self.earlier = {question.key: question for question in earlier}
        simple = as_simple(rule)
        self.standing = rule
        self.is_beyond = simple is None
        rows = forms.formset_factory(TermForm, extra=SPARE_ROWS, max_num=MOST_TERMS, validate_max=True)
        self.rows = rows(
            data,
            prefix=PREFIX,
            initial=[self._initial(term) for term in simple.terms] if simple else [],
            form_kwargs={"earlier": self.earlier},
        )
        self.head = JoinForm(data, prefix=PREFIX, initial={"join": simple.join if simple else "all"})

    @property
    def in_words(self) -> str:
        """The condition as it stands, for a person."""
        return conditions_in_words([self.standing], self.earlier) if self.standing else ""

    @property
    def answers(self) -> str:
        """What may be written for each question that has a list, as JSON for the script that offers it."""
        known = {
            f"q:{key}": list(names.values()) for key, each in self.earlier.items() if (names := answer_names(each))
        }
        return json.dumps(known)

    def is_valid(self) -> bool:
        return bool(self.head.is_valid()) and bool(self.rows.is_valid())

    def rule(self) -> Rule | None:
        """The condition. Only after `is_valid`. One that is more than the form shows stays until it is replaced."""
        terms = [row.cleaned_data["term"] for row in self.rows if row.cleaned_data.get("term")]
        if self.is_beyond and not terms and not self.head.cleaned_data["replace"]:
            return self.standing
        return as_rule(self.head.cleaned_data["join"], terms)

    def _initial(self, term: Term) -> dict[str, str]:
        op = NOT_ANSWERED if term.op == "answered" and term.v is False else term.op
        names = answer_names(self.earlier[term.q]) if term.q in self.earlier else dict(_fact_labels(term.fact))
        values = [] if term.op == "answered" else term.v if isinstance(term.v, list) else [term.v]
        what = f"q:{term.q}" if term.q else f"fact:{term.fact}"
        return {"what": what, "op": op, "value": ", ".join(names.get(each, str(each)) for each in values)}


class JoinForm(forms.Form):
    join = forms.ChoiceField(
        label=_("Where there are several"),
        choices=[("all", _("all of them have to hold")), ("any", _("one of them is enough"))],
        widget=forms.RadioSelect,
        error_messages=ONE_OF_THE_LIST,
    )
    replace = forms.BooleanField(label=_("Put what stands below in its place"), required=False)


def _fact_labels(fact: str) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in labels.DATA_CLASSES] if fact == "data_classes" else []


def _fact_values(fact: str, value: str) -> list[Any]:
    words = [word.strip() for word in value.split(",") if word.strip()]
    if fact == "vendor.tier":
        return [_number(word) for word in words]
    if fact == "report.criteria":
        ids = [criterion_id(word) for word in words]
        strange = [id for id in ids if not is_criterion(id)]
        if strange:
            raise ValueError(_t("“%(id)s” is no Trust Services Criterion.") % {"id": strange[0]})
        return list(ids)
    names = dict(_fact_labels(fact))
    found, strange = read_answers(value, names)
    if strange:
        raise ValueError(_t("Write one of these: %(answers)s.") % {"answers": ", ".join(names.values())})
    return list(found)


def _number(word: str) -> int | float:
    try:
        number = float(word.replace(",", "."))
    except ValueError:
        raise ValueError(_t("Write a number.")) from None
    if not isfinite(number):
        raise ValueError(_t("Write a number."))
    return int(number) if number.is_integer() else number


def _is_day(value: Any) -> bool:
    day = forms.DateField()
    try:
        day.clean(value)
    except forms.ValidationError:
        return False
    return True
