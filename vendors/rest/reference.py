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
        "resources": resources(),
        "problems": [(kind, status, meanings()[status]) for status, kind in KINDS.items()],
    }
    return render(request, "vendors/rest/reference.html", context)


def resources() -> list[tuple[str, list[dict[str, Any]]]]:
    """The operations by resource, in the order of the addresses."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                found.setdefault(operation["tags"][0], []).append(
                    {
                        "method": method.upper(),
                        "path": path,
                        "says": operation.get("description", ""),
                        "parameters": [one["name"] for one in operation.get("parameters", []) if one["in"] == "query"],
                    }
                )
    return list(found.items())
