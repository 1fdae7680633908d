"""Plots for the walkthrough: our own sample report in one of its scenarios, or a report of somebody's own."""

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.text import slugify

from procurement.demo.paper import NoFacts, Paper, paper_of
from procurement.demo.papers import type_1_paper
from procurement.demo.sample_report import SampleReport, adverse, qualified
from procurement.demo.seeding import QUILLHAVEN, the_last_period
from procurement.demo.story import Plot
from vendors.calendar.days import plus_days, plus_months
from vendors.reports.terms import Category

LEGAL_FORM = re.compile(
    r",?\s+(Inc|LLC|Ltd|Limited|Corp|Corporation|Co|GmbH|AG|B\.?V|N\.?V|S\.?A|S\.?A\.?S|AB|Oy|PLC|plc|SE)\.?$"
)
DAYS_FROM_REPORT_TO_REQUEST = 14


@dataclass(frozen=True)
class Tale:
    """What the walkthrough tells: about whom, with which report, from which day on."""

    plot: Plot
    paper: Paper
    start: date


CLEAN = replace(QUILLHAVEN, conditions=(), residual_note="No exception was noted.")


def main_job(today: date) -> Tale:
    """The report is unqualified with one exception; the approval has one condition."""
    return Tale(QUILLHAVEN, paper_of(SampleReport(*the_last_period(today, months_ago=3))), today)


def modified_opinion(today: date) -> Tale:
    """The opinion is qualified: somebody else has to close the remediation that opens by itself."""
    sample = qualified(SampleReport(*the_last_period(today, months_ago=3)))
    plot = replace(
        QUILLHAVEN,
        summary=(
            "Quillhaven may receive HR records. The opinion of its current SOC 2 Type II report is qualified for the "
            "withdrawal of access; the remediation was closed by a second reviewer."
        ),
        residual_note="Leavers' access was withdrawn late in 9 of 25 cases. Our own single sign-on ends it at once.",
    )
    return Tale(plot, paper_of(sample), today)


def clean_report(today: date) -> Tale:
    """Unqualified, no exception, no condition."""
    return Tale(CLEAN, paper_of(SampleReport(*the_last_period(today, months_ago=3), exceptions=())), today)


def adverse_opinion(today: date) -> Tale:
    """The auditor gives no assurance."""
    return Tale(CLEAN, paper_of(adverse(SampleReport(*the_last_period(today, months_ago=3)))), today)


def type_1(today: date) -> Tale:
    """A service that is eight months old, with a Type I report as of three months ago."""
    summary = "Quillhaven may receive HR records until its first Type II report; the Type I is unqualified."
    note = "Nobody has tested yet whether the controls work. Our single sign-on limits who reaches the service."
    return Tale(replace(CLEAN, summary=summary, residual_note=note), type_1_paper(plus_months(today, -3)), today)


def after_a_gap(today: date) -> Tale:
    """A report of nine months, which ended two months ago. The one before it ended four months before it began."""
    start, end = the_last_period(today, months_ago=2)
    sample = SampleReport(plus_months(start, 3), end, exceptions=())
    return Tale(CLEAN, paper_of(replace(sample, report_date=plus_days(end, 45))), today)


def the_report_before(paper: Paper) -> Paper:
    """Twelve months that ended four months before this report's period began."""
    assert paper.facts.period_start is not None
    following = plus_months(paper.facts.period_start, -4)
    return paper_of(SampleReport(plus_months(following, -12), plus_days(following, -1), exceptions=()))


def health_data(today: date) -> Tale:
    """Patients' data; the paper is what would have been asked for."""
    plot = replace(CLEAN, title="Patient reminders", data_classes=("health",), verticals=("healthcare",))
    return replace(clean_report(today), plot=plot)


def cardholder_data(today: date) -> Tale:
    plot = replace(CLEAN, title="Card payments", data_classes=("cardholder",))
    return replace(clean_report(today), plot=plot)


def tale_of(paper: Paper) -> Tale:
    """A use that this report can carry, asked for two weeks after the report's date. Raises NoFacts.

    Its text says nothing about the vendor that does not stand in the report.
    """
    facts = paper.facts
    if facts.report_date is None or facts.period_end is None:
        raise NoFacts("The report names no audit period or no date. The walkthrough needs a Type II report.")
    keeps_secrets = {Category.CONFIDENTIALITY.value, Category.PRIVACY.value} & set(facts.categories)
    name = LEGAL_FORM.sub("", facts.service_organization).strip()
    data = "internal and personal data" if keeps_secrets else "internal data"
    plot = Plot(
        vendor=name,
        legal_name=facts.service_organization,
        domain=f"{slugify(name)}.example",
        contact=QUILLHAVEN.contact,
        contact_title=QUILLHAVEN.contact_title,
        title=facts.system_name,
        description=f"A use with {data}, made up for this walkthrough.",
        data_classes=("internal", "personal") if keeps_secrets else ("internal",),
        uptime_promised=Category.AVAILABILITY.value in facts.categories,
        summary=(
            f"{name} may receive {data}. Its SOC 2 Type II report is current and on file under NDA; the auditor's "
            f"opinion is {facts.opinion}. Each control it leaves to us has an owner."
        ),
        residual_note="What the auditor noted was judged one by one; see the exceptions.",
        conditions=(("Show that the exceptions of this report are closed.", 60),) if facts.exceptions else (),
        remediation_plan="We watch the criteria concerned by controls of our own until the next report.",
        closing_note="The plan was read; what remains is borne until the next report.",
        on_exceptions="Judged for this walkthrough only.",
    )
    start = plus_days(facts.report_date, DAYS_FROM_REPORT_TO_REQUEST)
    if start > plus_months(facts.period_end, 11):
        raise NoFacts("The report is dated so late that it stops counting before a review could end.")
    return Tale(plot, paper, start)
