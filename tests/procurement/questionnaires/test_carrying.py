"""Finding last year's question again: by key, by words, and by words that are nearly the same."""

import pytest

from procurement.questionnaires.carrying import Asked, How, Match, found_again

BACKUPS = "Do you restore a backup of this service at least once a year, and write down how long it took?"


def asked(key: str, text: str = BACKUPS, ref: str = "", kind: str = "yes_no") -> Asked:
    return Asked(key=key, ref=ref or key.upper(), text=text, kind=kind)


@pytest.mark.parametrize(
    ("now", "then", "how"),
    [
        (asked("in-4"), asked("in-4"), How.KEY),
        (asked("in-4", "Something else altogether?"), asked("in-4"), How.KEY),
        (asked("in-4", ref="IN-4"), asked("old", BACKUPS.upper() + " ", ref="in-4"), How.WORDS),
        (asked("in-4"), asked("old", BACKUPS.replace("at least once a year", "at least every year")), How.SIMILAR),
        (asked("in-4"), asked("old", ref="OLD"), How.SIMILAR),
        (asked("in-4"), asked("old", "Do you restore backups?"), None),
        (asked("in-4"), asked("in-4", kind="long_text"), None),
    ],
)
def test_a_question_is_found_again(now, then, how):
    assert found_again([now], [then]) == ({now.key: Match(then.key, how)} if how else {})


def test_no_earlier_question_is_used_twice():
    found = found_again([asked("a", ref="1"), asked("b", ref="2")], [asked("c", ref="3")])
    assert found == {"a": Match("c", How.SIMILAR)}


def test_the_key_wins_over_the_same_words_elsewhere():
    found = found_again([asked("a"), asked("b", "Other?")], [asked("b", BACKUPS, ref="A"), asked("a", "Other?")])
    assert {key: match.key for key, match in found.items()} == {"a": "a", "b": "b"}
