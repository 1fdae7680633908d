"""The exact text, its hash, and how it is parted for reading."""

import hashlib

from vendors.ndas import starter
from vendors.ndas.wording import Part, Passage, exact, filled_in, passages, sha256_of


def test_line_ends_do_not_change_the_hash():
    typed = "# One\r\n\r\nText  \r\nmore\r\n"
    assert exact(typed) == exact("# One\n\nText\nmore") == "# One\n\nText\nmore\n"


def test_what_nobody_sees_is_no_part_of_the_text():
    assert exact("pay\u202e\u200b 1\u00ad0") == "pay 10\n"


def test_the_hash_is_of_the_utf_8_text():
    assert sha256_of("für uns\n") == hashlib.sha256("für uns\n".encode()).hexdigest()


def test_headings_and_paragraphs():
    assert passages("# One\nfirst\nline\n\nsecond\n## Two\n") == [
        Passage(Part.HEADING, "One"),
        Passage(Part.PARAGRAPH, "first line"),
        Passage(Part.PARAGRAPH, "second"),
        Passage(Part.HEADING, "Two"),
    ]


def test_only_known_words_in_brackets_are_filled_in():
    assert filled_in("[term_months] months, [else]", {"term_months": 36}) == "36 months, [else]"


def test_the_starter_text_leaves_no_bracket_open():
    facts = {
        "organisation": "Northmoor Health",
        "signatory_name": "Tomasz Reyk",
        "signatory_title": "CISO",
        "term_months": 36,
        "survival_months": 24,
        "destroy_days": 30,
    }
    text = filled_in(starter.BODY, facts)
    assert "[" not in text
    assert all(str(value) in text for value in facts.values())
    assert len([passage for passage in passages(text) if passage.part == Part.HEADING]) == 12
