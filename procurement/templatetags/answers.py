"""Answers to questionnaires on pages, in words."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from procurement.questionnaires.companions import said_beside
from procurement.questionnaires.drawing import PIECES, draw
from procurement.questionnaires.models import Answer, AnswerRevision, Question
from procurement.questionnaires.options import is_from_a_list
from procurement.questionnaires.portal_rows import Row
from procurement.questionnaires.wholeness import file_needed_in_words
from procurement.questionnaires.wording import in_words
from procurement.reviews.forms_beside import FormsBeside
from vendors.ndas.models import Nda

register = template.Library()


@register.filter
def said_to(said: Answer | AnswerRevision, question: Question) -> str:
    """What an answer, or one of its revisions, says to the question; empty for nothing."""
    return in_words(question, said.value, is_not_applicable=said.is_not_applicable)


@register.filter
def beside(said: Answer | AnswerRevision, question: Question) -> list[tuple[str, str]]:
    """What stands in the further fields of the question, each with its title."""
    return said_beside(question, said.companions) if said.companions else []


@register.simple_tag
def piece_of_question(name: str, row: Row, nda: Nda | None = None) -> SafeString:
    """A piece of a question on the vendor's page: its fields, its comment, or what can be done about it."""
    return draw(PIECES[name], row, may_send_file=nda is not None)


@register.simple_tag
def form_beside(forms: FormsBeside, name: str, answer: Answer) -> SafeString:
    """A form beside an answer on the reviewer's page: accept it, send it back, comment on it."""
    return forms.draw(name, answer)


@register.filter
def file_needed(question: Question) -> str:
    """Which file has to come with the answer; empty where none has to."""
    return file_needed_in_words(question)


@register.filter
def is_chosen(question: Question) -> bool:
    """Whether it is answered from a list, so that the answer is a word or two."""
    return is_from_a_list(question)


@register.filter
def table_of(said: Answer | AnswerRevision, question: Question) -> dict[str, Any] | None:
    """Heads and rows of an answer that is a table; None for any other."""
    if question.kind != Question.Kind.TABLE or not said.value:
        return None
    columns = question.shape["columns"]
    return {
        "heads": [column["title"] for column in columns],
        "rows": [
            [{"head": column["title"], "text": row.get(column["key"], "")} for column in columns] for row in said.value
        ],
    }
