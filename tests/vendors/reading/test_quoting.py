"""Quotations that are too long for their place."""

import pytest

from vendors.reading.quoting import cut, shortened

LONG = "In our opinion the description presents the system, and the controls operated effectively all year."


@pytest.mark.parametrize("most", range(20, 99))
def test_a_long_one_is_shortened_between_words_to_its_first_and_last(most):
    said = shortened(LONG, most)
    assert len(said) <= most
    head, tail = said.split(" … ")
    assert LONG.startswith(head)
    assert LONG.endswith(tail)
    assert LONG[len(head)] in " ,"
    assert LONG[-len(tail) - 1] == " "
    assert head.startswith("In our")


@pytest.mark.parametrize("most", range(10, 99))
def test_one_that_is_cut_says_so_after_a_whole_word(most):
    said = cut(LONG, most)
    assert len(said) <= most
    assert LONG[len(said) - 1] in " ,"
    assert said.endswith("…")


def test_a_short_one_stays_on_one_line():
    assert shortened(" In our\n opinion ", 99) == cut(" In our\n opinion ", 99) == "In our opinion"


def test_a_word_that_fills_the_place_is_cut_all_the_same():
    assert cut("x" * 50, 10) == "x" * 9 + "…"
    assert len(shortened("x" * 50, 20)) <= 20
