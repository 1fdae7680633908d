"""The portal's home: the contact's to-do list, what they sent, and who opened it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.questionnaires import queries as questionnaires_queries
from vendors.calendar import clock
from vendors.contacts.queries import other_vendors_of
from vendors.ndas import queries as ndas_queries
from vendors.portal.session import contact_of, portal_page
from vendors.reports import queries as reports_queries
from vendors.vault import queries as vault_queries


@portal_page
@require_safe
def portal(request: HttpRequest) -> HttpResponse:
    """Everything a contact has to do for us, first what comes first."""
    contact = contact_of(request)
    vendor, on = contact.vendor, clock.today()
    nda = ndas_queries.nda_in_force(vendor, on)
    requests = list(reports_queries.open_requests(vendor))
    questionnaires = list(questionnaires_queries.waiting_for(vendor))
    given = questionnaires_queries.given_to(contact)
    context = {
        "contact": contact,
        "vendor": vendor,
        "speaks_for_others": other_vendors_of(contact, clock.now()),
        "nda": nda,
        "text": None if nda else ndas_queries.newest_text(),
        "requests": requests,
        "questionnaires": questionnaires,
        "questions_alone": nda is not None and not requests,
        "given": given,
        "answered": questionnaires_queries.answered_by(vendor),
        "to_do": len(requests) + len(questionnaires) + len(given) + (0 if nda else 1),
        "reports": reports_queries.reports_of(vendor),
        "opened": vault_queries.opened_by_day(vendor.pk, purpose="report"),
        "may_follow": reports_queries.latest_accepted(vendor) is not None,
        "statements": reports_queries.statements_about(vendor),
        "on": on,
    }
    return render(request, "procurement/dashboard/portal.html", context)
