"""What a file is that goes with an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models import Attachment, Question
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Day


class FileForm(forms.Form):
    """Kind and date of the document. The date is needed only where the question says how old it may be."""

    kind = forms.ChoiceField(label=_("What it is"), error_messages=ONE_OF_THE_LIST)
    as_of = Day(
        label=_("Date of the document"),
        required=False,
        help_text=_("The last day it speaks of: the end of a test, the day of an approval."),
    )

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = question.evidence_kinds or Attachment.Kind.values
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(each, label) for each, label in Attachment.Kind.choices if each in wanted]
        kind.initial = wanted[0] if question.evidence_kinds else Attachment.Kind.OTHER
        self.fields["as_of"].required = bool(question.evidence_max_months)
