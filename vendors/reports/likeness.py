"""When the text of two reports is so alike that a reviewer should know. Pure.

The numbers come from 16 reports of eight firms that one author wrote from shared stock, which real firms do not do to
that extent. There, runs of eight words shared by reports of different vendors reach: tests 0.74 signed by one firm
and 0.32 by two; descriptions 0.74; letters 0.89 and 0.57. Reports made from a template differ in names, days and
numbers alone, which a fingerprint leaves out: they share nearly all. So nine tenths of the tests or of the description
is worth a note, a letter only where another firm signed it: the letters of one firm are rightly alike.
"""

from collections.abc import Iterator, Mapping

from vendors.reading.fingerprints import Fingerprint

NOTED = 0.9
FEWEST_RUNS = 250  # a page of text; less says nothing
LARGEST_TIMES = 4  # a short text found in one many times as long is guessed from too few numbers

Texts = Mapping[str, Fingerprint]


def shared(one: Texts, other: Texts, *, same_firm: bool) -> Iterator[tuple[str, float]]:
    """The parts of which so much also stands in the other report that it is worth a note, each with its share."""
    for part, text in one.items():
        if part not in other or (part == "letter" and same_firm):
            continue
        fewest, most = sorted([text.count, other[part].count])
        if fewest < FEWEST_RUNS or most > LARGEST_TIMES * fewest:
            continue
        share = text.share_in(other[part])
        if share >= NOTED:
            yield part, share
