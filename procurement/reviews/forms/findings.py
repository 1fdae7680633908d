"""Forms of findings: raising one, and the single acts on it."""

from textwrap import shorten
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import User
from procurement.questionnaires.models import Answer
from procurement.questionnaires.options import flags_of
from procurement.questionnaires.wording import in_words
from procurement.reviews.access import owners_for_findings
from procurement.reviews.forms.asking import PersonChoice
from procurement.reviews.models import Finding, Review, Severity
from procurement.reviews.services import FindingDraft
from vendors.reports.forms.fields import Day, Text
from vendors.reports.models import ReportException


class ExceptionChoice(forms.ModelChoiceField):
    """An exception of the report, by criterion and its first words."""

    def label_from_instance(self, obj: Any) -> str:
        words = obj.description if len(obj.description) <= 60 else f"{obj.description[:59]}…"
        return f"{obj.criterion}: {words}" if obj.criterion else words


class FindingForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": _("Name the finding in a few words.")}
    )
    description = Text(
        label=_("What was found"), max_length=4000, rows=4, error_messages={"required": _("Say what was found.")}
    )
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
        help_text=_("A critical finding stands on the draft of the decision until it is settled."),
        error_messages={"required": _("Say how severe it is.")},
    )
    owner = PersonChoice(
        label=_("Owner"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        help_text=_("Who of ours sees to it. They get a mail and may close it."),
        error_messages={"required": _("Choose who of ours sees to it.")},
    )
    due_on = Day(label=_("Due"))
    source = forms.ChoiceField(label=_("Found in"), choices=Finding.Source.choices, initial=Finding.Source.OTHER)
    exception = ExceptionChoice(
        label=_("Exception in the report"),
        queryset=ReportException.objects.none(),
        required=False,
        empty_label=_("None of these"),
    )
    source_reference = forms.CharField(
        label=_("Where exactly"),
        max_length=160,
        required=False,
        help_text=_("For example “CC6.2, page 61” or “question A.4”."),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_for_findings()  # type: ignore[attr-defined]
        exceptions = ReportException.objects.filter(report=review.report_id) if review.report_id else None
        if exceptions:
            self.fields["exception"].queryset = exceptions  # type: ignore[attr-defined]
        else:
            del self.fields["exception"]

    def draft(self, answer: Answer | None = None) -> FindingDraft:
        """What was typed, about this answer where one is flagged. Call after is_valid()."""
        return FindingDraft(**self.cleaned_data, answer=answer)


def initial_from(answer: Answer) -> dict[str, Any]:
    """What stands in the form to begin with when an answer is flagged: the question and what was said to it."""
    question = answer.question
    said = in_words(question, answer.value, is_not_applicable=answer.is_not_applicable)
    raised = [option for option in flags_of(answer) if option.severity in Severity.values]
    return {
        "title": shorten(f"{question.ref}: {raised[0].flag if raised else question.text}", 160, placeholder=" …"),
        "description": "\n".join(each for each in (question.text, said, answer.comment) if each)[:4000],
        "severity": raised[0].severity if raised else "",
        "source": Finding.Source.ANSWER,
        "source_reference": _("question %(ref)s") % {"ref": question.ref},
    }


class AssignForm(forms.Form):
    owner = PersonChoice(
        label=_("Owner"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose who of ours sees to it.")},
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = owners_for_findings().exclude(pk=finding.owner_id)
        self.fields["owner"].queryset = others  # type: ignore[attr-defined]


class MoveDueForm(forms.Form):
    due_on = Day(label=_("Due"))
    reason = Text(
        label=_("Why the date moves"),
        max_length=400,
        rows=3,
        help_text=_("The ledger keeps it, with the day before."),
        error_messages={"required": _("Say why the date moves.")},
    )


class CloseFindingForm(forms.Form):
    note = Text(
        label=_("How it was settled"),
        max_length=1200,
        rows=4,
        help_text=_("The memo prints it, with your name."),
        error_messages={"required": _("Say how it was settled. The memo prints it.")},
    )


class WithdrawFindingForm(forms.Form):
    reason = Text(
        label=_("Why it is no finding"),
        max_length=400,
        rows=3,
        error_messages={"required": _("Say why it is no finding.")},
    )
