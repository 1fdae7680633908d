"""Handing one message to the mail server over an open connection, and saying what its answer means."""

import secrets
import smtplib
from functools import lru_cache
from types import TracebackType
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _

from vendors.ledger.chain import printable

SERVICE_NOT_AVAILABLE = 421
# A server may read the mail through before it answers; hanging up on it meanwhile would send the mail twice.
ANSWER_SECONDS = 120


class NotHandedOver(Exception):
    """The message did not get through. The text is a sentence for staff."""


class ServerAway(NotHandedOver):
    """The mail server does not let us in: no message's fault, the whole queue waits."""


class ComeLater(NotHandedOver):
    """The server asked to try this message later (4xx), or hung up before taking it."""


class RefusedForGood(NotHandedOver):
    """The server will not take this message, now or later (5xx)."""


class BrokeOff(NotHandedOver):
    """The connection ended after the message was handed over, before the answer: it may have arrived."""


class Carrier:
    """One connection to the mail server, opened when first needed and used for many messages."""

    def __init__(self, *, timeout: int | None = None) -> None:
        self._timeout = timeout if timeout is not None else settings.EMAIL_TIMEOUT
        self._answer_timeout = timeout if timeout is not None else ANSWER_SECONDS
        self._backend: Any = get_connection(fail_silently=False, timeout=self._timeout)
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> bool:
        """Connect unless connected; True when this call connected. Raises ServerAway."""
        if self._is_open:
            return False
        try:
            self._backend.open()
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            raise ServerAway(_("The mail server refuses our user name or password.")) from error
        except smtplib.SMTPException as error:
            self._drop()
            raise ServerAway(
                _("The mail server does not let us in (%(error)s).") % {"error": type(error).__name__}
            ) from error
        except OSError as error:
            self._drop()
            raise ServerAway(
                _("The mail server does not answer (%(error)s).") % {"error": type(error).__name__}
            ) from error
        self._is_open = True
        return True

    def close(self) -> None:
        """Say goodbye; a server that is already gone is no error."""
        if self._is_open:
            try:
                self._backend.close()
            except OSError:
                self._backend.connection = None
        self._is_open = False

    def hand_over(self, message: EmailMessage) -> None:
        """Give the message to the server over the open connection; returning means the server has taken it.

        Raises ComeLater, RefusedForGood or BrokeOff; any other error is the message's own.
        """
        built: Any = message.message()
        # Chance cannot stand in a text, so that nobody has to search the text for it.
        built.set_boundary(secrets.token_hex(16))
        raw: bytes = built.as_bytes(linesep="\r\n")
        sender = _in_an_envelope(message.from_email)
        (recipient,) = (_in_an_envelope(address) for address in message.recipients())
        if not isinstance(self._backend, SmtpBackend):
            self._backend.send_messages([message])
            return
        smtp = self._backend.connection
        assert smtp is not None
        self._announce(smtp, sender, recipient, len(raw))
        self._transmit(smtp, raw)

    def _announce(self, smtp: smtplib.SMTP, sender: str, recipient: str, size: int) -> None:
        try:
            smtp.ehlo_or_helo_if_needed()
            options = [f"size={size}"] if smtp.has_extn("size") else []
            code, reply = smtp.mail(sender, options)
            if code != 250:
                self._reset(smtp, code)
                raise ComeLater(_("The mail server does not take our sender address: %(reply)s") % said(code, reply))
            code, reply = smtp.rcpt(recipient)
        except OSError as error:
            self._drop()
            raise ComeLater(
                _("The mail server hung up before it took the mail (%(error)s).") % {"error": type(error).__name__}
            ) from error
        if code not in {250, 251}:
            self._turned_down(smtp, code, reply)

    def _transmit(self, smtp: smtplib.SMTP, raw: bytes) -> None:
        code: int
        reply: bytes | str
        assert smtp.sock is not None
        smtp.sock.settimeout(self._answer_timeout)
        try:
            code, reply = smtp.data(raw)
        except smtplib.SMTPDataError as error:
            code, reply = error.smtp_code, error.smtp_error
        except OSError as error:
            self._drop()
            raise BrokeOff(
                _("The connection broke off before the mail server confirmed the mail (%(error)s).")
                % {"error": type(error).__name__}
            ) from error
        smtp.sock.settimeout(self._timeout)
        if code != 250:
            self._turned_down(smtp, code, reply)

    def _turned_down(self, smtp: smtplib.SMTP, code: int, reply: bytes | str) -> NoReturn:
        self._reset(smtp, code)
        if 500 <= code < 600:
            raise RefusedForGood(_("The mail server refused the mail: %(reply)s") % said(code, reply))
        raise ComeLater(_("The mail server asked to try later: %(reply)s") % said(code, reply))

    def _reset(self, smtp: smtplib.SMTP, code: int) -> None:
        """Ready the connection for the next message; 421 means the server is closing it."""
        if code == SERVICE_NOT_AVAILABLE:
            self._drop()
            return
        try:
            smtp.rset()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        """Forget a connection that is of no more use; the next message opens a new one."""
        smtp = getattr(self._backend, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            smtp.close()
            self._backend.connection = None
        self._is_open = False


@lru_cache(maxsize=64)
def _in_an_envelope(address: str) -> str:
    """The address in ASCII; ours is the same in every mail of a run."""
    return sanitize_address(address, "utf-8")


def said(code: int, reply: bytes | str) -> dict[str, str]:
    """The server's own words, on one line and not too long."""
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return {"reply": f"{code} {printable(words)}"[:200]}
