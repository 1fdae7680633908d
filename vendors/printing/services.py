"""`print_pdf`: a page of ours as a tagged PDF/A-3a that carries its source as an attachment."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined

log = logging.getLogger(__name__)

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
INSTALL = f"apt-get install -y --no-install-recommends {LIBRARIES}"


class PrintJobFailed(Exception):
    """The PDF was not made. The text is a sentence for staff."""


class PrintingUnavailable(PrintJobFailed):
    """This machine lacks the libraries that lay out text. The sentence names the command to install them."""


def print_pdf(
    *,
    html: str,
    created: datetime,
    identifier: bytes,
    stylesheet_names: Sequence[str] = ("print.css",),
    title: str = "",
    attachments: Sequence[tuple[str, bytes, str]] = (),
) -> bytes:
    """Lay out a whole HTML document and return the PDF. Same input, same bytes on one machine.

    html              rendered by a template of ours, so that what people typed is escaped; it may name
    packaged
                      files only (`packaged:fonts/…`), and may bring styles of its own in a <style> element
    created           the moment the document speaks of, aware; it becomes the PDF's dates
    identifier        16 bytes that belong to this document alone
    stylesheet_names  files in this package
    title             replaces the document's own <title>
    attachments       name, bytes and description of each source
    Raises PrintingUnavailable where libraries are missing, PrintJobFailed when the page cannot be laid out.
    """
    params = {
        "html": html,
        "created": created.astimezone(UTC).isoformat(),
        "identifier": identifier.hex(),
        "stylesheets": list(stylesheet_names),
        "title": title,
        "attachments": [
            {"name": name, "size": len(content), "description": description}
            for name, content, description in attachments
        ],
    }
    data = b"".join(content for _name, content, _description in attachments)
    try:
        _result, pdf = run_confined("vendors.printing.render:render", params=params, data=data)
    except ConfinedJobFailed as failure:
        if failure.code == "libraries":
            log.error("Printing needs libraries: %s", failure)
            raise PrintingUnavailable(
                _("PDF pending: this machine lacks the libraries that lay out text. Install them: %(command)s")
                % {"command": INSTALL}
            ) from failure
        raise PrintJobFailed(_("The PDF was not made. %(reason)s") % {"reason": failure}) from failure
    return pdf
