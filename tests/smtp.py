"""A real SMTP server on 127.0.0.1 that does what a test tells it.

`smtp_server` starts one; `mail_goes_to(smtp_server)` points this process at it, `smtp_server.url` any other process
(EMAIL_URL). Without instructions it takes everything:

    smtp_server.next(refuse("451 4.7.1 Greylisted"), take())
    smtp_server.next(hang_up(after="DATA"))       # the mail is kept in `received`, the answer never comes
    smtp_server.next(hold)                        # hold = Hold(): has the mail, answers after hold.release()
"""

import asyncio
import email
import email.policy
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass(frozen=True)
class Received:
    """One mail as the server got it."""

    sender: str
    recipients: list[str]
    message: EmailMessage

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return part.get_content() if part else ""

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        return part.get_content() if part else ""


@dataclass
class Answer:
    """How the server treats one mail: at `stage` (MAIL, RCPT or DATA) it says `reply`, or hangs up without it."""

    stage: str = "DATA"
    reply: str = "250 OK"
    hangs_up: bool = False
    closes: bool = False

    @property
    def takes(self) -> bool:
        return self.stage == "DATA" and (self.hangs_up or self.reply.startswith("250"))


def take() -> Answer:
    return Answer()


def refuse(reply: str, *, at: str = "RCPT") -> Answer:
    return Answer(stage=at, reply=reply)


def refuse_and_hang_up(reply: str, *, at: str = "RCPT") -> Answer:
    """The refusal arrives, the connection does not live on."""
    return Answer(stage=at, reply=reply, closes=True)


def hang_up(*, after: str = "DATA") -> Answer:
    return Answer(stage=after, hangs_up=True)


class Hold(Answer):
    """The server has the whole mail; its answer waits for `release()`."""

    def __init__(self, reply: str = "250 OK") -> None:
        super().__init__(reply=reply)
        self.reached, self.released = threading.Event(), threading.Event()

    def wait_until_reached(self, seconds: float = 20) -> None:
        assert self.reached.wait(seconds), "the server never got as far"

    def release(self) -> None:
        self.released.set()


@dataclass
class SmtpServer:
    """Received mail, in order, and the instructions for the mails to come."""

    port: int
    password: bytes = b"right"
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    _script: deque[Answer] = field(default_factory=deque)
    _controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller = Controller(
            _Handler(self),
            hostname="127.0.0.1",
            port=self.port,
            authenticator=lambda _server, _session, _envelope, _how, login: AuthResult(
                success=login.password == self.password, handled=False
            ),
            auth_require_tls=False,
        )
        self._controller.start()

    def stop(self) -> None:
        """From now on the connection is refused."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def next(self, *answers: Answer) -> None:
        """What happens to the next mails, one answer each; the ones after that are taken."""
        self._script.extend(answers)

    def wait_for(self, count: int, *, seconds: float = 20) -> list[Received]:
        """Wait until so many mails have come; fails with what did come."""
        deadline = time.monotonic() + seconds
        while len(self.received) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(self.received) >= count, f"{len(self.received)} of {count} mails came in {seconds} s"
        return self.received

    def to(self, address: str) -> list[Received]:
        """The mails this person got."""
        return [each for each in self.received if address in each.recipients]


class _Handler:
    """aiosmtpd calls these once per command."""

    def __init__(self, server: SmtpServer) -> None:
        self.server = server

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.server.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        script = self.server._script
        session.answer = script.popleft() if script else take()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._reply("MAIL", server, session)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await self._reply("RCPT", server, session)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if session.answer.takes:
            parsed = email.message_from_bytes(envelope.content or b"", policy=email.policy.default)
            self.server.received.append(Received(envelope.mail_from or "", list(envelope.rcpt_tos), parsed))
        if isinstance(session.answer, Hold):
            session.answer.reached.set()
            while not session.answer.released.is_set():
                await asyncio.sleep(0.01)
        return await self._reply("DATA", server, session)

    async def _reply(self, stage: str, server: SMTP, session: Session) -> str:
        answer: Answer = session.answer
        if answer.stage != stage:
            return "250 OK"
        if answer.hangs_up:
            server.transport.abort()
            await asyncio.sleep(0)
        elif answer.closes:
            await server.push(answer.reply)
            server.transport.close()
        return answer.reply


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    server = SmtpServer(port=free_port())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def mail_goes_to(settings):
    """`mail_goes_to(smtp_server)`: this process sends there, by the product's real SMTP backend."""

    def point(server: SmtpServer) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port

    return point
