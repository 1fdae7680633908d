"""Requests and reports, made through the real acts with one sensible default each."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from procurement.demo.sample_report import FACT_PAGES, SampleReport, sample_report
from tests.factories.told import told_once
from tests.factories.vault import pdf_bytes, upload
from vendors.calendar import clock
from vendors.calendar.days import plus_months
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Actor
from vendors.reports import services
from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts, SubserviceRow
from vendors.reports.models import Report, ReportRequest, SuccessorStatement
from vendors.vault.models import StoredFile
from vendors.vault.services import seal_upload

PERIOD_DAYS = 365


@told_once
def report_request(vendor: Vendor, *, by: Actor, contact: Contact | None = None, **changes: Any) -> ReportRequest:
    """A request for the latest SOC 2 Type II report, due in four weeks."""
    asked: dict[str, Any] = {
        "vendor": vendor,
        "contact": contact,
        "due_on": clock.today() + timedelta(days=28),
        "by": by,
        "now": clock.now(),
        "on": clock.today(),
    }
    return services.request_report(**{**asked, **changes})


@told_once
def received_report(
    vendor: Vendor,
    *,
    by: Actor,
    request: ReportRequest | None = None,
    content: bytes | None = None,
    name: str = "quillhaven-soc2.pdf",
    now: datetime | None = None,
) -> Report:
    """A report of twelve empty pages under the vendor's NDA in force."""
    return services.receive_report(
        vendor=vendor,
        request=request,
        upload=upload(content or pdf_bytes(pages=12), name=name),
        nda=nda_in_force(vendor, clock.today()),
        by=by,
        now=now or clock.now(),
        on=clock.today(),
    )


def last_period(on: date | None = None) -> tuple[date, date]:
    """A year that ended with a month, two to three months ago: recent enough to be current, old enough to be signed."""
    end = ((on or clock.today()) - timedelta(days=60)).replace(day=1) - timedelta(days=1)
    return end - timedelta(days=PERIOD_DAYS - 1), end


def whole_facts(**changes: Any) -> RecordedFacts:
    """Everything a SOC 2 Type II report states, unqualified, with one exception."""
    start, end = last_period()
    whole = RecordedFacts(
        kind="soc2",
        type="type2",
        service_organization="Quillhaven Software, Inc.",
        system_name="People Cloud",
        categories=["security", "availability", "confidentiality"],
        period_start=start,
        period_end=end,
        report_date=end + timedelta(days=20),
        auditor="Rookhope CPA Group",
        opinion="unqualified",
        controls_tested=26,
        pages={"kind": 1, "period_start": 3, "period_end": 3, "opinion": 4, "report_date": 4},
        exceptions=(
            ExceptionRow(
                criterion="CC6.2",
                control="QH-10",
                description="For 2 of the 25 leavers tested, access was withdrawn late.",
                sample="2 of 25",
                response="The leaver's form now reaches the access team at once.",
                page=10,
            ),
        ),
        cuecs=(
            CuecRow(reference="CUEC-1", text="User entities withdraw access of leavers.", criterion="CC6.2", page=8),
        ),
        subservice=(
            SubserviceRow(name="Tarnfield Hosting, Inc.", service="managed hosting", method="carve_out", page=7),
        ),
    )
    return replace(whole, **changes)


def recorded(report: Report, facts: RecordedFacts | None = None, *, by: Actor) -> Report:
    """The report with its facts recorded, all of them unless given."""
    return services.record_facts(
        report=report,
        facts=facts or whole_facts(),
        revision=report.revision,
        by=by,
        now=clock.now(),
        on=clock.today(),
    )


@told_once
def accepted_report(vendor: Vendor, *, by: Actor, facts: RecordedFacts | None = None, **changes: Any) -> Report:
    """A report received, read and accepted by a reviewer."""
    report = recorded(received_report(vendor, by=by, **changes), facts, by=by)
    return services.accept_report(report=report, revision=report.revision, by=by, now=clock.now(), on=clock.today())


def sealed_letter(vendor: Vendor, *, by: Actor, name: str = "bridge.pdf") -> StoredFile:
    """A letter of the vendor, sealed as an upload is."""
    return seal_upload(upload=upload(name=name), purpose="statement", vendor_id=vendor.pk, by=by, at=clock.now())


def bridge_letter(report: Report, *, by: Actor, until: date | None = None, **changes: Any) -> SuccessorStatement:
    """A bridge letter for two months after the report's period."""
    assert report.period_end is not None
    said: dict[str, Any] = {
        "report": report,
        "stated_on": clock.today(),
        "stated_by": "Jonah Pell, Quillhaven",
        "letter": sealed_letter(report.vendor, by=by),
        "bridges_until": until or plus_months(report.period_end, 2),
        "by": by,
        "now": clock.now(),
        "on": clock.today(),
    }
    return services.record_successor_statement(**{**said, **changes})


def next_report_named(report: Report, *, by: Actor, **changes: Any) -> SuccessorStatement:
    """The vendor named the year after the report's period, expected 45 days after it ends."""
    assert report.period_end is not None
    end = plus_months(report.period_end, 12)
    said: dict[str, Any] = {
        "report": report,
        "period_start": report.period_end + timedelta(days=1),
        "period_end": end,
        "expected_on": end + timedelta(days=45),
        "stated_on": clock.today(),
        "stated_by": "Jonah Pell, Quillhaven",
        "by": by,
        "now": clock.now(),
        "on": clock.today(),
    }
    return services.record_successor_statement(**{**said, **changes})


def sample_pdf() -> bytes:
    """A report that looks like one, for browsers and for reading back; its period is the last one of that day."""
    return _sample_pdf(*last_period())


@cache
def _sample_pdf(start: date, end: date) -> bytes:
    return sample_report(SampleReport(start, end))


def sample_upload(name: str = "Quillhaven-SOC2.pdf") -> SimpleUploadedFile:
    return upload(sample_pdf(), name=name)


def facts_of_sample() -> RecordedFacts:
    """What `sample_pdf` says, with the pages on which it says so."""
    return whole_facts(
        report_date=SampleReport(*last_period()).signed_on,
        pages={fact: FACT_PAGES[fact] for fact in ("kind", "opinion", "report_date", "categories", "auditor")},
    )
