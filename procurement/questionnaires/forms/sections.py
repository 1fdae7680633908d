"""Who of the vendor answers a section or a question, and by when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.contacts.models import Contact, ContactQuerySet
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Day


class ColleagueForm(forms.Form):
    contact = forms.ModelChoiceField(
        label=_("Who answers it"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Anybody"),
        error_messages=ONE_OF_THE_LIST,
    )
    due_on = Day(label=_("Answer by"), required=False, help_text=_("Left out: when the whole is due."))

    def __init__(self, colleagues: ContactQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = colleagues
