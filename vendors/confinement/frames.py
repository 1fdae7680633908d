"""What travels over the pipe: frames of a length and so many bytes. JSON and bytes only, never pickles.

A request is the frame of its JSON, frames of data, and an empty frame. An answer is the frame of its JSON and
one frame of data.
"""

import json
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any

LENGTH = struct.Struct(">Q")
LARGEST_FRAME = 512 * 1024 * 1024
PIECE = 1024 * 1024


def frame(content: bytes) -> bytes:
    return LENGTH.pack(len(content)) + content


def request_frames(message: dict[str, Any], data: bytes | Iterable[bytes]) -> Iterator[bytes]:
    """A request, in pieces small enough to be written while a clock is watched."""
    yield frame(json.dumps(message).encode())
    pieces = (data[at : at + PIECE] for at in range(0, len(data), PIECE)) if isinstance(data, bytes) else data
    yield from (frame(piece) for piece in pieces if piece)
    yield frame(b"")


def read_frame(read_exactly: Callable[[int], bytes]) -> bytes:
    """One frame. `read_exactly` returns so many bytes or raises EOFError."""
    (length,) = LENGTH.unpack(read_exactly(LENGTH.size))
    if length > LARGEST_FRAME:
        raise EOFError("A frame of that length was never sent.")
    return read_exactly(length)


def read_request(read_exactly: Callable[[int], bytes]) -> tuple[dict[str, Any], bytes]:
    """One request, its data put together again. Raises EOFError."""
    message = json.loads(read_frame(read_exactly))
    pieces = []
    while piece := read_frame(read_exactly):
        pieces.append(piece)
    return message, b"".join(pieces)
