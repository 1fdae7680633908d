"""The acts of accounts, one noun a file."""

from procurement.accounts.services.api_tokens import (
    TooManyWrongTokens,
    make_token,
    note_use,
    refuse_token,
    revoke_token,
)
from procurement.accounts.services.people import add_person, change_person, send_set_up_mail

__all__ = [
    "TooManyWrongTokens",
    "add_person",
    "change_person",
    "make_token",
    "note_use",
    "refuse_token",
    "revoke_token",
    "send_set_up_mail",
]
