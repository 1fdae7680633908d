"""What a contact does with a questionnaire: read it, answer, attach, take it along as a workbook, give sections to
colleagues, hand over."""

from procurement.questionnaires.portal_views.answering import answer, page, submit
from procurement.questionnaires.portal_views.colleagues import assign_question
from procurement.questionnaires.portal_views.correcting import correct
from procurement.questionnaires.portal_views.files import attach, file, remove_file, use_file
from procurement.questionnaires.portal_views.offline import (
    answer_import,
    discard_answers,
    offline,
    undo_answers,
    workbook,
)
from procurement.questionnaires.portal_views.sections import assign, section, submit_section, take_back
from procurement.questionnaires.portal_views.threads import thread

__all__ = [
    "answer",
    "answer_import",
    "assign",
    "assign_question",
    "attach",
    "correct",
    "discard_answers",
    "file",
    "offline",
    "page",
    "remove_file",
    "section",
    "submit",
    "submit_section",
    "take_back",
    "thread",
    "undo_answers",
    "use_file",
    "workbook",
]
