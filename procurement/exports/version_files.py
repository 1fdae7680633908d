"""A version of a questionnaire, draft or published, as a file: a blank form to fill in, or an OSCAL catalog."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from procurement.exports.oscal import Json
from procurement.exports.oscal_catalog import catalog
from procurement.exports.tables import MOST_FURTHER_FIELDS
from procurement.exports.words import Fact, day_of, kind_in_words
from procurement.exports.workbooks import Table, workbook
from procurement.listing.csv_files import as_csv
from procurement.questionnaires.companions import companions_of
from procurement.questionnaires.content import current_content
from procurement.questionnaires.models import QuestionnaireVersion
from procurement.questionnaires.version_page import Block, Line, blocks_of, sections_of
from vendors.calendar.clock import organisation_zone


@dataclass(frozen=True, kw_only=True)
class VersionRecord:
    """A version as its files show it. `content` is it in our own format, `blocks` the same with everything in words.

    made  when it was published; of a draft, when it is exported
    """

    title: str
    content: Json
    sha256: str
    state: str
    made: datetime
    blocks: list[Block]


def version_record(version: QuestionnaireVersion, *, now: datetime) -> VersionRecord:
    """Everything about the version, in a fixed number of queries."""
    return VersionRecord(
        title=str(version),
        content=current_content(version),
        sha256=version.sha256,
        state=str(QuestionnaireVersion.State(version.state).label),
        made=(version.published_at or now).astimezone(organisation_zone()),
        blocks=blocks_of(sections_of(version)),
    )


def version_as_workbook(record: VersionRecord) -> bytes:
    """What it is, and a row for each question with room for the answer."""
    facts: list[Fact] = [
        (_("Questionnaire"), record.title),
        (_("State"), record.state),
        (_("Published") if record.sha256 else _("Exported"), day_of(record.made)),
        (_("SHA-256"), record.sha256),
        (_("To begin with"), record.content["intro"]),
    ]
    columns = [(title, width) for title, width, _cell in _columns(record)]
    table = Table(_("Questions"), columns, _rows(record))
    return workbook([table], title=record.title, facts=[(name, text) for name, text in facts if text], made=record.made)


def version_as_csv(record: VersionRecord) -> bytes:
    return as_csv([title for title, _width, _cell in _columns(record)], _rows(record))


def version_as_catalog(record: VersionRecord) -> bytes:
    return catalog(record.content, sha256=record.sha256, organisation=settings.ORGANISATION_NAME, changed=record.made)


def _rows(record: VersionRecord) -> list[list[str]]:
    columns = _columns(record)
    return [[cell(block, line) for _t, _w, cell in columns] for block in record.blocks for line in block.lines]


def _columns(record: VersionRecord) -> list[tuple[str, int, Callable[[Block, Line], str]]]:
    """Title, width in characters, and what stands in it; from the answer on they are for whoever answers."""
    return [
        (_("Section"), 24, _section),
        (_("Ref"), 9, lambda _block, line: line.question.ref),
        (_("Question"), 55, lambda _block, line: line.question.text),
        (_("Help"), 45, lambda _block, line: line.question.help),
        (_("Answered by"), 22, lambda _block, line: kind_in_words(line.question.kind)),
        (_("Details"), 40, lambda _block, line: "\n".join(line.facts)),
        (_("Asked only if"), 30, _asked_if),
        (_("Criteria"), 14, lambda _block, line: ", ".join(id for id, _description in line.criteria)),
        (_("Answer"), 30, lambda _block, _line: ""),
        (_("Comment"), 45, lambda _block, _line: ""),
        *((title, 30, lambda _block, _line: "") for title in _further_fields(record)),
    ]


def _further_fields(record: VersionRecord) -> list[str]:
    """Titles of the fields beside the answers, each once and as many as a table of answers shows; the details of a
    question say which are its own."""
    questions = (line.question for block in record.blocks for line in block.lines)
    titles = dict.fromkeys(each.title for question in questions for each in companions_of(question))
    return list(titles)[:MOST_FURTHER_FIELDS]


def _section(block: Block, _line: Line) -> str:
    return f"{block.above}: {block.section.title}" if block.above else block.section.title


def _asked_if(block: Block, line: Line) -> str:
    return "; ".join(filter(None, (block.condition, line.condition)))
