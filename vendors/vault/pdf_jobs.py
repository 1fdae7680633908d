"""Runs in the confined child: what PDFium finds in a PDF, and the picture of one page. Imports no framework.

Found and refused: embedded files, file attachments on pages, links and bookmarks that start a program, XFA
forms. PDFium does not show an action that runs when the document opens, nor scripts outside the document's
own list of names; neither is looked for. Nothing of a file ever runs with us: pages are shown as pictures,
and a download is the file as it was received.
"""

import io
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from vendors.confinement.errors import JobRefused
from vendors.vault.pdf_limits import LARGEST_SIDE, MAX_PAGES

XFA_FORMS = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)


def inspect(_params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Open the file and every page of it. Returns {"pages": n}.

    Raises JobRefused with what was found: "password", "unreadable", "pages", "attachments", "programs", "forms",
    or "page:7" when that page does not load.
    """
    with _opened(data) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise JobRefused("pages")
        if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
            raise JobRefused("attachments")
        if pdfium.FPDF_GetFormType(document) in XFA_FORMS:
            raise JobRefused("forms")
        if any(_starts_a_program(pdfium.FPDFBookmark_GetAction(entry)) for entry in document.get_toc()):
            raise JobRefused("programs")
        for index in range(count):
            _inspect_page(document, index)
    return {"pages": count}, b""


def page_image(params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """The page `params["page"]` (from 1) as a PNG, `params["width"]` wide. Raises JobRefused("no page").

    The result says the picture's size, and in "points" the size of the page as it is shown.
    """
    with _opened(data) as document:
        number = params["page"]
        if not 1 <= number <= len(document):
            raise JobRefused("no page")
        page = _loaded(document, number - 1)
        try:
            width, height = page.get_size()
            # PDFium rounds up: a hair less, so that a width of 1300 is not drawn 1301 wide.
            scale = min(params["width"] / width, LARGEST_SIDE / max(width, height)) * (1 - 1e-9)
            bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
            picture = bitmap.to_pil().convert("RGB")
        finally:
            page.close()
    png = io.BytesIO()
    picture.save(png, "PNG", compress_level=3)
    return {"width": picture.width, "height": picture.height, "points": [width, height]}, png.getvalue()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise JobRefused("password" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "unreadable") from error


def _loaded(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise JobRefused(f"page:{index + 1}") from error


def _inspect_page(document: pypdfium2.PdfDocument, index: int) -> None:
    page = _loaded(document, index)
    try:
        for annotation in _annotations(page):
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                raise JobRefused("attachments")
            link = pdfium.FPDFAnnot_GetLink(annotation)
            if link and _starts_a_program(pdfium.FPDFLink_GetAction(link)):
                raise JobRefused("programs")
    finally:
        page.close()


def _annotations(page: pypdfium2.PdfPage) -> Iterator[Any]:
    for place in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, place)
        if annotation:
            try:
                yield annotation
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _starts_a_program(action: Any) -> bool:
    return bool(action) and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_LAUNCH
