"""The acts on a questionnaire, one noun a file."""

from procurement.questionnaires.services.answering import Conflict, Given, Saved, save_answers
from procurement.questionnaires.services.attaching import attach_file, remove_file
from procurement.questionnaires.services.judging import accept_answer, complete, return_to_vendor, send_back_answer
from procurement.questionnaires.services.publishing import ensure_starter
from procurement.questionnaires.services.sending import cancel, end_open, send
from procurement.questionnaires.services.submitting import submit

__all__ = [
    "Conflict",
    "Given",
    "Saved",
    "accept_answer",
    "attach_file",
    "cancel",
    "complete",
    "end_open",
    "ensure_starter",
    "remove_file",
    "return_to_vendor",
    "save_answers",
    "send",
    "send_back_answer",
    "submit",
]
