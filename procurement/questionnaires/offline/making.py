"""An assessment → the book that is written as its workbook."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.questionnaires import queries
from procurement.questionnaires.companions import SINGLE, Companion, companions_of
from procurement.questionnaires.condition_words import conditions_in_words
from procurement.questionnaires.conditions import what_is_left, without_facts
from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.lifecycle import takes_answer
from procurement.questionnaires.models import Answer, Assessment, Question, Section
from procurement.questionnaires.offline.book import (
    FORMAT,
    HEAD,
    REVISION,
    TEXT_TO_READ,
    Book,
    BookCell,
    BookField,
    BookRow,
    BookSheet,
    Limits,
    Place,
    signed_text,
)
from procurement.questionnaires.offline.cells import cell_of, choices_of, contact_labels, fits_a_cell, shown, text_of
from procurement.questionnaires.offline.taking import unsaid
from procurement.questionnaires.offline.writing import write_book
from procurement.questionnaires.options import options_of
from procurement.questionnaires.wholeness import file_kinds_in_words
from vendors.reports.wording import day_in_words

MOST_SHEETS = 40  # of questions; beyond, all stand on one, under the titles of their sections
SALT = "questionnaire workbook"
Kind = Question.Kind
Placed = Answer | Question


def workbook_of(
    assessment: Assessment,
    *,
    with_hidden: bool = False,
    is_blank: bool = False,
    keys: Collection[int] | None = None,
) -> bytes:
    """The assessment as an XLSX file, with the answers as they stand. The same bytes until one of them changes.

    with_hidden  also what is asked only after certain answers
    is_blank     without any answer, for us: what the vendor has not handed over is the vendor's. Where the portal has
                 an answer, what is then written in the file is a conflict.
    keys         of the answers that whoever takes it sees; None: all
    """
    return write_book(book_of(assessment, with_hidden=with_hidden, is_blank=is_blank, keys=keys))


def book_of(
    assessment: Assessment,
    *,
    with_hidden: bool = False,
    is_blank: bool = False,
    keys: Collection[int] | None = None,
) -> Book:
    """Everything that stands in the workbook: what the vendor may answer now. Whoever does not see the whole gets no
    conditions, which would quote questions that are not theirs."""
    everything = queries.answers_of(assessment)
    open_now = [each for each in everything if takes_answer(assessment, each) and (each.is_visible or with_hidden)]
    conditions: dict[int, str] = {}
    if keys is None:
        conditions = _conditions(assessment, open_now, {each.question.key: each.question for each in everything})
    else:
        open_now = [each for each in open_now if each.pk in keys]
    answers = [each for each in open_now if each.is_visible or each.pk in conditions]
    if is_blank:
        answers = [unsaid(each) for each in answers]
    sections = Section.objects.filter(version=assessment.version_id).in_bulk()
    fields = _fields(answers)
    rows = {answer.pk: _row(answer, conditions.get(answer.pk, ""), fields) for answer in answers}
    sheets = _sheets(_placed(answers), sections, rows)
    return Book(
        title=assessment.version.title,
        instructions_title=_("Read first"),
        instructions=tuple(_instructions(assessment, answers, sheets)),
        heads=_heads(),
        fields={each.number: each for each in fields.values()},
        sheets=sheets,
        meta=signed_meta(assessment, answers, fields.values()),
        made=assessment.sent_at.replace(tzinfo=None, microsecond=0),
    )


def marks_of(assessment: Assessment) -> dict[str, str]:
    """What the hidden sheet says the workbook is of."""
    return {"assessment": str(assessment.pk), "version": assessment.version.sha256}


def signed_meta(assessment: Assessment, answers: Iterable[Answer], fields: Iterable[BookField]) -> dict[str, str]:
    """The hidden sheet: whose workbook it is, which revision each answer had, and that we say so."""
    meta = {"format": FORMAT, **marks_of(assessment)}
    meta |= {f"{HEAD}{place.name}": shown(head) for place, head in zip(Place, _heads(), strict=True) if head}
    meta |= {field.name: shown(field.head) for field in fields}
    meta |= {f"{REVISION}{answer.question.key}": str(answer.revision) for answer in answers}
    return {**meta, "signature": Signer(salt=SALT).signature(signed_text(meta))}


def is_signed(meta: dict[str, str]) -> bool:
    """Whether the hidden sheet is as we wrote it."""
    try:
        Signer(salt=SALT).unsign(f"{signed_text(meta)}:{meta.get('signature', '')}")
    except BadSignature:
        return False
    return True


def revisions_in(meta: dict[str, str]) -> dict[str, int]:
    """By the key of a question, the revision its answer had when the workbook was made."""
    return {name.removeprefix(REVISION): int(number) for name, number in meta.items() if name.startswith(REVISION)}


def _heads() -> tuple[str, ...]:
    return (
        "",
        _("Ref"),
        _("Question"),
        _("About the question"),
        _("Answer"),
        _("Comment, or why it does not apply"),
        _("Names of files"),
    )


def _fields(answers: Iterable[Answer]) -> dict[tuple[str, str], BookField]:
    """A column for each further field, by its key and title: where many questions have the same, they share it. No two
    columns have the same head, so that each is found by it again."""
    found: dict[tuple[str, str], BookField] = {}
    taken = {folded(head) for head in _heads()}
    for answer in answers:
        for each in companions_of(answer.question):
            if (each.key, each.title) in found:
                continue
            head, count = each.title, 1
            while folded(head) in taken:
                count += 1
                head = f"{each.title} ({count})"
            taken.add(folded(head))
            found[each.key, each.title] = BookField(len(found) + 1, each.key, head, each.kind == SINGLE)
    return found


def _conditions(assessment: Assessment, answers: Iterable[Answer], questions: Mapping[str, Question]) -> dict[int, str]:
    """By answer, when it is asked, in words. Our own facts do not show: a vendor reads this. What they rule out for
    good is left out."""
    found = {}
    for pk, rules in queries.rules_over(assessment, answers).items():
        left = what_is_left(without_facts({"all": list(rules)}, assessment.facts))
        if not isinstance(left, bool):
            found[pk] = _("Asked only if %(condition)s.") % {"condition": conditions_in_words([left], questions)}
    return found


def _placed(answers: Sequence[Answer]) -> list[Placed]:
    """The questions in their order, with the texts to read between those of a section that asks something."""
    placed: list[Placed] = list(answers)
    asking = {answer.question.section_id for answer in answers}
    placed += Question.objects.filter(section__in=asking, kind=Kind.INFO, visible_if__isnull=True).select_related(
        "section"
    )
    return sorted(placed, key=lambda each: (_question(each).section.position, _question(each).position))


def _question(placed: Placed) -> Question:
    return placed.question if isinstance(placed, Answer) else placed


def _sheets(placed: Sequence[Placed], sections: dict[int, Section], rows: dict[int, BookRow]) -> tuple[BookSheet, ...]:
    by_section = groupby(placed, key=lambda each: _question(each).section_id)
    parts = [(sections[pk], [_any_row(each, rows) for each in inside]) for pk, inside in by_section]
    if len(parts) <= MOST_SHEETS:
        return tuple(BookSheet(section.title, section.intro, tuple(inside)) for section, inside in parts)
    flat: list[BookRow] = []
    for section, inside in parts:
        flat += [BookRow(key="", text=section.title, about=section.intro), *inside]
    return (BookSheet(_("Questions"), "", tuple(flat)),)


def _any_row(placed: Placed, rows: dict[int, BookRow]) -> BookRow:
    if isinstance(placed, Answer):
        return rows[placed.pk]
    return BookRow(key=f"{TEXT_TO_READ}{placed.key}", ref=placed.ref, text=placed.text, about=placed.help)


def _row(answer: Answer, condition: str, fields: Mapping[tuple[str, str], BookField]) -> BookRow:
    question = answer.question
    written = text_of(question, answer.value, is_not_applicable=answer.is_not_applicable)
    fits = fits_a_cell(written)
    cell = cell_of(question, answer.value, is_not_applicable=answer.is_not_applicable) if fits else ""
    how = how_to_answer(question) if fits else _("The answer is too long for a cell. Change it in the portal.")
    choices = choices_of(question)
    beside = companions_of(question)
    asked = answer.note and _("We ask: %(note)s") % {"note": answer.note}
    notes = (asked, how, _has_to_be_filled_in(beside), question.help, condition)
    return BookRow(
        key=question.key,
        ref=question.ref,
        text=question.text,
        about="\n".join(filter(None, notes)),
        answer=cell,
        comment=answer.comment,
        evidence="\n".join(each.file.name for each in answer.files),
        holds={Kind.NUMBER: "number", Kind.DATE: "day"}.get(Kind(question.kind), "text"),
        choices=choices,
        limits=None if choices else _limits(question),
        is_open=fits and (question.kind != Kind.FILE or bool(choices)),
        beside={
            fields[each.key, each.title].number: BookCell(answer.companions.get(each.key, ""), each.options)
            for each in beside
        },
    )


def _has_to_be_filled_in(fields: Iterable[Companion]) -> str:
    titles = ", ".join(f"“{each.title}”" for each in fields if each.required)
    return _("Fill in %(titles)s too.") % {"titles": titles} if titles else ""


def how_to_answer(question: Question) -> str:
    """What the cell takes, in words."""
    if question.kind == Kind.MULTI:
        labels = "; ".join(str(option.label) for option in options_of(question))
        return _("Several may apply, one a line: %(labels)s") % {"labels": labels}
    if question.kind == Kind.TABLE:
        columns = " | ".join(column["title"] for column in question.shape.get("columns", []))
        return _("One row a line, its parts between |: %(columns)s") % {"columns": columns}
    if question.kind == Kind.CONTACT:
        labels = ", ".join(f"{label}:" for label in contact_labels().values())
        return _("One part a line, each after its name: %(names)s") % {"names": labels}
    if question.kind == Kind.FILE:
        return _("Send the file in the portal: %(kinds)s.") % {"kinds": file_kinds_in_words(question)}
    if question.kind == Kind.NUMBER:
        return _number_in_words(question)
    sentences = {
        Kind.DATE: _("A day, like 2026-06-30."),
        Kind.DATE_RANGE: _("Two days, like 2026-01-01 to 2026-12-31."),
        Kind.LOCATION: _("Countries, in English, parted by commas."),
        Kind.SHORT_TEXT: _("One line."),
    }
    return sentences.get(Kind(question.kind), "")


def _number_in_words(question: Question) -> str:
    least, most = question.shape.get("min"), question.shape.get("max")
    unit = question.shape.get("unit", "")
    if least is not None and most is not None:
        words = _("A number from %(least)s to %(most)s") % {"least": least, "most": most}
    elif least is not None:
        words = _("A number, %(least)s or more") % {"least": least}
    else:
        words = _("A number, %(most)s or less") % {"most": most} if most is not None else _("A number")
    return (_("%(number)s, in %(unit)s.") if unit else _("%(number)s.")) % {"number": words, "unit": unit}


def _limits(question: Question) -> Limits | None:
    """Not where "Not applicable" may stand in the cell as well: a cell has one rule."""
    if question.allows_na or question.kind not in (Kind.NUMBER, Kind.DATE):
        return None
    least, most = question.shape.get("min"), question.shape.get("max")
    return Limits("date" if question.kind == Kind.DATE else "number", least, most, how_to_answer(question))


def _instructions(
    assessment: Assessment, answers: Sequence[Answer], sheets: Sequence[BookSheet]
) -> Iterable[tuple[str, str]]:
    count = len(answers)
    yield _("Asked by"), f"{assessment.sent_by.name}, {settings.ORGANISATION_NAME}"
    yield _("Asked of"), assessment.vendor.name
    yield _("Due"), day_in_words(assessment.due_on)
    yield _("Questions"), ngettext("%(count)s question", "%(count)s questions", count) % {"count": count}
    if assessment.message:
        yield _("Message"), assessment.message
    if assessment.version.intro:
        yield _("About it"), assessment.version.intro
    yield "", ""
    yield _("How to fill it in"), _("Fill in the light yellow cells. Everything else is locked and stays as it is.")
    for sentence in (
        _("Choose an answer where the cell has a list. Write it in words where it has none."),
        _("Say in the comment what is there, what is not and until when, wherever the answer is not the good one."),
        _("“Not applicable” needs its reason in the comment."),
        _("Files are sent in the portal. Write their names here, and we tell you where they are still missing."),
        _("An empty cell takes nothing away: what stands in the portal stays."),
        _(
            "Save it as an Excel workbook (.xlsx) and upload it on the page you have it from. You see what would "
            "change before anything does."
        ),
    ):
        yield "", sentence
    yield "", ""
    for number, sheet in enumerate(sheets):
        asked = sum(row.is_asked for row in sheet.rows)
        yield _("Sheets") if not number else "", _("%(title)s: %(count)s") % {"title": sheet.title, "count": asked}
