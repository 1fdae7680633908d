"""The filter bars of the lists."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import User
from procurement.decisions.models import Outcome
from procurement.decisions.validity import StandingName
from procurement.questionnaires.models import Assessment, Questionnaire
from procurement.reviews.models import Severity
from vendors.directory.models import VendorCategory
from vendors.templatetags.meanings import meaning_of


class VendorFilters(forms.Form):
    segment = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Vendor name or domain"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("Any category")), *VendorCategory.choices]
    )


class ReviewFilters(forms.Form):
    segment = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Vendor, service or number"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    reviewer = forms.ChoiceField(label=_("Reviewer"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_reviewer=True).values_list("pk", "name")
        self.fields["reviewer"].choices = [  # type: ignore[attr-defined]
            ("", _("Any reviewer")),
            ("none", _("Nobody yet")),
            *((str(pk), name) for pk, name in people),
        ]


class FindingFilters(forms.Form):
    segment = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Title, vendor or review"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    severity = forms.ChoiceField(
        label=_("Severity"), required=False, choices=[("", _("Any severity")), *Severity.choices]
    )


class SentFilters(forms.Form):
    segment = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Vendor or use"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    questionnaire = forms.ChoiceField(label=_("Questionnaire"), required=False)
    by = forms.ChoiceField(label=_("Sent by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = Questionnaire.objects.filter(Exists(Assessment.objects.filter(family=OuterRef("pk"))))
        families = sent.order_by("title").values_list("pk", "title")
        people = User.objects.filter(is_reviewer=True).values_list("pk", "name")
        self.fields["questionnaire"].choices = [  # type: ignore[attr-defined]
            ("", _("Any questionnaire")),
            *((str(pk), title) for pk, title in families),
        ]
        self.fields["by"].choices = [  # type: ignore[attr-defined]
            ("", _("Sent by anybody")),
            *((str(pk), name) for pk, name in people),
        ]


class MemoFilters(forms.Form):
    q = forms.CharField(
        label=_("Vendor, service or number"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", _("Any outcome")), *Outcome.choices])
    standing = forms.ChoiceField(label=_("Standing"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standings = [(name.value, meaning_of(name.value).word) for name in StandingName]
        self.fields["standing"].choices = [("", _("Any standing")), *standings]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", _("Any year")), *((str(n), str(n)) for n in years)]  # type: ignore[attr-defined]
