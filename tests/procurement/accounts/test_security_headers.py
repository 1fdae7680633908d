"""What browsers are told about every page."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory

from procurement.accounts.security_headers import SecurityHeaders


def headers_of(path: str, response: HttpResponse | None = None) -> dict[str, str]:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("page") if response is None else response

    return dict(SecurityHeaders(view)(RequestFactory().get(path)).items())


@pytest.mark.parametrize("page", ["/account/login/", "/no/such/page/", "/portal/no/such/page/"])
def test_every_page_loads_from_its_own_host_only(client: Client, db, page: str) -> None:
    headers = client.get(page).headers

    policy = headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_view_may_be_stricter() -> None:
    download = HttpResponse("%PDF", headers={"Content-Security-Policy": "sandbox; default-src 'none'"})
    assert headers_of("/reports/3/file/", download)["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_an_address_stays_on_its_host() -> None:
    assert headers_of("/vendors/")["Referrer-Policy"] == "same-origin"


def test_the_token_of_a_link_stays_nowhere() -> None:
    onward = HttpResponseRedirect("/account/password/reset/key/1-set-password/")

    assert headers_of("/account/password/reset/key/1-abc/", onward)["Referrer-Policy"] == "no-referrer"
    assert headers_of("/portal/i/abc/")["Referrer-Policy"] == "strict-origin"
