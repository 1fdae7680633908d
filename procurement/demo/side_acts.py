"""Acts that only some stories tell: other evidence, waivers, risk acceptances, what the vendor says about its next
report, the end of an NDA. Through the same services as the pages, as the acts of `Story`."""

from datetime import date
from typing import TypeVar

from procurement.demo.papers import letter
from procurement.demo.story import Story
from procurement.reviews import services as reviews
from procurement.reviews.models import Review, RiskAcceptance, Waiver
from vendors.calendar.days import plus_days
from vendors.directory.models import Vendor
from vendors.ndas import services as ndas
from vendors.ndas.models import Nda
from vendors.reports import services as reports
from vendors.reports.models import Evidence, Report, SuccessorStatement
from vendors.vault.services import seal_upload

Proposal = TypeVar("Proposal", Waiver, RiskAcceptance)


def record_evidence(story: Story, vendor: Vendor, kind: str, title: str, until: date | None, on: date) -> Evidence:
    """The reviewer puts a paper of general use on the vendor's file."""
    dated = plus_days(on, -40)
    return reports.record_evidence(
        vendor=vendor,
        kind=kind,
        title=title,
        issuer="Stellow Assessors",
        dated_on=dated,
        until=until,
        confidential=False,
        file=letter(title, f"Issued for {vendor.full_name}.", dated=dated),
        by=story.cast.reviewer,
        on=on,
        now=story.at(on),
    )


def propose_interim(story: Story, review: Review, promised_on: date, launched_on: date, on: date) -> Waiver:
    return reviews.propose_interim_waiver(
        review=Review.objects.get(pk=review.pk),
        promised_on=promised_on,
        launched_on=launched_on,
        reason="The service is new. Its Type II examination is under way; our sign-on limits access until then.",
        asked=story.cast.approver,
        by=story.cast.reviewer,
        on=on,
        now=story.at(on),
    )


def propose_waiver_of_report(story: Story, review: Review, until: date, on: date) -> Waiver:
    return reviews.propose_waiver(
        review=Review.objects.get(pk=review.pk),
        requirement="soc2_type2_current",
        reason="The vendor has no report yet.",
        until=until,
        asked=story.cast.approver,
        by=story.cast.reviewer,
        on=on,
        now=story.at(on),
    )


def propose_to_accept_the_risk(story: Story, review: Review, until: date, on: date) -> RiskAcceptance:
    return reviews.propose_risk_acceptance(
        review=Review.objects.get(pk=review.pk),
        reason="The business asks to begin at once.",
        until=until,
        asked=story.cast.approver,
        by=story.cast.reviewer,
        on=on,
        now=story.at(on),
    )


def grant(story: Story, proposal: Proposal, on: date) -> None:
    reviews.grant_exemption(
        exemption=proposal, answer="Until then, not longer.", by=story.cast.approver, on=on, now=story.at(on)
    )


def refuse(story: Story, proposal: Proposal, answer: str, on: date) -> None:
    reviews.refuse_exemption(exemption=proposal, answer=answer, by=story.cast.approver, now=story.at(on))


def name_next_report(
    story: Story,
    report: Report,
    period: tuple[date, date],
    expected_on: date,
    on: date,
    bridges_until: date | None = None,
) -> SuccessorStatement:
    """The reviewer writes down what the vendor wrote: a statement, or a bridge letter that speaks for some days."""
    stored = None
    if bridges_until is not None:
        words = f"Nothing that matters changed in our controls from {report.period_end} to {bridges_until}."
        stored = seal_upload(
            upload=letter("Bridge letter", words, dated=on),
            purpose="statement",
            vendor_id=report.vendor_id,
            by=story.cast.reviewer,
            at=story.at(on),
        )
    return reports.record_successor_statement(
        report=report,
        period_start=period[0],
        period_end=period[1],
        expected_on=expected_on,
        stated_on=on,
        stated_by=story.plot.contact,
        letter=stored,
        bridges_until=bridges_until,
        by=story.cast.reviewer,
        now=story.at(on),
        on=on,
    )


def end_nda(story: Story, nda: Nda, on: date) -> Nda:
    return ndas.end_nda(
        nda=nda, reason="Ended by the vendor in writing.", by=story.cast.reviewer, on=on, now=story.at(on)
    )
