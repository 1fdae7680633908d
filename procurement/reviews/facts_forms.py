"""What is said on the facts page about this use of the vendor, not about the report itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.reviews.models import Review, ScopeFit
from vendors.reports.forms.fields import Day, Page, Text


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


class AuditorCheckForm(forms.Form):
    """For a report whose facts are closed: the firm is checked whenever somebody looks it up."""

    auditor_checked_on = Day(label=_("Firm checked on"))
    auditor_check_note = forms.CharField(
        label=_("What the check showed"),
        max_length=400,
        error_messages={"required": _("Say what was looked up and what it showed.")},
        help_text=_("Licence of the firm, last peer review, where it was looked up. Kept for its other reports too."),
    )


def said_before(review: Review) -> dict[str, Any]:
    """The scope fit on record, as the form shows it."""
    return {"fits": review.scope_fit, "page": review.scope_page, "ours": review.scope_ours}
