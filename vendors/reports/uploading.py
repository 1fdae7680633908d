"""Answering an upload: a script that shows progress wants JSON, a plain form wants a page."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vendors.people.actors import Refused
from vendors.vault.validation import FileRefused

UNPROCESSABLE, TOO_LARGE, CONFLICT = 422, 413, 409


def sent_file(request: HttpRequest) -> UploadedFile:
    """The file of the form. Raises Refused when none arrived: nothing was chosen, or the connection broke off."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused(_("No file arrived. Choose the report and send it again."), field="file")
    return upload


def arrived(request: HttpRequest, address: str) -> HttpResponse:
    """The file is here: go on to `address`."""
    if wants_json(request):
        return JsonResponse({"redirect": address})
    return HttpResponseRedirect(address)


def turned_down(request: HttpRequest, refusal: Refused, *, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The file is not taken: the sentence, and the page again for a plain form. Nothing of the file was kept."""
    status = status_of(refusal)
    if wants_json(request):
        return JsonResponse({"error": str(refusal)}, status=status)
    return render(request, template, {**context, "error": str(refusal)}, status=status)


def status_of(refusal: Refused) -> int:
    """What a program learns from a refusal: too large, not a file we take, or not possible now."""
    if isinstance(refusal, FileRefused):
        return TOO_LARGE if refusal.code == "too_large" else UNPROCESSABLE
    return UNPROCESSABLE if refusal.field else CONFLICT


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def upload_limits() -> dict[str, Any]:
    """What components/upload.html needs to know about the file."""
    return {"max_bytes": settings.MAX_UPLOAD_BYTES}
