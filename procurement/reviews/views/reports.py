"""Which of a vendor's accepted reports a review goes by. Accepting and opening one stand on the facts page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from procurement.reviews import access, services
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.directory.returning import return_from
from vendors.reports.models import Report


@require_POST
def use_report(request: HttpRequest, pk: int, report_pk: int) -> HttpResponse:
    by = person(request)
    review = access.review_for(by, pk)
    report = Report.objects.filter(pk=report_pk, vendor=review.vendor_id).first()
    if report is None or access.reads_only_status(by, review):
        raise Http404
    services.use_report(review=review, report=report, by=by, now=clock.now())
    messages.success(request, _("The review goes by %(report)s now.") % {"report": report})
    return return_from(request, review.get_absolute_url())
