"""What is typed about questionnaires."""

from procurement.questionnaires.forms.answers import AnswerForm
from procurement.questionnaires.forms.files import FileForm
from procurement.questionnaires.forms.offline import AnswersFileForm, DecideForm
from procurement.questionnaires.forms.questions import QuestionSheet
from procurement.questionnaires.forms.rules import RuleForm
from procurement.questionnaires.forms.sections import ColleagueForm
from procurement.questionnaires.forms.versions import NewSectionForm, SectionForm, VersionForm
from procurement.questionnaires.forms.words import (
    CancelForm,
    DueDateForm,
    NoteForm,
    RateForm,
    RemarkForm,
    ReturnForm,
    SubmitForm,
)

__all__ = [
    "AnswerForm",
    "AnswersFileForm",
    "CancelForm",
    "ColleagueForm",
    "DecideForm",
    "DueDateForm",
    "FileForm",
    "NewSectionForm",
    "NoteForm",
    "QuestionSheet",
    "RateForm",
    "RemarkForm",
    "ReturnForm",
    "RuleForm",
    "SectionForm",
    "SubmitForm",
    "VersionForm",
]
