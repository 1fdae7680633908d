"""How much of a long campaign is run: a seeded sample, or all of it where `make soak` asks for that.

Tests with two amounts are marked `sampled`, so that `make soak` finds them.
"""

import os

IN_FULL = os.environ.get("COUNTERSIGN_SOAK") == "full"


def amount(*, sample: int, full: int) -> int:
    return full if IN_FULL else sample
