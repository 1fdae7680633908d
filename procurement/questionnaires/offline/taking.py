"""One row of a file → what its answer would say. Nothing is changed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procurement.questionnaires.companions import Companion, companions_of
from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.models import Answer, AnswerRevision, Question
from procurement.questionnaires.offline.cells import read_cell, read_field, shown, text_of
from procurement.questionnaires.offline.reading import ReturnedRow
from procurement.questionnaires.values import Said, read_comment
from procurement.questionnaires.wholeness import wants_comment
from vendors.people.actors import Refused


@dataclass(frozen=True)
class Cells:
    """What a row of a workbook says, as it is compared. `beside` are the further fields that are filled in, by key."""

    answer: str
    comment: str
    beside: dict[str, str]

    @classmethod
    def of(cls, question: Question, said: Answer | AnswerRevision) -> "Cells":
        return cls(
            text_of(question, said.value, is_not_applicable=said.is_not_applicable),
            shown(said.comment),
            {key: shown(text) for key, text in said.companions.items() if shown(text)},
        )

    @property
    def are_empty(self) -> bool:
        return not (self.answer or self.comment or self.beside)

    def add_nothing_to(self, kept: "Cells") -> bool:
        """Whether every cell is empty or says what is kept."""
        return (
            self.answer in ("", kept.answer)
            and self.comment in ("", kept.comment)
            and self.beside.items() <= kept.beside.items()
        )


def word_for_word(said: Answer | AnswerRevision) -> tuple[Any, ...]:
    """What is compared to know whether two say the same."""
    return said.value, said.is_not_applicable, said.comment, said.companions


def unsaid(answer: Answer) -> Answer:
    """The same question before anything was said to it. Never saved."""
    blank = Answer(
        pk=answer.pk,
        assessment=answer.assessment,
        question=answer.question,
        is_visible=answer.is_visible,
        is_covered=answer.is_covered,
        is_with_vendor=answer.is_with_vendor,
        note=answer.note,
    )
    blank.files = []
    return blank


def fields_of(row: ReturnedRow, question: Question) -> dict[str, str]:
    """What the row says in further fields, by their keys: those of our workbook, else those that are called the same.
    What another make asks beside its answers and we do not stays with the file."""
    ours = companions_of(question)
    keys, by_title = {each.key for each in ours}, {folded(each.title): each.key for each in ours}
    found = (
        (each.key if each.key in keys else by_title.get(folded(each.title), each.key), each.text) for each in row.beside
    )
    return {key: text for key, text in found if key}


def said_in(row: ReturnedRow, answer: Answer, fields: Mapping[str, str], kept: Cells) -> Answer:
    """What the answer would say with the row taken in; the answer itself stays as it is.

    A new answer comes with its own comment. Where the answer stays, an empty comment takes nothing away; an empty
    further field never does. Raises Refused with what is wrong.
    """
    comment = read_comment(row.comment)
    stays = shown(row.answer) in ("", kept.answer)
    said = Said(answer.value, answer.is_not_applicable) if stays else read_cell(answer.question, row.answer)
    taken = Answer(value=said.value, is_not_applicable=said.is_not_applicable, comment=answer.comment)
    taken.companions = _fields_said(row, answer, fields, kept)
    # The importer gives what stands in another make's further field as the comment as well.
    if _repeats_a_field(row, fields) and not wants_comment(answer.question, taken):
        comment = ""
    is_same_comment = shown(comment) == kept.comment or (stays and not comment)
    if not is_same_comment:
        taken.comment = comment
    return taken


def _repeats_a_field(row: ReturnedRow, fields: Mapping[str, str]) -> bool:
    return not row.key and row.comment in fields.values()


def _fields_said(row: ReturnedRow, answer: Answer, fields: Mapping[str, str], kept: Cells) -> dict[str, str]:
    """All further fields with the row taken in, in their order. Raises Refused with what is wrong in which."""
    ours = companions_of(answer.question)
    unknown = set(fields) - {each.key for each in ours}
    if unknown:
        title = next(each.title for each in row.beside if each.key in unknown)
        raise Refused(_("This question has no field “%(title)s”. Leave its cell empty.") % {"title": title})
    found = {each.key: _field_said(each, answer, fields, kept) for each in ours}
    return {key: text for key, text in found.items() if text}


def _field_said(field: Companion, answer: Answer, fields: Mapping[str, str], kept: Cells) -> str:
    written = fields.get(field.key, "")
    stays = not written or shown(written) == kept.beside.get(field.key)
    return answer.companions.get(field.key, "") if stays else read_field(field, written)
