"""The pieces of a question on the vendor's page, each drawn once a process for what it says.

A page has hundreds of questions. What is published never changes, and most answers are one of a few choices, so that a
piece looks the same in every questionnaire of a version but for the key of the answer and what is written into it. Its
template is rendered with blanks in their place, which are then filled in for each answer: nothing that a vendor wrote
is kept.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from procurement.questionnaires.forms import AnswerForm
from procurement.questionnaires.models import Answer, Question
from procurement.questionnaires.options import is_from_a_list
from procurement.questionnaires.portal_rows import Row

Kind = Question.Kind
KEY, REVISION, VALUE, COMMENT = BLANKS = ("\x00key\x00", "\x00revision\x00", "\x00value\x00", "\x00comment\x00")
_BLANK = re.compile("|".join(BLANKS))
# The answer stands in one field, as it was written.
IN_WORDS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
# What ten long questionnaires come to, about a kilobyte each; then it begins anew.
MOST = 8192
_drawn: dict[Hashable, str] = {}


@dataclass(frozen=True)
class Piece:
    """One of the pieces: its template, and whether what it shows follows from the answer's value."""

    template: str
    shows_value: bool = False


FIELDS = Piece("procurement/questionnaires/_answer_fields.html", shows_value=True)
COMMENT_BOX = Piece("procurement/questionnaires/_answer_comment.html")
ACTS = Piece("procurement/questionnaires/_answer_acts.html")
PIECES = {"fields": FIELDS, "comment": COMMENT_BOX, "acts": ACTS}


def draw(piece: Piece, row: Row, *, may_send_file: bool = False) -> SafeString:
    """The piece of this row, as its template shows it.

    may_send_file  whether there is an NDA under which a file can come
    """
    answer = row.answer
    if row.typed is not None or row.drawn_for is None or not _has_blanks(answer):
        return SafeString(_rendered(piece, row, row.typed or AnswerForm(answer), may_send_file))
    like = (
        piece,
        row.drawn_for,
        answer.question.key,
        repr((_blank_value(answer), answer.is_not_applicable)) if piece.shows_value else "",
        bool(answer.comment),
        bool(answer.files),
        row.takes_file,
        may_send_file,
    )
    drawn = _drawn.get(like)
    if drawn is None:
        if len(_drawn) >= MOST:
            _drawn.clear()
        drawn = _drawn[like] = _rendered(piece, row, AnswerForm(_with_blanks(answer)), may_send_file)
    return _filled_in(drawn, answer)


def _rendered(piece: Piece, row: Row, form: AnswerForm, may_send_file: bool) -> str:
    context = {
        "form": form,
        "question": row.question,
        "key": form.answer.pk,
        "has_files": bool(row.answer.files),
        "takes_file": row.takes_file,
        "may_send_file": row.takes_file and may_send_file,
        "is_preview": row.is_preview,
    }
    return render_to_string(piece.template, context)


def _has_blanks(answer: Answer) -> bool:
    """Whether everything written into the answer can be a blank. Tables, days, people and further fields are drawn as
    they are."""
    is_chosen_or_plain = is_from_a_list(answer.question) or answer.question.kind in IN_WORDS
    return not answer.companions and (answer.value is None or is_chosen_or_plain)


def _blank_value(answer: Answer) -> Any:
    return VALUE if answer.value and answer.question.kind in IN_WORDS else answer.value


def _with_blanks(answer: Answer) -> Answer:
    """The same answer with blanks; nothing of it is ever saved."""
    blanks: Any = {"pk": KEY, "revision": REVISION, "comment": COMMENT if answer.comment else ""}
    return Answer(
        **blanks,
        question=answer.question,
        value=_blank_value(answer),
        is_not_applicable=answer.is_not_applicable,
    )


def _filled_in(drawn: str, answer: Answer) -> SafeString:
    words = {KEY: str(answer.pk), REVISION: str(answer.revision), COMMENT: escape(answer.comment)}
    if answer.question.kind in IN_WORDS:
        words[VALUE] = escape(answer.value)
    return mark_safe(_BLANK.sub(lambda blank: words[blank[0]], drawn))  # noqa: S308 - each word is escaped
