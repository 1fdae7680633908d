"""Signing the answers, and our words on them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.reports.forms.fields import Day, Text


class SubmitForm(forms.Form):
    """Who stands for the answers."""

    signer_name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Write the name of whoever stands for them.")}
    )
    signer_title = forms.CharField(
        label=_("Job title"), max_length=120, error_messages={"required": _("Write the job title.")}
    )
    states = forms.BooleanField(
        label=_("To the best of my knowledge these answers are true and complete."),
        error_messages={"required": _("Tick this, or ask somebody who can.")},
    )


class NoteForm(forms.Form):
    """What we want to know about an answer."""

    note = Text(
        label=_("What do you want to know?"),
        max_length=1000,
        rows=2,
        error_messages={"required": _("Say what you want to know. The vendor reads it.")},
    )


class RemarkForm(forms.Form):
    """A comment on an answer; the button that was pressed says for whom it is."""

    text = Text(
        label=_("Your comment"), max_length=4000, rows=2, error_messages={"required": _("Write what you want to say.")}
    )
    is_shared = forms.BooleanField(required=False)


class RateForm(forms.Form):
    """What an answer is worth in our eyes."""

    score = forms.IntegerField(
        label=_("Score from 0 to 100"),
        min_value=0,
        max_value=100,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("A score is a whole number from 0 to 100.")
        ),
    )
    reason = Text(
        label=_("Why"),
        max_length=1000,
        rows=2,
        error_messages={"required": _("Say why. The memo prints it.")},
    )


class ReturnForm(forms.Form):
    due_on = Day(label=_("Answer by"), help_text=_("The contact gets one mail with everything that is sent back."))


class DueDateForm(forms.Form):
    due_on = Day(label=_("Due"), help_text=_("The contact is told. Reminders follow the new date."))


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say why in a sentence.")},
        help_text=_("The vendor reads this."),
    )
