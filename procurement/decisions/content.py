"""What a memo says, copied out of the records as plain JSON, so that no later change can reach it.

Everything is text, a number, a list or a mapping; dates are ISO days, times ISO in the organisation's zone.
"""

from datetime import date

from django.conf import settings

from procurement.decisions.canonical import Content
from procurement.decisions.content_support import evidence_of, support_of
from procurement.decisions.models import Decision, Memo
from procurement.decisions.plain import day, person, time
from procurement.decisions.questionnaire_content import questionnaires_content, questionnaires_evidence
from procurement.decisions.report_words import quoted, quoted_part, words_of
from procurement.policy.evaluation import RequirementCheck
from procurement.reviews import queries as reviews_queries
from procurement.reviews.models import Review
from vendors.ndas.models import Nda
from vendors.reports.models import Report
from vendors.reports.queries import other_organization_in

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
    questionnaires = questionnaires_content(review)
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
        "drafted_by": person(decision.drafted_by),
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
        "questionnaires": questionnaires,
        **support_of(review, on),
        "findings": _findings(review),
        "nda": _nda(nda) if nda else None,
        "evidence": [*evidence_of(review, nda, on), *questionnaires_evidence(questionnaires)],
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
        "submitted_at": time(decision.submitted_at),
        "follows": earlier.number if earlier else None,
        "decision": {
            "outcome": decision.outcome,
            "by": person(decision.decided_by),
            "at": time(decision.decided_at),
            "reason": decision.reason,
            "valid_until": day(decision.valid_until),
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
        "owner": person(engagement.owner),
    }


def _review(review: Review) -> Content:
    return {
        "number": review.number,
        "requested_by": person(review.requested_by),
        "requested_at": time(review.requested_at),
        "wanted_by": day(review.wanted_by),
        "reviewer": person(review.reviewer) if review.reviewer else None,
        "predecessor": review.predecessor.number if review.predecessor else None,
    }


def _report(report: Report) -> Content:
    auditor = report.auditor
    return {
        "title": str(report),
        "kind": str(report.get_kind_display()),
        "type": str(report.get_type_display()),
        "service_organization": report.service_organization,
        **_organization_note(report),
        "system": report.system_name,
        "period_start": day(report.period_start),
        "period_end": day(report.period_end),
        "as_of": day(report.as_of),
        "report_date": day(report.report_date),
        "auditor": auditor.name if auditor else "",
        "auditor_checked_on": day(auditor.checked_on) if auditor else None,
        "auditor_check": auditor.check_note if auditor else "",
        "opinion": str(report.get_opinion_display()),
        "opinion_basis": report.opinion_basis,
        "opinion_criteria": report.opinion_criteria,
        "categories": report.category_names(),
        **_criteria_tested(report),
        "controls_tested": report.controls_tested,
        "pages": report.pages,
        **words_of(report),
        "page_count": report.page_count,
        "received_at": time(report.received_at),
        "received_from": report.received_from,
        "accepted_at": time(report.accepted_at),
        "accepted_by": person(report.accepted_by) if report.accepted_by else None,
    }


def _criteria_tested(report: Report) -> Content:
    """What was tested, drawn together, and what of the categories in scope was not. No key where nobody recorded it, so
    that what was submitted before it was a fact still compares equal."""
    if not report.criteria_tested:
        return {}
    return {"criteria_tested": report.criteria_in_short(), "criteria_left_out": report.criteria_left_out()}


def _organization_note(report: Report) -> Content:
    """Under "organization_note" that the report names somebody else than the vendor; no key where it does not, so that
    what was submitted before there were such notes still compares equal."""
    other = other_organization_in(report)
    return {"organization_note": str(other)} if other else {}


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
                **quoted(exception),
                **quoted_part(exception, "response"),
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
                **quoted(cuec),
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
            **quoted(organization),
            **quoted_part(organization, "service"),
        }
        for organization in report.subservice_organizations.all()
    ]


def _remediations(review: Review) -> list[Content]:
    return [
        {
            "reason": remediation.reason,
            "plan": remediation.plan,
            "opened_at": time(remediation.opened_at),
            "closed_at": time(remediation.closed_at),
            "closed_by": person(remediation.closed_by) if remediation.closed_by else None,
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
            "ended_at": time(finding.ended_at),
            "ended_by": finding.ended_by,
            "ended_because": finding.ended_because,
        }
        for finding in reviews_queries.findings_for(review)
    ]


def _nda(nda: Nda) -> Content:
    return {
        "title": nda.title,
        "paper": str(nda.get_paper_display()),
        "starts_on": day(nda.starts_on),
        "ends_on": day(nda.ends_on),
        "survives_until": day(nda.survives_until),
        "destroy_by": day(nda.destroy_by),
        "signer": nda.signer_name,
        "signer_title": nda.signer_title,
        "signs_for": nda.signs_for,
        "accepted_at": time(nda.accepted_at),
        "our_signatory": f"{nda.text.signatory_name}, {nda.text.signatory_title}" if nda.text else nda.recorded_by,
        "text_sha256": nda.text_sha256,
        "address": nda.text_address,
    }
