"""An answer as the text of one cell, and the text of a cell as an answer.

What a cell says is compared with what stands in the portal as text first: an answer that nobody touched is never read,
so it cannot change on the way. Only a cell that says something else is read, by the rules that hold everywhere
(`values.read`).
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from procurement.questionnaires.companions import SINGLE, Companion, read_companion
from procurement.questionnaires.countries import country_name
from procurement.questionnaires.importing.answer_words import SPELLINGS
from procurement.questionnaires.importing.limits import CHARACTERS_A_CELL
from procurement.questionnaires.importing.texts import clean, folded, one_line
from procurement.questionnaires.models import Question
from procurement.questionnaires.offline.days import days_as_iso
from procurement.questionnaires.offline.writing import legal
from procurement.questionnaires.options import NOT_APPLICABLE, is_from_a_list, na_label, options_of, takes_na
from procurement.questionnaires.values import CONTACT_PARTS, Said, read
from vendors.people.actors import Refused

Kind = Question.Kind
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T][\d:.]+")
_CELLS = re.compile(r"(?<!\\)((?:\\\\)*)\|")
# What says "not applicable" where anything can be written: fewer words than for a list.
_PLAINLY_NOT_APPLICABLE = frozenset({"not applicable", "n a", "na"})


def cell_of(question: Question, value: Any, *, is_not_applicable: bool) -> str | float | date:
    """What is written into the cell: a number or a day as such, all else as text."""
    if value is not None and not is_not_applicable:
        if question.kind == Kind.NUMBER:
            return float(value) if isinstance(value, float) else int(value)
        if question.kind == Kind.DATE and value >= "1900-03-01":  # spreadsheets count the days before otherwise
            return date.fromisoformat(value)
    return text_of(question, value, is_not_applicable=is_not_applicable)


def text_of(question: Question, value: Any, *, is_not_applicable: bool) -> str:
    """The cell as it is read again; empty for nothing."""
    if is_not_applicable:
        return na_label(question)
    if value is None:
        return ""
    return shown(_TEXTS.get(Kind(question.kind), _plain)(question, value))


def shown(text: str) -> str:
    """A text for comparing: without what a file cannot hold, what nobody sees, spaces in a row and empty ends."""
    return "\n".join(one_line(line) for line in clean(legal(text)).split("\n"))


def fits_a_cell(text: str) -> bool:
    return len(text) <= CHARACTERS_A_CELL


def read_cell(question: Question, written: str) -> Said:
    """What a filled cell says. Raises Refused with a sentence that says what the question takes."""
    if _says_not_applicable(question, written):
        return read(question, None, not_applicable=True)
    if is_from_a_list(question):
        return read(question, _chosen(question, written))
    return read(question, _READERS.get(Kind(question.kind), _as_written)(question, written))


def read_field(field: Companion, written: str) -> str:
    """What a filled cell of a further field says; of a list, the choice that is meant. Raises Refused with what it
    takes."""
    text = _choice_of(field, written) if field.kind == SINGLE else written
    try:
        return read_companion(field, text)
    except Refused as refusal:
        raise Refused(f"{field.title}: {refusal}") from refusal


def _choice_of(field: Companion, written: str) -> str:
    """As it is called, or nearly so; never one of two."""
    for way in (lambda text: one_line(text).casefold(), folded):
        same = [option for option in field.options if way(option) and way(option) == way(written)]
        if len(same) == 1:
            return same[0]
    allowed = ", ".join(f"“{option}”" for option in field.options)
    raise Refused(_("%(title)s: not on the list. Allowed: %(values)s.") % {"title": field.title, "values": allowed})


def choices_of(question: Question) -> tuple[str, ...]:
    """What the drop-down of the cell offers; nothing where several may be chosen or anything can be written."""
    not_applicable = (na_label(question),) if takes_na(question) else ()
    if question.kind == Kind.FILE:
        return not_applicable
    if not is_from_a_list(question) or question.kind == Kind.MULTI:
        return ()
    return (*(str(option.label) for option in options_of(question)), *not_applicable)


def allowed_in_words(question: Question) -> str:
    """The values that a choice takes: “Yes”, “No”."""
    labels = [str(option.label) for option in options_of(question)]
    if takes_na(question):
        labels.append(na_label(question))
    return ", ".join(f"“{label}”" for label in labels)


def _says_not_applicable(question: Question, written: str) -> bool:
    said = folded(written)
    if is_from_a_list(question):
        labels = {folded(str(option.label)) for option in options_of(question)}
        is_meant = SPELLINGS.get(said) == NOT_APPLICABLE or said == folded(na_label(question))
        return said not in labels and is_meant
    return takes_na(question) and (said in _PLAINLY_NOT_APPLICABLE or said == folded(_("Not applicable")))


def _chosen(question: Question, written: str) -> Any:
    if question.kind != Kind.MULTI:
        return _option(question, written)
    for separator in ("\n", ";", ","):
        pieces = [piece.strip() for piece in written.split(separator) if piece.strip()]
        found = [_option_or_none(question, piece) for piece in pieces]
        if found and None not in found:
            return found
    raise _not_on_the_list(question)


def _option(question: Question, written: str) -> str:
    found = _option_or_none(question, written)
    if found is None:
        raise _not_on_the_list(question)
    return found


def _option_or_none(question: Question, written: str) -> str | None:
    """The option that is meant: written as it is called, or nearly so, or as a word that means the same. Never one of
    two: “< 1 day” and “> 1 day” differ in nothing but a sign."""
    ways: Sequence[Callable[[str], str | None]] = (
        lambda text: one_line(text).casefold(),
        lambda text: "".join(text.casefold().split()),
        lambda text: folded(text) or None,
        lambda text: SPELLINGS.get(folded(text)),
    )
    options = options_of(question)
    for way in ways:
        meant = way(written)
        same = [option for option in options if meant and way(str(option.label)) == meant]
        if len(same) == 1:
            return same[0].value
    return next((option.value for option in options if option.value == written), None)


def _not_on_the_list(question: Question) -> Refused:
    return Refused(_("It is not on the list. Allowed: %(values)s.") % {"values": allowed_in_words(question)})


def _as_written(_question: Question, written: str) -> str:
    return written


def _number(question: Question, written: str) -> str:
    unit = str(question.shape.get("unit", ""))
    return written.removesuffix(unit).strip() if unit else written


def _day(_question: Question, written: str) -> str:
    found = _WITH_TIME.fullmatch(written)
    return found[1] if found else days_as_iso(written)


def _days(_question: Question, written: str) -> dict[str, str]:
    found = _ISO.findall(days_as_iso(written))
    if len(found) != 2:
        raise Refused(_("Write both days, for example 2026-01-01 to 2026-12-31."))
    return {"from": found[0], "to": found[1]}


def _rows(question: Question, written: str) -> list[dict[str, str]]:
    columns = question.shape.get("columns", [])
    rows = []
    for line in written.split("\n"):
        cells = [_unescaped(cell) for cell in _CELLS.sub(r"\1" + "\0", line).split("\0")]
        if len(cells) > len(columns):
            raise Refused(
                _("A line has more parts than the table has columns (%(count)s). A | that belongs to the text is \\|.")
                % {"count": len(columns)}
            )
        rows.append({column["key"]: cell for column, cell in zip(columns, cells, strict=False)})
    return rows


def _contact(_question: Question, written: str) -> dict[str, str]:
    labels = {folded(label): part for part, label in contact_labels().items()}
    parts: dict[str, str] = {}
    for line in re.split(r"[\n;]", written):
        label, colon, text = line.partition(":")
        part = labels.get(folded(label))
        if line.strip() and (not colon or part is None):
            raise Refused(
                _("Write one part a line, each after its name: %(names)s.") % {"names": ", ".join(_names_of_parts())}
            )
        if part is not None:
            parts[part] = text.strip()
    return parts


def contact_labels() -> dict[str, str]:
    """What the parts of a contact are called in a cell."""
    labels = (_("Name"), _("E-mail"), _("Role"), _("Phone"))
    return dict(zip(CONTACT_PARTS, labels, strict=True))


def _names_of_parts() -> list[str]:
    return [f"{label}:" for label in contact_labels().values()]


def _choice_text(question: Question, value: Any) -> str:
    return next((one_line(str(option.label)) for option in options_of(question) if option.value == value), str(value))


def _choices_text(question: Question, value: Any) -> str:
    return "\n".join(_choice_text(question, each) for each in value)


def _number_text(_question: Question, value: Any) -> str:
    return str(int(value)) if value == int(value) else f"{value:.15g}"


def _days_text(_question: Question, value: Any) -> str:
    return _("%(first)s to %(last)s") % {"first": value["from"], "last": value["to"]}


def _table_text(question: Question, value: Any) -> str:
    keys = [column["key"] for column in question.shape.get("columns", [])]
    return "\n".join(" | ".join(_escaped(row.get(key, "")) for key in keys) for row in value)


def _countries_text(_question: Question, value: Any) -> str:
    return ", ".join(country_name(code) for code in value)


def _contact_text(_question: Question, value: Any) -> str:
    labels = contact_labels()
    return "\n".join(f"{labels[part]}: {one_line(value[part])}" for part in CONTACT_PARTS if value.get(part))


def _plain(_question: Question, value: Any) -> str:
    return str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    meant = {"\\\\": "\\", "\\|": "|", "\\n": "\n"}
    return re.sub(r"\\[\\|n]", lambda found: meant[found[0]], text).strip()


_TEXTS: dict[Question.Kind, Callable[[Question, Any], str]] = {
    Kind.YES_NO: _choice_text,
    Kind.YES_NO_PARTIAL_NA: _choice_text,
    Kind.SINGLE: _choice_text,
    Kind.MULTI: _choices_text,
    Kind.NUMBER: _number_text,
    Kind.DATE_RANGE: _days_text,
    Kind.TABLE: _table_text,
    Kind.LOCATION: _countries_text,
    Kind.CONTACT: _contact_text,
}
_READERS: dict[Question.Kind, Callable[[Question, str], Any]] = {
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.DATE_RANGE: _days,
    Kind.TABLE: _rows,
    Kind.CONTACT: _contact,
}
