"""Filling an empty field of a row on file with what a newer reading found."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.ledger.services import record
from vendors.people.actors import Actor, Refused
from vendors.reports import access, queries
from vendors.reports.facts import recorded_facts
from vendors.reports.gaps import Gap
from vendors.reports.models import Report, ReportReading
from vendors.reports.models.readings import ReadingState
from vendors.reports.possible import check_possible
from vendors.reports.services.facts import ROW_MODELS, check_revision, write_facts
from vendors.reports.services.locking import locked_report
from vendors.reports.wording import named, part_named


@transaction.atomic
def fill_gap(
    *, report: Report, reading: ReportReading, revision: int, name: str, by: Actor, now: datetime, on: date
) -> Report:
    """Take one field of a row over that older rules left empty, with its page and words.

    name  of the gap (`vendors.reports.gaps.Gap`)
    Filled already it changes nothing. Raises NotAllowed; Refused when the facts changed since the page was opened, and
    for what this reading does not find; ImpossibleFacts when it cannot be true.
    """
    report = locked_report(report)
    access.check_can_record_facts(by, report, on)
    check_revision(report, revision)
    gap = _gap(report, reading, name)
    facts = recorded_facts(report)
    rows: Any = tuple(
        replace(row, **{gap.field: gap.value}) if row.pk == gap.row else row for row in getattr(facts, gap.listed)
    )
    facts = replace(facts, **{gap.listed: rows})
    check_possible(facts, on=on, page_count=report.page_count)
    report = write_facts(report, facts)
    _cite(gap, reading, by, now)
    record(
        by=by,
        verb="report.gap_filled",
        sentence=_("Filled from the reading, %(report)s: %(what)s")
        % {"report": named(report), "what": part_named(gap.listed, gap.field)},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details={"reading": reading.pk, "rules": reading.rules, "gap": gap.name, "page": gap.ground.page},
    )
    return report


def _gap(report: Report, reading: ReportReading, name: str) -> Gap:
    found = queries.gaps_in(report, reading) if _is_of(report, reading) else []
    gap = next((each for each in found if each.name == name), None)
    if gap is None:
        raise Refused(_("Nothing is left to fill here. Open the page again."))
    return gap


def _is_of(report: Report, reading: ReportReading) -> bool:
    return reading.report_id == report.pk and reading.state == ReadingState.READ


def _cite(gap: Gap, reading: ReportReading, by: Actor, now: datetime) -> None:
    """Keep where the field stands, and who took it from which reading, beside the citation of its row."""
    model: Any = ROW_MODELS[gap.listed]
    row = model.objects.get(pk=gap.row)
    ground = gap.ground
    row.citation.setdefault("parts", {})[gap.field] = {
        "page": ground.page,
        "quote": ground.quote,
        "box": list(ground.box),
        "name": gap.name,
        "reading": reading.pk,
        "taken_by": by.label,
        "taken_at": now.isoformat(),
    }
    row.save(update_fields=["citation"])
