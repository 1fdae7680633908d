"""Lists, the vendor's page and the API, signed in and with permissions on, beside bare pages with as many rows."""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, path, resolve
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from procurement import urls
from procurement.accounts.models import User
from tests.bench.figures import Amounts, Figure, Figures, flatness, in_turns, milliseconds
from tests.bench.stock import FIRST_KEY, analyse, first_vendor, multiply
from tests.signing_in import staff_client
from vendors.directory.models import Vendor

MOST_QUERIES = 12
PAGES = {"vendor list, 50 rows": "/vendors/", "review list, 50 rows": "/reviews/?segment=all"}
API = {"API: 100 vendors": "/api/v1/vendors/", "API: 100 reviews": "/api/v1/reviews/"}
BARE_ANSWER = "/api/bench/"
A_HUNDRED = "?page_size=100"
# The nearest peer's page of one assessment, at 1,000 and at 10,000 vendors, on another day (SPEED.md).
PEER_DETAIL_MS = (37, 151)
BARE_TABLE = Engine().from_string(
    "<table>{% for row in rows %}<tr><td>{{ row.name }}<td>{{ row.legal_name }}<td>{{ row.domain }}"
    "<td>{{ row.category }}<td>{{ row.added_at }}<td>{{ row.added_by }}</tr>{% endfor %}</table>"
)


class _BareVendors(generics.ListAPIView):
    """A list of 100 as the framework makes it: no sign-in, no permissions, no filters."""

    authentication_classes = permission_classes = ()

    class _Row(serializers.ModelSerializer):
        class Meta:
            model = Vendor
            fields = "__all__"

    serializer_class = _Row

    def get_queryset(self):
        return Vendor.objects.order_by("pk")[:100]


class _BareAnswer(APIView):
    """Who asks is looked up as everywhere in the API, and nothing else."""

    def get(self, request: Any) -> Response:
        return Response({"cleared": False, "until": None, "reasons": [], "policy_version": 1})


def pages(amounts: Amounts) -> Figures:
    """Each page with few vendors, then with many."""
    urls.urlpatterns.append(path(BARE_ANSWER.removeprefix("/"), _BareAnswer.as_view()))
    review = first_vendor()
    client = staff_client(User.objects.filter(is_reviewer=True).order_by("pk")[0])
    with_few: dict[str, float] = {}
    for step, (count, first) in enumerate(((amounts.few, 0), (amounts.many, amounts.few))):
        multiply(review, count - first, first=first)
        analyse()
        for work, address in {**PAGES, **API}.items():
            figure = _list(client, f"{work}, {count:,} vendors", address, amounts)
            yield figure
            if figure.measured is not None and address in with_few:
                yield flatness(work, with_few[address], figure.measured)
            with_few[address] = figure.measured or 0
        yield _vendor_page(client, count, PEER_DETAIL_MS[step] / (10 if step else 3), amounts)
        yield _clearance(client, count, amounts)


def _list(client: Client, work: str, address: str, amounts: Amounts) -> Figure:
    is_api = address in API.values()
    if is_api and not _is_built(address):
        return Figure(work=work, missing="not built")
    address += A_HUNDRED if is_api else ""
    floor, ours = in_turns(_bare_api if is_api else bare_page, getter(client, address), repeats=amounts.repeats)
    queries = (_queries(client, address), MOST_QUERIES)
    return Figure(work=work, floor=floor, ours=ours, goal=3 if is_api else 2, queries=queries)


def _vendor_page(client: Client, count: int, goal: float, amounts: Amounts) -> Figure:
    address = f"/vendors/{FIRST_KEY + 1}/"
    ours = milliseconds(getter(client, address), repeats=amounts.repeats)
    return Figure(work=f"vendor page, {count:,} vendors", ours=ours, goal=round(goal, 1))


def _clearance(client: Client, count: int, amounts: Amounts) -> Figure:
    """One vendor, one class of data: beside a view with the same authentication, through the same middleware."""
    address = f"/api/v1/clearance/?vendor={FIRST_KEY + 2}&data=personal"
    bare = getter(client, BARE_ANSWER)
    floor, ours = in_turns(bare, getter(client, address), repeats=amounts.repeats)
    return Figure(work=f"API: clearance, {count:,} vendors", floor=floor, ours=ours, goal=round(1 / 0.9, 2))


def getter(client: Client, address: str) -> Callable[[], object]:
    """The page as a server asks for it: the test client would keep a copy of every context, at twice the time."""
    path, _mark, query = address.partition("?")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    server = WSGIHandler()

    def get() -> None:
        environ = RequestFactory()._base_environ(PATH_INFO=path, QUERY_STRING=query, HTTP_COOKIE=cookies)
        answer = server(environ, lambda _status, _headers: None)
        answer.close()
        assert answer.status_code == 200, f"{address}: {answer.status_code}"

    return get


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def bare_page() -> HttpResponse:
    """One query and a table of fifty rows: no sign-in, no middleware, no frame around it."""
    return HttpResponse(BARE_TABLE.render(Context({"rows": Vendor.objects.order_by("name")[:50]})))


def _bare_api() -> object:
    request: HttpRequest = RequestFactory().get("/", HTTP_ACCEPT="application/json")
    return _BareVendors.as_view()(request).render()


def _is_built(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
