"""Asking the vendor of a review: for its report, with our questionnaire beside it, or with questionnaires alone."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires import starter
from procurement.questionnaires.forms import AnswersFileForm
from procurement.questionnaires.models import Assessment, Question, QuestionnaireVersion
from procurement.questionnaires.services import LONGEST_SOURCE
from vendors.directory.models import Vendor
from vendors.reports.forms.requests import AddressedForm, RequestForm
from vendors.templatetags.wording import day

NONE_BEFORE: Mapping[int, Assessment] = MappingProxyType({})
IS_A_QUESTION = ~Q(sections__questions__kind=Question.Kind.INFO)


class Versions(forms.ModelMultipleChoiceField):
    """Published versions, each with its size, what it is for, and whether it is complete in this review already.

    asked_before  what is complete, by the questionnaire's key
    """

    asked_before: Mapping[int, Assessment] = NONE_BEFORE

    def label_from_instance(self, version: Any) -> str:
        sentence = _("%(version)s: %(count)s questions. %(purpose)s")
        purpose = version.questionnaire.purpose
        label = (sentence % {"version": version, "count": version.questions, "purpose": purpose}).strip()
        before = self.asked_before.get(version.questionnaire_id)
        if before is None or before.completed_at is None:
            return label
        warning = _("%(version)s is complete in this review since %(day)s: sending it again asks everything anew.")
        return f"{label} {warning % {'version': before.version, 'day': day(before.completed_at)}}"


class SendForm(AddressedForm):
    """Which questionnaires go to the vendor. The shortest is chosen to begin with; beside it nothing is, so that no
    vendor gets more questions than somebody asked for."""

    versions = Versions(
        label=_("Questionnaires"),
        queryset=QuestionnaireVersion.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one questionnaire."),
            "invalid_choice": _("Choose from the list."),
        },
        help_text=_(
            "Each is answered and judged on its own. What is sent stays as it is, whatever is published later."
        ),
    )
    leans_on_report = forms.BooleanField(
        label=_("Leave out what the accepted report answers"),
        required=False,
        initial=True,
        help_text=_("A question is asked again by itself when the report no longer answers it."),
    )
    wants_second_reviewer = forms.BooleanField(
        label=_("A second reviewer accepts critical answers too"),
        required=False,
        help_text=_("Somebody who neither reads nor asked for this review. Without them it is not complete."),
    )
    only_theirs = forms.BooleanField(
        label=_("Colleagues of the contact see only what is theirs"),
        required=False,
        help_text=_("The contact sees the whole, gives sections and questions to colleagues, and submits it."),
    )
    field_order = [
        "versions",
        "leans_on_report",
        "wants_second_reviewer",
        "only_theirs",
        "contact",
        "due_on",
        "message",
    ]

    def __init__(
        self,
        vendor: Vendor,
        versions: QuerySet[QuestionnaireVersion],
        *args: Any,
        may_lean: bool = True,
        asked_before: Mapping[int, Assessment] = NONE_BEFORE,
        **kwargs: Any,
    ) -> None:
        super().__init__(vendor, *args, **kwargs)
        if not may_lean:
            del self.fields["leans_on_report"]
        field = self.fields["versions"]
        assert isinstance(field, Versions)
        field.asked_before = asked_before
        field.queryset = versions.annotate(questions=Count("sections__questions", filter=IS_A_QUESTION))
        field.initial = [
            version.pk
            for version in versions[:1]
            if version.questionnaire.key == starter.KEY and version.questionnaire_id not in asked_before
        ]


class BringAnswersForm(AnswersFileForm):
    """A file that the vendor has filled in, and where it came from."""

    received_from = forms.CharField(
        label=_("Where it came from"),
        max_length=LONGEST_SOURCE,
        help_text=_(
            "One line: “Trust center, 12 November 2026”, or “By e-mail from” and a name. It stands beside the answers, "
            "here, in the memo and in the vendor's portal."
        ),
        error_messages={
            "required": _("Say where the file came from, for example the trust center and the day, or who mailed it."),
            "max_length": _("Say it in at most %(limit_value)d characters."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("The vendor's file")
        self.fields["file"].help_text = _(
            "A questionnaire that the vendor has filled in, its own or ours. XLSX, XLS, CSV or JSON, up to 20 MB."
        )


class AskVendorForm(RequestForm):
    """The request for a report, and whether our questionnaire goes with it."""

    with_questionnaire = forms.BooleanField(
        label=_("Send our questionnaire too"),
        required=False,
        help_text=_("The essential 25, to the same contact and due the same day. Longer sets are sent alone."),
    )

    def __init__(self, vendor: Vendor, *args: Any, may_send: bool, **kwargs: Any) -> None:
        super().__init__(vendor, *args, **kwargs)
        if not may_send:
            del self.fields["with_questionnaire"]
