"""allauth's forms in our words: labels instead of placeholders, and a reset for the staff only."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import comparable_email
from vendors.people.actors import Kind

ONE_TIME_CODE = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class _InOurWords(forms.Form):
    """Takes the placeholders away and puts our labels and help in place."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}
    attributes: dict[str, dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attributes.get(name, {}))
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")


PASSWORD_RULES = _("At least 12 characters, 15 or more are better. A few words in a row do well; spaces count.")


class SignInForm(_InOurWords, account.LoginForm):
    labels = {"login": _("Email address"), "password": _("Password")}
    attributes = {"login": {"autocomplete": "username webauthn"}}

    def clean_login(self) -> str:
        return comparable_email(super().clean_login())


class ForgottenPasswordForm(_InOurWords, account.ResetPasswordForm):
    """A link goes to active staff. A contact has no password here, so nothing is sent to one."""

    users: list[Any]
    labels = {"email": _("Email address")}
    attributes = {"email": {"autocomplete": "username"}}

    def clean_email(self) -> str:
        self.cleaned_data["email"] = comparable_email(self.cleaned_data["email"])
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.kind == Kind.STAFF]
        return email


class ChooseNewPasswordForm(_InOurWords, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("The same once more")}
    helps = {"password1": PASSWORD_RULES}


class ChangePasswordForm(_InOurWords, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("The same once more"),
    }
    helps = {"password1": PASSWORD_RULES}


class SetPasswordForm(_InOurWords, account.SetPasswordForm):
    labels = {"password1": _("New password"), "password2": _("The same once more")}
    helps = {"password1": PASSWORD_RULES}


class ProvePasswordForm(_InOurWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class SecondFactorForm(_InOurWords, factor.AuthenticateForm):
    labels = {"code": _("Code")}
    helps = {"code": _("Six digits from your authenticator app, or one of your recovery codes.")}
    attributes = {"code": {"autocomplete": "one-time-code", "autofocus": "autofocus"}}


class ProveSecondFactorForm(_InOurWords, factor.ReauthenticateForm):
    labels = {"code": _("Code")}
    helps = {"code": _("Six digits from your authenticator app, or one of your recovery codes.")}
    attributes = {"code": {"autocomplete": "one-time-code", "autofocus": "autofocus"}}


class AddAuthenticatorAppForm(_InOurWords, totp.ActivateTOTPForm):
    labels = {"code": _("Code that the app shows")}
    helps = {"code": _("Six digits; they change every half minute.")}
    attributes = {"code": ONE_TIME_CODE}


class AddPasskeyForm(_InOurWords, webauthn.AddWebAuthnForm):
    labels = {
        "name": _("Name of this passkey"),
        "passwordless": _("Sign in with it alone, without the password"),
    }
    helps = {
        "name": _("For example the device it lies on."),
        "passwordless": _("The device then asks for your finger, face or PIN each time."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("passwordless", True)
        super().__init__(*args, **kwargs)


class RenamePasskeyForm(_InOurWords, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of this passkey")}
