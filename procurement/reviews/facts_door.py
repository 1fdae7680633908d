"""Who is at the facts page, and which review and report the address names."""

from django.http import Http404, HttpRequest

from procurement.accounts.models import User
from procurement.reviews.access import review_for
from procurement.reviews.models import Review
from vendors.reports import access
from vendors.reports.models import Report


def person(request: HttpRequest) -> User:
    """The member of staff who is signed in; the door lets nobody else come here."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def review_and_report(user: User, review_pk: int, report_pk: int) -> tuple[Review, Report]:
    """The review and a report of its vendor. Raises Http404 when either is not there or not theirs."""
    review = review_for(user, review_pk)
    report = access.report_for(user, report_pk)
    if report.vendor_id != review.vendor_id:
        raise Http404
    return review, report
