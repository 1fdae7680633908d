"""Bad days on the wire, against a real server: cut uploads, heads that lie, a file over the limit."""

import re
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests.factories.contacts import make_contact, signed_in, speaking
from tests.factories.vault import pdf_bytes
from vendors.contacts.models import Contact
from vendors.reports.models import Report
from vendors.vault.models import StoredFile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MEGABYTE = 1024 * 1024
BOUNDARY = "----report"


class Wire:
    """The contact's browser, down to its bytes."""

    def __init__(self, live_server, contact, path: str) -> None:
        self.host, self.port = live_server.thread.host, live_server.thread.port
        self.path = path
        name = settings.SESSION_COOKIE_NAME
        session = f"{name}={signed_in(contact).cookies[name].value}"
        page = HTTPConnection(self.host, self.port, timeout=30)
        page.request("GET", path, headers={"Cookie": session})
        answer = page.getresponse()
        html = answer.read().decode()
        page.close()
        csrf = re.search(rf"{settings.CSRF_COOKIE_NAME}=\w+", answer.headers["Set-Cookie"]).group()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html).group(1)
        self.cookie = f"{session}; {csrf}"

    def parts(self, content: Iterator[bytes]) -> Iterator[bytes]:
        """The body of the form, piece by piece."""
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'.encode()
        yield f"{self.token}\r\n--{BOUNDARY}\r\n".encode()
        yield b'Content-Disposition: form-data; name="file"; filename="report.pdf"\r\n'
        yield b"Content-Type: application/pdf\r\n\r\n"
        yield from content
        yield f"\r\n--{BOUNDARY}--\r\n".encode()

    def send(self, body: Iterator[bytes], *, length: int, closes: bool = False) -> bytes:
        """Send the bytes under a head that says `length`; hang up after them, or read the answer."""
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Origin: http://{self.host}:{self.port}\r\nX-Requested-With: XMLHttpRequest\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {length}\r\n"
            "Connection: close\r\n\r\n"
        )
        with socket.create_connection((self.host, self.port), timeout=60) as wire:
            wire.sendall(head.encode())
            for piece in body:
                wire.sendall(piece)
            if closes:
                wire.shutdown(socket.SHUT_WR)
            answer = b""
            while received := wire.recv(65536):
                answer += received
        return answer


@pytest.fixture
def contact(vendor, reviewer) -> Contact:
    """Jonah Pell again, made in a transaction of his own: these tests run without one around them."""
    with transaction.atomic():
        return speaking(make_contact(vendor, "Jonah Pell", by=reviewer))


@pytest.fixture
def wire(live_server, contact, nda, asked, vault_folder) -> Wire:
    return Wire(live_server, contact, f"/portal/requests/{asked.pk}/upload/")


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def nothing_kept(folder: Path) -> bool:
    certificates = {file.storage_name for file in StoredFile.objects.exclude(purpose="report")}
    left = [path for path in kept(folder) if path.name not in {Path(name).name for name in certificates}]
    return not left and not Report.objects.exists() and not StoredFile.objects.filter(purpose="report").exists()


def test_a_whole_upload_arrives(wire):
    body = list(wire.parts(iter([pdf_bytes(pages=12)])))
    answer = wire.send(iter(body), length=sum(map(len, body)))
    assert answer.startswith(b"HTTP/1.1 200") or b'"redirect"' in answer
    assert Report.objects.get().page_count == 12


@pytest.mark.parametrize("percent", [25, 50, 99])
def test_a_cut_upload_keeps_nothing(wire, vault_folder, percent):
    whole = b"".join(wire.parts(iter([pdf_bytes(pages=12)])))
    part = whole[: len(whole) * percent // 100]
    answer = wire.send(iter([part]), length=len(whole), closes=True)
    assert b'"redirect"' not in answer
    assert nothing_kept(vault_folder)


def test_a_head_that_promises_more_than_comes_keeps_nothing(wire, vault_folder):
    content = pdf_bytes(pages=12)
    whole = b"".join(wire.parts(iter([content])))
    without_end = whole[: whole.rindex(b"%%EOF") + 5]
    answer = wire.send(iter([without_end]), length=len(whole) + 50_000, closes=True)
    assert b'"redirect"' not in answer
    assert nothing_kept(vault_folder)


def test_a_head_that_promises_less_than_comes_keeps_nothing(wire, vault_folder):
    whole = b"".join(wire.parts(iter([pdf_bytes(pages=12)])))
    answer = wire.send(iter([whole]), length=len(whole) // 2)
    assert b'"redirect"' not in answer
    assert nothing_kept(vault_folder)


def test_a_file_of_101_megabytes_is_told_the_limit(wire, vault_folder):
    filler = b" " * MEGABYTE
    content = [b"%PDF-1.7\n", *[filler] * 101, b"\n%%EOF\n"]
    length = sum(len(piece) for piece in wire.parts(iter(content)))
    answer = wire.send(wire.parts(iter(content)), length=length)
    assert b" 413 " in answer.splitlines()[0]
    assert b"larger than 100 MB" in answer
    assert nothing_kept(vault_folder)
