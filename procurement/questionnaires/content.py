"""The content of a version as plain JSON, and the hash that pins it: what was sent can be told from anything else.

The format is described in docs/questionnaires.md. Versions of the first format keep it, so that their hash stays true.
"""

from collections.abc import Sequence
from typing import Any

from procurement.questionnaires.content_fields import (
    COMPANION_DEFAULTS,
    FORMAT,
    LEFT_OUT_WHEN_EMPTY,
    QUESTION_DEFAULTS,
    SECTION_DEFAULTS,
    VERSION_DEFAULTS,
)
from procurement.questionnaires.content_hash import sha256_of
from procurement.questionnaires.models import Question, QuestionnaireVersion, Section

FIRST_FORMAT = "countersign-questionnaire/1"
_FIRST_FIELDS = ("key", "ref", "text", "help", "kind", "evidence", "criteria")


def version_content(version: QuestionnaireVersion) -> dict[str, Any]:
    """Everything a vendor is asked in this version, in order, in the format of its hash. State and times are no
    content."""
    return first_content(version) if version.format == 1 else current_content(version)


def current_content(version: QuestionnaireVersion) -> dict[str, Any]:
    """The content in the format of today, whatever the version was hashed in."""
    sections = list(version.sections.prefetch_related("questions"))
    return {
        "format": FORMAT,
        "questionnaire": version.questionnaire.key,
        "number": version.number,
        "title": version.title,
        "intro": version.intro,
        "sections": _parts(sections, None),
    }


def first_content(version: QuestionnaireVersion) -> dict[str, Any]:
    """The content in the first format: one kind of question, sections without parts."""
    return {
        "format": FIRST_FORMAT,
        "questionnaire": version.questionnaire.key,
        "number": version.number,
        "title": version.title,
        "intro": version.intro,
        "sections": [
            {
                "title": section.title,
                "questions": [
                    {name: getattr(question, name) for name in _FIRST_FIELDS} for question in section.questions.all()
                ],
            }
            for section in version.sections.prefetch_related("questions")
        ],
    }


def filled(content: dict[str, Any]) -> dict[str, Any]:
    """Content of the second format with every field in it, as `version_content` writes it. For checked content."""
    head = {name: content.get(name, default) for name, default in VERSION_DEFAULTS.items()}
    return {"format": FORMAT, **head, "sections": [_filled_section(each) for each in head["sections"]]}


def version_sha256(version: QuestionnaireVersion) -> str:
    return sha256_of(version_content(version))


def _parts(sections: Sequence[Section], parent: int | None) -> list[dict[str, Any]]:
    """The sections right below `parent`, each with its own parts; `sections` are in their order."""
    return [
        {
            "title": section.title,
            "intro": section.intro,
            "visible_if": section.visible_if,
            "questions": [question_content(each) for each in section.questions.all()],
            "sections": _parts(sections, section.pk),
        }
        for section in sections
        if section.parent_id == parent
    ]


def question_content(question: Question) -> dict[str, Any]:
    """One question as content of the second format."""
    written = {name: getattr(question, name) for name in QUESTION_DEFAULTS}
    return written | {name: getattr(question, name) for name in LEFT_OUT_WHEN_EMPTY if getattr(question, name)}


def _filled_section(section: dict[str, Any]) -> dict[str, Any]:
    whole = {name: section.get(name, default) for name, default in SECTION_DEFAULTS.items()}
    return {
        **whole,
        "questions": [_filled_question(each) for each in whole["questions"]],
        "sections": [_filled_section(each) for each in whole["sections"]],
    }


def _filled_question(question: dict[str, Any]) -> dict[str, Any]:
    whole = {name: question.get(name, default) for name, default in QUESTION_DEFAULTS.items()}
    more = {name: question[name] for name in LEFT_OUT_WHEN_EMPTY if question.get(name)}
    if "companions" in more:
        rows = more["companions"]
        more["companions"] = [{**COMPANION_DEFAULTS, **each} if isinstance(each, dict) else each for each in rows]
    return whole | more
