"""Filters of the reminders to come, the answer to what is held, and the days of the plan."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.renewals.models import ReminderDue
from procurement.renewals.queries import Coming
from procurement.renewals.rhythms import (
    FARTHEST_DAYS,
    MOST_AT_ONCE,
    MOST_OFFSETS,
    MOST_WEEKS,
    TIERS,
    Plan,
    Rhythm,
    Series,
    columns_of,
    in_order,
)
from procurement.renewals.series import KINDS

WORDS = {
    "before": gettext_lazy("days before"),
    "after": gettext_lazy("days after the expected date"),
    "weekly": gettext_lazy("weekly mails after that"),
    "ask_before": gettext_lazy("ask for the next date, days before"),
}


class ComingFilters(forms.Form):
    """Vendor by name, kind of reminder, and person: those who occur among the reminders to come."""

    q = forms.CharField(
        label=gettext_lazy("Vendor name"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Person"), required=False)

    def __init__(self, *args: Any, coming: list[Coming], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = sorted({(one.name, str(one.person_id)) for one in coming})
        self.fields["kind"].choices = [("", _("Any kind")), *KINDS.items()]  # type: ignore[attr-defined]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Anybody")),
            *((pk, name) for name, pk in people),
        ]

    def matching(self, coming: list[Coming]) -> list[Coming]:
        """Those that fit; a filter that is none of ours fits all."""
        self.is_valid()
        words, kind, person = (self.cleaned_data.get(name, "") for name in ("q", "kind", "person"))
        return [
            one
            for one in coming
            if words.casefold() in one.vendor.casefold()
            and kind in {"", one.kind}
            and person in {"", str(one.person_id)}
        ]


class HeldForm(forms.Form):
    """Which of the held reminders, and whether they go or not. Dropping needs a reason."""

    RELEASE, DROP = "release", "drop"

    act = forms.ChoiceField(choices=[(RELEASE, RELEASE), (DROP, DROP)], widget=forms.HiddenInput)
    held = forms.MultipleChoiceField(
        required=False,
        widget=forms.MultipleHiddenInput,
        error_messages={"invalid_choice": gettext_lazy("One of these is not held any more.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for dropping"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only needed when you drop them. It stands in the ledger."),
    )

    def __init__(self, *args: Any, rows: list[ReminderDue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held"].choices = [(str(row.pk), str(row.pk)) for row in rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if "held" not in self.errors and not facts.get("held"):
            self.add_error(None, _("Tick at least one of the reminders."))
        if facts.get("act") == self.DROP and not facts.get("reason"):
            self.add_error("reason", _("Say why these reminders are dropped."))
        return facts

    def chosen(self) -> list[int]:
        known = {value for value, _label in self.fields["held"].choices}  # type: ignore[attr-defined]
        return [int(pk) for pk in self.data.getlist("held") if pk in known]  # type: ignore[attr-defined]


class DaysField(forms.CharField):
    """Whole numbers with commas between them: “90, 60, 30, 7, 0”. Each once, at most eight of them."""

    def __init__(self, *, least: int, falling: bool, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)
        self.least, self.falling = least, falling

    def to_python(self, value: Any) -> Any:
        words = [word for word in str(super().to_python(value)).replace(";", ",").replace(" ", ",").split(",") if word]
        wrong = next((word for word in words if not (word.isascii() and word.isdigit())), None)
        if wrong is not None:
            raise forms.ValidationError(
                _("“%(word)s” is no number of days. Write whole numbers with commas between them: 90, 60, 30.")
                % {"word": wrong}
            )
        days = in_order((int(word) for word in words), falling=self.falling)
        if days and not self.least <= min(days) <= max(days) <= FARTHEST_DAYS:
            raise forms.ValidationError(
                _("A reminder may lie %(least)s to %(most)s days from the date.")
                % {"least": self.least, "most": FARTHEST_DAYS}
            )
        if len(days) > MOST_OFFSETS:
            raise forms.ValidationError(_("At most %(most)s reminders, please.") % {"most": MOST_OFFSETS})
        return days

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, tuple) else value


class PlanForm(forms.Form):
    """Why, and which version was looked at."""

    note = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why the plan changes.")},
    )
    opened = forms.IntegerField(widget=forms.HiddenInput)


class RhythmsForm(PlanForm):
    """The days of one series for each tier. At least one reminder before the date has to stay."""

    def __init__(self, data: Any = None, *, series: Series, plan: Plan) -> None:
        super().__init__(data, initial={"opened": plan.number})
        self.series = series
        self.plan = plan
        for tier in TIERS:
            rhythm = plan.rhythm(series, tier)
            for column in columns_of(series):
                field = _field(column)
                field.label = _("Tier %(tier)s: %(what)s") % {"tier": tier, "what": WORDS[column]}
                field.initial = getattr(rhythm, column)
                self.fields[f"{column}_{tier}"] = field
        self.order_fields([*(f"{column}_{tier}" for tier in TIERS for column in columns_of(series)), "note", "opened"])

    def rhythms(self) -> dict[int, Rhythm]:
        """The rhythm of each tier as typed; what is not asked for stays as it is."""
        return {
            tier: replace(
                self.plan.rhythm(self.series, tier),
                **{column: self.cleaned_data[f"{column}_{tier}"] for column in columns_of(self.series)},
            )
            for tier in TIERS
        }


class MostAtOnceForm(PlanForm):
    """The brake."""

    most_at_once = forms.IntegerField(
        label=gettext_lazy("Mails that may leave on a day by themselves"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages={"min_value": gettext_lazy("Write 1 or more: with none, no reminder would ever leave.")},
        help_text=gettext_lazy("What goes beyond it is held, and an administrator is asked."),
    )

    def __init__(self, data: Any = None, *, plan: Plan) -> None:
        super().__init__(data, initial={"opened": plan.number, "most_at_once": plan.most_at_once})
        self.order_fields(["most_at_once", "note", "opened"])


def _field(column: str) -> forms.Field:
    if column == "before":
        kept = {"required": _("Keep at least one reminder: 0 is the day itself.")}
        return DaysField(least=0, falling=True, error_messages=kept)
    if column == "after":
        return DaysField(least=1, falling=False, required=False)
    if column == "weekly":
        return forms.IntegerField(min_value=0, max_value=MOST_WEEKS)
    return forms.IntegerField(min_value=1, max_value=FARTHEST_DAYS)
