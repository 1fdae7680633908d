"""The acts on a questionnaire, one noun a file."""

from procurement.questionnaires.services.answering import Conflict, Given, Saved, save_answers
from procurement.questionnaires.services.assigning import assign_question, assign_section
from procurement.questionnaires.services.attaching import attach_file, remove_file, use_attachment
from procurement.questionnaires.services.carrying import confirm_answer, confirm_section
from procurement.questionnaires.services.chasing import change_due_date, chase
from procurement.questionnaires.services.commenting import comment_on_answer, send_comments, withdraw_comment
from procurement.questionnaires.services.correcting import correct_covered
from procurement.questionnaires.services.covering import Basis, Weighed, require_answer, weigh_again
from procurement.questionnaires.services.drafting import check_letters, copy_as_draft, draft_from, read_own_file
from procurement.questionnaires.services.editing import (
    add_section,
    begin_questionnaire,
    change_section,
    change_version,
    move_section,
    remove_draft,
    remove_section,
)
from procurement.questionnaires.services.editing_questions import (
    add_question,
    change_question,
    move_question,
    remove_question,
    seen_of,
)
from procurement.questionnaires.services.importing import (
    begin_import,
    discard_import,
    draft_content,
    forget_profile,
    keep_profile,
    make_draft,
    read_again,
    sections_in,
)
from procurement.questionnaires.services.judging import (
    accept_answer,
    accept_answers,
    complete,
    return_to_vendor,
    second_answer,
    send_back_answer,
)
from procurement.questionnaires.services.offline import (
    LONGEST_SOURCE,
    AnswersFile,
    ChangedSince,
    Choice,
    apply_answer_import,
    begin_answer_import,
    compared,
    discard_answer_import,
    keep_answer_import,
    read_answers,
    undo_answer_import,
)
from procurement.questionnaires.services.publishing import (
    ensure_starter,
    ensure_starters,
    newest_published,
    publish,
    retire,
)
from procurement.questionnaires.services.rating import rate_answer
from procurement.questionnaires.services.sending import cancel, end_open, send, tell_of_several
from procurement.questionnaires.services.submitting import (
    check_can_be_taken,
    submit,
    submit_section,
    take_as_handed_over,
    take_section_back,
)

__all__ = [
    "LONGEST_SOURCE",
    "AnswersFile",
    "Basis",
    "ChangedSince",
    "Choice",
    "Conflict",
    "Given",
    "Saved",
    "Weighed",
    "accept_answer",
    "accept_answers",
    "add_question",
    "add_section",
    "apply_answer_import",
    "assign_question",
    "assign_section",
    "attach_file",
    "begin_answer_import",
    "begin_import",
    "begin_questionnaire",
    "cancel",
    "change_due_date",
    "change_question",
    "change_section",
    "change_version",
    "chase",
    "check_can_be_taken",
    "check_letters",
    "comment_on_answer",
    "compared",
    "complete",
    "confirm_answer",
    "confirm_section",
    "copy_as_draft",
    "correct_covered",
    "discard_answer_import",
    "discard_import",
    "draft_content",
    "draft_from",
    "end_open",
    "ensure_starter",
    "ensure_starters",
    "forget_profile",
    "keep_answer_import",
    "keep_profile",
    "make_draft",
    "move_question",
    "move_section",
    "newest_published",
    "publish",
    "rate_answer",
    "read_again",
    "read_answers",
    "read_own_file",
    "remove_draft",
    "remove_file",
    "remove_question",
    "remove_section",
    "require_answer",
    "retire",
    "return_to_vendor",
    "save_answers",
    "second_answer",
    "sections_in",
    "seen_of",
    "send",
    "send_back_answer",
    "send_comments",
    "submit",
    "submit_section",
    "take_as_handed_over",
    "take_section_back",
    "tell_of_several",
    "undo_answer_import",
    "use_attachment",
    "weigh_again",
    "withdraw_comment",
]
