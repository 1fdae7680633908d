"""The reports of the demo's vendors: each of a system, with exceptions and duties of users, of its own."""

from dataclasses import replace
from datetime import date

from procurement.demo.sample_report import SampleCuec, SampleException, SampleReport, SampleSubservice, qualified
from procurement.demo.sample_systems import BROOKVANE_API, OSIER_CARDS, PALEWATER_RELAY


def quillhaven(start: date, end: date) -> SampleReport:
    """Records of people at work; leavers kept their access too long."""
    return SampleReport(start, end)


def brookvane(start: date, end: date) -> SampleReport:
    """An interface to language models; no exception."""
    return SampleReport(
        start,
        end,
        vendor="Brookvane AI, Inc.",
        short_name="Brookvane",
        system="Brookvane API",
        described=BROOKVANE_API,
        exceptions=(),
        cuecs=(
            SampleCuec("CUEC-1", "CC6.2", "User entities keep keys secret and replace them when a holder leaves."),
            SampleCuec("CUEC-2", "CC6.1", "User entities let staff into the console through their own sign-on only."),
            SampleCuec("CUEC-3", "CC6.3", "User entities look each quarter at which of their programs hold a key."),
            SampleCuec("CUEC-4", "CC7.3", "User entities report at once that a key was stolen or misused."),
        ),
        subservice=(SampleSubservice("Skerry Compute, Inc.", "hosting of accelerators and storage"),),
    )


def palewater(start: date, end: date) -> SampleReport:
    """A relay for mail; one flaw was mended too late."""
    return SampleReport(
        start,
        end,
        vendor="Palewater Mail Co.",
        short_name="Palewater",
        system="Palewater Relay",
        described=PALEWATER_RELAY,
        exceptions=(
            SampleException(
                control=PALEWATER_RELAY.number(15),
                criterion="CC7.1",
                found="For 1 of the 18 flaws tested, the release that mended it came on the sixteenth day.",
                sample="1 of 18",
                response="The tool now calls the engineer on duty three days before a repair is due.",
            ),
        ),
        cuecs=(
            SampleCuec("CUEC-1", "CC6.2", "User entities change the password of the relay when a holder leaves."),
            SampleCuec("CUEC-2", "CC6.1", "User entities ask for a second factor before the console opens."),
            SampleCuec("CUEC-3", "CC6.3", "User entities confirm each quarter who may load lists of recipients."),
            SampleCuec("CUEC-4", "CC7.3", "User entities tell the abuse desk of mail that they did not write."),
            SampleCuec("CUEC-5", "CC6.7", "User entities publish the DNS records by which signed mail is known."),
        ),
    )


def osierpay(start: date, end: date) -> SampleReport:
    """Cards for expenses, examined by another firm; the opinion is qualified for the withdrawal of access."""
    report = qualified(
        SampleReport(
            start,
            end,
            vendor="Osierpay GmbH",
            short_name="Osierpay",
            system="Osier Cards",
            auditor="Millrace LLP",
            city="Duluth, Minnesota",
            described=OSIER_CARDS,
            cuecs=(
                SampleCuec("CUEC-1", "CC6.2", "User entities block the card of a leaver on the last working day."),
                SampleCuec("CUEC-2", "CC6.1", "User entities let managers and bookkeepers in by their own sign-on."),
                SampleCuec("CUEC-3", "CC6.3", "User entities set a limit for each card and look at them quarterly."),
                SampleCuec("CUEC-4", "CC7.3", "User entities report a lost card or an unknown payment the same day."),
            ),
            subservice=(
                SampleSubservice("Felden Rechenzentrum AG", "operation of data centers"),
                SampleSubservice(
                    "Larkmoor Processing Ltd",
                    "authorization of card payments",
                    expected="Protection of card numbers, review of changes, recovery after loss (CC6.1, CC8.1, A1.2)",
                ),
            ),
        )
    )
    response = "The list of personnel now closes all accounts by itself on the last day; none of the nine was used."
    (leavers,) = report.exceptions
    return replace(report, exceptions=(replace(leavers, response=response),))
