"""In production nobody on the staff works without a second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client


@pytest.fixture
def as_in_production(settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


def test_a_password_alone_leads_to_the_page_where_a_second_factor_is_added(
    as_in_production, client: Client, reviewer
) -> None:
    client.force_login(reviewer)

    assert client.get("/vendors/").url == "/account/2fa/"
    page = client.get("/account/2fa/")
    assert page.status_code == 200
    assert "Add a second factor first." in page.text
    assert client.get("/healthz").status_code != 302


@pytest.mark.parametrize("factor", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_with_one_the_work_begins(as_in_production, client: Client, reviewer, factor: str) -> None:
    Authenticator.objects.create(user=reviewer, type=factor, data={})
    client.force_login(reviewer)
    assert client.get("/no/such/page/").status_code == 404


def test_recovery_codes_alone_are_no_second_factor(as_in_production, client: Client, reviewer) -> None:
    Authenticator.objects.create(user=reviewer, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(reviewer)
    assert client.get("/vendors/").url == "/account/2fa/"


def test_strangers_and_contacts_are_not_asked(as_in_production, client: Client, contact_client: Client) -> None:
    assert client.get("/vendors/").url.startswith("/account/login/")
    assert contact_client.get("/portal/nda/").status_code == 200


def test_elsewhere_a_password_does(client: Client, reviewer) -> None:
    client.force_login(reviewer)
    assert client.get("/no/such/page/").status_code == 404
