"""Forms of what we say about the rows of a report: its exceptions and its user entity controls."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procurement.reviews.judgements import ControlStatus, Judgement
from procurement.reviews.models import CuecStatus, ExceptionJudgement, Review
from vendors.reports.models import Cuec, ReportException


class RowsForm(forms.Form):
    """Fields of many rows in one form, named `<field>-<row's pk>`. A row whose first field is left empty is not said
    anything about."""

    def of_row(self, pk: int, *names: str) -> list[forms.BoundField]:
        """The bound fields of one row, for the table."""
        return [self[f"{name}-{pk}"] for name in names]

    def initial_of(self, name: str, pk: int) -> object:
        """What stands there already."""
        return self.fields[f"{name}-{pk}"].initial

    def typed(self, name: str, pk: int) -> str:
        return str(self.cleaned_data.get(f"{name}-{pk}") or "").strip()

    def need(self, name: str, pk: int, sentence: str) -> None:
        """Ask for a field that its row cannot do without."""
        if not self.typed(name, pk):
            self.add_error(f"{name}-{pk}", sentence)


class ExceptionsForm(RowsForm):
    """Our decision on each exception of the report, with the reason."""

    def __init__(self, *args: Any, review: Review, exceptions: Sequence[ReportException], **kwargs: Any) -> None:
        self.exceptions = list(exceptions)
        standing = {row.exception_id: row for row in review.exception_judgements.all()}
        super().__init__(*args, **kwargs)
        for exception in self.exceptions:
            before = standing.get(exception.pk)
            self.fields[f"decision-{exception.pk}"] = forms.ChoiceField(
                label=_("Our decision"),
                choices=[("", _("Not decided yet")), *ExceptionJudgement.Decision.choices],
                required=False,
                initial=before.decision if before else "",
            )
            self.fields[f"reason-{exception.pk}"] = forms.CharField(
                label=_("Why"), max_length=300, required=False, initial=before.reason if before else ""
            )

    def clean(self) -> dict[str, Any]:
        for exception in self.exceptions:
            if self.typed("decision", exception.pk):
                self.need("reason", exception.pk, _now("Say why. The memo prints it."))
            elif self.typed("reason", exception.pk):
                self.add_error(f"decision-{exception.pk}", _now("Say what we decide about this exception."))
        return self.cleaned_data

    def count_open(self) -> int:
        return sum(not self.initial_of("decision", each.pk) for each in self.exceptions)

    def judgements(self) -> list[Judgement]:
        """What was said, one per exception that was decided."""
        return [
            Judgement(each.pk, self.typed("decision", each.pk), self.typed("reason", each.pk))
            for each in self.exceptions
            if self.typed("decision", each.pk)
        ]

    def rows(self) -> Iterator[tuple[ReportException, list[forms.BoundField]]]:
        for exception in self.exceptions:
            yield exception, self.of_row(exception.pk, "decision", "reason")


class ControlsForm(RowsForm):
    """Who of ours sees to each user entity control, by which control of ours, and whether it is in place."""

    def __init__(self, *args: Any, review: Review, cuecs: Sequence[Cuec], **kwargs: Any) -> None:
        self.cuecs = list(cuecs)
        standing = {row.cuec_id: row for row in review.cuec_statuses.all()}
        super().__init__(*args, **kwargs)
        for cuec in self.cuecs:
            before = standing.get(cuec.pk)
            self.fields[f"status-{cuec.pk}"] = forms.ChoiceField(
                label=_("State"),
                choices=[("", _("Not said yet")), *CuecStatus.Status.choices],
                required=False,
                initial=before.status if before else "",
            )
            self.fields[f"owner-{cuec.pk}"] = forms.CharField(
                label=_("Owner"), max_length=120, required=False, initial=before.owner if before else ""
            )
            self.fields[f"our_control-{cuec.pk}"] = forms.CharField(
                label=_("Our control, or why it does not apply"),
                max_length=160,
                required=False,
                initial=before.our_control if before else "",
            )

    def clean(self) -> dict[str, Any]:
        for cuec in self.cuecs:
            status = self.typed("status", cuec.pk)
            if status == CuecStatus.Status.NOT_APPLICABLE:
                self.need("our_control", cuec.pk, _now("Say why it does not apply to our use."))
            elif status:
                self.need("owner", cuec.pk, _now("Name who of ours sees to it."))
            elif self.typed("owner", cuec.pk) or self.typed("our_control", cuec.pk):
                self.add_error(f"status-{cuec.pk}", _now("Say whether this control of ours is in place."))
        return self.cleaned_data

    def count_open(self) -> int:
        return sum(not self.initial_of("status", each.pk) for each in self.cuecs)

    def statuses(self) -> list[ControlStatus]:
        """What was said, one per control that was given a state."""
        return [
            ControlStatus(
                each.pk,
                self.typed("status", each.pk),
                self.typed("owner", each.pk),
                self.typed("our_control", each.pk),
            )
            for each in self.cuecs
            if self.typed("status", each.pk)
        ]

    def rows(self) -> Iterator[tuple[Cuec, list[forms.BoundField]]]:
        for cuec in self.cuecs:
            yield cuec, self.of_row(cuec.pk, "status", "owner", "our_control")
