"""The page for people about the API: every operation and every kind of problem, drawn from the schema itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from vendors.people.requests import actor
from vendors.rest.problems import KINDS, meanings

METHODS = ("get", "post", "put", "patch", "delete")


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """What the API offers, for whoever is signed in on the staff."""
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
