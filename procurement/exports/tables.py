"""The answers as one flat table, a row for each question: what the workbook and the CSV file hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from procurement.exports import words
from procurement.exports.record import Answered, AssessmentRecord
from procurement.listing.csv_files import as_csv

MOST_FURTHER_FIELDS = 24


@dataclass(frozen=True)
class Column:
    """One column; `width` in characters, for the workbook."""

    title: str
    width: int
    cell: Callable[[Answered], str]


def columns_of(record: AssessmentRecord) -> list[Column]:
    """The columns of this copy: a vendor's has none that are ours alone."""
    return [*_said(), *_further_fields(record), *_beside(), *(_ours() if record.is_ours else [])]


def answers_as_csv(record: AssessmentRecord) -> bytes:
    """The table as CSV, behind columns that say whose answers they are."""
    columns = columns_of(record)
    whose = [record.vendor.name, words.version_in_words(record)]
    header = [_("Vendor"), _("Questionnaire"), *(column.title for column in columns)]
    return as_csv(header, ([*whose, *(column.cell(each) for column in columns)] for each in record.answers))


def _said() -> list[Column]:
    return [
        Column(_("Section"), 24, words.section_in_words),
        Column(_("Ref"), 9, lambda each: each.ref),
        Column(_("Question"), 50, lambda each: each.question),
        Column(_("State"), 17, words.stands_in_words),
        Column(_("Answer"), 30, lambda each: each.answer),
        Column(_("Not applicable"), 10, lambda each: _("yes") if each.is_not_applicable else ""),
        Column(_("Comment"), 45, lambda each: each.comment),
    ]


def _further_fields(record: AssessmentRecord) -> list[Column]:
    """A column for each, by its title; one for all of them where a spreadsheet could not show so many."""
    titles = list(dict.fromkeys(field.title for each in record.answers for field in each.companions))
    if len(titles) > MOST_FURTHER_FIELDS:
        return [Column(_("Further fields"), 40, lambda each: _lines(words.further_in_words(each)))]
    return [Column(title, 30, partial(_said_in, title)) for title in titles]


def _said_in(title: str, answered: Answered) -> str:
    return _lines(field.said for field in answered.companions if field.title == title)


def _beside() -> list[Column]:
    return [
        Column(_("Files"), 40, lambda each: _lines(words.file_in_words(file) for file in each.files)),
        Column(_("Answered by"), 24, words.answered_in_words),
        Column(_("By the report"), 40, words.report_in_words),
        Column(_("Last year"), 30, words.last_year_in_words),
        Column(_("What we asked"), 35, lambda each: each.judgement.note if each.judgement else ""),
    ]


def _ours() -> list[Column]:
    return [
        Column(_("Asked only if"), 30, lambda each: each.because),
        Column(_("Judged by"), 24, words.judged_in_words),
        Column(_("Second reviewer"), 24, words.seconded_in_words),
        Column(_("Points"), 11, lambda each: words.worth_in_words(each.worth)),
        Column(_("Rating"), 40, lambda each: _lines(words.ratings_in_words(each.worth))),
        Column(_("Flags"), 30, lambda each: _lines(words.flag_in_words(flag) for flag in each.flags)),
        Column(_("Findings"), 40, lambda each: _lines(words.finding_in_words(found) for found in each.findings)),
        Column(_("Criteria"), 14, lambda each: ", ".join(each.criteria)),
    ]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
