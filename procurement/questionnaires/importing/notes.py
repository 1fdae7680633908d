"""What a person should look at after an import: a code, where, and a sentence. Nothing is corrected in silence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


def gettext_noop(template: str) -> str:
    """The text itself. The name makes `makemessages` collect it for translation at the edge."""
    return template


_ = gettext_noop

SENTENCES = {
    "duplicate_ref": _("The id “{ref}” stands on several rows: {places}. All of them are kept; tell them apart."),
    "no_ref": _("{count} questions have no id: {places}."),
    "date_ref": _("The id in {places} is stored as a date. We read “{ref}”; check it."),
    "invisible": _("Invisible characters were taken out of {count} texts: {places}."),
    "uncached": _("{count} formulas have no stored result: {places}. Save the file in Excel and try again."),
    "error_value": _("{count} cells show an error such as #REF!: {places}. They are read as empty."),
    "formula_text": _("{count} texts begin like a formula: {places}. They are kept as text and never calculated."),
    "cut": _("{count} texts are longer than 32,767 characters and were cut: {places}."),
    "unknown_answer": _("The answer “{answer}” in {places} is not on its list. It is left blank; choose the answer."),
    "several_questions": _("{count} cells hold several questions: {places}. Split them if each needs an answer."),
    "hidden_rows": _("{count} hidden rows hold questions: {places}. They are read; leave out what is not asked."),
    "hidden_sheet": _("The hidden sheet “{sheet}” looks like questions. It is not read unless you say so."),
    "unsure_sheet": _("The sheet “{sheet}” may hold questions too. It is not read unless you say so."),
    "repeated_sheet": _("The sheet “{sheet}” repeats questions of another sheet. It is not read unless you say so."),
    "unread_list": _("{count} drop-down lists could not be read: {places}."),
    "external_links": _("The workbook links to other files. The links were not followed."),
    "guessed_header": _("No row of “{sheet}” looks like column heads. Check which column is which."),
    "turned": _("The questions of “{sheet}” stand side by side in its first row. Each is read as a row of its own."),
    "several_answered": _("“{sheet}” holds the answers of {answered} people. Its questions are read, no answers."),
    "encoding": _("The text is read as {encoding}. If letters look wrong, choose another encoding."),
    "undecodable": _("{count} characters could not be read as {encoding}. Choose another encoding."),
    "conditions": _("{count} conditions are read: what they are about is asked only if they hold."),
    "conditions_unread": _("{count} questions have a condition that is not read: {places}. They are always asked."),
    "condition": _("Question {places}, “{what}”, is always asked. Its condition cannot be kept: {text} ({why})."),
    "flags": _("{count} tips on answers are read as flags of those answers."),
    "tip": _("Question {places}: a tip that no answer can carry as its flag, “{what}”, shown if {text} ({why})."),
    "weights": _("{count} questions take their weight from the file: {table}."),
    "weights_unread": _("{count} weights are not read, “{what}”: {places}. Those questions have the usual weight, 10."),
    "files": _("{count} questions need a file, as “{head}” says: {places}."),
    "translation": _(
        "“{head}”, column {column} of “{sheet}”, seems to say the questions in another language. It is left out; "
        "choose what it holds where that is wrong."
    ),
    "most_points": _(
        "“{head}”, column {column} of “{sheet}”, is not read. Choose “Weight” where it says how much a question counts."
    ),
    "no_scores": _("The answers of {count} questions have no score: {places}. Give them scores, or rate them by hand."),
    "untitled": _("{count} questions stand before the first section title. They are under “{section}”."),
}  # fmt: skip
# The same for one, where the words differ.
OF_ONE = {
    "no_ref": _("One question has no id: {places}."),
    "invisible": _("Invisible characters were taken out of one text: {places}."),
    "uncached": _("One formula has no stored result: {places}. Save the file in Excel and try again."),
    "error_value": _("One cell shows an error such as #REF!: {places}. It is read as empty."),
    "formula_text": _("One text begins like a formula: {places}. It is kept as text and never calculated."),
    "cut": _("One text is longer than 32,767 characters and was cut: {places}."),
    "several_questions": _("One cell holds several questions: {places}. Split it if each needs an answer."),
    "hidden_rows": _("One hidden row holds a question: {places}. It is read; leave out what is not asked."),
    "unread_list": _("One drop-down list could not be read: {places}."),
    "undecodable": _("One character could not be read as {encoding}. Choose another encoding."),
    "conditions": _("One condition is read: what it is about is asked only if it holds."),
    "conditions_unread": _("One question has a condition that is not read: {places}. It is always asked."),
    "flags": _("One tip on an answer is read as a flag of that answer."),
    "weights": _("One question takes its weight from the file: {table}."),
    "weights_unread": _("1 weight is not read, “{what}”: {places}. That question has the usual weight, 10."),
    "files": _("One question needs a file, as “{head}” says: {places}."),
    "no_scores": _("The answers of one question have no score: {places}. Give them scores, or rate it by hand."),
    "untitled": _("One question stands before the first section title. It is under “{section}”."),
}  # fmt: skip
PLACES_SHOWN = 5


@dataclass(frozen=True)
class Note:
    """code    what the caller can tell apart
    sentence  for people, in English; translated from `SENTENCES` and `about` at the edge
    about     what stands in the sentence
    rows      sheet and row of each place, for the preview
    """

    code: str
    about: dict[str, Any] = field(default_factory=dict)
    rows: tuple[tuple[str, int], ...] = ()

    @property
    def sentence(self) -> str:
        return self.template.format(**self.about)

    @property
    def template(self) -> str:
        """The sentence before its places are filled, and before it is translated."""
        is_one = self.about.get("count") == 1 and self.code in OF_ONE
        return OF_ONE[self.code] if is_one else SENTENCES[self.code]


def note(code: str, rows: Iterable[tuple[str, int]] = (), **about: Any) -> Note:
    """A note about these rows: the sentence names the first few and counts all."""
    found = tuple(rows)
    shown = [f"{sheet} {row}".strip() for sheet, row in found[:PLACES_SHOWN]]
    places = ", ".join(shown) + (" …" if len(found) > PLACES_SHOWN else "")
    return Note(code, {"count": len(found), "places": places} | about, found)
