"""A sealed file opens whole and untouched, or not at all beyond the last good chunk."""

import io
import os
import random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.sealing.errors import SealBroken
from vendors.sealing.keyring import new_key
from vendors.sealing.streams import CHUNK, HEADER, TAG, StreamSealer, open_stream

KEY, FILE = new_key(), uuid4()
SEALED_CHUNK = CHUNK + TAG
THREE_CHUNKS = os.urandom(2 * CHUNK + 1000)


def seal(*pieces: bytes, key: bytes = KEY, file: UUID = FILE) -> bytes:
    sealer = StreamSealer(key, file)
    return b"".join([sealer.start(), *map(sealer.update, pieces), sealer.finish()])


def opened(sealed: bytes, *, key: bytes = KEY, file: UUID = FILE) -> bytes:
    return b"".join(open_stream(io.BytesIO(sealed), key, file))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17])
def test_what_was_sealed_comes_back(size):
    plain = os.urandom(size)
    assert opened(seal(plain)) == plain


@pytest.mark.slow
@given(sizes=st.lists(st.integers(0, 3 * CHUNK), max_size=6))
def test_it_does_not_matter_in_which_pieces_the_bytes_come(sizes):
    pieces = [random.randbytes(size) for size in sizes]
    assert opened(seal(*pieces)) == b"".join(pieces)


def test_the_same_file_sealed_twice_looks_different():
    assert seal(b"report") != seal(b"report")


def test_no_flipped_bit_opens():
    sealed = seal(THREE_CHUNKS)
    places = [*range(HEADER * 8), *random.sample(range(HEADER * 8, len(sealed) * 8), 1000)]
    good = [THREE_CHUNKS[at : at + CHUNK] for at in range(0, len(THREE_CHUNKS), CHUNK)]
    for place in places:
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        whole_before = max(0, place // 8 - HEADER) // SEALED_CHUNK
        chunks: list[bytes] = []
        with pytest.raises(SealBroken):
            chunks.extend(open_stream(io.BytesIO(changed), KEY, FILE))
        assert chunks == good[:whole_before]


@pytest.mark.parametrize(
    "length",
    [0, 1, HEADER - 1, HEADER, HEADER + TAG, HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK, -1, -TAG, -1000],
)
def test_a_file_cut_short_does_not_open_to_its_end(length):
    with pytest.raises(SealBroken):
        opened(seal(THREE_CHUNKS)[:length])


@pytest.mark.parametrize("more", [b"\0", b"x" * TAG, b"x" * SEALED_CHUNK])
def test_a_file_with_something_added_does_not_open_to_its_end(more):
    with pytest.raises(SealBroken):
        opened(seal(THREE_CHUNKS) + more)


def test_a_file_with_its_own_last_chunk_added_does_not_open_to_its_end():
    sealed = seal(THREE_CHUNKS)
    with pytest.raises(SealBroken):
        opened(sealed + sealed[HEADER + 2 * SEALED_CHUNK :])


def test_chunks_in_another_order_do_not_open():
    sealed = seal(THREE_CHUNKS)
    first, second = sealed[HEADER : HEADER + SEALED_CHUNK], sealed[HEADER + SEALED_CHUNK : HEADER + 2 * SEALED_CHUNK]
    with pytest.raises(SealBroken):
        next(open_stream(io.BytesIO(sealed[:HEADER] + second + first + sealed[HEADER + 2 * SEALED_CHUNK :]), KEY, FILE))


def test_a_chunk_left_out_does_not_go_unnoticed():
    sealed = seal(THREE_CHUNKS)
    with pytest.raises(SealBroken):
        opened(sealed[: HEADER + SEALED_CHUNK] + sealed[HEADER + 2 * SEALED_CHUNK :])


def test_a_chunk_of_another_file_under_the_same_key_does_not_open():
    one, other = seal(THREE_CHUNKS), seal(THREE_CHUNKS)
    with pytest.raises(SealBroken):
        opened(one[: HEADER + SEALED_CHUNK] + other[HEADER + SEALED_CHUNK :])


def test_a_file_put_in_the_place_of_another_does_not_open():
    with pytest.raises(SealBroken):
        opened(seal(b"the report of another vendor", file=uuid4()))


def test_another_key_opens_nothing():
    with pytest.raises(SealBroken):
        opened(seal(b"report"), key=new_key())
