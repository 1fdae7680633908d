"""What an answer of each kind looks like, read from what somebody gave. Pure: no clock, no database.

| kind                       | JSON kept                                                     |
|----------------------------|---------------------------------------------------------------|
| yes_no, yes_no_partial_na  | "yes", "partial", "no"                                        |
| single                     | the value of the option                                       |
| multi                      | list of values, in the order of the options                   |
| short_text, long_text      | the text                                                      |
| number                     | the number                                                    |
| date                       | "2026-06-30"                                                  |
| date_range                 | {"from": "2026-01-01", "to": "2026-12-31"}                    |
| table                      | list of rows, each {column key: text}                         |
| location                   | list of country codes                                         |
| contact                    | {"name", "email", "role", "phone"}                            |
| info, file                 | nothing: a file is its own answer                             |
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from procurement.questionnaires.countries import read_countries
from procurement.questionnaires.models import Question
from procurement.questionnaires.options import NOT_APPLICABLE, is_yes_or_no, options_of, takes_na
from vendors.people.actors import Refused

Kind = Question.Kind

LONGEST_LINE = 300
LONGEST_TEXT = 8000
LONGEST_CELL = 500
LONGEST_COMMENT = 4000
MOST_ROWS = 200
MOST_DIGITS = 15
CONTACT_PARTS = ("name", "email", "role", "phone")


@dataclass(frozen=True)
class Said:
    """What somebody answers: a value, or that the question does not apply; nothing at all is neither."""

    value: Any = None
    is_not_applicable: bool = False


def read(question: Question, given: Any, *, not_applicable: bool = False) -> Said:
    """The answer in what a form, a program or a file gave.

    given           of the shape in the table above, or the text a person typed for it
    not_applicable  said instead; for yes and no the word "not_applicable" says the same

    Raises Refused (field "value") with what to do about it.
    """
    if not_applicable or (is_yes_or_no(question) and given == NOT_APPLICABLE):
        if not takes_na(question):
            raise _refused(_("This question applies to everybody. Answer it, or say in the comment what is different."))
        return Said(is_not_applicable=True)
    if given is None or given == "" or given == [] or given == {}:
        return Said()
    return Said(_READERS[Kind(question.kind)](question, given))


def read_comment(given: str) -> str:
    """The comment beside an answer. Raises Refused (field "comment") for one too long."""
    comment = given.strip()
    if len(comment) > LONGEST_COMMENT:
        raise Refused(
            _("The comment is longer than %(most)s characters. Put the rest into a PDF.") % {"most": LONGEST_COMMENT},
            field="comment",
        )
    return comment


def _one_choice(question: Question, given: Any) -> str:
    values = [option.value for option in options_of(question)]
    if not isinstance(given, str) or given not in values:
        raise _refused(_("Choose one of the answers."))
    return given


def _several_choices(question: Question, given: Any) -> list[str]:
    chosen = given if isinstance(given, list) else [given]
    values = [option.value for option in options_of(question)]
    if any(each not in values for each in chosen):
        raise _refused(_("Choose from the list."))
    return [value for value in values if value in chosen]


def _line(_question: Question, given: Any) -> str | None:
    text = _text(given, LONGEST_LINE)
    if text and "\n" in text:
        raise _refused(_("Write it in one line."))
    return text


def _long_text(_question: Question, given: Any) -> str | None:
    return _text(given, LONGEST_TEXT)


def _number(question: Question, given: Any) -> int | float:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise _refused(_not_a_number(question))
    try:
        number = Decimal(str(given).strip().replace(" ", "").replace("\u00a0", ""))
    except InvalidOperation:
        raise _refused(_not_a_number(question)) from None
    if not number.is_finite() or len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise _refused(_not_a_number(question))
    least, most = question.shape.get("min"), question.shape.get("max")
    if (least is not None and number < Decimal(str(least))) or (most is not None and number > Decimal(str(most))):
        raise _refused(_not_a_number(question))
    return int(number) if number == number.to_integral_value() else float(number)


def _not_a_number(question: Question) -> str:
    least, most = question.shape.get("min"), question.shape.get("max")
    if least is not None and most is not None:
        return _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most}
    if least is not None:
        return _("Write a number, %(least)s or more.") % {"least": least}
    if most is not None:
        return _("Write a number, %(most)s or less.") % {"most": most}
    return _("Write a number, for example 12 or 12.5.")


def _day(_question: Question, given: Any) -> str:
    try:
        return date.fromisoformat(given.strip()).isoformat()
    except (AttributeError, ValueError):
        raise _refused(_("Choose a day from the calendar, or write it like 2026-06-30.")) from None


def _days(question: Question, given: Any) -> dict[str, str] | None:
    ends = {name: given.get(name) or "" for name in ("from", "to")} if isinstance(given, Mapping) else {}
    if ends and not any(ends.values()):
        return None
    if not ends or not all(ends.values()):
        raise _refused(_("Choose both days, the first and the last."))
    first, last = _day(question, ends["from"]), _day(question, ends["to"])
    if last < first:
        raise _refused(_("The last day comes before the first. Change one of them."))
    return {"from": first, "to": last}


def _rows(question: Question, given: Any) -> list[dict[str, str]] | None:
    keys = [column["key"] for column in question.shape.get("columns", [])]
    rows = given if isinstance(given, list) else [given]
    if len(rows) > MOST_ROWS:
        raise _refused(_("The table takes %(most)s rows. Put a longer one into a file.") % {"most": MOST_ROWS})
    found = []
    for row in rows:
        if not isinstance(row, Mapping) or not set(row) <= set(keys):
            raise _refused(_("A row has the columns of the table and no others."))
        cells = {key: _text(row.get(key, ""), LONGEST_CELL) or "" for key in keys}
        if any(cells.values()):
            found.append(cells)
    return found or None


def _countries(_question: Question, given: Any) -> list[str] | None:
    written = given if isinstance(given, list) else re.split(r"[;,/\n]", str(given))
    codes, unknown = read_countries(str(each) for each in written)
    if unknown:
        raise _refused(
            _("We do not know the country “%(country)s”. Write names in English, parted by commas.")
            % {"country": unknown[0][:60]}
        )
    return codes or None


def _contact(_question: Question, given: Any) -> dict[str, str] | None:
    if not isinstance(given, Mapping) or not set(given) <= set(CONTACT_PARTS):
        raise _refused(_("Write a name and an e-mail address."))
    parts = {part: _text(given.get(part, ""), LONGEST_LINE) or "" for part in CONTACT_PARTS}
    if not any(parts.values()):
        return None
    if not parts["name"] or not parts["email"]:
        raise _refused(_("Write a name and an e-mail address."))
    try:
        validate_email(parts["email"])
    except ValidationError:
        raise _refused(_("Write the e-mail address like name@example.com.")) from None
    return parts


def _nothing(_question: Question, _given: Any) -> None:
    raise _refused(_("This question is answered by its file. Say more in the comment."))


def _text(given: Any, longest: int) -> str | None:
    if not isinstance(given, str):
        raise _refused(_("Write it in words."))
    text = given.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > longest:
        raise _refused(_("At most %(most)s characters. Put the rest into a file.") % {"most": longest})
    return text or None


def _refused(sentence: str) -> Refused:
    return Refused(sentence, field="value")


_READERS: dict[Question.Kind, Callable[[Question, Any], Any]] = {
    Kind.INFO: _nothing,
    Kind.YES_NO: _one_choice,
    Kind.YES_NO_PARTIAL_NA: _one_choice,
    Kind.SINGLE: _one_choice,
    Kind.MULTI: _several_choices,
    Kind.SHORT_TEXT: _line,
    Kind.LONG_TEXT: _long_text,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.DATE_RANGE: _days,
    Kind.FILE: _nothing,
    Kind.TABLE: _rows,
    Kind.LOCATION: _countries,
    Kind.CONTACT: _contact,
}
