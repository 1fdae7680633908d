"""How allauth behaves here: nobody signs themselves up, contacts stay outside, mail goes through correspondence."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.accounts.models import User
from procurement.accounts.tokens import lifetime_of_link
from vendors.calendar import clock
from vendors.correspondence import services as correspondence
from vendors.people.actors import SYSTEM, Kind
from vendors.people.requests import client_address
from vendors.sealing.keyring import keyring

WHERE_SECRETS_BELONG = "second-factor"

# What happened to an account, by allauth's name for the mail about it.
HAPPENINGS = {
    "account/email/password_changed": gettext_lazy("Your password was changed."),
    "account/email/password_reset": gettext_lazy("Your password was changed with a link from our mail."),
    "account/email/password_set": gettext_lazy("A password was set for your account."),
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added to your account."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made; the old ones no longer work."),
}


class StaffAccounts(DefaultAccountAdapter):
    """Accounts of the staff. They are made by an administrator; contacts come in by the portal's door only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed. Ask an administrator to open it again."),
        "email_password_mismatch": gettext_lazy(
            "Address and password do not belong together. Check both, or ask for a link to choose a new password."
        ),
        "enter_current_password": gettext_lazy("This is not your present password. Type it once more."),
        "incorrect_code": gettext_lazy("This code does not fit. Wait for the next one and type that."),
        "incorrect_password": gettext_lazy("This is not your password. Type it once more."),
        "invalid_or_expired_key": gettext_lazy("This link no longer works. Ask for a new one."),
        "invalid_login": gettext_lazy("Type your email address."),
        "invalid_password_reset": gettext_lazy("This link no longer works. Ask for a new one."),
        "rate_limited": gettext_lazy("Too many tries. Wait five minutes, then try again."),
        "too_many_login_attempts": gettext_lazy(
            "Too many tries with this address. Wait five minutes, or use a passkey."
        ),
    }

    def is_open_for_signup(self, *_asked: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that limits are counted by: never what a client claims in X-Forwarded-For."""
        return client_address(request) or "unknown"

    def pre_login(self, request: HttpRequest, user: User, **signing_in: Any) -> HttpResponse | None:
        """Whatever proved who they are, a contact is never signed in here."""
        if user.kind != Kind.STAFF:
            raise PermissionDenied
        response: HttpResponse | None = super().pre_login(request, user, **signing_in)
        return response

    def get_password_change_redirect_url(self, *_asked: HttpRequest) -> str:
        return reverse("mfa_index")

    @transaction.atomic
    def send_password_reset_mail(self, user: User, _typed: str, context: dict[str, Any]) -> None:
        """Mail a link to choose a password; an earlier one that still waits is called back."""
        now = clock.now()
        about = f"password:{user.pk}"
        correspondence.cancel(about=about, by=SYSTEM, now=now)
        correspondence.queue_email(
            template="procurement/accounts/email/password_link",
            to=(user.email, user.name),
            recipient_id=user.pk,
            context={"person": user, "minutes": int(lifetime_of_link(user).total_seconds() // 60)},
            secret=f"{context['uid']}-{context['key']}",
            not_after=now + lifetime_of_link(user),
            about=about,
            by=SYSTEM,
            now=now,
            somebody_waits=True,
        )

    @transaction.atomic
    def send_notification_mail(self, template_prefix: str, user: User, *_more: Any, **_told: Any) -> None:
        """Tell somebody what happened to their account, from where, and what to do if it was not them."""
        now = clock.now()
        correspondence.queue_email(
            template="procurement/accounts/email/account_changed",
            to=(user.email, user.name),
            recipient_id=user.pk,
            context={
                "happened": HAPPENINGS[template_prefix],
                "at": now,
                "ip": self.get_client_ip(self.request),
            },
            about=f"account:{user.pk}",
            by=SYSTEM,
            now=now,
        )

    def send_mail(self, template_prefix: str, *_more: Any) -> None:
        """Every mail of ours has its own text; allauth's other mails are for flows that are off."""
        raise ValueError(f"{template_prefix} has no text of ours.")


class SecondFactors(DefaultMFAAdapter):
    """Second factors: their secrets are sealed, their names are plain."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code does not fit. Wait for the next one and type that."),
        "cannot_generate_recovery_codes": gettext_lazy("Add an authenticator app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(keyring().seal_text(text, context=WHERE_SECRETS_BELONG)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().open_text(base64.b64decode(encrypted_text), context=WHERE_SECRETS_BELONG)

    def get_totp_issuer(self) -> str:
        return f"Countersign, {settings.ORGANISATION_NAME}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}
