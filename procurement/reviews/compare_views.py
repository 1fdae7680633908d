"""The report under review beside the one before it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.reviews.access import review_for
from procurement.reviews.compare_page import compare_page
from procurement.reviews.facts_views import person
from vendors.reports import access
from vendors.reports.since_last_year import since_last_year


@require_safe
def compare(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """What changed since the report before it, for everybody who reads the facts of this one."""
    user = person(request)
    review, report = review_for(user, review_pk), access.report_for(user, report_pk)
    if report.vendor_id != review.vendor_id:
        raise Http404
    since = since_last_year(report)
    context = {"review": review, "report": report, "page": compare_page(review, since) if since else None}
    return render(request, "procurement/reviews/compare.html", context)
