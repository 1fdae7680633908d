"""What is left of a part's text to know it again by: a few hundred numbers that say nothing about what stands there.

The text is cut into runs of eight words, without the names of vendor, firm and system, months and everything with a
digit. Of the numbers made from the runs the smallest are kept (a "bottom-k sketch"): two texts that share runs share
about as large a part of these, so the shared part of whole texts can be told from 400 numbers each.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import islice
from typing import Any

KEPT = 400  # numbers; the share of two texts that agree by nine tenths is then right to about two hundredths
RUN = 8  # words; shorter runs are the manner of speaking of the whole trade
BYTES = 4
WORD = re.compile(r"[^\W\d_]{2,}")
WITH_DIGIT = re.compile(r"\S*\d\S*")
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Fingerprint:
    """Of one text: how many different runs it has, and the smallest of the numbers made from them."""

    count: int
    marks: frozenset[int]

    def share_in(self, other: "Fingerprint") -> float:
        """Which share of this text also stands in the other, 0 to 1; an estimate."""
        if not self.count or not other.count:
            return 0.0
        smallest = nsmallest(KEPT, self.marks | other.marks)
        common = sum(mark in self.marks and mark in other.marks for mark in smallest)
        alike = common / len(smallest)
        both = alike / (1 + alike) * (self.count + other.count)
        return min(1.0, both / self.count)

    def as_json(self) -> dict[str, Any]:
        """Two kilobytes at most."""
        packed = b"".join(mark.to_bytes(BYTES, "big") for mark in sorted(self.marks))
        return {"count": self.count, "marks": b64encode(packed).decode("ascii")}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Fingerprint":
        packed = b64decode(kept["marks"])
        marks = (packed[at : at + BYTES] for at in range(0, len(packed), BYTES))
        return cls(kept["count"], frozenset(int.from_bytes(mark, "big") for mark in marks))


def fingerprint(text: str, names: Iterable[str] = ()) -> Fingerprint:
    """The fingerprint of a text in which the words of `names` do not count."""
    dropped = MONTHS.union(*(WORD.findall(name.lower()) for name in names))
    words = [word for word in WORD.findall(WITH_DIGIT.sub(" ", text.lower())) if word not in dropped]
    runs = {" ".join(run) for run in zip(*(islice(words, start, None) for start in range(RUN)), strict=False)}
    marks = (int.from_bytes(blake2b(run.encode(), digest_size=BYTES).digest(), "big") for run in runs)
    return Fingerprint(len(runs), frozenset(nsmallest(KEPT, marks)))
