"""What is typed about questionnaires."""

from procurement.questionnaires.forms.answers import AnswerForm
from procurement.questionnaires.forms.files import FileForm
from procurement.questionnaires.forms.sections import ColleagueForm
from procurement.questionnaires.forms.words import CancelForm, NoteForm, ReturnForm, SubmitForm

__all__ = ["AnswerForm", "CancelForm", "ColleagueForm", "FileForm", "NoteForm", "ReturnForm", "SubmitForm"]
