"""The demo's mail server: takes every message and keeps it as a file, so that /mailbox/ can show it."""

import asyncio
import os
import secrets
import signal
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST_MESSAGE = 35 * 1024 * 1024


class Mailbox:
    """An aiosmtpd handler: one `.eml` file for each message, named so that sorting by name sorts by time.

    X-MailFrom and X-RcptTo stand above the message: who really got it, whatever its headers say.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        recipients = ", ".join(str(recipient) for recipient in envelope.rcpt_tos)
        head = f"X-MailFrom: {envelope.mail_from}\r\nX-RcptTo: {recipients}\r\n"
        self.keep(head.encode() + (envelope.original_content or b""))
        return "250 Message kept"

    def keep(self, message: bytes) -> Path:
        """Writes the file whole or not at all: the mailbox page never sees half a message."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(4)}"
        draft = self.folder / f"{name}.part"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(message)
        return draft.rename(self.folder / f"{name}.eml")


def serve(*, host: str, port: int, folder: Path) -> None:
    """Takes mail until the process is told to stop. Raises OSError where the port is taken."""
    asyncio.run(_serve(host, port, folder))


async def _serve(host: str, port: int, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    server = await loop.create_server(
        lambda: SMTP(Mailbox(folder), hostname="localhost", data_size_limit=LARGEST_MESSAGE, enable_SMTPUTF8=True),
        host=host,
        port=port,
    )
    async with server:
        await told_to_stop.wait()
