"""Making a code and telling whether one fits. Nothing is stored from here."""

import secrets
from hashlib import sha256

from django.utils.crypto import constant_time_compare, salted_hmac

from vendors.contacts.tokens import new_token

DIGITS = 6


def new_code() -> str:
    """Six random digits, leading zeros included."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def new_browser_secret() -> str:
    """What binds a code to the browser that asked for it: kept in that browser's session only."""
    return new_token()


def code_hash(code: str, *, browser: str) -> str:
    return salted_hmac("vendors.portal.code", f"{browser}:{code}", algorithm="sha256").hexdigest()


def browser_hash(browser: str) -> str:
    return sha256(browser.encode()).hexdigest()


def address_hash(address: str) -> str:
    """For counting, without keeping what strangers type."""
    return salted_hmac("vendors.portal.address", address.strip().casefold(), algorithm="sha256").hexdigest()


def same(one: str, other: str) -> bool:
    return constant_time_compare(one, other)


def typed_digits(text: str) -> str:
    """The code as people type or paste it: "407 123" is 407123."""
    return "".join(character for character in text if character.isdecimal() and character.isascii())


def masked(address: str) -> str:
    """`jonah.pell@quillhaven.example` as `j•••@quillhaven.example`."""
    local, _at, host = address.strip().partition("@")
    return f"{local[:1]}•••@{host}"
