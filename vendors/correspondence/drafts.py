"""Making a mail: three templates rendered into one row. Nothing is sent from here."""

import textwrap
import uuid
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.translation import gettext as _

from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.chain import printable
from vendors.people.actors import Actor, Refused
from vendors.sealing.keyring import keyring

PLACEHOLDER = "[[secret]]"
TEXT_WIDTH = 72


def draft_email(
    *,
    template: str,
    to: tuple[str, str],
    context: Mapping[str, Any],
    about: str,
    by: Actor,
    now: datetime,
    vendor_id: int | None = None,
    recipient_id: int | None = None,
    secret: str | None = None,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    reply_to: tuple[str, str] | None = None,
) -> OutgoingEmail:
    """Render `<template>.subject.txt`, `.txt` and `.html` into a row of the caller's transaction.

    Beside `context` the templates know `organisation`, `base_url`, `to_name` and, where the link or code belongs,
    `secret`. The text templates are not escaped, and long lines of the text part are wrapped.
    Raises Refused when an address is not one, ValueError for a secret without an end or a place in the text, and
    TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Mail is queued inside the transaction of the act it tells of.")
    to_email, to_name = checked_address(to[0]), printable(str(to[1]))
    subject, text, html = _render(template, {**context, "to_name": to_name}, secret)
    row = uuid.uuid4()
    email = OutgoingEmail(
        uuid=row,
        message_id=message_id(row),
        kind=template,
        about=about,
        vendor_id=vendor_id,
        to_email=to_email,
        to_name=to_name[:160],
        recipient_id=recipient_id,
        reply_to=mailbox(checked_address(reply_to[0]), printable(reply_to[1])) if reply_to else "",
        subject=subject,
        text=text,
        html=html,
        carries_secret=secret is not None,
        sealed_secret=_sealed(secret, not_after, text, html, context_of=row),
        not_before=not_before,
        not_after=not_after,
        next_try_at=max(now, not_before or now),
        queued_at=now,
        queued_by=by.label[:160],
    )
    email.save(force_insert=True)
    return email


def checked_address(address: str) -> str:
    """The address without space around it. Raises Refused when mail cannot be sent to it."""
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            _("“%(address)s” is not an e-mail address. Write one like name@company.example.")
            % {"address": printable(address)},
            field="email",
        ) from None
    return address


def mailbox(address: str, name: str) -> str:
    """Name and address as one header value, quoted where needed."""
    return str(Address(display_name=name, addr_spec=address))


def message_id(row: uuid.UUID) -> str:
    """The Message-ID of a row: the same however often it is sent, so that a second copy can be told apart."""
    return f"<{row}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def fill_in(email: OutgoingEmail, secret: str | None) -> tuple[str, str]:
    """Text and HTML of the mail with the secret in its place."""
    if secret is None:
        return email.text, email.html
    return email.text.replace(PLACEHOLDER, secret), email.html.replace(PLACEHOLDER, escape(secret))


def _render(template: str, context: Mapping[str, Any], secret: str | None) -> tuple[str, str, str]:
    known = {
        "organisation": settings.ORGANISATION_NAME,
        "base_url": settings.BASE_URL,
        **context,
        **({"secret": PLACEHOLDER} if secret is not None else {}),
    }
    subject = printable(_as_text(f"{template}.subject.txt", known))[:300]
    text = wrapped(_as_text(f"{template}.txt", {**known, "subject": subject}))
    html = get_template(f"{template}.html").render({**known, "subject": subject})
    return subject, text, html


def _as_text(name: str, context: Mapping[str, Any]) -> str:
    template: Any = get_template(name)
    return str(template.template.render(Context(dict(context), autoescape=False)))


def wrapped(text: str) -> str:
    """Paragraphs broken at 72 characters, no two empty lines in a row, no empty foot; indented lines and links stay."""
    lines: list[str] = []
    for line in text.strip().removesuffix("\n--").rstrip().splitlines():
        line = line.rstrip() if line != "-- " else line
        if not line and lines and not lines[-1]:
            continue
        if len(line) <= TEXT_WIDTH or line.startswith(" ") or "://" in line:
            lines.append(line)
        else:
            lines += textwrap.wrap(line, TEXT_WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def _sealed(
    secret: str | None, not_after: datetime | None, text: str, html: str, *, context_of: uuid.UUID
) -> bytes | None:
    if secret is None:
        return None
    if not_after is None:
        raise ValueError("A mail with a link or a code says until when it works (not_after).")
    if PLACEHOLDER not in text or PLACEHOLDER not in html:
        raise ValueError("A mail with a link or a code shows {{ secret }} in its text and in its HTML.")
    return keyring().seal_text(secret, context=f"mail:{context_of}")
