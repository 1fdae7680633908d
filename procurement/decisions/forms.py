"""Forms of the decision: the draft, its conditions, the approver's answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import User
from procurement.decisions.access import approvers_for
from procurement.decisions.models import Decision, Outcome, Risk
from procurement.decisions.services import ConditionDraft
from procurement.reviews.models import Review
from vendors.reports.forms.fields import Day


class DraftForm(forms.Form):
    summary = forms.CharField(
        label=_("Summary"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1200,
        help_text=_("Two or three sentences an executive can act on. They open the memo."),
        error_messages={"required": _("Say in two or three sentences what is decided and why.")},
    )
    # Nobody is led to "low" by being the first of a list.
    residual_risk = forms.ChoiceField(
        label=_("Residual risk"),
        choices=[("", _("Choose how much risk remains")), *Risk.choices],
        error_messages={"required": _("Choose how much risk remains.")},
    )
    residual_note = forms.CharField(
        label=_("What weighs against"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1200,
        required=False,
        help_text=_("What remains, and why it can be borne."),
    )


CONDITIONS = "conditions"


class ConditionForm(forms.Form):
    text = forms.CharField(
        label=_("Condition"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what has to be done.")},
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.filter(kind="staff", is_active=True),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose who of ours sees to it.")},
    )
    due_on = Day(label=_("Due"), error_messages={"required": _("Choose the day by which it has to be done.")})

    def data_of_row(self) -> dict[str, Any]:
        """What was typed, right or wrong."""
        return {name: self.data.get(self.add_prefix(name), "") for name in ("text", "owner", "due_on")}


ConditionFormSet = formset_factory(ConditionForm, extra=0, can_delete=True, max_num=50, validate_max=True)


def condition_rows(decision: Decision | None) -> "forms.BaseFormSet[ConditionForm]":
    """The conditions of the draft as kept; where nothing was drafted yet, an empty one to begin with."""
    kept = decision.conditions.all() if decision else []
    rows = [{"text": one.text, "owner": one.owner_id, "due_on": one.due_on} for one in kept]
    return _rows_of(rows, spare=0 if decision else 1)


def condition_rows_and_one_more(typed: Mapping[str, Any]) -> "forms.BaseFormSet[ConditionForm]":
    """What was typed, without empty and removed rows, and an empty one after it: for browsers without JavaScript."""
    rows = [
        row.data_of_row()
        for row in ConditionFormSet(typed, prefix=CONDITIONS).forms
        if not row.data.get(row.add_prefix("DELETE"))
    ]
    return _rows_of([row for row in rows if any(row.values())], spare=1)


def _rows_of(rows: list[dict[str, Any]], *, spare: int) -> "forms.BaseFormSet[ConditionForm]":
    formset = ConditionFormSet(prefix=CONDITIONS, initial=rows)
    formset.extra = spare
    return formset


def drafts_of(conditions: "forms.BaseFormSet[ConditionForm]") -> list[ConditionDraft]:
    """The conditions as typed, without empty and removed rows. Call after is_valid()."""
    return [
        ConditionDraft(text=row["text"], owner=row["owner"], due_on=row["due_on"])
        for row in (form.cleaned_data for form in conditions.forms if form not in conditions.deleted_forms)
        if row
    ]


class SubmitForm(forms.Form):
    approver = forms.TypedChoiceField(
        label=_("Approver"), coerce=int, error_messages={"required": _("Choose who decides.")}
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approver"].choices = approvers_for(review)  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """The approver's answer. `opened_sha256` is the hash of the content that was shown."""

    RETURN = "return"

    answer = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1200,
        required=False,
        help_text=_("Needed to reject or to return; printed in the memo."),
    )
    opened_sha256 = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        count = len((decision.frozen or {}).get("conditions", []))
        approve = (
            (Outcome.APPROVED_WITH_CONDITIONS.value, _("Approve with %(n)s conditions") % {"n": count})
            if count > 1
            else (Outcome.APPROVED_WITH_CONDITIONS.value, _("Approve with one condition"))
            if count
            else (Outcome.APPROVED.value, _("Approve"))
        )
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            approve,
            (self.RETURN, _("Return to the reviewer")),
            (Outcome.REJECTED.value, _("Reject")),
        ]


class MeetConditionForm(forms.Form):
    note = forms.CharField(
        label=_("How it was met"), max_length=300, error_messages={"required": _("Say how it was met.")}
    )


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=400, error_messages={"required": _("Say why you take it back.")}
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is revoked"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        help_text=_("The memo's page shows it, with your name. Whoever asked and the reviewer read it."),
        error_messages={"required": _("Say why the approval is revoked.")},
    )
