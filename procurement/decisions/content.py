"""What a memo says, copied out of the records as plain JSON, so that no later change can reach it.

Everything is text, a number, a list or a mapping; dates are ISO days, times ISO in the organisation's zone.
"""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from procurement.decisions.canonical import Content
from procurement.decisions.models import Decision, Memo
from procurement.decisions.questionnaire_content import questionnaire_content, questionnaire_evidence
from procurement.policy.evaluation import RequirementCheck
from procurement.reviews import queries as reviews_queries
from procurement.reviews.exempting import AnyExemption
from procurement.reviews.models import Review, Waiver
from vendors.ndas.models import Nda
from vendors.reports.models import Evidence, Report

FORMAT = "countersign-memo/1"


def content_as_submitted(
    *, decision: Decision, checks: tuple[RequirementCheck, ...], policy_number: int, nda: Nda | None, on: date
) -> Content:
    """The memo's content when the review is put before an approver. Equal records give equal content.

    checks  what the policy says on that day
    nda     the agreement in force on that day, or None
    on      the day of submission, in the organisation's zone
    """
    review = decision.review
    report = review.report
    questionnaire = questionnaire_content(review)
    return {
        "format": FORMAT,
        "organisation": settings.ORGANISATION_NAME,
        "frozen_on": on.isoformat(),
        "vendor": _vendor(review),
        "engagement": _engagement(review),
        "review": _review(review),
        "summary": decision.summary,
        "residual_risk": str(decision.get_residual_risk_display()),
        "residual_note": decision.residual_note,
        "drafted_by": _person(decision.drafted_by),
        "conditions": [
            {"text": condition.text, "owner": condition.owner.label, "due_on": condition.due_on.isoformat()}
            for condition in decision.conditions.select_related("owner")
        ],
        "policy_version": policy_number,
        "requirements": [
            {"key": check.key, "title": str(check.title), "result": check.result.value, "reason": str(check.reason)}
            for check in checks
        ],
        "report": _report(report) if report else None,
        "scope": {
            "fits": review.scope_fit,
            "page": review.scope_page,
            "stays_ours": review.scope_ours,
        },
        "exceptions": _exceptions(review),
        "cuecs": _cuecs(review),
        "subservice_organizations": _subservice(report) if report else [],
        "remediations": _remediations(review),
        "questionnaire": questionnaire,
        "waivers": [
            _waiver(waiver) for waiver in review.waivers.holding(on).select_related("granted_by", "proposed_by")
        ],
        "risk_acceptances": [
            _exemption(accepted)
            for accepted in review.risk_acceptances.holding(on)
            .filter(report=review.report_id)
            .select_related("granted_by", "proposed_by", "report")
        ],
        "papers": [_paper(paper) for paper in review.vendor.evidence.holding(on).select_related("file")],
        "findings": _findings(review),
        "nda": _nda(nda) if nda else None,
        "evidence": [*_evidence(review, nda, on), *questionnaire_evidence(questionnaire)],
    }


def content_of_memo(*, memo: Memo, decision: Decision) -> Content:
    """The frozen content with the decision, its person and its time: what the memo's own SHA-256 is taken of."""
    assert decision.frozen is not None
    assert decision.decided_by is not None
    assert decision.decided_at is not None
    review = decision.review
    predecessor = review.predecessor
    earlier = Memo.objects.filter(decision__review=predecessor).first() if predecessor else None
    return {
        **decision.frozen,
        "number": memo.number,
        "frozen_sha256": decision.frozen_sha256,
        "submitted_at": _time(decision.submitted_at),
        "follows": earlier.number if earlier else None,
        "decision": {
            "outcome": decision.outcome,
            "by": _person(decision.decided_by),
            "at": _time(decision.decided_at),
            "reason": decision.reason,
            "valid_until": _day(decision.valid_until),
            "valid_because": decision.valid_because,
        },
    }


def _vendor(review: Review) -> Content:
    vendor = review.vendor
    return {
        "name": vendor.name,
        "legal_name": vendor.full_name,
        "domain": vendor.domain,
        "category": str(vendor.get_category_display()),
    }


def _engagement(review: Review) -> Content:
    engagement = review.engagement
    return {
        "title": engagement.title,
        "description": engagement.description,
        "data_classes": engagement.data_class_names(),
        "verticals": engagement.vertical_names(),
        "criticality": str(engagement.get_criticality_display()),
        "uptime_promised": engagement.uptime_promised,
        "tier": engagement.tier,
        "suggested_tier": engagement.suggested_tier,
        "tier_reason": engagement.tier_reason,
        "owner": _person(engagement.owner),
    }


def _review(review: Review) -> Content:
    return {
        "number": review.number,
        "requested_by": _person(review.requested_by),
        "requested_at": _time(review.requested_at),
        "wanted_by": _day(review.wanted_by),
        "reviewer": _person(review.reviewer) if review.reviewer else None,
        "predecessor": review.predecessor.number if review.predecessor else None,
    }


def _report(report: Report) -> Content:
    auditor = report.auditor
    return {
        "title": str(report),
        "kind": str(report.get_kind_display()),
        "type": str(report.get_type_display()),
        "service_organization": report.service_organization,
        "system": report.system_name,
        "period_start": _day(report.period_start),
        "period_end": _day(report.period_end),
        "as_of": _day(report.as_of),
        "report_date": _day(report.report_date),
        "auditor": auditor.name if auditor else "",
        "auditor_checked_on": _day(auditor.checked_on) if auditor else None,
        "auditor_check": auditor.check_note if auditor else "",
        "opinion": str(report.get_opinion_display()),
        "opinion_basis": report.opinion_basis,
        "opinion_criteria": report.opinion_criteria,
        "categories": report.category_names(),
        "controls_tested": report.controls_tested,
        "pages": report.pages,
        "page_count": report.page_count,
        "received_at": _time(report.received_at),
        "received_from": report.received_from,
        "accepted_at": _time(report.accepted_at),
        "accepted_by": _person(report.accepted_by) if report.accepted_by else None,
    }


def _exceptions(review: Review) -> list[Content]:
    if review.report is None:
        return []
    judgements = {judgement.exception_id: judgement for judgement in review.exception_judgements.all()}
    rows = []
    for exception in review.report.exceptions.all():
        judgement = judgements.get(exception.pk)
        rows.append(
            {
                "criterion": exception.criterion,
                "control": exception.control,
                "description": exception.description,
                "sample": exception.sample,
                "response": exception.response,
                "page": exception.page,
                "decision": str(judgement.get_decision_display()) if judgement else "",
                "reason": judgement.reason if judgement else "",
            }
        )
    return rows


def _cuecs(review: Review) -> list[Content]:
    if review.report is None:
        return []
    statuses = {status.cuec_id: status for status in review.cuec_statuses.all()}
    rows = []
    for cuec in review.report.cuecs.all():
        status = statuses.get(cuec.pk)
        rows.append(
            {
                "reference": cuec.reference,
                "text": cuec.text,
                "page": cuec.page,
                "owner": status.owner if status else "",
                "our_control": status.our_control if status else "",
                "status": str(status.get_status_display()) if status else "",
            }
        )
    return rows


def _subservice(report: Report) -> list[Content]:
    return [
        {
            "name": organization.name,
            "service": organization.service,
            "method": str(organization.get_method_display()),
            "page": organization.page,
        }
        for organization in report.subservice_organizations.all()
    ]


def _remediations(review: Review) -> list[Content]:
    return [
        {
            "reason": remediation.reason,
            "plan": remediation.plan,
            "opened_at": _time(remediation.opened_at),
            "closed_at": _time(remediation.closed_at),
            "closed_by": _person(remediation.closed_by) if remediation.closed_by else None,
            "closing_note": remediation.closing_note,
        }
        for remediation in review.remediations.select_related("closed_by")
    ]


def _findings(review: Review) -> list[Content]:
    return [
        {
            "label": finding.label,
            "review": finding.review.number,
            "title": finding.title,
            "severity": str(finding.get_severity_display()),
            "weighs_against": finding.weighs_against,
            "owner": finding.owner.label,
            "due_on": finding.due_on.isoformat(),
            "state": finding.state,
            "ended_at": _time(finding.ended_at),
            "ended_by": finding.ended_by,
            "ended_because": finding.ended_because,
        }
        for finding in reviews_queries.findings_for(review)
    ]


def _nda(nda: Nda) -> Content:
    return {
        "title": nda.title,
        "paper": str(nda.get_paper_display()),
        "starts_on": _day(nda.starts_on),
        "ends_on": _day(nda.ends_on),
        "survives_until": _day(nda.survives_until),
        "destroy_by": _day(nda.destroy_by),
        "signer": nda.signer_name,
        "signer_title": nda.signer_title,
        "signs_for": nda.signs_for,
        "accepted_at": _time(nda.accepted_at),
        "our_signatory": f"{nda.text.signatory_name}, {nda.text.signatory_title}" if nda.text else nda.recorded_by,
        "text_sha256": nda.text_sha256,
        "address": nda.text_address,
    }


def _exemption(exemption: AnyExemption) -> Content:
    return {
        "what": str(exemption.what),
        "reason": exemption.reason,
        "until": _day(exemption.until),
        "proposed_by": _person(exemption.proposed_by),
        "granted_by": _person(exemption.granted_by),
        "granted_at": _time(exemption.granted_at),
        "answer": exemption.answer,
    }


def _waiver(waiver: Waiver) -> Content:
    return {
        **_exemption(waiver),
        "requirement": waiver.requirement,
        "promised_on": _day(waiver.promised_on),
        "launched_on": _day(waiver.launched_on),
    }


def _paper(paper: Evidence) -> Content:
    return {
        "kind": str(paper.get_kind_display()),
        "title": paper.title,
        "issuer": paper.issuer,
        "dated_on": _day(paper.dated_on),
        "until": _day(paper.until),
        "confidential": paper.confidential,
    }


def _evidence(review: Review, nda: Nda | None, on: date) -> list[Content]:
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


def _person(user: Any) -> Content:
    return {"name": user.name, "title": user.title}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _time(moment: datetime | None) -> str | None:
    """ISO time in the organisation's zone, so that the text of the memo needs no clock of its own."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
