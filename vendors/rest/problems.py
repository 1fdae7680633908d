"""Every error of the API as problem details (RFC 9457), made in one place.

A refusal says the same sentence as the page does. What nobody foresaw says nothing about itself.
"""

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from vendors.people.actors import NotAllowed, Refused

CONTENT_TYPE = "application/problem+json"
# Where the kinds of problems are explained to a person; each has its anchor there.
EXPLAINED_AT = "/api/v1/#problem-"

# Kind by status. Two refusals differ: 422 names the fields, 409 is about the state of things.
KINDS = {
    400: "invalid",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method",
    406: "not-acceptable",
    409: "refused",
    413: "too-large",
    415: "media-type",
    422: "refused-values",
    429: "too-many",
    500: "our-fault",
}
# A page calls the third condition's day "conditions-2-due_on".
ROW_OF_A_FORM = re.compile(r"-(\d+)-")


class TooLarge(exceptions.APIException):
    """The body is larger than we take."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def meanings() -> dict[int, str]:
    """What each status means and what to do about it, for the schema and for people."""
    return {
        400: _("The request cannot be read, or a value is none. `errors` names the fields."),
        401: _("No token, or one that does not work: unknown, revoked, run out, or its owner may not sign in."),
        403: _("You may not do this. `detail` says who may."),
        404: _("Not there, or not yours: the answer is the same."),
        405: _("This address does not take that method. `Allow` lists those it takes."),
        406: _("None of the formats in `Accept` is offered here."),
        409: _("Not possible as things stand. `detail` says why and what to do."),
        413: _("The file or body is larger than we take."),
        415: _("The body is in a format that is not taken here."),
        422: _("The values do not fit what is on file. `errors` names the fields."),
        429: _("Too many tries from your address. Wait as long as `Retry-After` says."),
        500: _("Something went wrong on our side. Nothing was changed; the operators see it in their log."),
    }


def problem(status: int, detail: str = "", errors: Mapping[str, list[str]] | None = None) -> HttpResponse:
    """One problem as a response. `errors` maps a field, "conditions.0.due_on" for one in a list, to its sentences."""
    body: dict[str, Any] = {
        "type": f"{EXPLAINED_AT}{KINDS.get(status, 'invalid')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or meanings().get(status, ""),
    }
    if errors:
        body["errors"] = dict(errors)
    return HttpResponse(json.dumps(body, ensure_ascii=False), content_type=CONTENT_TYPE, status=status)


def handle(exception: Exception, _context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's one exception handler. None for what nobody foresaw: it is logged and answered with 500."""
    if isinstance(exception, NotAllowed):
        return problem(403, str(exception))
    if isinstance(exception, Refused):
        return _refused(exception)
    if isinstance(exception, Http404 | exceptions.NotFound):
        return problem(404)
    if isinstance(exception, exceptions.ValidationError):
        return _invalid(exception)
    if isinstance(exception, exceptions.APIException):
        return _known(exception)
    if isinstance(exception, PermissionDenied):
        return problem(403)
    if isinstance(exception, SuspiciousOperation):
        return problem(413 if isinstance(exception, RequestDataTooBig) else 400)
    return None


def _refused(refusal: Refused) -> HttpResponse:
    sentences: Mapping[str, str] = getattr(refusal, "sentences", {})
    if sentences:
        return problem(422, errors={name: [sentence] for name, sentence in sentences.items()})
    if refusal.field:
        name = ROW_OF_A_FORM.sub(r".\1.", refusal.field)
        return problem(422, str(refusal), {name: [str(refusal)]})
    return problem(409, str(refusal))


def _invalid(exception: exceptions.ValidationError) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    for name, sentence in _flat(exception.detail):
        errors.setdefault(name, []).append(sentence)
    general = errors.pop("", [])
    return problem(400, " ".join(general), errors)


def _flat(detail: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Nested errors as pairs of a dotted name and a sentence; the name is empty for what is about no field."""
    if isinstance(detail, Mapping):
        for key, below in detail.items():
            own = "" if key in {"non_field_errors", "__all__"} else str(key)
            yield from _flat(below, ".".join(part for part in (name, own) if part))
    elif isinstance(detail, list | tuple):
        for number, below in enumerate(detail):
            nested = isinstance(below, Mapping | list)
            yield from _flat(below, f"{name}.{number}" if nested else name)
    else:
        yield name, str(detail)


def _known(exception: exceptions.APIException) -> HttpResponse:
    said = exception.detail if isinstance(exception.detail, str) else ""
    plain = isinstance(exception, exceptions.MethodNotAllowed | exceptions.NotAcceptable)
    response = problem(exception.status_code, "" if plain else said)
    if header := getattr(exception, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(exception, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response
