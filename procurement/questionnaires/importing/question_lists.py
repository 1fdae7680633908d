"""JSON that lists questions: our own, and others that name the same things by the usual words.

Sections hold questions, or questions stand in one list and may name their section.
"""

from typing import Any

from procurement.questionnaires.importing.answers import answered, kind_of
from procurement.questionnaires.importing.collected import Collected, entries, labels, words
from procurement.questionnaires.importing.draft import Kind, Question

TEXTS = ("question", "text", "title", "prompt", "label", "description")
# "_file": lists that were joined from one file per question; their "id" may stand in several.
REFS = ("ref", "_file", "id", "key", "code", "number", "slug")
HELPS = ("help", "hint", "question_advice", "guidance", "description")
OPTIONS = ("options", "choices", "answers")
KINDS = ("kind", "type", "answer_type", "question_type")
SECTION_TITLES = ("title", "name", "text", "label")
LISTS = ("questions", "items", "fields")
GROUPS = ("sections", "groups", "categories", "domains", "chapters", "pages", "blocks")
CONDITIONS = ("depends", "visible_if", "condition")
DEEPEST = 10


def collect(root: Any) -> Collected | None:
    """None where no list of questions is found."""
    holder = root if isinstance(root, dict) else {"questions": root}
    if isinstance(holder.get("questionnaire"), dict):
        holder = holder["questionnaire"]
    found = Collected(_first(holder, ("title", "name")))
    _take(holder, (), found, 0)
    return found if found.questions else None


def _take(holder: dict[str, Any], path: tuple[str, ...], found: Collected, depth: int) -> None:
    places: dict[str, int] = {}
    for item in _listed(holder):
        if isinstance(item.get("questions"), list):
            if depth < DEEPEST and entries(item["questions"]):
                _take(item, (*path, _first(item, SECTION_TITLES)), found, depth + 1)
            continue  # a group that only names its questions asks nothing itself
        text = _first(item, TEXTS)
        if not text:
            continue
        section = words(item.get("section")) or " / ".join(path)
        if section not in places:
            places[section] = found.section(section)
        found.questions.append(_question(item, text, places[section]))
        if any(item.get(key) for key in CONDITIONS):
            found.foreign.append(len(found.questions))
    for key in GROUPS:
        for group in entries(holder.get(key)):
            if depth < DEEPEST:
                _take(group, (*path, _first(group, SECTION_TITLES)), found, depth + 1)


def _listed(holder: dict[str, Any]) -> list[dict[str, Any]]:
    return next((listed for key in LISTS if (listed := entries(holder.get(key)))), [])


def _question(item: dict[str, Any], text: str, section: int) -> Question:
    options = next((found for key in OPTIONS if (found := labels(item.get(key)))), ())
    told = _first(item, KINDS)
    written = words(item.get("answer"))
    required = item.get("required", not item["optional"] if isinstance(item.get("optional"), bool) else None)
    return Question(
        ref=_first(item, REFS),
        section=section,
        text=text,
        kind=Kind(told) if told in {kind.value for kind in Kind} else kind_of(text, told=told, options=options),
        options=options,
        help="\n".join(each for key in HELPS if (each := words(item.get(key))) and each != text),
        answer=answered(written, options),
        written=written,
        required=required if isinstance(required, bool) else None,
    )


def _first(item: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((found for key in keys if (found := words(item.get(key)))), "")
