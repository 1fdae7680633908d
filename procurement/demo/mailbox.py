"""Reading the sink's folder: what the demo's mail server received, newest first."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings

from procurement.demo.record import HOST

# Whatever port the house had when the mail was written.
HOUSE = re.compile(rf"http://{re.escape(HOST)}:\d+(?=/)")
NAME = re.compile(r"^\d{8}T\d{6}\.\d{6}-[0-9a-f]{8}$")


@dataclass(frozen=True)
class Letter:
    """One message as received; links into the house lead to where it listens today."""

    name: str
    at: datetime
    to: str
    subject: str
    message: EmailMessage

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return HOUSE.sub(settings.BASE_URL, str(part.get_content())) if part else ""


def letters(folder: Path, *, most: int = 200) -> list[Letter]:
    """The newest letters first."""
    files = sorted(folder.glob("*.eml"), reverse=True)[:most]
    return [_read(file) for file in files]


def letter(folder: Path, name: str) -> Letter | None:
    """One letter by its name; None for a name that is none of ours."""
    file = folder / f"{name}.eml"
    return _read(file) if NAME.match(name) and file.is_file() else None


def _read(file: Path) -> Letter:
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    assert isinstance(message, EmailMessage)
    at = datetime.strptime(file.stem.split("-")[0], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
    return Letter(file.stem, at, str(message["To"] or ""), str(message["Subject"] or ""), message)
