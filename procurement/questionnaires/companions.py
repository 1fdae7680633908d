"""Further fields beside an answer: who owns the control, a description. Pure.

    {"key": "owner", "title": "Who owns it", "kind": "single", "options": ["We", "You", "Both"], "required": true}

Kinds are single (one of `options`, which are their own words), short_text and long_text. What is said is kept as
{key: text}; a field that is left empty is not kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procurement.questionnaires.content_fields import COMPANION_DEFAULTS
from procurement.questionnaires.models import Question
from vendors.people.actors import Refused

SINGLE, SHORT_TEXT, LONG_TEXT = "single", "short_text", "long_text"
LONGEST = {SINGLE: 200, SHORT_TEXT: 300, LONG_TEXT: 8000}


@dataclass(frozen=True)
class Companion:
    """One further field of a question."""

    key: str
    title: str
    kind: str
    options: tuple[str, ...] = ()
    required: bool = False


def companions_of(question: Question) -> list[Companion]:
    """The further fields of a question, in order, whatever its content leaves out filled in."""
    rows = [{**COMPANION_DEFAULTS, **row} for row in question.companions]
    return [Companion(**{**row, "options": tuple(row["options"])}) for row in rows]


def read_companions(question: Question, given: Mapping[str, Any]) -> dict[str, str]:
    """What was said in the further fields, in their order. Raises Refused (field "c-" and the key)."""
    fields = companions_of(question)
    unknown = set(given) - {each.key for each in fields}
    if unknown:
        key = min(unknown)
        raise Refused(_("%(ref)s has no field “%(key)s”.") % {"ref": question.ref, "key": key[:40]}, field=f"c-{key}")
    said = {each.key: read_companion(each, given.get(each.key) or "") for each in fields}
    return {key: text for key, text in said.items() if text}


def missing_companion(question: Question, said: Mapping[str, str]) -> Companion | None:
    """The first field that has to be filled in and is not."""
    return next((each for each in companions_of(question) if each.required and not said.get(each.key)), None)


def said_beside(question: Question, said: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was said, each with the title of its field."""
    return [(each.title, said[each.key]) for each in companions_of(question) if said.get(each.key)]


def still_fitting(question: Question, said: Mapping[str, str]) -> dict[str, str]:
    """What an earlier answer said, as far as the question has such fields and takes it today."""
    kept = {}
    for each in companions_of(question):
        try:
            text = read_companion(each, said.get(each.key, ""))
        except Refused:
            continue
        if text:
            kept[each.key] = text
    return kept


def read_companion(field: Companion, given: Any) -> str:
    """What was said in one further field. Raises Refused (field "c-" and the key)."""
    if not isinstance(given, str):
        raise _refused(field, _("Write it in words."))
    text = given.replace("\r\n", "\n").replace("\x00", "").strip()
    if field.kind == SINGLE and text and text not in field.options:
        raise _refused(field, _("Choose from the list: %(title)s.") % {"title": field.title})
    if field.kind != LONG_TEXT and "\n" in text:
        raise _refused(field, _("Write it in one line."))
    if len(text) > LONGEST[field.kind]:
        raise _refused(field, _("At most %(most)s characters.") % {"most": LONGEST[field.kind]})
    return text


def _refused(field: Companion, sentence: str) -> Refused:
    return Refused(sentence, field=f"c-{field.key}")
