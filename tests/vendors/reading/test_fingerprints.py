"""Knowing a text again by a few hundred numbers. Pure."""

import random

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import oak
from vendors.reading.fingerprints import Fingerprint, fingerprint
from vendors.reading.jobs import read

WORDS = (
    "control", "access", "review", "change", "backup", "incident", "owner", "approves", "records", "samples", "tickets",
    "monthly", "system",
)  # fmt: skip


def text(seed: int, words: int) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(words))


@pytest.mark.parametrize(("shared", "own"), [(3000, 0), (2400, 600), (1500, 1500), (0, 3000)])
def test_the_shared_part_is_told_to_within_a_few_hundredths(shared, own):
    one = fingerprint(text(1, shared) + " " + text(2, own))
    other = fingerprint(text(1, shared) + " " + text(3, own))
    assert one.share_in(other) == pytest.approx(shared / (shared + own), abs=0.06)
    assert Fingerprint.from_json(other.as_json()) == other
    assert len(str(other.as_json())) < 2300


def test_names_days_and_numbers_do_not_count():
    said = "{} withdrew access of {} leavers by {} as control {} asks of every system owner in the company. " * 5
    one = said.format(*["Quillhaven", "2", "June 30, 2026", "QH-10"] * 5)
    other = said.format(*["Osierpay", "9", "1 March 2025", "OP.4"] * 5)
    assert fingerprint(one, ["Quillhaven, Inc."]) == fingerprint(other, ["Osierpay"])


def test_nothing_shares_nothing():
    empty = fingerprint("too few words")
    assert (empty.count, empty.share_in(empty)) == (0, 0.0)


def test_the_confined_job_takes_them_of_the_long_parts():
    told, _ = read({}, oak(Paper()).pdf())
    assert set(told["fingerprints"]) == {"letter", "description", "tests"}
    assert all(each["count"] for each in told["fingerprints"].values())
    assert read({}, b"no PDF")[0]["fingerprints"] == {}
