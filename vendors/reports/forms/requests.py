"""Asking a vendor, moving and cancelling a request, and the contact's "not ready until"."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Day, Text
from vendors.reports.models.requests import Asked


class AddressedForm(forms.Form):
    """Something that a vendor is asked: whom, by when, with which words."""

    contact = forms.ModelChoiceField(
        label=_("Contact"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Nobody yet: show it in the portal only"),
        error_messages=ONE_OF_THE_LIST,
        help_text=_(
            "Gets a mail with the request now and reminders when it is due. Without one, nobody at the vendor gets "
            "mail about it: you are reminded instead."
        ),
    )
    due_on = Day(label=_("Due"))
    message = Text(label=_("Message"), required=False, max_length=2000, rows=4)

    def __init__(self, vendor: Vendor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts = Contact.objects.active().filter(vendor=vendor).select_related("user")
        self.has_contacts = bool(contacts)
        field = self.fields["contact"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = contacts
        if len(contacts) == 1:
            field.initial = contacts[0]


class RequestForm(AddressedForm):
    what = forms.ChoiceField(
        label=_("What is asked for"),
        choices=Asked.choices,
        initial=Asked.SOC2_TYPE2,
        error_messages=ONE_OF_THE_LIST,
    )
    system = forms.CharField(
        label=_("Service or system"),
        max_length=160,
        required=False,
        help_text=_("What we buy, so that the vendor sends the right report."),
    )
    period_start = Day(label=_("Period from"), required=False)
    period_end = Day(
        label=_("Period until"), required=False, help_text=_("Leave both open to ask for the latest report.")
    )
    field_order = ["what", "system", "period_start", "period_end", "contact", "due_on", "message"]


class DueDateForm(forms.Form):
    due_on = Day(label=_("Due"), help_text=_("The contact is told. Reminders follow the new date."))


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say why in a sentence.")},
        help_text=_("The contact reads this."),
    )


class NotReadyForm(forms.Form):
    until = Day(label=_("When will the report be ready?"))
    note = Text(
        label=_("Anything we should know"),
        max_length=400,
        required=False,
        rows=3,
        help_text=_("For example: the examination ends in June, the report follows in August."),
    )


class SendBackForm(forms.Form):
    reason = Text(
        label=_("What should the vendor send instead?"),
        max_length=400,
        rows=3,
        help_text=_("For example: this is the SOC 3, please send the SOC 2 Type II."),
    )


class WithdrawForm(forms.Form):
    reason = Text(label=_("Why"), max_length=400, rows=3)
