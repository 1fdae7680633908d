"""What the vendor's page shows, tab by tab."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
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
from vendors.reports.currency import Currency, CurrencyRules, currency_of
from vendors.reports.models import Report, ReportException, ReportRequest
from vendors.reports.systems import statements_of
from vendors.vault import queries as vault_queries

TABS = ("overview", "reports", "evidence", "ndas", "reviews", "contacts", "reminders", "custody", "ledger")


@dataclass(frozen=True)
class Visit:
    """Who looks at which vendor, on which day and at which moment, at which page of a long list.

    accepted  its accepted SOC 2 Type II reports, the newest period first, which every tab speaks of
    """

    vendor: Vendor
    user: Actor
    on: date
    now: datetime
    page: str | None
    accepted: list[Report]
    rules: CurrencyRules


def context(vendor: Vendor, user: Actor, *, on: date, now: datetime, tab: str, page: str | None) -> dict[str, Any]:
    """Everything the chosen tab shows, besides the head of the page."""
    tab = tab if tab in TABS else "overview"
    rules = policy_queries.current_currency_rules()
    found = reports_queries.accepted_type_2(vendor).select_related(None)
    accepted = list(found.prefetch_related("successor_statements"))
    answer = answer_for(vendor, on=on, rules=rules)
    shared = {
        "vendor": vendor,
        "tab": tab,
        "tabs": _tabs(vendor, tab),
        "answer": answer,
        "approvals": answer.approvals,
        "currency": _currency(accepted, on, rules),
        "engagements": list(vendor.engagements.select_related("owner")),
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
    return {**shared, **parts[tab](Visit(vendor, user, on, now, page, accepted, rules))}


def _tabs(vendor: Vendor, current: str) -> list[Segment]:
    counts = _counts(vendor)
    labels = {
        "overview": _("Overview"),
        "reports": _("Reports"),
        "evidence": _("Other evidence"),
        "ndas": _("NDA"),
        "reviews": _("Reviews"),
        "contacts": _("Contacts"),
        "reminders": _("Reminders and mail"),
        "custody": _("Custody"),
        "ledger": _("Ledger"),
    }
    return [
        Segment(key, label, counts.get(key), key == current, f"?tab={key}" if key != "overview" else "?")
        for key, label in labels.items()
    ]


def _counts(vendor: Vendor) -> dict[str, int]:
    """How many things stand under each tab that has a number, in one query."""
    counted: dict[str, QuerySet[Any]] = {
        "reports": vendor.reports.all(),
        "evidence": vendor.evidence.on_file(),
        "ndas": vendor.ndas.all(),
        "reviews": vendor.reviews.all(),
        "contacts": vendor.contacts.all(),
        "ledger": ledger_queries.entries_about(vendor.pk),
    }
    first, *others = (
        found.order_by().values(tab=Value(key)).annotate(n=Count("pk")).values_list("tab", "n")
        for key, found in counted.items()
    )
    return dict.fromkeys(counted, 0) | dict(first.union(*others, all=True))


def _overview(visit: Visit) -> dict[str, Any]:
    return {
        **_reports(visit),
        "nda": ndas_queries.ndas_in_force(visit.vendor.pk, visit.on).first(),
        "coverage": coverage_of(visit.accepted, on=visit.on, rules=visit.rules),
        "findings": findings_visible_to(visit.user)
        .open()
        .filter(review__vendor=visit.vendor)
        .select_related("owner", "review")
        .order_by("due_on"),
        "entries": ledger_queries.entries_about(visit.vendor.pk)[:6],
        "people": contacts_queries.contacts_of(visit.vendor.pk).prefetch_related(None),
    }


def _reports(visit: Visit) -> dict[str, Any]:
    exceptions = ReportException.objects.filter(report=OuterRef("pk")).order_by().values("report")
    return {
        "reports": visit.vendor.reports.select_related("auditor").annotate(
            opened_by=Coalesce(Subquery(vault_queries.number_of_openers(OuterRef("file"))), 0),
            exception_count=Coalesce(Subquery(exceptions.annotate(n=Count("pk")).values("n")), 0),
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


def _currency(accepted: list[Report], on: date, rules: CurrencyRules) -> Currency | None:
    """How the newest of the accepted reports counts."""
    newest = accepted[0] if accepted else None
    if newest is None or newest.period_end is None:
        return None
    return currency_of(newest.period_end, statements_of(newest), on=on, rules=rules)
