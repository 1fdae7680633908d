"""What a memo says about waivers, accepted risks, papers, and the files behind it all."""

from datetime import date

from procurement.decisions.canonical import Content
from procurement.decisions.plain import day, person, time
from procurement.reviews.exempting import AnyExemption
from procurement.reviews.models import Review, Waiver
from vendors.ndas.models import Nda
from vendors.reports.models import Evidence


def support_of(review: Review, on: date) -> Content:
    """What holds on that day: waivers, the accepted risk of the report, papers of the vendor."""
    people = ("granted_by", "proposed_by")
    accepted = review.risk_acceptances.holding(on).filter(report=review.report_id)
    return {
        "waivers": [_waiver(waiver) for waiver in review.waivers.holding(on).select_related(*people)],
        "risk_acceptances": [_exemption(one) for one in accepted.select_related(*people, "report")],
        "papers": [_paper(paper) for paper in review.vendor.evidence.holding(on)],
    }


def _exemption(exemption: AnyExemption) -> Content:
    return {
        "what": str(exemption.what),
        "reason": exemption.reason,
        "until": day(exemption.until),
        "proposed_by": person(exemption.proposed_by),
        "granted_by": person(exemption.granted_by),
        "granted_at": time(exemption.granted_at),
        "answer": exemption.answer,
    }


def _waiver(waiver: Waiver) -> Content:
    return {
        **_exemption(waiver),
        "requirement": waiver.requirement,
        "promised_on": day(waiver.promised_on),
        "launched_on": day(waiver.launched_on),
    }


def _paper(paper: Evidence) -> Content:
    return {
        "kind": str(paper.get_kind_display()),
        "title": paper.title,
        "issuer": paper.issuer,
        "dated_on": day(paper.dated_on),
        "until": day(paper.until),
        "confidential": paper.confidential,
    }


def evidence_of(review: Review, nda: Nda | None, on: date) -> list[Content]:
    """Every file the decision rests on, with its SHA-256."""
    rows: list[Content] = []
    report = review.report
    if report:
        rows.append({"what": f"{report}: {report.file.name}", "sha256": report.file.sha256})
    for paper in review.vendor.evidence.holding(on).select_related("file"):
        rows.append({"what": f"{paper}: {paper.file.name}", "sha256": paper.file.sha256})
    if nda and nda.text_sha256:
        rows.append({"what": f"{nda.title}: text as accepted", "sha256": nda.text_sha256})
    if nda and nda.text_file:
        rows.append({"what": f"{nda.title}: {nda.text_file.name}", "sha256": nda.text_file.sha256})
    return rows
