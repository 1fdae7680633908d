"""A questionnaire, its versions' titles, and sections."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.content_check import LONGEST, LONGEST_SECTION
from procurement.questionnaires.models import Section
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Text

LONGEST_PURPOSE = 300


class VersionForm(forms.Form):
    """How a questionnaire is called and what is said about it."""

    title = forms.CharField(
        label=_("Title"), max_length=LONGEST["title"], error_messages={"required": _("Give it a title.")}
    )
    purpose = forms.CharField(
        label=_("When to send it"),
        max_length=LONGEST_PURPOSE,
        required=False,
        help_text=_("For whoever chooses what to send. The vendor does not see it."),
    )
    intro = Text(label=_("What the vendor reads first"), max_length=LONGEST["intro"], required=False, rows=4)


class SectionForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_SECTION, error_messages={"required": _("Give it a title.")}
    )
    intro = Text(label=_("What the vendor reads first"), max_length=LONGEST["intro"], required=False, rows=3)


class NewSectionForm(SectionForm):
    """A section, and which one it is a part of."""

    parent = forms.TypedChoiceField(
        label=_("Part of"), coerce=int, required=False, empty_value=None, error_messages=ONE_OF_THE_LIST
    )

    def __init__(self, sections: Sequence[Section], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ChoiceField)
        parent.choices = [("", _("none")), *((each.pk, each.title) for each in sections)]
