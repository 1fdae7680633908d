"""What a cell's text is once nothing invisible stands in the way, and how texts are compared."""

import html
import re
import unicodedata
from functools import lru_cache

INVISIBLE = re.compile(r"[\u200b\u200c\u200d\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SPACES = re.compile(r"[^\S\n]+")
TAG = re.compile(r"<(/?)(p|br|li|ul|ol|div|h\d|tr|table)\b[^>]*>|</?[a-z][^<>]*>", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]")
LONGEST_HEAD = 80
SHORT = 200  # texts worth remembering
LOOKED_AT = 500  # characters of what may be a head
# Languages that write without spaces say as much in a third of the characters.
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def clean(text: str) -> str:
    """Without invisible characters, odd spaces, and white space at the ends. Line breaks stay."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return "\n".join(lines).strip()


def has_invisible(text: str) -> bool:
    """Whether something stands in it that nobody sees and that makes two equal ids differ."""
    return not text.isascii() and bool(INVISIBLE.search(text) or "\u00a0" in text[:1] + text[-1:])


def folded(text: str) -> str:
    """For comparing: small letters without accents; anything but letters and digits is one space."""
    return _folded_short(text) if len(text) <= SHORT else _folded(text)


@lru_cache(maxsize=16_384)
def _folded_short(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", plain.replace("ł", "l").replace("ß", "ss")))


def head(text: str) -> str:
    """A column head for comparing: folded, without brackets, and without the lines below if it is long."""
    plain = IN_BRACKETS.sub("", text[:LOOKED_AT])
    if len(plain) > LONGEST_HEAD and "\n" in plain.strip():
        plain = plain.strip().split("\n", 1)[0]
    return folded(plain) or folded(text)


def length(text: str) -> int:
    """How much a text says, about the same for every script."""
    return len(text) + 2 * len(WIDE.findall(text)) if not text.isascii() else len(text)


def without_markup(text: str) -> str:
    """The words of an HTML fragment."""
    if "<" not in text and "&" not in text:
        return clean(text)
    return clean(re.sub(r"\n{2,}", "\n", html.unescape(TAG.sub(lambda tag: "\n" if tag[2] else "", text))))


def one_line(text: str) -> str:
    return " ".join(text.split())
