"""Controls written without templates are Django's own, to the letter."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from vendors.templatetags.controls import ControlRenderer

NASTY = "<b>\"5\" & 'more'</b>"
CHOICES = [
    ("", gettext_lazy("Choose")),
    ("a", NASTY),
    (1, 1),
    (NASTY, [(NASTY, NASTY), ("x", mark_safe("<i>kept</i>"))]),
    (1234567, 1234567.5),
]


class Everything(forms.Form):
    words = forms.CharField(max_length=7, help_text="In a word.")
    hidden = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.PasswordInput(render_value=True, attrs={"data-x": NASTY, "hidden": False}))
    number = forms.IntegerField(min_value=1, required=False)
    amount = forms.DecimalField(required=False, localize=True)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False)
    moment = forms.DateTimeField(required=False)
    mail = forms.EmailField(required=False)
    address = forms.URLField(required=False, assume_scheme="https")
    ticked = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"value": NASTY}))
    file = forms.FileField(required=False, widget=forms.FileInput)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}))
    one = forms.ChoiceField(choices=CHOICES)
    many = forms.MultipleChoiceField(choices=CHOICES, required=False)
    boxes = forms.MultipleChoiceField(choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple)
    buttons = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    empty = forms.NullBooleanField(required=False)


FILLED = dict.fromkeys(Everything.base_fields, NASTY) | {"many": ["a", NASTY], "boxes": ["1", "x"], "one": "1"}
KNOWN = {"words": 12, "number": 1234567, "amount": 1234.5, "day": date(2026, 6, 30), "ticked": True, "text": None}


def without_empty_lines(bound: forms.BoundField) -> str:
    """Django leaves one after each option."""
    return str(bound).replace("\n\n", "\n")


@pytest.mark.parametrize("how", [{}, {"data": FILLED}, {"initial": KNOWN}, {"prefix": NASTY}])
def test_every_control_is_what_django_draws(how):
    ours, theirs = Everything(renderer=ControlRenderer(), **how), Everything(renderer=DjangoTemplates(), **how)
    for name in Everything.base_fields:
        assert without_empty_lines(ours[name]) == without_empty_lines(theirs[name])
        assert [each.tag() for each in ours[name]] == [each.tag() for each in theirs[name]]


def test_the_project_draws_with_it():
    assert isinstance(Everything().renderer, ControlRenderer)
