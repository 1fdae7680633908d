"""Reports with one table or one list of the kind a test is about, and what is read in them."""

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import FILLER, letter_only
from vendors.reading import read_report

NONE = "No exceptions noted."


COLUMNS = [0.14, 0.31, 0.3, 0.25]


def reading_with(
    rows,
    *,
    head=("Control ID", "Control Activity", "Tests", "Results"),
    shares=COLUMNS,
    other=(),
    lines=(),
    head_in=0,
):
    paper = letter_only(Paper())
    paper.heading("Description of the Tally Service", 15).text(*[FILLER] * 3).page()
    paper.heading("Trust Services Criteria, Related Controls and Tests of Controls", 15).text(*lines)
    if rows:
        paper.table(list(head), rows, list(shares), head_in=head_in)
    if other:
        paper.page().heading("Other Information Provided by Management", 15).text(*other)
    return read_report(paper.pdf())


def rows_with(result, *, at=2, count=6):
    told = [NONE] * count
    told[at] = result
    rows = [["CC6.1 The entity restricts logical access to protected information assets."]]
    return rows + [
        [f"AC-{number + 1:02d}", f"Accounts are kept by rule {number}.", "Inspected a sample of 25 accounts.", words]
        for number, words in enumerate(told)
    ]


def duties_of(write):
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(*[FILLER] * 3)
    write(paper)
    paper.heading("Incidents", 12).text("Customers must not be worried: there were none in the period.")
    return [cuec.text for cuec in read_report(paper.pdf()).cuecs]


DUTIES = [
    "User entities are responsible for naming the people who may sign, and for withdrawing that right in good "
    "time when those people leave.",
    "User entities should review the yearly summary.",
    "Customers must tell us about lost devices.",
]
