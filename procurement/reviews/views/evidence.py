"""Opening a vendor's other evidence."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procurement.reviews import access
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.people.requests import client_address
from vendors.vault.downloads import as_attachment


@require_safe
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The paper itself, with its line in the custody log."""
    by = person(request)
    evidence = access.evidence_for(by, pk)
    access.check_can_open_evidence(by, evidence, clock.today())
    return as_attachment(evidence.file, by=by, purpose=_("Security review"), at=clock.now(), ip=client_address(request))
