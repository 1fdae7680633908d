"""Why an opinion is modified: the auditor's paragraphs, whole and alone."""

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import CLEAN, PERIOD, SIGNED, letter_only, scope
from vendors.reading import read_report

MATTER = (
    "The description states that keys are replaced each year. However, for one of four keys this was not done. As a "
    "result, trust services criterion CC6.1 was not met."
)
SECOND = "Leavers kept their access for up to nine days. Criterion CC6.2 was therefore not met either."
QUALIFIED = CLEAN.replace(
    "in all", "except for the matters described in the Basis for Qualified Opinion section, in all"
)
ADVERSE = (
    "In our opinion, because of the significance of the matters described in the Basis for Adverse Opinion section, "
    f"the controls were not suitably designed and did not operate effectively {PERIOD}."
)
UNABLE = "We were unable to obtain records for most of the period, and other procedures could not be performed."
STANDARD = (
    "We conducted our examination in accordance with attestation standards. Those standards require that we plan it.",
    "We believe that the evidence we obtained is sufficient and appropriate to provide a reasonable basis.",
)


def basis_of(**words):
    return read_report(letter_only(Paper(), **words).pdf()).opinion_basis


@pytest.mark.parametrize(
    ("heading", "opinion", "basis"),
    [
        ("Qualified Opinion", QUALIFIED, MATTER),
        ("Adverse Opinion", ADVERSE, MATTER),
        (
            "Disclaimer of Opinion",
            "Because of the significance of the matter, we were not able to obtain sufficient appropriate evidence. "
            f"Accordingly, we do not express an opinion on the description or the controls {PERIOD}.",
            UNABLE,
        ),
    ],
)
def test_it_stands_under_its_heading(heading, opinion, basis):
    found = basis_of(heading=heading, opinion=opinion, basis=basis)
    assert (found.value, found.page) == (basis, 2)
    assert found.quote == basis[:300]


def written(*parts, opinion=QUALIFIED):
    """A letter of these parts after its scope: (heading, *paragraphs)."""
    paper = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 2 Type 2 report on the Tally Service").page()
    paper.heading("Report of Independent Accountants", 15).lines("To the Directors of Sedgemoor Ledger Ltd.")
    paper.text(scope())
    for heading, *paragraphs in parts:
        paper.heading(heading, 11).text(*paragraphs)
    return read_report(paper.lines(*SIGNED.splitlines()).pdf()).opinion_basis


def test_it_may_follow_the_opinion_and_ends_at_the_next_title():
    found = written(
        ("Qualified Opinion", QUALIFIED),
        ("Basis for Qualified Opinion", MATTER, SECOND),
        ("Restricted Use", "This report is not for others than the parties named."),
    )
    assert found.value == f"{MATTER}\n\n{SECOND}"


def test_it_ends_before_the_signature():
    found = written(("Qualified Opinion", QUALIFIED), ("Basis for Qualified Opinion", MATTER))
    assert found.value == MATTER


def test_what_every_letter_says_is_no_reason():
    found = written(("Basis for Qualified Opinion", STANDARD[0], MATTER, STANDARD[1]), ("Qualified Opinion", QUALIFIED))
    assert found.value == MATTER


def test_it_goes_on_over_a_page():
    many = [f"{MATTER} This was seen in month {number} of the period." for number in range(1, 25)]
    found = written(("Basis for Qualified Opinion", *many), ("Qualified Opinion", QUALIFIED))
    assert found.value == "\n\n".join(many)
    assert (found.page, found.also_on) == (2, (3,))


def test_without_a_heading_the_opinion_may_point_to_it():
    pointed = CLEAN.replace("in all", "except for the matter described in the preceding paragraph, in all")
    found = written(("Scope of our work", "We looked at all of it.", MATTER), ("Our view", pointed))
    assert found.value == MATTER


@pytest.mark.parametrize(
    "parts",
    [
        [("Basis for Opinion", *STANDARD), ("Opinion", CLEAN)],
        [("Basis for Opinion", *STANDARD, MATTER), ("Qualified Opinion", QUALIFIED)],
        [("Basis for Qualified Opinion", *STANDARD), ("Qualified Opinion", QUALIFIED)],
        [("Basis for Qualified Opinion", "The matter is pervasive."), ("Qualified Opinion", QUALIFIED)],
        [("Basis for Qualified Opinion", *[MATTER] * 45), ("Qualified Opinion", QUALIFIED)],
        [("Scope of our work", MATTER), ("Qualified Opinion", QUALIFIED)],
    ],
    ids=[
        "clean", "under another heading", "only standard text", "no failure told", "far too long",
        "nothing points to it",
    ],
)  # fmt: skip
def test_where_it_is_not_clear_nothing_is_proposed(parts):
    assert written(*parts).value is None
