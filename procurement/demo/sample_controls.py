"""Controls, tests and duties of the sample report: invented, in our own words.

Every criterion of its scope is tested but CC6.4: data centers are the hosting firm's, whose controls are carved out.
"""

from dataclasses import dataclass, replace

from procurement.demo.sample_controls_otherwise import OTHERWISE
from procurement.demo.sample_systems import SampleSystem


@dataclass(frozen=True)
class SampleControl:
    """One row of the tests section: a control, the criteria it serves and what the auditor did to test it."""

    number: str
    criteria: str
    control: str
    test: str


CONTROLS = (
    SampleControl(
        "QH-01",
        "CC1.1, CC1.5",
        "New staff read and sign the code of conduct within ten days of joining; everybody signs again each year.",
        "Inspected the signed codes of conduct of 25 joiners and of 40 members of staff.",
    ),
    SampleControl(
        "QH-02",
        "CC1.2, CC1.3",
        "The board's risk committee meets each quarter and hears the head of security.",
        "Inspected the minutes of all four meetings held in the period.",
    ),
    SampleControl(
        "QH-03",
        "CC1.4",
        "References and right to work are checked before a person gets access to production.",
        "Inspected the screening records of 25 joiners against their first access.",
    ),
    SampleControl(
        "QH-04",
        "CC2.2, CC2.3",
        "Security duties are taught on joining and once a year; customers are told of changes that concern them.",
        "Inspected training records of 40 members of staff and five notices to customers.",
    ),
    SampleControl(
        "QH-05",
        "CC3.1, CC3.2, CC3.4",
        "Risks to the promises made to customers are listed, rated and given an owner, and reviewed each quarter.",
        "Inspected the risk register and the record of each quarterly review.",
    ),
    SampleControl(
        "QH-06",
        "CC4.1, CC4.2",
        "Internal audit tests a sample of controls twice a year and reports shortcomings to management.",
        "Inspected both reports and traced 12 shortcomings to the date they were closed.",
    ),
    SampleControl(
        "QH-07",
        "CC5.1, CC5.2, CC5.3",
        "Security policies are approved by management each year and stand where all staff can read them.",
        "Inspected the approvals of all 14 policies and observed where they are published.",
    ),
    SampleControl(
        "QH-08",
        "CC6.1",
        "Production is reached through single sign-on with a second factor and from a managed device only.",
        "Inspected the sign-on rules and re-performed a sign-in without the second factor, which was refused.",
    ),
    SampleControl(
        "QH-09",
        "CC6.1",
        "Customer data are encrypted at rest; keys are held apart and replaced each year.",
        "Inspected the settings of 15 data stores and the record of the yearly change of keys.",
    ),
    SampleControl(
        "QH-10",
        "CC6.2, CC6.3",
        "Access is withdrawn within one working day after a person has left.",
        "Compared the leaving date of 25 leavers with the time at which their access was withdrawn.",
    ),
    SampleControl(
        "QH-11",
        "CC6.3",
        "Team leads review who has access to production each quarter.",
        "Inspected all four reviews and traced 20 withdrawals to the systems.",
    ),
    SampleControl(
        "QH-12",
        "CC6.6",
        "Traffic from outside passes a filter that lets through named services only.",
        "Inspected the rules of the filter and the approvals of 18 changes to them.",
    ),
    SampleControl(
        "QH-13",
        "CC6.7",
        "Data travel over encrypted connections only; old protocols are switched off.",
        "Re-performed connections to ten addresses with old protocols, all of which were refused.",
    ),
    SampleControl(
        "QH-14",
        "CC6.8",
        "Servers and laptops run software that finds and stops malicious programs.",
        "Inspected the state of 40 laptops and 25 servers.",
    ),
    SampleControl(
        "QH-15",
        "CC7.1",
        "Systems are scanned for known weaknesses each week; critical ones are closed within 14 days.",
        "Inspected 12 weekly scans and the closing dates of 25 critical weaknesses.",
    ),
    SampleControl(
        "QH-16",
        "CC7.2",
        "Alerts from production are looked at by a person on duty at all hours.",
        "Inspected the duty roster of the period and the handling of 40 alerts.",
    ),
    SampleControl(
        "QH-17",
        "CC7.3, CC7.4",
        "Security incidents are rated, handled by a written plan and closed with a report.",
        "Inspected the reports of all six incidents of the period.",
    ),
    SampleControl(
        "QH-18",
        "CC7.5",
        "The recovery plan is exercised once a year and its lessons are followed up.",
        "Inspected the report of the exercise and three follow-up tasks.",
    ),
    SampleControl(
        "QH-19",
        "CC8.1",
        "Each change is reviewed by a second engineer and passes the automatic tests before release.",
        "Inspected 40 changes for review, tests and approval; re-performed a release without review, which failed.",
    ),
    SampleControl(
        "QH-20",
        "CC9.1",
        "Insurance and a continuity plan cover the loss of the main hosting region.",
        "Inspected the policy of insurance and the continuity plan.",
    ),
    SampleControl(
        "QH-21",
        "CC9.2",
        "Vendors that touch customer data are reviewed before use and each year after.",
        "Inspected the reviews of all nine such vendors.",
    ),
    SampleControl(
        "QH-22",
        "A1.1",
        "Use of computing and storage is measured; capacity is added before a threshold is passed.",
        "Inspected the measurements of 12 weeks and four additions of capacity.",
    ),
    SampleControl(
        "QH-23",
        "A1.2",
        "Customer data are backed up each night to a second region.",
        "Inspected the record of 40 nights, and of how three failed runs were repeated.",
    ),
    SampleControl(
        "QH-24",
        "A1.3",
        "A backup is restored into an empty system twice a year and the result is compared.",
        "Inspected the reports of both restorations.",
    ),
    SampleControl(
        "QH-25",
        "C1.1",
        "Customer data are labelled confidential and kept apart by customer.",
        "Inspected the data model and re-performed a query across two customers, which was refused.",
    ),
    SampleControl(
        "QH-26",
        "C1.2",
        "Data of a customer who has left are deleted within 60 days; a certificate is sent on request.",
        "Inspected the deletion records of all eight customers who left in the period.",
    ),
    SampleControl(
        "QH-27",
        "CC2.1",
        "A monthly report brings together what logs, scans and tickets say about the controls.",
        "Inspected four monthly reports and traced their figures to the systems they come from.",
    ),
    SampleControl(
        "QH-28",
        "CC3.3",
        "Fraud by staff and by outsiders is a heading of the risk register, with a workshop each year.",
        "Inspected the minutes of the workshop and the five risks that it added.",
    ),
    SampleControl(
        "QH-29",
        "CC6.5",
        "Laptops and disks are wiped before they are handed on or thrown away.",
        "Inspected the records of 20 laptops that were withdrawn.",
    ),
)


def controls_of(system: SampleSystem) -> tuple[SampleControl, ...]:
    """The controls of a system under its own numbers; its `usual` ones in the words above, others otherwise."""
    return tuple(
        replace(control, number=system.number(count))
        if count in system.usual
        else SampleControl(system.number(count), control.criteria, *words)
        for count, (control, words) in enumerate(zip(CONTROLS, OTHERWISE, strict=True), start=1)
    )
