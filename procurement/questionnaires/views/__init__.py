"""What staff do with questionnaires: read them, write drafts, publish, import. Reviewing answers stands in reviews."""

from procurement.questionnaires.views.imports import (
    discard_import,
    forget_profile,
    import_file,
    import_job,
    import_sheet,
    keep_profile,
    make_draft,
)
from procurement.questionnaires.views.questions import add_question, move_question, question, remove_question
from procurement.questionnaires.views.sections import add_section, move_section, remove_section, section
from procurement.questionnaires.views.versions import (
    as_json,
    copy,
    edit,
    index,
    new,
    preview,
    publish,
    remove,
    retire,
    version,
)

__all__ = [
    "add_question",
    "add_section",
    "as_json",
    "copy",
    "discard_import",
    "edit",
    "forget_profile",
    "import_file",
    "import_job",
    "import_sheet",
    "index",
    "keep_profile",
    "make_draft",
    "move_question",
    "move_section",
    "new",
    "preview",
    "publish",
    "question",
    "remove",
    "remove_question",
    "remove_section",
    "retire",
    "section",
    "version",
]
