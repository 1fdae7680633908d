"""The reading of a report in a story: what the worker does after the upload, and what the reviewer makes of it."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from procurement.demo.paper import Paper
from procurement.demo.story import Story
from procurement.reviews.models import Review
from vendors.reports import services as reports
from vendors.reports.facts import RecordedFacts, Row, recorded_facts
from vendors.reports.models import Report, ReportReading
from vendors.reports.models.readings import ReadingState
from vendors.reports.proposals import ROWS
from vendors.reports.services.proposals import still_to_see
from vendors.reports.taking import row_on_file


def have_it_read(story: Story, report: Report, on: date) -> ReportReading:
    """What the worker does after the upload, without waiting for one."""
    return reports.perform_reading(reading_id=report.readings.get().pk, now=story.at(on), on=on)


def record_with_the_reader(story: Story, review: Review, report: Report, paper: Paper, on: date) -> Report:
    """The reviewer accepts what the reading states without contradiction, looks at each, and types what it left open.

    A file that could not be read is typed as a whole.
    """
    reading = have_it_read(story, report, on)
    if reading.state != ReadingState.READ:
        return story.record_facts(review, report, paper, on)
    story.open_report(review, report, on)
    act: dict[str, Any] = {"by": story.cast.reviewer, "on": on}
    report = reports.accept_proposals(
        report=report, reading=reading, revision=report.revision, names=None, now=story.at(on), **act
    )
    reports.look_at_accepted(report=report, names=still_to_see(report), now=story.at(on), **act)
    return story.type_facts(report, _completed(recorded_facts(report), paper.facts), on)


def _completed(on_file: RecordedFacts, known: RecordedFacts) -> RecordedFacts:
    """What is known of the report, with the pages and rows as they were accepted where the reader found them."""
    rows: dict[str, Any] = {listed: _rows(getattr(on_file, listed), getattr(known, listed)) for listed in ROWS}
    return replace(known, pages={**known.pages, **on_file.pages}, **rows)


def _rows(accepted: tuple[Row, ...], known: tuple[Row, ...]) -> tuple[Row, ...]:
    """Accepted rows with their gaps filled, then those that only a person found."""
    pairs = [(row, row_on_file(row, known)) for row in accepted]
    taken = [theirs for _mine, theirs in pairs if theirs is not None]
    return (*(_filled(mine, theirs) for mine, theirs in pairs), *(row for row in known if row not in taken))


def _filled(mine: Row, theirs: Row | None) -> Row:
    if theirs is None:
        return mine
    gaps: Any = {part.name: getattr(theirs, part.name) for part in fields(mine) if not getattr(mine, part.name)}
    return replace(mine, **gaps)
