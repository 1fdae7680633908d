"""Questions on their way out of a JSON file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from procurement.questionnaires.importing.draft import Question
from procurement.questionnaires.importing.limits import CHARACTERS_A_CELL
from procurement.questionnaires.importing.notes import Note, note
from procurement.questionnaires.importing.texts import without_markup

LANGUAGES = ("default", "en", "en-US", "en-GB")


@dataclass
class Collected:
    """title, sections and questions; conditional and tips count what a draft cannot hold yet."""

    title: str = ""
    sections: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    conditional: int = 0
    tips: int = 0

    def section(self, title: str) -> int:
        """Begin a section, also one whose title stood before."""
        self.sections.append(title)
        return len(self.sections) - 1

    def notes(self) -> Iterator[Note]:
        if self.conditional:
            yield note("conditions", count=self.conditional)
        if self.tips:
            yield note("tips", count=self.tips)


def words(value: Any) -> str:
    """A text, or the text of the first language that a translated one has; without markup."""
    if isinstance(value, dict):
        value = next((value[each] for each in LANGUAGES if value.get(each)), None) or next(iter(value.values()), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return without_markup(str(value)[:CHARACTERS_A_CELL])


def entries(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; nothing for anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def labels(value: Any) -> tuple[str, ...]:
    """The options of a choice: texts, or objects with a label, text, title or value."""
    if not isinstance(value, list):
        return ()
    found = []
    for each in value[:200]:
        if isinstance(each, dict):
            label = next(
                (words(each[key]) for key in ("label", "text", "title", "name", "value") if words(each.get(key))), ""
            )
            found += [label, *labels(each.get("options"))]
        else:
            found.append(words(each))
    return tuple(dict.fromkeys(label for label in found if label))
