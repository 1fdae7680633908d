"""What a contact does with a questionnaire: read it, answer, attach, give sections to colleagues, hand over."""

from procurement.questionnaires.portal_views.answering import answer, page, submit
from procurement.questionnaires.portal_views.colleagues import assign_question
from procurement.questionnaires.portal_views.correcting import correct
from procurement.questionnaires.portal_views.files import attach, file, remove_file, use_file
from procurement.questionnaires.portal_views.sections import assign, section, submit_section, take_back
from procurement.questionnaires.portal_views.threads import thread

__all__ = [
    "answer",
    "assign",
    "assign_question",
    "attach",
    "correct",
    "file",
    "page",
    "remove_file",
    "section",
    "submit",
    "submit_section",
    "take_back",
    "thread",
    "use_file",
]
