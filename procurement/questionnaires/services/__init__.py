"""The acts on a questionnaire, one noun a file."""

from procurement.questionnaires.services.answering import Conflict, Given, Saved, save_answers
from procurement.questionnaires.services.assigning import assign_section
from procurement.questionnaires.services.attaching import attach_file, remove_file, use_attachment
from procurement.questionnaires.services.drafting import copy_as_draft, draft_from, read_own_file
from procurement.questionnaires.services.judging import accept_answer, complete, return_to_vendor, send_back_answer
from procurement.questionnaires.services.publishing import (
    ensure_starter,
    ensure_starters,
    newest_published,
    publish,
    retire,
)
from procurement.questionnaires.services.sending import cancel, end_open, send
from procurement.questionnaires.services.submitting import submit, submit_section, take_section_back

__all__ = [
    "Conflict",
    "Given",
    "Saved",
    "accept_answer",
    "assign_section",
    "attach_file",
    "cancel",
    "complete",
    "copy_as_draft",
    "draft_from",
    "end_open",
    "ensure_starter",
    "ensure_starters",
    "newest_published",
    "publish",
    "read_own_file",
    "remove_file",
    "retire",
    "return_to_vendor",
    "save_answers",
    "send",
    "send_back_answer",
    "submit",
    "submit_section",
    "take_section_back",
    "use_attachment",
]
