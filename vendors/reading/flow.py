"""Lines → one text for wordings to be found in, each character still knowing its word, page and box.

A line ends in "\\n", so that headings can be told from prose; wordings match any white space between words. Curly
quotation marks become straight ones; nothing else is changed that would move a character.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from vendors.reading.facts import Place
from vendors.reading.lines import Line
from vendors.reading.quoting import cut
from vendors.reading.words import Sheet, Word

STRAIGHT = str.maketrans("‘’‛“”„‟«»′ ‑‐", '\'\'\'""""""\' --')
LARGEST_QUOTE = 300
BROKEN_END = re.compile(r"[^\W\d_]-$")  # a letter and a hyphen


class Flow:
    """A stretch of a document as text.

    lines       in reading order; `line_starts` are the characters with which they begin
    sheets      how each page lies, for boxes
    vocabulary  words of the document, to tell a word broken over a line from one that has a hyphen
    """

    def __init__(self, lines: Sequence[Line], sheets: dict[int, Sheet], vocabulary: Collection[str] = ()) -> None:
        self.lines = lines
        self._sheets = sheets
        self.line_starts: list[int] = []
        parts: list[str] = []
        at = 0
        last = ""
        for line in lines:
            text = line.text if line.text.isascii() else line.text.translate(STRAIGHT)
            if last.endswith("-") and BROKEN_END.search(last) and text[:1].isalpha():
                if _is_broken(last.rsplit(" ", 1)[-1], text.split(" ", 1)[0], vocabulary):
                    parts[-1] = parts[-1][:-1]
                    at -= 1
            elif parts:
                parts.append("\n")
                at += 1
            self.line_starts.append(at)
            parts.append(text)
            at += len(text)
            last = text
        self.text = "".join(parts)

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages it lies on."""
        return tuple(sorted({line.page for line in self.lines}))

    def words_of(self, start: int, end: int) -> list[Word]:
        """The words to which these characters belong."""
        first = max(bisect_right(self.line_starts, start) - 1, 0)
        after = max(bisect_right(self.line_starts, max(end - 1, start)), first + 1)
        words = [word for line in self.lines[first:after] for word in line.words]
        starts = [
            at
            for begin, line in zip(self.line_starts[first:after], self.lines[first:after], strict=True)
            for at in _word_starts(line, begin)
        ]
        first = max(bisect_right(starts, start) - 1, 0)
        return words[first : max(bisect_right(starts, max(end - 1, start)), first + 1)]

    def page_of(self, at: int) -> int:
        """The page on which the character stands."""
        return self.words_of(at, at + 1)[0].page

    def place(self, start: int, end: int) -> Place:
        """The characters from start to end as a place: its page is where they begin."""
        words = self.words_of(start, end)
        page = words[0].page
        return Place(page, self.quote(start, end), box_of([word for word in words if word.page == page], self._sheets))

    def quote(self, start: int, end: int) -> str:
        """The characters as one line, cut between words where they are too many to quote."""
        return cut(self.text[start:end], LARGEST_QUOTE)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a find, or the line for what has no full stop near."""
        ends = [match.end() for match in SENTENCE_END.finditer(self.text, max(0, start - 600), start + 1)]
        before = [end for end in ends if end <= start]
        after = SENTENCE_END.search(self.text, end, end + 600)
        return before[-1] if before else max(0, start - 200), after.start() + 1 if after else min(end, len(self.text))


# A full stop after one capital ("U.S."), a legal form or a short title ends no sentence.
SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!Inc)(?<!Ltd)(?<!Corp)(?<!Co)(?<!No)(?<!St)(?<!B\.V)[.!?;]['\")]?\s+(?=[A-Z(\"'\d])"
)


def _word_starts(line: Line, begin: int) -> Iterator[int]:
    """The characters with which the words of a line begin that itself begins there."""
    for word in line.words:
        yield begin
        begin += len(word.text) + 1


def box_of(words: Sequence[Word], sheets: dict[int, Sheet]) -> tuple[float, float, float, float]:
    """The box around words of one page, as a viewer shows the page."""
    box = sheets[words[0].page].shown(
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _is_broken(before: str, after: str, vocabulary: Collection[str]) -> bool:
    """Whether the hyphen at the end of a line belongs to the line and not to the word."""
    first, second = re.sub(r"^\W+|-$", "", before).lower(), re.sub(r"\W.*$", "", after).lower()
    if not after[0].islower():
        return False
    if first + second in vocabulary:
        return True
    return not (first in vocabulary and second in vocabulary) and "-" not in first
