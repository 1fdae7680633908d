"""What is said on the facts page about this use of the vendor, not about the report itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.reviews.models import Review, ScopeFit
from vendors.reports.forms.fields import Page, Text


class ScopeForm(forms.Form):
    fits = forms.ChoiceField(
        label=_("Does what we buy lie inside the described system?"),
        choices=ScopeFit.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether what we buy lies inside the described system.")},
    )
    page = Page(label=_("Page of the system description"), help_text=_("The memo cites it; “yes” needs one."))
    ours = Text(
        label=_("What stays ours"),
        required=False,
        max_length=4000,
        rows=3,
        help_text=_("Our own code, configuration and the user entity controls we have to apply."),
    )


def said_before(review: Review) -> dict[str, Any]:
    """The scope fit on record, as the form shows it."""
    return {"fits": review.scope_fit, "page": review.scope_page, "ours": review.scope_ours}
