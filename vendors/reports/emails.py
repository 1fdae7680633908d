"""Mail about reports: who gets it, with which facts. The words stand in templates/vendors/reports/email/.

Every mail names what it is about, so that the act which makes it pointless calls it back.
"""

import textwrap
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from vendors.contacts.models import Contact
from vendors.correspondence.services import queue_email
from vendors.people.actors import Actor
from vendors.reports.models import Report, ReportRequest, SuccessorStatement

FOLDER = "vendors/reports/email"


def about_request(request: ReportRequest) -> str:
    """How mail and reminders name this request: "report-request:12"."""
    return f"report-request:{request.pk}"


def about_report(report: Report) -> str:
    """How mail names this report: "report:7"."""
    return f"report:{report.pk}"


def mail_request(request: ReportRequest, *, nda: str, by: Actor, now: datetime) -> None:
    """Ask the contact: what, for which period, by when, under which NDA (empty: one is still to be accepted)."""
    _to_contact(request, "report_requested", {"nda": nda}, by=by, now=now)


def mail_new_due_date(request: ReportRequest, *, by: Actor, now: datetime) -> None:
    _to_contact(request, "due_date_changed", {}, by=by, now=now)


def mail_cancelled(request: ReportRequest, *, by: Actor, now: datetime) -> None:
    _to_contact(request, "request_cancelled", {}, by=by, now=now)


def mail_sent_back(report: Report, request: ReportRequest, *, by: Actor, now: datetime) -> None:
    """Tell the contact that the report does not answer the request, and why."""
    _to_contact(request, "report_sent_back", {"report": report}, by=by, now=now)


def mail_not_ready(request: ReportRequest, *, by: Actor, now: datetime) -> None:
    """Tell whoever asked that the vendor named a later date."""
    _to_requester(request, "not_ready", {}, by=by, now=now)


def mail_arrived(report: Report, *, by: Actor, now: datetime) -> None:
    """Tell whoever asked that the report is here; silent when they uploaded it themselves."""
    if report.request is not None and report.request.requested_by_id != by.pk:
        _to_requester(report.request, "report_arrived", {"report": report}, by=by, now=now)


def mail_next_report_named(statement: SuccessorStatement, *, by: Actor, now: datetime) -> None:
    """Tell whoever asked when the next report will come; silent when they wrote it down themselves."""
    if statement.request is not None and statement.request.requested_by_id != by.pk:
        _to_requester(statement.request, "next_report_named", {"statement": statement}, by=by, now=now)


def mail_receipt(report: Report, contact: Contact, *, by: Actor, now: datetime) -> None:
    """The receipt for whoever uploaded: file name, size, SHA-256, time."""
    _queue(
        "receipt",
        to=(contact.email, contact.name),
        recipient_id=contact.user_id,
        about=about_report(report),
        vendor_id=report.vendor_id,
        context={
            "report": report,
            "file": report.file,
            # A hash in one piece is wider than a phone; the text part has it unbroken.
            "spaced_sha256": " ".join(textwrap.wrap(report.file.sha256, 16)),
            "link": _link("reports:receipt", report.pk),
        },
        by=by,
        now=now,
    )


def _to_contact(request: ReportRequest, name: str, context: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    contact = request.contact
    if contact is None or not contact.is_active:
        return
    asker = request.requested_by
    _queue(
        name,
        to=(contact.email, contact.name),
        recipient_id=contact.user_id,
        about=about_request(request),
        vendor_id=request.vendor_id,
        context={
            **context,
            "asked": request,
            "asker": asker,
            "by": by,
            "link": _link("reports:request", request.pk),
            "not_ready_link": _link("reports:not-ready", request.pk),
        },
        reply_to=(asker.email, asker.name) if asker else None,
        by=by,
        now=now,
    )


def _to_requester(request: ReportRequest, name: str, context: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    asker = request.requested_by
    if asker is None or not asker.is_active:
        return
    _queue(
        name,
        to=(asker.email, asker.name),
        recipient_id=asker.pk,
        about=about_request(request),
        vendor_id=request.vendor_id,
        context={
            **context,
            "asked": request,
            "by": by,
            "link": f"{settings.BASE_URL}{request.vendor.get_absolute_url()}",
        },
        by=by,
        now=now,
    )


def _queue(name: str, **message: Any) -> None:
    queue_email(template=f"{FOLDER}/{name}", **message)


def _link(name: str, pk: int) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=[pk])}"
