"""Answers and blank questionnaires as files, for staff."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from procurement.exports.formats import OF_ANSWERS, OF_VERSIONS
from procurement.exports.services import export_assessment, export_version
from procurement.questionnaires.access import version_for
from procurement.reviews.access import assessment_in_review
from vendors.calendar import clock
from vendors.people.requests import actor
from vendors.vault.downloads import made_attachment


@require_GET
def answers(request: HttpRequest, pk: int, assessment_pk: int, form: str) -> HttpResponse:
    """The answers of a review's questionnaire, for those who read its evidence."""
    by = actor(request)
    review, assessment = assessment_in_review(by, pk, assessment_pk)
    if form not in OF_ANSWERS:
        raise Http404
    made = export_assessment(assessment=assessment, review=review, form=OF_ANSWERS[form], by=by, now=clock.now())
    return made_attachment(made.content, content_type=made.content_type, name=made.name)


@require_GET
def version(request: HttpRequest, version_pk: int, form: str) -> HttpResponse:
    """The questions of a version without answers, for those who read questionnaires."""
    found = version_for(actor(request), version_pk)
    if form not in OF_VERSIONS:
        raise Http404
    made = export_version(version=found, form=OF_VERSIONS[form], now=clock.now())
    return made_attachment(made.content, content_type=made.content_type, name=made.name)
