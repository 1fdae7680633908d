"""Fields that more than one form of reports uses."""

import re
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vendors.people.actors import Refused
from vendors.reports.criteria import in_order, in_short, is_criterion, range_of

ONE_OF_THE_LIST = {"invalid_choice": _("Choose one of the list."), "required": _("Choose one of the list.")}
# "CC 6.1", and what people write between the ends of a range.
WITHIN_AN_ID = re.compile(r"(?<=[A-Za-z])\s+(?=\d)")
RANGE = re.compile(r"\s*[-‐‑–—]\s*")


def sent(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound to: nothing until it is sent."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def show_refusal(form: forms.BaseForm, refusal: Refused) -> None:
    """Put a refusal beside the field it is about, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


class Day(forms.DateField):
    """A whole day, with the browser's calendar."""

    default_error_messages = {
        "required": _("Choose a day."),
        "invalid": _("Choose a day from the calendar, or write it like 2026-06-30."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class Text(forms.CharField):
    """A text of several lines; line ends are kept the same whatever the browser sends."""

    default_error_messages = {"required": _("Write a sentence or two.")}

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class Page(forms.IntegerField):
    """The page of the document where a fact stands; empty when nobody noted it."""

    default_error_messages = {
        "invalid": _("Write the number of the page."),
        "min_value": _("Pages are counted from 1."),
        "max_value": _("No file has that many pages."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Page"))
        kwargs.setdefault("widget", forms.NumberInput(attrs={"min": 1, "inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(min_value=1, max_value=100_000, required=False, **kwargs)


class Criterion(forms.CharField):
    """The id of a Trust Services Criterion; "cc 6.2" is read as CC6.2."""

    default_error_messages = {"max_length": _("Write the id alone, for example CC6.2.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Criterion"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": "criteria", "autocomplete": "off"}))
        super().__init__(required=False, max_length=8, **kwargs)

    def to_python(self, value: Any) -> str:
        return criterion_id(super().to_python(value) or "")


class Criteria(forms.CharField):
    """Several criterion ids, parted by commas or spaces, as a list without repeats."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        kwargs.setdefault("max_length", 400)
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        words = super().clean(value).replace(";", ",").replace("\n", ",").split(",")
        ids = [criterion_id(part) for word in words for part in _split(word)]
        return list(dict.fromkeys(ids))


class TestedCriteria(Criteria):
    """The same for the many that a report tests: shown drawn together, and a range stands for all between its ends."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return in_short(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        typed = RANGE.sub("–", WITHIN_AN_ID.sub("", value)) if isinstance(value, str) else value
        return in_order(id for word in super().clean(typed) for id in _between(word))


def criterion_id(typed: str) -> str:
    """The id as the standard writes it: capitals, no spaces."""
    return "".join(typed.split()).upper()


def _split(word: str) -> list[str]:
    """ "CC6.2 CC7.1" holds two ids, "CC 6.2" one: letters that stand alone belong to the number behind them."""
    parts: list[str] = []
    for piece in word.split():
        if parts and parts[-1].isalpha():
            parts[-1] += piece
        else:
            parts.append(piece)
    return parts


def _between(word: str) -> list[str]:
    """The criteria of a range; of one that is none the end that does not exist, else all of it, to be refused."""
    first, dash, last = word.partition("–")
    if not dash:
        return [word]
    return range_of(first, last) or [end for end in (first, last) if end and not is_criterion(end)] or [word]
