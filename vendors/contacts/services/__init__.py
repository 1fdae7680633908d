"""The acts of contacts, one noun a file."""

from vendors.contacts.services.access_ending import deactivate_contact
from vendors.contacts.services.inviting import (
    accept_invitations,
    invite_contact,
    resend_invitation,
    revoke_invitation,
)

__all__ = [
    "accept_invitations",
    "deactivate_contact",
    "invite_contact",
    "resend_invitation",
    "revoke_invitation",
]
