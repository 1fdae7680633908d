"""JSON as people write it: comments, strings joined with +, and commas too many are taken."""

import json
import re
from typing import Any

from procurement.questionnaires.importing.encodings import decoded
from procurement.questionnaires.importing.limits import ImportRefused

# A string or comment that never ends goes to the end: it is not looked for again from each of its quotes.
PIECES = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*(?:"|\Z))|(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))|(?P<other>[^"/]+|.)', re.DOTALL
)
JOINED = re.compile(r"\s*\+\s*$")
TRAILING_COMMA = re.compile(r",(\s*[\]}])")


def parsed(data: bytes) -> Any:
    """What the JSON says. Raises ImportRefused."""
    text, _encoding, _undecodable = decoded(data)
    for written in (text, None):
        try:
            return json.loads(written if written is not None else plain(text), strict=False)
        except RecursionError as error:
            raise ImportRefused("json") from error
        except ValueError as error:
            if written is None:
                raise ImportRefused("json") from error
    raise ImportRefused("json")


def plain(text: str) -> str:
    """The same as strict JSON: without comments and trailing commas, joined strings as one."""
    pieces: list[str] = []
    between = ""  # what stands after the last string
    for found in PIECES.finditer(text):
        if found["comment"]:
            continue
        if found["string"]:
            if pieces and JOINED.fullmatch(between) and pieces[-1].endswith('"'):
                pieces[-1] = pieces[-1][:-1]
                pieces.append(found["string"][1:])
            else:
                pieces += [TRAILING_COMMA.sub(r"\1", between), found["string"]]
            between = ""
        else:
            between += found["other"]
    return "".join(pieces) + TRAILING_COMMA.sub(r"\1", between)
