"""The page about the API: every operation and every kind of problem, drawn from the schema itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from vendors.people.requests import actor
from vendors.rest.problems import KINDS, meanings

METHODS = ("get", "post", "put", "patch", "delete")


@csrf_exempt  # nothing is written here, and a program brings no such token
def reference(request: HttpRequest) -> HttpResponse:
    """What the API offers: as JSON to a program that brings a token, as a page to whoever is signed in on the staff."""
    return _index(request) if "Authorization" in request.headers else _page(request)


class Index(APIView):
    """Every operation, for programs. The description at `schema` says more."""

    @extend_schema(exclude=True)
    def get(self, _request: Request) -> Response:
        return Response({"schema": reverse("api-schema"), "operations": operations()})


_index = Index.as_view()


@require_safe
def _page(request: HttpRequest) -> HttpResponse:
    actor(request)
    context = {
        "operations": operations(),
        "problems": [(kind, status, in_plain_words(meanings()[status])) for status, kind in KINDS.items()],
    }
    return render(request, "vendors/rest/reference.html", context)


def operations() -> list[dict[str, Any]]:
    """Every operation, in the order of the site map: method, address, what it does, names of its parameters."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return [
        {
            "method": method.upper(),
            "path": path,
            "says": in_plain_words(offered[method]["description"]),
            "parameters": [one["name"] for one in offered[method].get("parameters", []) if one["in"] == "query"],
        }
        for path, offered in schema["paths"].items()
        for method in METHODS
        if method in offered
    ]


def in_plain_words(text: str) -> str:
    """The description without its marks for code."""
    return text.replace("`", "")
