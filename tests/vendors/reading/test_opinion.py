"""The opinion: what a clean one, a modified one and none look like, and what only resembles them."""

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import CLEAN, PERIOD, letter_only
from vendors.reading import read_report


def reading_of(**words: str):
    return read_report(letter_only(Paper(), **words).pdf())


@pytest.mark.parametrize(
    "words",
    [
        {"opinion": CLEAN},
        {"opinion": CLEAN, "heading": "Unqualified Opinion"},
        {"opinion": CLEAN, "heading": "Our Opinion"},
        {"opinion": CLEAN.replace("In our opinion", "In our conclusion"), "heading": "Conclusion"},
        {
            "opinion": "In our opinion, in all material respects, based on the criteria described in management’s "
            f"assertion: 1. The description fairly presents the Tally Service {PERIOD}. 2. The controls operated "
            "effectively. The deviations noted, individually and in the aggregate, did not result in the applicable "
            "trust services criteria not being met."
        },
        {"opinion": f"{CLEAN} We do not express an opinion on the information in Section V."},
        {
            "opinion": f"{CLEAN} Our examination did not extend to complementary user entity controls, and we do not "
            "express an opinion on the suitability of the design of such complementary user entity controls."
        },
        {"opinion": f"{CLEAN} Our team is made up of qualified personnel, except for trainees under supervision."},
    ],
    ids=[
        "plain", "called unqualified", "our opinion", "a conclusion", "with a comment on deviations",
        "none on other information", "none on user entities", "qualified people",
    ],
)  # fmt: skip
def test_a_clean_opinion_is_unqualified(words):
    reading = reading_of(**words)
    assert reading.opinion.value == "unqualified"
    assert reading.opinion.page == 2
    assert reading.opinion.quote.startswith("In our")
    assert reading.modified_criteria.value == ()
    assert len(reading.opinion.quote) <= 300
    assert reading.opinion.quote.endswith((".", ";")), "whole sentences, shortened in the middle"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("qualified", {"opinion": CLEAN.replace("in all", "except for the matter described above, in all")}),
        ("qualified", {"opinion": f"Except for the effects of the matter described, {CLEAN[0].lower()}{CLEAN[1:]}"}),
        ("qualified", {"opinion": CLEAN, "heading": "Qualified Opinion"}),
        ("qualified", {"opinion": CLEAN, "heading": "Our Opinion is Qualified"}),
        (
            "adverse",
            {
                "heading": "Adverse Opinion",
                "opinion": "In our opinion, because of the significance of the matters described in the Basis "
                "for Adverse "
                f"Opinion section, the controls were not suitably designed and did not operate effectively {PERIOD}.",
            },
        ),
        (
            "adverse",
            {
                "opinion": "In our opinion, because of the effects of the matters discussed above, the "
                "description is not "
                f"presented in accordance with the description criteria {PERIOD}."
            },
        ),
        (
            "disclaimer",
            {
                "heading": "Disclaimer of Opinion",
                "opinion": "Because of the significance of the matter, we were not able to obtain sufficient "
                "appropriate "
                f"evidence. Accordingly, we do not express an opinion on the description or the controls {PERIOD}.",
            },
        ),
        (
            "disclaimer",
            {
                "opinion": "The scope of our work was not sufficient to enable us to express, and we do not "
                "express, an opinion "
                f"on the description {PERIOD}."
            },
        ),
    ],
)  # fmt: skip
def test_a_modified_opinion_is_told_by_its_words_or_its_heading(kind, words):
    assert reading_of(**words).opinion.value == kind


def test_the_criteria_of_a_modified_opinion_stand_in_its_basis():
    reading = reading_of(
        heading="Qualified Opinion",
        basis="Leavers kept access; criterion CC6.2 was not met. Nobody watched; CC7.2 and CC7.3 were not met.",
        opinion=CLEAN.replace("in all", "except for the matters described above, in all"),
    )
    assert reading.modified_criteria.value == ("CC6.2", "CC7.2", "CC7.3")
    assert reading.modified_criteria.page == 2


def test_where_heading_and_words_disagree_nothing_is_proposed():
    reading = reading_of(
        heading="Qualified Opinion",
        opinion=f"In our opinion, because of the significance of the matter, controls did not operate {PERIOD}.",
    )
    assert reading.opinion.value is None
    assert reading.opinion.conflict_on == (2,)
    assert any(note.about == "opinion" and "different things" in str(note) for note in reading.notes)


def test_without_an_opinion_sentence_none_is_proposed():
    reading = reading_of(opinion="Everything was fine, and nothing that we saw speaks against it.")
    assert reading.opinion.value is None
    assert reading.opinion.looked_on == (2,)


def test_the_basis_may_be_called_one_for_a_qualification():
    paper = letter_only(
        Paper(),
        scope=f"We have examined the Tally Service {PERIOD}.",
        heading="Qualification",
        basis="Leavers kept access; criterion CC6.2 was not met.",
        opinion=CLEAN.replace("in all", "except for the matter referred to in the preceding paragraph, in all"),
    )
    reading = read_report(paper.pdf())
    assert (reading.opinion.value, reading.modified_criteria.value) == ("qualified", ("CC6.2",))
