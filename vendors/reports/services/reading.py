"""Having a report read, by a task outside of any transaction, and keeping what was found. Facts are never touched."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from vendors.confinement.errors import ConfinedJobFailed
from vendors.ledger.services import record
from vendors.nudging.services import nudge_after_commit
from vendors.people.actors import SYSTEM, Actor, Refused
from vendors.reading import RULES_VERSION
from vendors.reports import access
from vendors.reports.models import Report, ReportReading
from vendors.reports.models.readings import ReadingState
from vendors.reports.models.reports import ReportState
from vendors.reports.ocr import read_whole
from vendors.reports.services.changing import tell_it_changed
from vendors.reports.services.locking import locked_report
from vendors.reports.wording import named
from vendors.vault.services import open_for_reading

READ_REPORT = "reports.read_report"
SECONDS = 60.0  # a report of 3,000 pages; nobody waits at a page for it
PURPOSE = "reading"
A_NUDGE_TAKES = timedelta(minutes=2)
MOST_AT_ONCE = 50
WORTH_READING = [ReportState.RECEIVED, ReportState.WITHDRAWN, ReportState.ACCEPTED]


def ask_to_read(report: Report, *, now: datetime) -> ReportReading:
    """A reading that waits, and a nudge after the commit. Part of the act that brought the report.

    A reading of the same rules that ended without result begins anew.
    """
    anew: dict[str, Any] = {"state": ReadingState.WAITING, "asked_at": now, "finished_at": None, "problem": ""}
    anew |= {"content": {}, "set_aside": {}}
    reading, _new = ReportReading.objects.update_or_create(report=report, rules=RULES_VERSION, defaults=anew)
    nudge_after_commit(READ_REPORT, reading.pk)
    return reading


@transaction.atomic
def read_again(*, report: Report, by: Actor, now: datetime, on: date) -> ReportReading:
    """Have a report read by the rules of today. Facts on file stay as they are.

    Raises NotAllowed; Refused when these rules have read it, or when the file may not be opened.
    """
    report = locked_report(report)
    access.check_can_read_again(by, report, on)
    reading = ask_to_read(report, now=now)
    record(
        by=by,
        verb="report.reading_asked",
        sentence=_("%(report)s: asked to be read again") % {"report": named(report)},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details={"rules": reading.rules},
    )
    return reading


def perform_reading(*, reading_id: int, now: datetime, on: date) -> ReportReading:
    """Read one report in the confined child and keep what was found, once. Called again it changes nothing.

    What cannot be read ends with a sentence. When this machine is busy the reading stays waiting for the next scan.
    """
    reading = ReportReading.objects.select_related("report__vendor", "report__file").get(pk=reading_id)
    report = reading.report
    if not _is_due(reading):
        return reading
    try:
        access.check_nda(report.vendor, on)
        content = read_whole(open_for_reading(report.file, by=SYSTEM, purpose=PURPOSE, at=now), timeout=SECONDS)
    except Refused as reason:
        return _keep(reading_id, {}, str(reason), now)
    except ConfinedJobFailed as failure:
        if failure.code == "busy":
            return reading
        return _keep(reading_id, {}, str(failure), now)
    return _keep(reading_id, content, content["reason"] or "", now)


def waiting_readings(*, now: datetime) -> list[int]:
    """The readings that a lost nudge left behind, and one for each report that these rules have not read yet.

    Newest reports first, and no more than one run can do.
    """
    for report in _unread_reports()[:MOST_AT_ONCE]:
        with transaction.atomic():
            ReportReading.objects.get_or_create(
                report=report, rules=RULES_VERSION, defaults={"asked_at": now - A_NUDGE_TAKES}
            )
    waiting = ReportReading.objects.waiting().filter(
        rules=RULES_VERSION, asked_at__lte=now - A_NUDGE_TAKES, report__state__in=WORTH_READING
    )
    return list(waiting.order_by("-report__received_at", "-pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


def _unread_reports() -> QuerySet[Report]:
    read = ReportReading.objects.filter(report=OuterRef("pk"), rules=RULES_VERSION)
    unread = Report.objects.filter(~Exists(read), state__in=WORTH_READING, file__destroyed_at__isnull=True)
    return unread.order_by("-received_at", "-pk")


def _is_due(reading: ReportReading) -> bool:
    waits = reading.state == ReadingState.WAITING and reading.rules == RULES_VERSION
    return waits and reading.report.state in WORTH_READING


@transaction.atomic
def _keep(reading_id: int, content: dict[str, Any], problem: str, now: datetime) -> ReportReading:
    reading = ReportReading.objects.select_for_update(of=("self",)).select_related("report__vendor").get(pk=reading_id)
    if reading.state != ReadingState.WAITING:
        return reading
    report = reading.report
    reading.state = ReadingState.UNREADABLE if problem else ReadingState.READ
    reading.content, reading.problem, reading.finished_at = content, problem[:300], now
    reading.save(update_fields=["state", "content", "problem", "finished_at"])
    found = {} if problem else _counts(content)
    record(
        by=SYSTEM,
        verb="report.read",
        sentence=_sentence(report, found, problem),
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details={"rules": reading.rules, "problem": problem, **found},
    )
    tell_it_changed(report)
    return reading


def _counts(content: dict[str, Any]) -> dict[str, int]:
    grounds = content["evidence"].values()
    return {
        "facts": sum(1 for ground in grounds if ground["page"]),
        "conflicts": sum(1 for ground in grounds if ground["conflict_on"]),
        "exceptions": len(content["exceptions"]),
        "cuecs": len(content["cuecs"]),
        "subservice_organizations": len(content["subservice_organizations"]),
    }


def _sentence(report: Report, found: dict[str, int], problem: str) -> str:
    if problem:
        return _("%(report)s could not be read: %(problem)s") % {"report": named(report), "problem": problem}
    return _(
        "%(report)s read. Facts found: %(facts)s, exceptions: %(exceptions)s, user entity controls: %(cuecs)s, "
        "subservice organizations: %(subservice_organizations)s"
    ) % {"report": named(report), **found}
