"""The form that invites somebody at a vendor."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vendors.directory.models import Vendor


class InviteForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Their own mailbox at the vendor: every code to come in is sent there."),
    )
    title = forms.CharField(label=gettext_lazy("Job title"), max_length=120, required=False)
    other_domain = forms.BooleanField(
        label=gettext_lazy("The address is right: this person acts for the vendor from there"), required=False
    )

    def __init__(self, *args: Any, vendor: Vendor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._vendor = vendor
        self.asks_about_domain = False

    def clean(self) -> dict[str, Any]:
        """An address elsewhere than at the vendor's own domain is asked about once: slips and look-alikes."""
        data: dict[str, Any] = super().clean() or {}
        host = str(data.get("email", "")).rpartition("@")[2].casefold()
        domain = self._vendor.domain
        elsewhere = bool(host and domain) and host != domain and not host.endswith(f".{domain}")
        self.asks_about_domain = elsewhere
        if elsewhere and not data.get("other_domain"):
            self.add_error(
                "other_domain",
                _("%(host)s is not %(domain)s. Check the address, or tick this and send again.")
                % {"host": host, "domain": domain},
            )
        return data
