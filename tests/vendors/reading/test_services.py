"""What subservice organizations do: told by a sentence, a table or a list, and nothing where it is left open."""

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import FILLER, letter_only
from vendors.reading import read_report

CARVED = "The description does not include the controls at these subservice organizations."
ONE = f"Sedgemoor uses Brackenfell Data Centers, LLC as a subservice organization. {CARVED}"
TWO = f"Sedgemoor uses Brackenfell Data Centers, LLC and Skerrow Cloud Corp. as subservice organizations. {CARVED}"


def services_of(uses, write=Paper.page):
    """Name → service, of a report whose letter says `uses` and whose description `write` goes on with."""
    paper = letter_only(Paper(), uses=uses).heading("Description of the Tally Service", 15).text(*[FILLER] * 3)
    write(paper)
    paper.heading("Incidents", 12).text("There were none in the period.")
    return {each.name: each.service for each in read_report(paper.pdf()).subservice_organizations}


def values(services):
    return [service.value for service in services.values()]


@pytest.mark.parametrize(
    ("words", "service"),
    [
        ("uses Brackenfell Data Centers, LLC to provide colocation and cooling.", "colocation and cooling"),
        ("uses Brackenfell Data Centers, LLC (“BDC”) to supply hosting of its data.", "hosting of its data"),
        ("relies on Brackenfell Data Centers, LLC for housing.", "housing"),
        ("uses Brackenfell Data Centers, LLC, a subservice organization, to perform colocation.", "colocation"),
        ("uses Brackenfell Data Centers, LLC as its colocation provider.", "colocation provider"),
        ("uses Brackenfell Data Centers, LLC for colocation under the carve-out method.", "colocation"),
        ("uses Brackenfell Data Centers, LLC to run its servers.", "run its servers"),
        ("outsources colocation to Brackenfell Data Centers, LLC.", "colocation"),
    ],
)  # fmt: skip
def test_the_auditor_says_what_for(words, service):
    services = services_of(f"Sedgemoor {words} {CARVED}")
    assert values(services) == [service]
    (found,) = services.values()
    assert found.page == 2
    assert service.split()[0] in found.quote


def test_one_service_of_two_organizations_is_of_both_and_two_of_nobody():
    both = "Sedgemoor uses Brackenfell Data Centers, LLC and Skerrow Cloud Corp. to provide {}. " + CARVED
    assert values(services_of(both.format("hosting"))) == ["hosting", "hosting"]
    assert values(services_of(both.format("colocation and object storage"))) == [None, None]
    assert values(services_of(both.format("colocation and object storage, respectively"))) == [None, None]


TABLES = {
    "two columns": (
        ["Subservice Organization", "Services Provided"],
        [["Brackenfell Data Centers, LLC", "Colocation"], ["Skerrow Cloud Corp.", "Object storage"]],
        [0.4, 0.6],
    ),
    "three columns": (
        ["Name of subservice organization", "Nature of the service", "Method"],
        [["Brackenfell Data Centers, LLC", "Colocation", "Carve-out"],
         ["Skerrow Cloud Corp.", "Object storage", "Carve-out"]],
        [0.35, 0.4, 0.25],
    ),
    "four columns, the service last": (
        ["Subservice Organization", "Method", "Criteria", "Function"],
        [["Brackenfell Data Centers, LLC", "Carve-out", "A1.2, CC6.4", "Colocation"],
         ["Skerrow Cloud Corp.", "Carve-out", "CC6.1", "Object storage"]],
        [0.35, 0.15, 0.2, 0.3],
    ),
    "names and services over several lines": (
        ["Subservice Organization", "Services Provided"],
        [["Brackenfell Data Centers, LLC", "Colocation " * 12], ["Skerrow Cloud Corp.", "Object storage"]],
        [0.23, 0.3],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_description_says_what_for(name):
    head, rows, shares = TABLES[name]
    services = services_of(TWO, lambda paper: paper.heading("Subservice Organizations", 12).table(head, rows, shares))
    assert values(services) == [
        " ".join(rows[0][head.index(head[-1]) if "last" in name else 1].split()),
        "Object storage",
    ]
    assert {service.page for service in services.values()} == {3}


def test_a_table_may_hold_others_and_names_over_two_lines():
    rows = [
        ["Ticket Tool Makers, Ltd.", "Tickets"],
        ["Brackenfell Data Centers, LLC", "Colocation and cooling of the servers in two halls"],
        ["Skerrow Cloud Corp.", "Object storage"],
    ]

    def write(paper):
        paper.table(["Subservice Organization", "Services Provided"], rows, [0.24, 0.3])
        paper.text("All of them are looked at each year, and what they say is read by two people.")

    assert values(services_of(TWO, write)) == [rows[1][1], rows[2][1]]


@pytest.mark.parametrize(
    "lines",
    [
        ["• Brackenfell Data Centers, LLC: Colocation", "• Skerrow Cloud Corp.: Object storage"],
        ["Brackenfell Data Centers, LLC – Colocation", "Skerrow Cloud Corp. – Object storage"],
        ["Brackenfell Data Centers, LLC is used for Colocation.", "Skerrow Cloud Corp. is used for Object storage."],
        ["Brackenfell Data Centers provides Colocation.", "Skerrow Cloud Corp. provides Object storage."],
    ],
    ids=["list", "dashes", "is used for", "provides"],
)  # fmt: skip
def test_prose_and_lists_of_the_description_say_what_for(lines):
    services = services_of(TWO, lambda paper: paper.heading("Subservice Organizations", 12).text(*lines))
    assert values(services) == ["Colocation", "Object storage"]


@pytest.mark.parametrize(
    "write",
    [
        lambda paper: paper.text("Brackenfell Data Centers, LLC is audited each year."),
        lambda paper: paper.text("Brackenfell Data Centers, LLC provides a SOC 2 report each year."),
        lambda paper: paper.text("Engineers use Brackenfell Data Centers, LLC: they ask before they change anything."),
        lambda paper: paper.table(
            ["Subservice Organization", "Services Provided"], [["Other Data Centers, LLC", "Colocation"]], [0.4, 0.6]
        ),
        lambda paper: paper.table(
            ["Subservice Organization", "Services Provided"],
            [["Other Data Centers, LLC", "Power " * 30], ["Brackenfell Data Centers, LLC", "Colocation " * 60]],
            [0.2, 0.3], centred=True,
        ),
        lambda paper: paper.table(
            ["Criteria", "Complementary subservice organization control"], [["CC6.4", "Access is kept."]], [0.3, 0.7]
        ),
    ],
    ids=["no service", "a report", "no subject", "another organization", "centred cells", "another table"],
)  # fmt: skip
def test_what_only_resembles_a_service_is_none(write):
    assert values(services_of(ONE, lambda paper: write(paper.heading("Subservice Organizations", 12)))) == [None]


def test_the_auditor_is_believed_before_the_description():
    uses = f"Sedgemoor uses Brackenfell Data Centers, LLC to provide colocation. {CARVED}"
    services = services_of(uses, lambda paper: paper.text("Brackenfell Data Centers, LLC is used for data centers."))
    assert values(services) == ["colocation"]


def test_a_letter_that_says_two_things_is_a_conflict():
    uses = (
        f"Sedgemoor uses Brackenfell Data Centers, LLC to provide colocation. {CARVED} "
        f"Sedgemoor uses Brackenfell Data Centers, LLC for payroll. {CARVED}"
    )
    (service,) = services_of(uses).values()
    assert (service.value, service.conflict_on) == (None, (2,))
