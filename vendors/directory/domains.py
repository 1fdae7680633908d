"""A vendor's domain, as people paste it and as it is kept. Pure."""

import re
from urllib.parse import urlsplit

DOMAIN = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


def plain_domain(text: str) -> str:
    """`https://www.Quillhaven.example/trust` as `quillhaven.example`; empty for empty.

    A name in other letters becomes its ASCII form, so that no look-alike passes for the vendor.
    Raises ValueError when the text holds no domain.
    """
    text = text.strip()
    if not text:
        return ""
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        host = host.rstrip(".").encode("idna").decode("ascii").lower().removeprefix("www.")
    except UnicodeError as error:
        raise ValueError(text) from error
    if not DOMAIN.fullmatch(host):
        raise ValueError(text)
    return host
