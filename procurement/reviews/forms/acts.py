"""Small forms of single acts: a reason, a person, a plan, a note."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import User
from procurement.reviews.forms.asking import PersonChoice
from vendors.reports.forms.fields import Text


class ReturnForm(forms.Form):
    reason = Text(
        label=_("What is missing"),
        max_length=400,
        rows=3,
        help_text=_("Everybody in the review reads it."),
        error_messages={"required": _("Say what is missing.")},
    )


class WithdrawForm(forms.Form):
    reason = Text(
        label=_("Why the review is withdrawn"),
        max_length=400,
        rows=3,
        help_text=_("Whoever asked for it and its reviewer read it."),
        error_messages={"required": _("Say why the review is withdrawn.")},
    )


class HandOverForm(forms.Form):
    to = PersonChoice(
        label=_("Reviewer"),
        queryset=User.objects.none(),
        error_messages={"required": _("Choose who goes on with it.")},
    )
    note = Text(
        label=_("Note"), max_length=400, rows=3, required=False, help_text=_("Where it stands, what comes next.")
    )

    def __init__(self, *args: Any, reviewers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = reviewers  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    plan = Text(
        label=_("What is done about it"),
        rows=5,
        help_text=_("By the vendor, by us, until when. Whoever closes it and the approver read it."),
        error_messages={"required": _("Say what is done about it: by the vendor, by us, until when.")},
    )
    asked = PersonChoice(
        label=_("Who is asked to close it"),
        queryset=User.objects.none(),
        help_text=_("Neither who accepted the report nor who asked for the review."),
        error_messages={"required": _("Choose who is asked to close it.")},
    )

    def __init__(self, *args: Any, closers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = closers  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    note = Text(
        label=_("Why it may be closed"),
        rows=4,
        help_text=_("The memo prints it, with your name."),
        error_messages={"required": _("Say why it may be closed. The memo prints it.")},
    )
