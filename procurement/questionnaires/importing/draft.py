"""What was read: a questionnaire on its way to becoming a version. Pure data."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from procurement.questionnaires.importing.notes import Note


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    YES_NO_PARTIAL_NA = "yes_no_partial_na"
    SINGLE = "single"
    MULTI = "multi"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    TABLE = "table"
    LOCATION = "location"
    CONTACT = "contact"
    INFO = "info"


@dataclass(frozen=True)
class Flag:
    """What an option raises when it is chosen. `needs_words`: the file asks why, or what stands in for it."""

    option: str
    severity: str
    text: str
    needs_words: bool = False


@dataclass(frozen=True)
class Companion:
    """A further field that the file has beside the answer; with options it is a choice."""

    title: str
    options: tuple[str, ...] = ()
    written: str = ""


@dataclass(frozen=True)
class Question:
    """One question.

    ref      as the file shows it, "" where it has none
    section  the place of its section in the draft
    options  of a choice, in their order
    answer   that the file brought along: one of the options where it is a choice; None where nothing was answered,
             or where the answer is not on the list (`written` has it, and a note says so)
    visible_if  when it is asked, as `boolean.py` says it
    flags       what its options raise
    companions  further fields beside the answer
    file_rule   whether an answer needs a file, as `file_rules.py` says it; "" where the file says nothing
    weighing    what the file says of its weight, and `weight` what that means; None where it says nothing that we know
    sheet, row  where it stands
    """

    ref: str
    section: int
    text: str
    kind: Kind = Kind.LONG_TEXT
    options: tuple[str, ...] = ()
    help: str = ""
    answer: str | None = None
    written: str = ""
    comment: str = ""
    evidence: str = ""
    required: bool | None = None
    visible_if: dict[str, Any] | None = None
    flags: tuple[Flag, ...] = ()
    companions: tuple[Companion, ...] = ()
    file_rule: str = ""
    weighing: str = ""
    weight: int | None = None
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class Draft:
    """The title, the titles of the sections, the questions in their order, and what a person should look at."""

    title: str
    sections: tuple[str, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data; `from_json` makes the same draft of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Draft":
        """Raises KeyError, TypeError or ValueError for anything `as_json` did not make."""
        return cls(
            title=content["title"],
            sections=tuple(content["sections"]),
            questions=tuple(_question(each) for each in content["questions"]),
            notes=tuple(
                Note(each["code"], each["about"], tuple((sheet, row) for sheet, row in each["rows"]))
                for each in content["notes"]
            ),
        )


def _question(content: dict[str, Any]) -> Question:
    """What an older reading did not know yet is left out in it."""
    companions = (Companion(**each | {"options": tuple(each["options"])}) for each in content.get("companions", ()))
    return Question(
        **content
        | {
            "kind": Kind(content["kind"]),
            "options": tuple(content["options"]),
            "flags": tuple(Flag(**each) for each in content.get("flags", ())),
            "companions": tuple(companions),
        }
    )


def contract(draft: Draft | None, error: str | None = None) -> dict[str, Any]:
    """The JSON of `manage.py import_questionnaire` (DESIGN.md, "Contracts")."""
    draft = draft or Draft("", (), ())
    counts = [0] * len(draft.sections)
    for question in draft.questions:
        counts[question.section] += 1
    return {
        "title": draft.title,
        "question_count": len(draft.questions),
        "section_count": len(draft.sections),
        "sections": [{"title": title, "questions": count} for title, count in zip(draft.sections, counts, strict=True)],
        "warnings": [note.sentence for note in draft.notes],
        "questions": [
            {
                "ref": each.ref,
                "section": draft.sections[each.section],
                "text": each.text,
                "kind": each.kind.value,
                "options": list(each.options),
                "help": each.help,
                "answer": each.answer,
            }
            for each in draft.questions
        ],
        "error": error,
    }
