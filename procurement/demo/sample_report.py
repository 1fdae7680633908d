"""A sample SOC 2 Type II report for the demo, the walkthrough and the tests: our own words, invented firm and vendor.

Laid out as real ones are: cover, auditor's letter, assertion, description, tests, other information.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256

from django.template.loader import render_to_string

from procurement.demo.sample_controls import SampleControl, controls_of
from procurement.demo.sample_systems import PEOPLE_CLOUD, SampleSystem
from vendors.calendar.days import plus_days
from vendors.printing.services import print_pdf
from vendors.reports.criteria import in_order
from vendors.reports.labels import CATEGORIES
from vendors.reports.terms import Category, Opinion, SubserviceMethod

# The pages on which the facts stand, whatever the parameters: each part of the report begins on a page of its own.
FACT_PAGES = {
    "kind": 1,
    "service_organization": 3,
    "system_name": 3,
    "categories": 3,
    "period": 3,
    "report_date": 4,
    "auditor": 4,
    "opinion": 4,
    "subservice": 7,
    "cuecs": 8,
    "criteria_tested": 9,
    "exceptions": 9,
}
SCOPE_PAGE = 6
USUAL_LETTER = "procurement/demo/_letter_by_rookhope.html"
LETTERS = {"Millrace LLP": "procurement/demo/_letter_by_millrace.html"}  # a firm has its own words
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class SampleException:
    """A deviation in the test of one control, with management's reply in the last part."""

    control: str
    criterion: str
    found: str
    sample: str
    response: str = ""


@dataclass(frozen=True)
class SampleCuec:
    reference: str
    criterion: str
    text: str


@dataclass(frozen=True)
class SampleSubservice:
    name: str
    service: str
    method: SubserviceMethod = SubserviceMethod.CARVE_OUT
    expected: str = "Physical access to data centers, power and cooling, disposal of storage media (CC6.4, CC6.5, A1.2)"


CUECS = (
    SampleCuec("CUEC-1", "CC6.2", "User entities give access to their own staff, and withdraw it when they leave."),
    SampleCuec("CUEC-2", "CC6.1", "User entities connect their single sign-on and require a second factor."),
    SampleCuec("CUEC-3", "CC6.3", "User entities review the roles of their own administrators each quarter."),
    SampleCuec("CUEC-4", "CC7.3", "User entities tell the service desk of a suspected incident without delay."),
)
SUBSERVICE = (SampleSubservice("Tarnfield Hosting, Inc.", "managed hosting of servers and storage"),)
LATE_LEAVERS = SampleException(
    control="QH-10",
    criterion="CC6.2",
    found="For 2 of the 25 leavers tested, access was withdrawn three and five working days after they had left.",
    sample="2 of 25",
    response=(
        "The leaver's form now reaches the access team on the day notice is given. Both accounts were unused "
        "after the last working day."
    ),
)


@dataclass(frozen=True)
class SampleReport:
    """What the report says. `basis` is the matter that modifies the opinion; `criteria_not_met` those it names."""

    period_start: date
    period_end: date
    vendor: str = "Quillhaven Software, Inc."
    short_name: str = "Quillhaven"
    system: str = "People Cloud"
    described: SampleSystem = PEOPLE_CLOUD
    auditor: str = "Rookhope CPA Group"
    city: str = "Albany, New York"
    report_date: date | None = None
    opinion: Opinion = Opinion.UNQUALIFIED
    basis: str = ""
    criteria_not_met: tuple[str, ...] = ()
    categories: tuple[Category, ...] = (Category.SECURITY, Category.AVAILABILITY, Category.CONFIDENTIALITY)
    exceptions: tuple[SampleException, ...] = (LATE_LEAVERS,)
    cuecs: tuple[SampleCuec, ...] = CUECS
    subservice: tuple[SampleSubservice, ...] = SUBSERVICE

    @property
    def signed_on(self) -> date:
        """The date under the auditor's signature: 45 days after the period's end unless given."""
        return self.report_date or plus_days(self.period_end, 45)

    @property
    def controls(self) -> tuple[SampleControl, ...]:
        return controls_of(self.described)

    @property
    def criteria_tested(self) -> list[str]:
        return in_order(criterion for control in self.controls for criterion in control.criteria.split(", "))

    @property
    def controls_tested(self) -> int:
        return len(self.controls)


def qualified(sample: SampleReport) -> SampleReport:
    """The same report with a qualified opinion: the leavers' control is said not to have worked."""
    return replace(
        sample,
        opinion=Opinion.QUALIFIED,
        criteria_not_met=("CC6.2",),
        basis=(
            f"{sample.short_name} states in its description that access is withdrawn within one working day after a "
            "person has left. However, for nine of the 25 leavers tested it was withdrawn later, and for two of them "
            "not before our test. As a result, controls did not give reasonable assurance that the commitments and "
            "requirements were achieved based on trust services criterion CC6.2."
        ),
        exceptions=(_at_leavers(sample, "For 9 of the 25 leavers tested, access was withdrawn late.", "9 of 25"),),
    )


def adverse(sample: SampleReport) -> SampleReport:
    """The same report with an adverse opinion: who may reach the system was not controlled at all."""
    return replace(
        sample,
        opinion=Opinion.ADVERSE,
        criteria_not_met=("CC6.1", "CC6.2"),
        basis=(
            f"Access to the system of {sample.short_name} was given and kept without approval in 21 of the 25 cases "
            "tested. As a result, controls did not give reasonable assurance that the commitments and requirements "
            "were achieved based on trust services criteria CC6.1 and CC6.2."
        ),
        exceptions=(_at_leavers(sample, "Access was given and kept without approval.", "21 of 25"),),
    )


def _at_leavers(sample: SampleReport, found: str, count: str) -> SampleException:
    """What was found at the tenth control, whose number each vendor begins with letters of its own."""
    return replace(LATE_LEAVERS, control=sample.described.number(10), found=found, sample=count)


def sample_report(sample: SampleReport) -> bytes:
    """The report as a PDF of about ten pages; the same parameters give the same bytes.

    Raises `vendors.printing.services.PrintingUnavailable` where the libraries that lay out text are missing.
    """
    html = sample_report_html(sample)
    return print_pdf(
        html=html,
        created=datetime.combine(sample.signed_on, time(9), tzinfo=UTC),
        identifier=sha256(html.encode()).digest()[:16],
        stylesheet_names=(),
    )


def sample_report_html(sample: SampleReport) -> str:
    """The report as HTML, ready for printing."""
    names = dict(CATEGORIES)
    start, end = american(sample.period_start), american(sample.period_end)
    described = sample.described.told(
        short_name=sample.short_name, system=sample.system, period_start=start, period_end=end
    )
    return render_to_string(
        "procurement/demo/sample_report.html",
        {
            "report": sample,
            "described": described,
            "letter": LETTERS.get(sample.auditor, USUAL_LETTER),
            "categories": _listed([str(names[category.value]) for category in sample.categories]),
            "criteria_not_met": _listed(list(sample.criteria_not_met)),
            "rows": [
                {"control": control, "exception": _exception_of(sample, control.number)} for control in sample.controls
            ],
            "period": f"{start} to {end}",
            "period_start": start,
            "period_end": end,
            "signed_on": american(sample.signed_on),
        },
    )


def _exception_of(sample: SampleReport, control: str) -> SampleException | None:
    return next((exception for exception in sample.exceptions if exception.control == control), None)


def _listed(words: list[str]) -> str:
    """ "Security, Availability, and Confidentiality", as such reports write it."""
    if len(words) < 3:
        return " and ".join(words)
    return ", ".join(words[:-1]) + f", and {words[-1]}"


def american(day: date) -> str:
    """ "June 30, 2026", as American auditors write a date; not a text of ours, so never translated."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
