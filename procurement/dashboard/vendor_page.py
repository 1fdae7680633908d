"""What the vendor's page shows, tab by tab."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from procurement.clearance.queries import answer_for
from procurement.dashboard.coverage import coverage_of
from procurement.listing.lists import Segment, page_of
from procurement.policy import queries as policy_queries
from procurement.renewals import queries as renewals_queries
from procurement.reviews import access as reviews_access
from procurement.reviews.access import findings_visible_to
from vendors.contacts import access as contacts_access
from vendors.contacts import queries as contacts_queries
from vendors.correspondence import access as mail_access
from vendors.correspondence import queries as mail_queries
from vendors.directory.models import Vendor
from vendors.ledger import queries as ledger_queries
from vendors.ndas import queries as ndas_queries
from vendors.people.actors import Actor, Role
from vendors.reports import queries as reports_queries
from vendors.reports.currency import Currency, currency_of
from vendors.reports.models import Report, ReportRequest
from vendors.reports.systems import statements_of
from vendors.vault import queries as vault_queries

TABS = ("overview", "reports", "evidence", "ndas", "reviews", "contacts", "reminders", "custody", "ledger")


@dataclass(frozen=True)
class Visit:
    """Who looks at which vendor, on which day and at which moment, at which page of a long list."""

    vendor: Vendor
    user: Actor
    on: date
    now: datetime
    page: str | None


def context(vendor: Vendor, user: Actor, *, on: date, now: datetime, tab: str, page: str | None) -> dict[str, Any]:
    """Everything the chosen tab shows, besides the head of the page."""
    tab = tab if tab in TABS else "overview"
    report = reports_queries.latest_accepted(vendor)
    answer = answer_for(vendor, on=on)
    shared = {
        "vendor": vendor,
        "tab": tab,
        "tabs": _tabs(vendor, tab),
        "answer": answer,
        "approvals": answer.approvals,
        "currency": _currency(report, on),
        "engagements": vendor.engagements.select_related("owner"),
        "open_reviews": answer.open_reviews,
        "may_act": Role.REVIEWER in user.roles,
        "reads_nda": bool(user.roles & {Role.REVIEWER, Role.AUDITOR}),
        "on": on,
    }
    parts = {
        "overview": _overview,
        "reports": _reports,
        "evidence": _evidence,
        "ndas": _ndas,
        "reviews": _reviews,
        "contacts": _contacts,
        "reminders": _reminders,
        "custody": _custody,
        "ledger": _ledger,
    }
    return {**shared, **parts[tab](Visit(vendor, user, on, now, page))}


def _tabs(vendor: Vendor, current: str) -> list[Segment]:
    entries = ledger_queries.entries_about(vendor.pk).count()
    counts = {
        "overview": (_("Overview"), None),
        "reports": (_("Reports"), vendor.reports.count()),
        "evidence": (_("Other evidence"), vendor.evidence.on_file().count()),
        "ndas": (_("NDA"), vendor.ndas.count()),
        "reviews": (_("Reviews"), vendor.reviews.count()),
        "contacts": (_("Contacts"), vendor.contacts.count()),
        "reminders": (_("Reminders and mail"), None),
        "custody": (_("Custody"), None),
        "ledger": (_("Ledger"), entries),
    }
    return [
        Segment(key, label, count, key == current, f"?tab={key}" if key != "overview" else "?")
        for key, (label, count) in counts.items()
    ]


def _overview(visit: Visit) -> dict[str, Any]:
    return {
        **_reports(visit),
        "nda": ndas_queries.nda_in_force(visit.vendor.pk, visit.on),
        "coverage": coverage_of(visit.vendor, on=visit.on),
        "findings": findings_visible_to(visit.user)
        .open()
        .filter(review__vendor=visit.vendor)
        .select_related("owner", "review")
        .order_by("due_on"),
        "entries": ledger_queries.entries_about(visit.vendor.pk)[:6],
        "people": contacts_queries.contacts_of(visit.vendor.pk),
    }


def _reports(visit: Visit) -> dict[str, Any]:
    opened_by = Count("file__custody__who", filter=Q(file__custody__action__in=vault_queries.OPENINGS), distinct=True)
    return {
        "reports": reports_queries.reports_of(visit.vendor).annotate(
            opened_by=opened_by, exception_count=Count("exceptions", distinct=True)
        ),
        "requests": ReportRequest.objects.filter(vendor=visit.vendor).select_related("contact__user", "requested_by"),
        "statements": reports_queries.statements_about(visit.vendor),
    }


def _evidence(visit: Visit) -> dict[str, Any]:
    papers = list(reports_queries.evidence_of(visit.vendor.pk))
    openable = reviews_access.openable_evidence(visit.user, visit.vendor, papers, visit.on)
    return {"papers": [(paper, paper.pk in openable, paper.holds_on(visit.on)) for paper in papers]}


def _ndas(visit: Visit) -> dict[str, Any]:
    return {
        "ndas": [(nda, nda.in_force_on(visit.on)) for nda in visit.vendor.ndas.select_related("text", "certificate")]
    }


def _reviews(visit: Visit) -> dict[str, Any]:
    reviews = visit.vendor.reviews.select_related("engagement", "reviewer", "decision__memo")
    return {"reviews": reviews}


def _contacts(visit: Visit) -> dict[str, Any]:
    return {
        "people": contacts_queries.contacts_of(visit.vendor.pk),
        "may_invite": contacts_access.can_keep_contacts(visit.user),
    }


def _reminders(visit: Visit) -> dict[str, Any]:
    mails = mail_queries.mails_of_vendor(visit.vendor.pk)
    reminders = renewals_queries.reminders_of(visit.vendor.pk, on=visit.on)
    return {
        "reminders": reminders,
        "resendable": {
            said.mail.pk
            for said in reminders.said
            if said.mail and mail_access.can_resend(visit.user, said.mail, visit.now)
        },
        "mails": page_of(mails, visit.page),
    }


def _custody(visit: Visit) -> dict[str, Any]:
    return {"custody": page_of(vault_queries.custody_for_vendor(visit.vendor.pk), visit.page)}


def _ledger(visit: Visit) -> dict[str, Any]:
    return {"ledger": page_of(ledger_queries.entries_about(visit.vendor.pk), visit.page)}


def _currency(report: Report | None, on: date) -> Currency | None:
    if report is None or report.period_end is None:
        return None
    rules = policy_queries.current_currency_rules()
    return currency_of(report.period_end, statements_of(report), on=on, rules=rules)
