"""The form under the comments of a review or a finding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.reports.forms.fields import Text


class CommentForm(forms.Form):
    """A text; whether it is shared is asked only of whoever may write among ourselves."""

    text = Text(
        label=_("Your comment"), max_length=4000, rows=3, error_messages={"required": _("Write what you want to say.")}
    )
    shared = forms.BooleanField(
        label=_("Share it with whoever asked for the review"),
        required=False,
        help_text=_("Without this it stays among reviewers, approvers and auditors."),
    )

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]
