"""A workbook of answers: the file, and what is decided about what stands in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.forms.imports import FileToImportForm
from procurement.questionnaires.offline.comparing import Comparison, Rule
from procurement.questionnaires.services import Choice

LONGEST_KEY = 18  # digits of a key


class AnswersFileForm(FileToImportForm):
    """The filled in workbook, or a questionnaire that the vendor has filled in for somebody else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Filled in workbook")
        self.fields["file"].help_text = _("XLSX, XLS, CSV or JSON, up to 20 MB.")


class Keys(forms.MultipleChoiceField):
    """Keys of answers that are ticked. What belongs to no row any more is told by the act."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def valid_value(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) <= LONGEST_KEY

    def clean(self, value: Any) -> list[int]:
        return [int(each) for each in super().clean(value)]


class DecideForm(forms.Form):
    """Who wins where both sides have an answer, row by row or everywhere. `seen` are the revisions the page showed."""

    rule = forms.ChoiceField(
        label=_("Where the file and the portal differ"),
        choices=[
            (Rule.AS_TICKED, _("As ticked, row by row")),
            (Rule.FILE, _("The file wins everywhere")),
            (Rule.PORTAL, _("The portal wins everywhere: only what it has no answer to is taken")),
        ],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the list."), "required": _("Choose one of the list.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    leave = Keys()
    take = Keys()

    def __init__(self, comparison: Comparison, data: Any = None) -> None:
        seen = " ".join(f"{line.answer.pk}:{line.answer.revision}" for line in comparison.lines)
        super().__init__(data, initial={"rule": Rule.AS_TICKED, "seen": seen})

    def choice(self) -> Choice:
        """What was decided. Only after `is_valid`."""
        typed = self.cleaned_data
        return Choice(
            seen=_revisions(typed["seen"]), rule=Rule(typed["rule"]), leave=typed["leave"], take=typed["take"]
        )


def _revisions(written: str) -> dict[int, int]:
    """ "12:3 14:0" → revision by key. What is not of that form was not written by us and says nothing."""
    pairs = (each.partition(":") for each in written.split())
    return {
        int(key): int(revision)
        for key, _colon, revision in pairs
        if key.isdecimal() and revision.isdecimal() and max(len(key), len(revision)) <= LONGEST_KEY
    }
