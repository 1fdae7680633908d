"""Runs in the confined child: one page of HTML becomes a PDF/A-3a. Imports no framework.

The same input gives the same bytes on one machine: dates, the identifier and the attachments' times are
given, never read. Another version of WeasyPrint, Pango or HarfBuzz may give other bytes, so an issued PDF is
kept.
"""

from datetime import datetime
from functools import cache
from typing import Any

from vendors.confinement.errors import JobRefused

VARIANT = "pdf/a-3a"
LONG_WORD = 24


def render(params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """The job behind `services.print_pdf`.

    params  html, stylesheets (packaged names), title or "", created (ISO, UTC), identifier (hex),
            attachments: a list of {name, size, description} in the order in which `data` holds them
    Returns the number of pages, and the PDF. Raises JobRefused("libraries") where Pango is missing.
    """
    try:
        import weasyprint
    except OSError as error:
        raise JobRefused("libraries", str(error).splitlines()[0]) from error
    html = weasyprint.HTML(string=params["html"], base_url="packaged:", url_fetcher=_fetcher(), media_type="print")
    _mark_cells_with_long_words(html.etree_element)
    document = html.render(
        font_config=_fonts(),
        stylesheets=[_stylesheet(name) for name in params["stylesheets"]],
        presentational_hints=False,
        pdf_variant=VARIANT,
        pdf_tags=True,
    )
    created = datetime.fromisoformat(params["created"])
    metadata = document.metadata
    metadata.title = params["title"] or metadata.title
    metadata.created = metadata.modified = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    metadata.generator = "Countersign"
    metadata.attachments = []
    pdf = document.write_pdf(
        pdf_variant=VARIANT,
        pdf_tags=True,
        pdf_identifier=bytes.fromhex(params["identifier"]),
        attachments=_attachments(params["attachments"], data, created),
    )
    return {"pages": len(document.pages)}, pdf


def _mark_cells_with_long_words(root: Any) -> None:
    """A word longer than its column would push the next column off the page, and text would be lost.

    Breaking within words everywhere would cost half of the layout's time, so only such cells are marked for
    it.
    """
    for tag in ("td", "th"):
        for cell in root.iter(tag):
            if any(len(word) > LONG_WORD for word in "".join(cell.itertext()).split()):
                cell.set("data-long-words", "")


def _attachments(entries: list[dict[str, Any]], data: bytes, created: datetime) -> list[Any]:
    from weasyprint import Attachment

    attachments, start = [], 0
    for entry in entries:
        attachments.append(
            Attachment(
                string=data[start : start + entry["size"]],
                name=entry["name"],
                description=entry["description"],
                relationship="Source",
                created=created,
                modified=created,
                url_fetcher=_fetcher(),
            )
        )
        start += entry["size"]
    return attachments


@cache
def _fetcher() -> Any:
    from vendors.printing.packaged import PackagedFilesOnly

    return PackagedFilesOnly()


@cache
def _fonts() -> Any:
    """One configuration for the child's life: the fonts are read once, and memory does not grow."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _stylesheet(name: str) -> Any:
    from weasyprint import CSS

    from vendors.printing.packaged import packaged_bytes

    return CSS(
        string=packaged_bytes(name).decode(),
        base_url="packaged:",
        url_fetcher=_fetcher(),
        font_config=_fonts(),
    )
