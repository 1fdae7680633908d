"""Recording what a person read in a report, as a draft or whole, and checking its auditor."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from vendors.ledger.services import record
from vendors.people.actors import Actor, Refused
from vendors.reports import access
from vendors.reports.citations import of_changed_row, still_true
from vendors.reports.facts import COLUMNS, RecordedFacts, Row, recorded_facts
from vendors.reports.models import AuditorFirm, Cuec, Report, ReportException, SubserviceOrganization
from vendors.reports.possible import check_possible
from vendors.reports.services.locking import locked_report
from vendors.reports.wording import fact_named, named

ROW_MODELS: dict[str, type[models.Model]] = {
    "exceptions": ReportException,
    "cuecs": Cuec,
    "subservice": SubserviceOrganization,
}


@transaction.atomic
def record_facts(*, report: Report, facts: RecordedFacts, revision: int, by: Actor, now: datetime, on: date) -> Report:
    """Keep the facts of a report, complete or not; `revision` is the one the person's form was opened with.

    Rows with a `pk` replace that row, rows without are added, and rows that are not named any more are removed.
    Saving what stands there already changes nothing. What was taken from a reading and is changed loses its quotation.
    Raises NotAllowed; Refused when somebody changed the facts
    since, or when the report is not open for it; ImpossibleFacts (a Refused) for values that no report can hold.
    """
    report = locked_report(report)
    access.check_can_record_facts(by, report, on)
    check_revision(report, revision)
    check_possible(facts, on=on, page_count=report.page_count)
    before = recorded_facts(report)
    if facts == before:
        return report
    report.citations = still_true(report.citations, before, facts)
    report = write_facts(report, facts)
    record(
        by=by,
        verb="report.facts_recorded",
        sentence=_("Facts recorded, %(report)s: %(what)s")
        % {"report": named(report), "what": ", ".join(_changed(before, facts))},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details={"revision": report.revision, "changed": _changed(before, facts)},
    )
    return report


def write_facts(
    report: Report, facts: RecordedFacts, citing: Mapping[str, Mapping[int, dict[str, Any]]] | None = None
) -> Report:
    """Put facts in the place of those on file; part of the acts that change them.

    citing  citations of the rows that are new: list -> number of the row in `facts` -> citation
    """
    for name in COLUMNS:
        setattr(report, name, getattr(facts, name))
    report.auditor = firm_named(facts.auditor)
    report.revision += 1
    report.save()
    for listed in ROW_MODELS:
        _replace_rows(report, listed, getattr(facts, listed), (citing or {}).get(listed, {}))
    return locked_report(report)


@transaction.atomic
def check_auditor(*, firm: AuditorFirm, checked_on: date, note: str, by: Actor, now: datetime, on: date) -> AuditorFirm:
    """Write down that the firm's licence and peer review were looked up; true for every report it signs.

    Raises NotAllowed for whoever may not, Refused for a day to come and without a note of what was found.
    """
    firm = AuditorFirm.objects.select_for_update().get(pk=firm.pk)
    access.check_can_check_auditor(by)
    if checked_on > on:
        raise Refused(_("The firm cannot have been checked on a day to come."), field="auditor_checked_on")
    if not note.strip():
        raise Refused(_("Say what was looked up and what it showed."), field="auditor_check_note")
    firm.checked_on = checked_on
    firm.checked_by = by.label
    firm.check_note = note.strip()
    firm.save()
    record(
        by=by,
        verb="auditor.checked",
        sentence=_("Auditor %(firm)s checked: %(note)s") % {"firm": firm.name, "note": firm.check_note},
        at=now,
        subject=("auditor", firm.pk),
        details={"checked_on": checked_on},
    )
    return firm


def check_revision(report: Report, revision: int) -> None:
    """Raises Refused when the facts changed since the person's form was opened."""
    if report.revision != revision:
        raise Refused(
            _("Somebody changed these facts after you opened the page. Compare with what stands there now, then save.")
        )


def firm_named(name: str) -> AuditorFirm | None:
    """The firm of this name, however it is capitalised; put on file when it is new. None for no name."""
    name = " ".join(name.split())
    if not name:
        return None
    return AuditorFirm.objects.filter(name__iexact=name).first() or AuditorFirm.objects.create(name=name)


def _replace_rows(report: Report, listed: str, rows: Sequence[Row], citing: Mapping[int, dict[str, Any]]) -> None:
    model: Any = ROW_MODELS[listed]
    mine = {row.pk: row for row in model.objects.filter(report=report)}
    kept = [row.pk for row in rows if row.pk in mine]
    model.objects.filter(report=report).exclude(pk__in=kept).delete()
    for number, row in enumerate(rows):
        values = {name: value for name, value in vars(row).items() if name != "pk"}
        stored = mine.get(row.pk) if row.pk is not None else None
        if stored is None:
            model.objects.create(report=report, citation=citing.get(number, {}), **values)
        elif any(getattr(stored, name) != value for name, value in values.items()):
            stored.citation = of_changed_row(listed, stored.citation, stored, row)
            for name, value in values.items():
                setattr(stored, name, value)
            stored.save()


def _changed(before: RecordedFacts, after: RecordedFacts) -> list[str]:
    """The names of the facts that differ, as a reader of the ledger knows them."""
    names = [*COLUMNS, "auditor", *ROW_MODELS]
    return [fact_named(name) for name in names if getattr(before, name) != getattr(after, name)]
