"""What is typed about questionnaires: answering, signing, our words on an answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models import Answer, Value
from procurement.questionnaires.services import Given
from vendors.reports.forms.fields import Day, Text


class AnswerForm(forms.Form):
    """One answer. `revision` is what the person saw, so that a late save does not write over somebody else's."""

    value = forms.ChoiceField(
        label=_("Answer"),
        choices=Value.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers.")},
    )
    comment = Text(
        label=_("Comment"),
        required=False,
        max_length=4000,
        rows=2,
        error_messages={"max_length": _("At most %(limit_value)s characters. Put the rest into a PDF.")},
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None, *, mine: Given | None = None) -> None:
        """`mine` stands in the fields instead of what is kept, at the kept revision."""
        self.answer = answer
        shown = mine or answer
        standing = {"value": shown.value, "comment": shown.comment, "revision": answer.revision}
        super().__init__(data, prefix=f"a{answer.pk}", initial=standing)

    def given(self) -> Given:
        """What was said. Only after `is_valid`."""
        typed = self.cleaned_data
        return Given(
            answer_id=self.answer.pk, revision=typed["revision"], value=typed["value"], comment=typed["comment"]
        )


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


class ReturnForm(forms.Form):
    due_on = Day(label=_("Answer by"), help_text=_("The contact gets one mail with everything that is sent back."))


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        error_messages={"required": _("Say why in a sentence.")},
        help_text=_("The vendor reads this."),
    )
