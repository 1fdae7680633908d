"""Whatever the bytes are, reading ends with an answer."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.amounts import amount
from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import elm, letter_only, oak
from vendors.reading import read_report
from vendors.reading.contract import as_json

# Packed, a spoilt byte ruins a stream; plain, it ruins words, numbers and operators one by one.
REPORTS = tuple(story(Paper()).pdf(packed=packed) for story in (letter_only, oak, elm) for packed in (True, False))
SPOILT = amount(sample=36, full=1000)
SLOWEST = 10.0  # seconds; whole, each of them takes a twentieth of one


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The file with a few places overwritten, cut out, doubled or filled with noise."""
    file = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at, size = chance.randrange(len(file)), chance.randint(1, 60)
        kind = chance.randrange(5)
        if kind == 0:
            file[at] = chance.randrange(256)
        elif kind == 1:
            del file[at : at + size]
        elif kind == 2:
            file[at:at] = file[max(0, at - size) : at]
        elif kind == 3:
            file[at : at + size] = chance.randbytes(size)
        else:
            file[at : at + 4] = b"9999"
    return bytes(file)


def answer_of(content: bytes) -> None:
    told = as_json(read_report(content))
    assert told["error"] in (None, "encrypted", "damaged", "not_a_pdf", "no_text")


@pytest.mark.sampled
@pytest.mark.parametrize("seed", range(SPOILT))
def test_a_spoilt_file_is_an_answer_in_time(seed):
    started = time.monotonic()
    answer_of(mutated(REPORTS[seed % len(REPORTS)], random.Random(seed)))
    assert time.monotonic() - started < SLOWEST


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_behind_the_head_of_a_pdf_are_an_answer(rest):
    answer_of(b"%PDF-1.7\n" + rest + b"\n%%EOF\n")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="cp1252"), max_size=60), max_size=30))
def test_any_text_on_a_page_is_an_answer(lines):
    answer_of(Paper().lines(*(line.replace("\n", " ").replace("\r", " ") for line in lines), "end").pdf())
