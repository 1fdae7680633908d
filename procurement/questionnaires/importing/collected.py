"""Questions on their way out of a JSON file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from procurement.questionnaires.importing.draft import Question
from procurement.questionnaires.importing.limits import CHARACTERS_A_CELL
from procurement.questionnaires.importing.notes import Note, note
from procurement.questionnaires.importing.texts import one_line, without_markup

SHOWN, SHOWN_WHOLE = 120, 400
LANGUAGES = ("default", "en", "en-US", "en-GB")


@dataclass
class Collected:
    """title, sections and questions; how many conditions and flags were read, and notes on what was not.

    foreign  questions, by their place from 1, whose condition is written in no way that we know
    """

    title: str = ""
    sections: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    conditions: int = 0
    flags: int = 0
    foreign: list[int] = field(default_factory=list)
    unread: list[Note] = field(default_factory=list)

    def section(self, title: str) -> int:
        """Begin a section, also one whose title stood before."""
        self.sections.append(title)
        return len(self.sections) - 1

    def unread_condition(self, what: str, text: str, why: str) -> None:
        """What comes next is asked under a condition that our rules cannot say: the note keeps it."""
        self._keep("condition", what, text, why, place=len(self.questions) + 1)

    def unread_tip(self, what: str, text: str, why: str, place: int) -> None:
        """A tip on answers that no choice can carry as a flag; `place` of the question before it."""
        self._keep("tip", what, text, why, place=place)

    def _keep(self, code: str, what: str, text: str, why: str, *, place: int) -> None:
        shown = {"what": one_line(what)[:SHOWN], "text": one_line(text)[:SHOWN_WHOLE], "why": why}
        self.unread.append(note(code, [("", place)], **shown))

    def notes(self) -> Iterator[Note]:
        if self.conditions:
            yield note("conditions", count=self.conditions)
        if self.flags:
            yield note("flags", count=self.flags)
        if self.foreign:
            yield note("conditions_unread", [("", place) for place in self.foreign])
        yield from self.unread


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
