"""The picture of one page on its way out, marked with its reader and the time, so that a photograph of the screen tells
whose screen it was. Never kept by a cache of the browser's; the vault leaves a custody entry.

Whoever calls has asked `access.check_can_open`. The file itself goes out by `vendors.vault.downloads`.
"""

from datetime import datetime

from django.http import Http404, HttpResponse

from vendors.confinement.errors import ConfinedJobFailed
from vendors.people.actors import Actor
from vendors.reports.models import Report
from vendors.templatetags import wording
from vendors.vault.opening import CannotOpen
from vendors.vault.page_images import page_image

# How wide a page is drawn, in pixels, by zoom: sharp on a screen, and small enough to come at once.
WIDTHS = {100: 1300, 150: 1900, 200: 2500}


def as_picture(
    report: Report, *, number: int, zoom: int, by: Actor, purpose: str, now: datetime, ip: str | None
) -> HttpResponse:
    """One page as PNG. Raises Http404 for a page the file has not, CannotOpen (a Refused) when it cannot be drawn."""
    if not 1 <= number <= report.page_count:
        raise Http404
    try:
        png = page_image(
            report.file,
            page=number,
            width=WIDTHS.get(zoom, WIDTHS[100]),
            mark=(by.label, by.email, wording.moment(now)),
            by=by,
            purpose=purpose,
            at=now,
            ip=ip,
        )
    except ConfinedJobFailed as failure:
        raise CannotOpen(str(failure)) from failure
    response = HttpResponse(png, content_type="image/png")
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
