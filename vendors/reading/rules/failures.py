"""Words of a failing in a result: what takes back a "no exceptions noted", and what says without the word exception
that a control did not work.

They prove no exception by themselves. They say where eyes are needed, so that "none" is not concluded.
"""

import re
from collections.abc import Iterator

from vendors.reading.flow import SENTENCE_END
from vendors.reading.wording import any_wording, wording

_MATTER = r"(?:exception|deviation|finding|failure|discrepanc|matter|instance|issue)"
QUALIFIED = any_wording([
    r"\bexcept (?:for|that|as|where|when|in|on|with)\b", r"\bother than\b", r"\b(?:apart|aside) from\b",
    r"\bwith the (?:exceptions?|exclusion) of\b", r"\b(?:save|but) for\b", r"\bsave that\b", r"\bbesides\b",
    rf"\bno (?:other|further|additional|more) (?:\S+ ){{0,2}}{_MATTER}",
    rf"\bno {_MATTER}s? (?:other|besides|beyond)\b",
    r"\bhowever\b",
])  # fmt: skip
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
FRACTION = wording(
    rf"\b(?P<some>{_NUMBER}) (?:\((?:\d+)\) )?(?:out of|of|/) (?:the |a (?:total|sample) of )?(?P<all>\d+)\b"
)
FAILED = any_wording([
    r"\b(?:not|no \S+ (?:was|were)|no evidence|failed|late|later than|overdue|delayed|incomplete|incorrect)\b",
    r"\b(?:missing|without|lacked|absent|exceeded)\b",
])  # fmt: skip
_TOLD = r"(?:noted|identified|found|observed|detected)"
# A sentence about what would be done ("whether", "any exceptions") tells of no failing that was.
_SUPPOSED = wording(r"\b(?:no|not any|nor|without|any|all|whether|if|where|when|which|each|every|such|that)\b")
FAILURE = any_wording([
    r"\b(?:did|does) not operate(?: effectively)?\b", r"\bnot operat(?:ing|ed) effectively\b",
    r"\b(?:is|are|was|were) (?:ineffective|not effective)\b", r"(?:^|(?<=[.:;]\s)|(?<=\n))ineffective\b",
    r"\bcontrols? fail(?:ed|ure)\b", r"(?:^|(?<=[.;]\s)|(?<=\n))findings?(?: \d+)?(?: noted)? ?:",
    rf"\b(?:exception|deviation)s? (?:(?:was|were|has been|have been) )?{_TOLD}\b"
    r"(?! (?:during|by|as part|are|is|must))",
])  # fmt: skip


def is_qualified(text: str) -> bool:
    """Whether something takes back a part of what the text denies."""
    return QUALIFIED.search(text) is not None


def counts_some(text: str) -> bool:
    """Whether it counts some of a sample, not all of it: "2 of 25"."""
    return any(match["some"] != match["all"] for match in FRACTION.finditer(text))


def tells_failure(text: str, none: re.Pattern[str]) -> bool:
    """Whether a text tells of a failing, beside what says that there was `none`."""
    return next(failures(text, none), None) is not None


def failures(text: str, none: re.Pattern[str]) -> Iterator[int]:
    """The characters at which sentences begin that tell of a failing; `none` are the words that deny one."""
    text = none.sub(lambda match: re.sub(r"\S", "#", match.group()), text)
    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(text)), len(text)]:
        sentence = text[start:end]
        told = FAILURE.search(sentence)
        if told and not _SUPPOSED.search(sentence, 0, told.start()):
            yield start + told.start()
        elif counts_some(sentence) and FAILED.search(sentence):
            yield start
        start = end
