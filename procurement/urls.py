"""The site map."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("procurement.accounts.urls")),
    path("", include("procurement.accounts.people_urls")),
    path("", include("procurement.operations.urls")),
    path("", include("vendors.directory.urls")),
    path("", include("vendors.contacts.urls")),
    path("", include("vendors.correspondence.urls")),
    path("", include("vendors.portal.urls")),
    path("", include("vendors.ndas.urls")),
    path("", include("vendors.reports.urls")),
    path("", include("procurement.questionnaires.urls")),
    path("", include("procurement.campaigns.urls")),
    path("", include("procurement.policy.urls")),
    path("", include("procurement.reviews.urls")),
    path("", include("procurement.reviews.facts_urls")),
    path("", include("procurement.decisions.urls")),
    path("", include("procurement.clearance.urls")),
    path("", include("procurement.renewals.urls")),
    path("", include("procurement.dashboard.urls")),
    path("", include("procurement.exports.urls")),
    path("api/v1/", include("procurement.api_urls")),
]

handler404 = "vendors.rest.handlers.not_found"
handler500 = "vendors.rest.handlers.our_fault"

if settings.DEMO:
    urlpatterns.append(path("", include("procurement.demo.urls")))
