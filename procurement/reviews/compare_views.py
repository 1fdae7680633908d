"""The report under review beside the one before it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.reviews.compare_page import compare_page
from procurement.reviews.facts_door import person, review_and_report
from vendors.reports.since_last_year import since_last_year


@require_safe
def compare(request: HttpRequest, review_pk: int, report_pk: int) -> HttpResponse:
    """What changed since the report before it, for everybody who reads the facts of this one."""
    review, report = review_and_report(person(request), review_pk, report_pk)
    since = since_last_year(report)
    context = {"review": review, "report": report, "page": compare_page(review, since) if since else None}
    return render(request, "procurement/reviews/compare.html", context)
