"""Authenticator app, passkeys and recovery codes of one's own account."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from procurement.accounts.adapter import SecondFactors
from tests.factories.portal import post_arrives
from tests.procurement.accounts.conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Made by Chromium's virtual authenticator for http://localhost; it opens nothing.
CREDENTIAL = {
    "type": "public-key",
    "id": "K6DlHw4pxJnqAdCtfpULZsM2EnF7PgmDeEFGgm43mJ4",
    "rawId": "K6DlHw4pxJnqAdCtfpULZsM2EnF7PgmDeEFGgm43mJ4",
    "authenticatorAttachment": "platform",
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQ01ZS05keUoxdlZDRkRMMVN5Z3RPakY3WW85Qj"
        "RLMVRzd1V0ZUNqVDJ3YyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6ODEyMyIsImNyb3NzT3JpZ2luIjpmYWxz"
        "ZX0",
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihj"
        "LHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAICug5R8OKcSZ6gHQrX6VC2bDNhJx"
        "ez4Jg3hBRoJuN5iepQECAyYgASFYILLm2ZL_GCdUBGfZupgc6ixcr7KXYHxp1YHg1woQ3p"
        "1GIlggrFZwgLbsEI41SE13QlHfAbZEIs7EViVOJefdEs4a9ME",
        "transports": ["internal"],
    },
    "clientExtensionResults": {"credProps": {"rk": True}},
}


def code_of_app(secret: str = SECRET) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture
def proven(client: Client, staff) -> Client:
    """A browser in which Ines Varga has just typed her password twice: at the door and again."""
    client.post("/account/login/", {"login": staff.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def test_adding_a_factor_needs_a_fresh_proof(client: Client, staff) -> None:
    client.force_login(staff)
    answer = client.get("/account/2fa/totp/activate/")

    assert answer.url == "/account/reauthenticate/?next=%2Faccount%2F2fa%2Ftotp%2Factivate%2F"
    page = client.get(answer.url)
    assert "Is it you?" in page.text
    assert "This is not your password." in client.post(answer.url, {"password": "wrong"}).text


def test_an_app_is_added_sealed_and_told_by_mail(proven: Client, django_capture_on_commit_callbacks) -> None:
    page = proven.get("/account/2fa/totp/activate/")
    assert 'src="data:image/svg+xml;base64,' in page.text
    (secret,) = re.findall(r"<code>([A-Z2-7]+)</code>", page.text)
    with django_capture_on_commit_callbacks(execute=True):
        answer = proven.post("/account/2fa/totp/activate/", {"code": code_of_app(secret)})

    assert answer.url == "/account/2fa/recovery-codes/"
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert "An authenticator app was added to your account." in [letter.subject for letter in post_arrives()]
    codes = proven.get(answer.url)
    assert "10 of 10 are left." in codes.text
    assert codes.text.count("<li>") == 10
    download = proven.get("/account/2fa/recovery-codes/download/")
    assert "each for one use" in download.text


def test_a_wrong_code_adds_nothing_and_says_what_to_do(proven: Client) -> None:
    proven.get("/account/2fa/totp/activate/")
    page = proven.post("/account/2fa/totp/activate/", {"code": "000000"})

    assert "This code does not fit. Wait for the next one and type that." in page.text
    assert not Authenticator.objects.exists()


class TestWithAnApp:
    @pytest.fixture(autouse=True)
    def app(self, staff) -> None:
        TOTP.activate(staff, SECRET)
        RecoveryCodes.activate(staff)

    def test_the_password_is_only_the_first_step(self, client: Client, staff) -> None:
        answer = client.post("/account/login/", {"login": staff.email, "password": PASSWORD, "next": "/people/"})

        assert answer.url.startswith("/account/2fa/authenticate/")
        assert "One more step" in client.get(answer.url).text
        assert client.get("/vendors/").url.startswith("/account/login/")
        assert "This code does not fit." in client.post(answer.url, {"code": "000000"}).text
        assert client.post(answer.url, {"code": code_of_app()}).url == "/people/"
        assert client.session["_auth_user_id"] == str(staff.pk)

    def test_a_code_works_once(self, staff) -> None:
        first, second = Client(), Client()
        code = code_of_app()
        for browser, lands in ((first, "/"), (second, None)):
            browser.post("/account/login/", {"login": staff.email, "password": PASSWORD})
            answer = browser.post("/account/2fa/authenticate/", {"code": code})
            assert getattr(answer, "url", None) == lands

    def test_a_recovery_code_opens_the_account_once(self, client: Client, staff) -> None:
        code = RecoveryCodes(Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)).get_unused_codes()[0]
        for lands in ("/", None):
            browser = Client()
            browser.post("/account/login/", {"login": staff.email, "password": PASSWORD})
            assert getattr(browser.post("/account/2fa/authenticate/", {"code": code}), "url", None) == lands

    def test_a_new_password_by_mail_does_not_get_around_it(self, client: Client, staff) -> None:
        staff.set_password("a newer one by mail")
        staff.save()
        answer = client.post("/account/login/", {"login": staff.email, "password": "a newer one by mail"})
        assert answer.url.startswith("/account/2fa/authenticate/")

    def test_it_is_shown_and_can_be_removed(self, client: Client, staff) -> None:
        client.force_login(staff)
        page = client.get("/account/2fa/")
        assert "Second factor in place" in page.text
        assert "10 codes left." in page.text
        client.post("/account/2fa/reauthenticate/", {"code": code_of_app()})
        assert "Remove the authenticator app?" in client.get("/account/2fa/totp/deactivate/").text
        assert client.post("/account/2fa/totp/deactivate/").url == "/account/2fa/"
        assert "Password only" in client.get("/account/2fa/").text
        assert "Authenticator app removed." not in client.get("/account/2fa/").text

    def test_the_proof_may_be_the_app(self, client: Client, staff) -> None:
        client.force_login(staff)
        page = client.get("/account/2fa/reauthenticate/")
        assert "Is it you?" in page.text
        assert '<a class="btn wide" href="/account/reauthenticate/' in page.text

    def test_new_codes_replace_the_old(self, client: Client, staff) -> None:
        client.force_login(staff)
        client.post("/account/reauthenticate/", {"password": PASSWORD})
        assert "The 10 that are left stop working." in client.get("/account/2fa/recovery-codes/generate/").text
        assert client.post("/account/2fa/recovery-codes/generate/").url == "/account/2fa/recovery-codes/"


class TestPasskeys:
    @pytest.fixture
    def passkey(self, staff) -> Authenticator:
        return Authenticator.objects.create(
            user=staff,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Ines's laptop", "credential": CREDENTIAL},
        )

    def test_without_any_the_page_says_what_to_do_first(self, client: Client, staff) -> None:
        client.force_login(staff)
        assert "No passkey yet" in client.get("/account/2fa/webauthn/").text
        assert "Password only" in client.get("/account/2fa/").text

    def test_one_is_offered_by_name(self, proven: Client) -> None:
        page = proven.get("/account/2fa/webauthn/add/")
        assert 'value="Passkey 1"' in page.text
        assert "Countersign, " in page.text  # who asks, in the browser's own window
        assert '<script src="/static/mfa/js/webauthn.js">' in page.text

    def test_they_are_listed_renamed_and_removed(self, proven: Client, passkey, staff) -> None:
        listed = proven.get("/account/2fa/webauthn/")
        assert "Ines&#x27;s laptop" in listed.text
        assert "by itself" in listed.text
        assert "One passkey opens your account." in proven.get("/account/2fa/").text

        edit = f"/account/2fa/webauthn/keys/{passkey.pk}/edit/"
        assert "Rename a passkey" in proven.get(edit).text
        assert proven.post(edit, {"name": "Office key"}).url == "/account/2fa/webauthn/"

        remove = f"/account/2fa/webauthn/keys/{passkey.pk}/remove/"
        assert "Remove “Office key”?" in proven.get(remove).text
        assert proven.post(remove).url == "/account/2fa/webauthn/"
        assert not Authenticator.objects.exists()

    def test_those_of_others_are_not_there(self, proven: Client, administrator) -> None:
        other = Authenticator.objects.create(user=administrator, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
        for act in ("edit", "remove"):
            assert proven.get(f"/account/2fa/webauthn/keys/{other.pk}/{act}/").status_code == 404

    def test_the_proof_may_be_one(self, client: Client, staff, passkey) -> None:
        client.force_login(staff)
        assert "Use a passkey" in client.get("/account/2fa/webauthn/reauthenticate/").text


def test_a_secret_opens_again_only_with_our_keys() -> None:
    adapter = SecondFactors()
    sealed = adapter.encrypt(SECRET)
    assert SECRET not in sealed
    assert adapter.decrypt(sealed) == SECRET
