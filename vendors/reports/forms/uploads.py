"""Which request a file answers, when a reviewer uploads it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor
from vendors.reports.models import ReportRequest
from vendors.reports.models.requests import Asked
from vendors.reports.wording import day_in_words


class OpenRequest(forms.ModelChoiceField):
    """An open request by what is asked and by when it is due."""

    def label_from_instance(self, obj: Any) -> str:
        return _("%(what)s, due %(due)s") % {
            "what": ", ".join(part for part in (obj.get_what_display(), obj.system) if part),
            "due": day_in_words(obj.due_on),
        }


class AnswersForm(forms.Form):
    answers_request = OpenRequest(
        label=_("Answers the request"),
        queryset=ReportRequest.objects.none(),
        required=False,
        empty_label=_("None of the open requests"),
    )

    def __init__(self, vendor: Vendor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_requests = ReportRequest.objects.open().filter(vendor=vendor, what=Asked.SOC2_TYPE2)
        field = self.fields["answers_request"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = open_requests
        field.initial = open_requests.first()
        if not open_requests:
            del self.fields["answers_request"]

    def answers(self) -> ReportRequest | None:
        """The chosen request; None for none, and for one that is open no more."""
        chosen: ReportRequest | None = self.cleaned_data.get("answers_request") if self.is_valid() else None
        return chosen
