"""From ink to text: footnote marks, broken words, columns, running lines, tables of contents."""

import pytest

from tests.vendors.reading.paper import Paper, Run
from tests.vendors.reading.stories import FILLER, PERIOD, elm, letter_only, scope
from vendors.reading import read_report
from vendors.reading.document import load
from vendors.reading.opening import opened


def text_of(paper: Paper, page: int = 1) -> str:
    with opened(paper.pdf()) as pdf:
        return load(pdf).page_flow(page).text


def written(*runs: Run) -> Paper:
    return Paper(pages=[list(runs)])


def test_a_small_number_above_the_line_is_a_footnote_mark():
    runs = (Run(60, 100, 10, "until March 31, 2025"), Run(152, 97, 6, "1"), Run(160, 100, 10, "and on"))
    assert text_of(written(*runs)) == "until March 31, 2025 and on"


def test_a_number_of_the_usual_size_stays():
    assert text_of(written(Run(60, 100, 10, "a sample of"), Run(114, 100, 10, "25"))) == "a sample of 25"


def test_letters_drawn_one_by_one_are_words():
    letters = [Run(60 + 7.2 * place, 100, 10, letter) for place, letter in enumerate("NNN")]
    apart = [Run(60 + 12 * place, 120, 10, letter) for place, letter in enumerate("NNN")]
    assert text_of(written(*letters, *apart)).splitlines() == ["NNN", "N N N"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("the infor-", "mation of users", "information is kept here"), "the information of users"),
        (("a version-", "controlled file", "a version is controlled here"), "a version-controlled file"),
        (("the year 2024-", "2025 went by",), "the year 2024-\n2025 went by"),
    ],
    ids=["broken by the line", "with a hyphen of its own", "numbers"],
)  # fmt: skip
def test_a_hyphen_at_the_end_of_a_line_is_the_line_s_or_the_word_s(lines, expected):
    assert text_of(Paper().lines(*lines)).startswith(expected)


def test_two_columns_are_read_one_after_the_other():
    left = [Run(60, 100 + 12 * n, 10, f"Left line number {n} goes up to here") for n in range(12)]
    right = [Run(320, 100 + 12 * n, 10, f"Right line number {n} goes up to it") for n in range(12)]
    across = [run for pair in zip(left, right, strict=True) for run in pair]
    lines = text_of(written(*across)).splitlines()
    assert lines == [run.text for run in [*left, *right]]


def test_two_cells_side_by_side_are_no_columns():
    rows = [
        run for n in range(4) for run in (Run(60, 100 + 12 * n, 10, f"CC6.{n}"), Run(320, 100 + 12 * n, 10, "Access"))
    ]
    assert text_of(written(*rows)).splitlines()[:2] == ["CC6.0", "Access"]


def test_running_lines_are_no_text_but_the_firm_under_its_letter_is():
    paper = letter_only(Paper(foot="Wexcombe Hale LLP"))
    for _ in range(4):
        paper.text(*[FILLER] * 4).page()
    assert "Wexcombe" not in text_of(paper, 4)
    assert read_report(paper.pdf()).auditor.value == "Wexcombe Hale LLP"


def test_ids_and_numbers_at_the_same_spot_of_many_pages_are_no_page_numbers():
    """Each control fills half a page, so the same spots of every page hold one."""
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER).page()
    paper.heading("Trust Services Criteria, Related Controls and Tests of Controls", 15).page()
    for number in range(1, 25):
        if number % 2:
            paper.page()
        paper.y = 72 if number % 2 else 400
        paper.table(["No.", "Controls", "Tests", "Results"],
                    [[str(number), "Accounts are kept.", "Inspected accounts.", "No exceptions noted."]],
                    [0.1, 0.3, 0.3, 0.3])  # fmt: skip
    assert read_report(paper.pdf()).controls_tested.value == 24


def test_a_line_of_a_thousand_numbers_is_no_running_line():
    paper = Paper(foot="9" * 5000)
    for _ in range(4):
        paper.lines(" ".join(map(str, range(1000)))).page()
    assert "998 999" in text_of(paper, 2)


def test_a_table_of_contents_is_no_heading():
    paper = Paper().heading("SOC 2 Type 2", 20).page().heading("Table of Contents", 14)
    paper.lines("Independent Service Auditor’s Report ........ 3", "Description of the System ........ 5").page()
    paper.heading("Independent Service Auditor’s Report", 14).text(
        scope(), f"In our opinion, controls operated effectively {PERIOD}."
    )
    reading = read_report(paper.pdf())
    assert reading.sections["letter"] == (3, 3)


def test_parts_without_known_headings_are_found_by_their_first_sentence():
    paper = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 2 Type 2").page()
    paper.heading("What the firm says", 14).text(
        scope(), f"In our opinion, controls operated effectively {PERIOD}."
    ).page()
    paper.heading("What management says", 14).text(
        f"We have prepared the description of the Tally Service {PERIOD}."
    ).page()
    paper.heading("What was looked at", 14).lines(*["No exceptions noted."] * 4)
    reading = read_report(paper.pdf())
    assert list(reading.sections) == ["cover", "letter", "assertion", "tests"]
    assert reading.opinion.value == "unqualified"


def test_the_box_of_a_quote_lies_around_its_words():
    fact = read_report(elm(Paper()).pdf()).system
    x0, top, x1, bottom = fact.box
    assert 0 < x0 < x1 < 612
    assert 0 < top < bottom < 792
    assert fact.quote == "Belegspeicher"
