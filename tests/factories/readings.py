"""What the reader found in a report, without waiting for the child that reads: the sample report's content, changed."""

import json
from copy import deepcopy
from functools import cache
from typing import Any

from tests.factories.reports import sample_pdf
from vendors.calendar import clock
from vendors.reading import RULES_VERSION, read_report
from vendors.reading.contract import as_json
from vendors.reports.models import Report, ReportReading
from vendors.reports.models.readings import ReadingState


@cache
def _read(pdf: bytes) -> str:
    return json.dumps(as_json(read_report(pdf)))


def content_of_sample(**changes: Any) -> dict[str, Any]:
    """What is read in `sample_pdf`; `changes` replace values, a mapping under `evidence` only parts of it."""
    content: dict[str, Any] = deepcopy(json.loads(_read(sample_pdf())))
    for fact, ground in changes.pop("evidence", {}).items():
        content["evidence"][fact] |= ground
    return {**content, **changes}


def finished_reading(report: Report, *, rules: int = RULES_VERSION, problem: str = "", **changes: Any) -> ReportReading:
    """The reading of a report by these rules, done. With a `problem` nothing was found."""
    return reading_with(report, {} if problem else content_of_sample(**changes), rules=rules, problem=problem)


def reading_with(
    report: Report, content: dict[str, Any], *, rules: int = RULES_VERSION, problem: str = ""
) -> ReportReading:
    """The reading of a report by these rules, done, with this content."""
    now = clock.now()
    state = ReadingState.UNREADABLE if problem else ReadingState.READ
    ended = {"state": state, "asked_at": now, "finished_at": now, "problem": problem, "content": content}
    return ReportReading.objects.update_or_create(report=report, rules=rules, defaults=ended)[0]


def conflict(*pages: int) -> dict[str, Any]:
    """The ground of a fact on which these pages disagree."""
    return {"page": None, "quote": "", "box": None, "also_on": [], "conflict_on": list(pages)}
