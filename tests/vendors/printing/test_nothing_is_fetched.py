"""A page can name packaged files only, whoever wrote what into it (SECURITY.md, T11)."""

import base64
import io
import socket
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.vendors.printing.test_print_pdf import printed, text_of
from vendors.printing.packaged import NAMES, PackagedFilesOnly
from vendors.printing.services import PrintJobFailed

CANARY = "canary-3c9e71"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'

# In the body or, from "<head>", in the head; {url} is what must not be fetched.
VECTORS = {
    "img": '<img src="{url}">',
    "img srcset": '<img srcset="{url} 1x" src="{url}">',
    "picture": '<picture><source srcset="{url}"><img src="{url}"></picture>',
    "input": '<input type="image" src="{url}">',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "iframe": '<iframe src="{url}"></iframe>',
    "video": '<video poster="{url}" src="{url}"></video>',
    "link to a stylesheet": '<head><link rel="stylesheet" href="{url}">',
    "link to an attachment": '<head><link rel="attachment" href="{url}" title="a">',
    "anchor to an attachment": '<a rel="attachment" href="{url}">a</a>',
    "meta refresh": '<head><meta http-equiv="refresh" content="0;url={url}">',
    "base": '<head><base href="{url}"><link rel="stylesheet" href="">',
    "import": '<head><style>@import url("{url}");</style>',
    "font face": '<head><style>@font-face {{ font-family: F; src: url("{url}") }} p {{ font-family: F }}</style>',
    "color profile": '<head><style>@color-profile --c {{ src: url("{url}") }} p {{ color: color(--c 1 0 0) }}</style>',
    "background": "<p style=\"background: url('{url}')\">a</p>",
    "border image": "<p style=\"border: 9px solid; border-image: url('{url}') 9\">a</p>",
    "list style": "<ul style=\"list-style: url('{url}')\"><li>a</ul>",
    "content": '<head><style>p::before {{ content: url("{url}") }}</style>',
    "page background": '<head><style>@page {{ background: url("{url}") }}</style>',
    "svg image": SVG + '<image href="{url}" width="9" height="9"/></svg>',
    "svg xlink image": SVG + '<image xlink:href="{url}" width="9" height="9"/></svg>',
    "svg use": SVG + '<use href="{url}#a"/></svg>',
    "svg style": SVG + '<style>@import url("{url}");</style><rect width="9" height="9" fill="url({url}#a)"/></svg>',
    "svg entity": '<!DOCTYPE svg [<!ENTITY x SYSTEM "{url}">]>' + SVG + "<text>&x;</text></svg>",
    "table background": '<table background="{url}"><tr><td background="{url}">a</td></tr></table>',
}


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list]]:
    """A server that remembers who knocked."""
    knocks: list = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    knocks.append(server.accept()[1])
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/{CANARY}.png", knocks
        server.shutdown(socket.SHUT_RDWR)


def everything_in(pdf: bytes) -> bytes:
    """The file and each of its streams unpacked, so that nothing hides in a compressed one."""
    found = [pdf]
    for piece in pdf.split(b"stream\n")[1:]:
        try:
            found.append(zlib.decompressobj().decompress(piece.lstrip(b"\r\n")))
        except zlib.error:
            continue
    return b"".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS.keys())
def test_nothing_but_packaged_files_is_read(vector, listener, tmp_path: Path):
    address, knocks = listener
    secret = tmp_path / "canary.css"
    secret.write_text(f"p::before {{ content: '{CANARY}' }} /* {CANARY} */")
    data = "data:text/css;base64," + base64.b64encode(secret.read_bytes()).decode()

    for url in (secret.as_uri(), str(secret), address, address.replace("http:", "ftp:"), data):
        html = vector.format(url=url)
        head = html.removeprefix("<head>") if html.startswith("<head>") else ""
        try:
            pdf = printed("<p>a</p>" if head else "<p>a</p>" + html, head=head)
        except PrintJobFailed:
            continue
        assert CANARY.encode() not in everything_in(pdf).replace(address.encode(), b"").replace(
            address.replace("http:", "ftp:").encode(), b""
        )
        assert not PdfReader(io.BytesIO(pdf)).attachments
    assert knocks == []


@pytest.mark.parametrize(
    "url",
    [
        "packaged:../settings.py",
        "packaged:fonts/../../render.py",
        "packaged:/etc/passwd",
        "packaged:services.py",
        "packaged:fonts",
        "packaged:",
        "packaged:print.css?x",
        "PACKAGED:print.css",
        "file:///etc/passwd",
        "print.css",
        "data:text/css,p{}",
    ],
)
def test_a_name_that_only_looks_packaged_is_refused(url):
    with pytest.raises(ValueError, match="packaged file"):
        PackagedFilesOnly().fetch(url)


def test_the_fetcher_has_no_way_to_the_disk_or_the_network_left():
    fetcher = PackagedFilesOnly()
    assert fetcher.handlers == []
    assert fetcher.handle_open == {}


def test_every_packaged_file_can_be_read():
    for name in NAMES:
        assert PackagedFilesOnly().fetch(f"packaged:{name}").read()
    assert {"print.css", "fonts/plex-sans-400.woff2"} <= NAMES


def test_the_fonts_come_with_their_licences():
    fonts = Path(__import__("vendors.printing.packaged", fromlist=["FOLDER"]).FOLDER) / "fonts"
    for licence in ("OFL-IBM-Plex.txt", "OFL-Source-Serif-4.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / licence).read_text()


@pytest.mark.slow
def test_what_a_person_typed_is_text(listener):
    """The memo's templates escape; this is what arrives."""
    typed = "&lt;img src=&quot;file:///etc/passwd&quot;&gt;"
    assert '<img src="file:///etc/passwd">' in text_of(printed(f"<p>{typed}</p>"))[0]
    assert listener[1] == []
