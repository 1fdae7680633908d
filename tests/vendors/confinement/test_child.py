"""What travels over the pipe, and how the child answers, without a child."""

import io
import json

import pytest

from tests.vendors.confinement.conftest import JOBS
from vendors.confinement.child import _run
from vendors.confinement.frames import LARGEST_FRAME, LENGTH, read_frame, read_request, request_frames


def reader(content: bytes):
    stream = io.BytesIO(content)

    def read_exactly(count: int) -> bytes:
        piece = stream.read(count)
        if len(piece) != count:
            raise EOFError
        return piece

    return read_exactly


@pytest.mark.parametrize(
    "data", [b"", b"one", b"x" * 3_000_000, [b"one", b"", b"two"]], ids=["none", "one", "large", "pieces"]
)
def test_a_request_arrives_as_it_was_sent(data):
    sent = b"".join(request_frames({"job": "a:b", "params": {"word": "ä"}}, data))
    message, arrived = read_request(reader(sent))
    assert message == {"job": "a:b", "params": {"word": "ä"}}
    assert arrived == (data if isinstance(data, bytes) else b"".join(data))


def test_a_request_that_breaks_off_is_none():
    sent = b"".join(request_frames({"job": "a:b"}, b"data"))
    for length in range(len(sent)):
        with pytest.raises(EOFError):
            read_request(reader(sent[:length]))


def test_a_frame_that_claims_an_absurd_length_is_not_waited_for():
    with pytest.raises(EOFError, match="never sent"):
        read_frame(reader(LENGTH.pack(LARGEST_FRAME + 1)))


@pytest.mark.parametrize(
    ("job", "answer"),
    [
        ("refuse", {"failed": "password", "sentence": "It asks for a password."}),
        ("fail", {"failed": "error"}),
        ("take_memory", {"failed": "memory"}),
        ("unlisted", {"failed": "error"}),
    ],
)
def test_how_a_job_ends_is_told_without_a_word_of_its_document(job, answer):
    message = {"job": f"tests.vendors.confinement.jobs:{job}", "params": {"bytes": 1 << 60}}
    told, content = _run(message, b"confidential words", frozenset(JOBS))
    assert answer.items() <= told.items()
    assert content == b""
    assert "confidential" not in json.dumps(told)


def test_what_a_job_brings_is_handed_on():
    answer, content = _run({"job": "tests.vendors.confinement.jobs:echo", "params": {"a": 1}}, b"data", frozenset(JOBS))
    assert answer["result"]["params"] == {"a": 1}
    assert content == b"data"
