"""The vendor's copy of what it was asked and has said."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from procurement.exports.formats import FOR_VENDORS
from procurement.exports.services import export_own_answers
from procurement.questionnaires.access import assessment_for
from vendors.calendar import clock
from vendors.people.requests import actor
from vendors.portal.session import portal_page as behind_the_door
from vendors.vault.downloads import made_attachment


@behind_the_door
@require_GET
def own_answers(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """As it stands now, submitted or not, for the contacts of the vendor."""
    assessment = assessment_for(actor(request), pk)
    if form not in FOR_VENDORS:
        raise Http404
    made = export_own_answers(assessment=assessment, form=FOR_VENDORS[form], by=actor(request), now=clock.now())
    return made_attachment(made.content, content_type=made.content_type, name=made.name)
