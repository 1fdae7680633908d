"""Who sent a request, and from where."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from vendors.people.requests import actor, client_address


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "expected"),
    [
        (0, "192.0.2.17", "198.51.100.1", "192.0.2.17"),
        (0, "2001:db8::1", "", "2001:db8::1"),
        (0, "", "", None),
        (1, "10.0.0.1", "203.0.113.9, 192.0.2.17", "192.0.2.17"),
        (2, "10.0.0.1", "203.0.113.9, 192.0.2.17, 10.0.0.2", "192.0.2.17"),
        (1, "10.0.0.1", "", None),
        (2, "10.0.0.1", "192.0.2.17", None),
        (1, "10.0.0.1", "<script>", None),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, peer, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


def test_nobody_is_no_actor():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        actor(request)
