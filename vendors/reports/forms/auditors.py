"""The check of an auditor firm."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.reports.forms.fields import Day


class AuditorCheckForm(forms.Form):
    """On the firm's own page, and beside a report whose facts are closed: a firm is checked whenever looked up."""

    auditor_checked_on = Day(label=_("Firm checked on"))
    auditor_check_note = forms.CharField(
        label=_("What the check showed"),
        max_length=400,
        error_messages={"required": _("Say what was looked up and what it showed.")},
        help_text=_("Licence of the firm, last peer review, where it was looked up. Kept for its other reports too."),
    )
