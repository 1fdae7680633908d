"""Proposing a waiver or the acceptance of a risk, answering it, revoking it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import User
from procurement.policy.queries import in_words
from procurement.reviews.exempting import Proposable
from procurement.reviews.forms.asking import PersonChoice
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Day, Text


class ProposalForm(forms.Form):
    """What every proposal says: why, until when, and who is asked."""

    reason = Text(
        label=_("Why it may pass"),
        rows=4,
        max_length=600,
        help_text=_("What stands in for it, and what is done until then. The approver reads it, the memo prints it."),
        error_messages={"required": _("Say why it may pass. The approver reads it and the memo prints it.")},
    )
    until = Day(label=_("Until"), help_text=_("Its last day. An approval that rests on it ends with it."))
    asked = PersonChoice(
        label=_("Approver"),
        queryset=User.objects.none(),
        help_text=_("Neither who asked for the review nor who has it. They get a mail and see the review."),
        error_messages={"required": _("Choose who is asked."), **ONE_OF_THE_LIST},
    )

    def __init__(self, *args: Any, approvers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = approvers  # type: ignore[attr-defined]


class WaiverForm(ProposalForm):
    requirement = forms.ChoiceField(label=_("Requirement"), error_messages=ONE_OF_THE_LIST)

    field_order = ["requirement"]

    def __init__(self, *args: Any, found: Proposable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, in_words(title)) for key, title in found.waivers]
        self.fields["requirement"].choices = choices  # type: ignore[attr-defined]


class InterimForm(ProposalForm):
    """The end follows from the two days."""

    until = None  # type: ignore[assignment]
    promised_on = Day(
        label=_("Type II promised for"), help_text=_("The day the vendor named in writing. The waiver ends with it.")
    )
    launched_on = Day(
        label=_("Service launched on"),
        help_text=_("A Type I is enough for a limited time after the launch; the waiver does not reach beyond that."),
    )

    field_order = ["promised_on", "launched_on"]


class AnswerForm(forms.Form):
    GRANT, REFUSE = "grant", "refuse"

    decision = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=[(GRANT, _("Grant it until its end")), (REFUSE, _("Refuse it"))],
        error_messages={"required": _("Grant it or refuse it.")},
    )
    answer = Text(label=_("In your words"), rows=3, max_length=300, required=False, help_text=_("Needed to refuse it."))


class RevokeForm(forms.Form):
    reason = Text(
        label=_("Why"),
        rows=3,
        max_length=300,
        error_messages={"required": _("Say why it is taken back.")},
    )
