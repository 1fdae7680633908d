"""What the review's page shows besides its head: steps, checklist, judgements, who has to act, what this person may do.

The page itself is in procurement's dashboard; its parts are templates/procurement/reviews/_*.html, and each of them
reads the one object `page`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from procurement.policy.evaluation import Readiness, RequirementCheck, readiness
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.threads import left_at_the_end
from procurement.reviews import access
from procurement.reviews.acts import Act, acts_of
from procurement.reviews.between import assessments_after
from procurement.reviews.checklist import CheckRow, compare_url, facts_url, questionnaire_rows, rows_of
from procurement.reviews.exempting import AnyExemption, Proposable, proposable
from procurement.reviews.forms.judging import ControlsForm, ExceptionsForm
from procurement.reviews.models import CuecStatus, ExceptionJudgement, Finding, Remediation, Review
from procurement.reviews.queries import (
    assessments_of,
    assessments_under_review,
    currency_of_report,
    findings_for,
    policy_of,
    report_under_review,
    requirement_checks,
)
from procurement.reviews.remarks import Remarks, remarks_on_review
from procurement.reviews.steps import Step, steps_of
from procurement.reviews.waiting import Waiting, who_has_to_act
from vendors.people.actors import Actor
from vendors.reports import queries as reports_queries
from vendors.reports.access import openable_reports
from vendors.reports.currency import Currency
from vendors.reports.likeness_notes import likeness_notes
from vendors.reports.models import Cuec, Report, ReportException, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.reports.since_last_year import may_have_a_report_before


@dataclass(frozen=True, kw_only=True)
class JudgedException:
    """One exception of the report and our decision on it, if there is one."""

    exception: ReportException
    judgement: ExceptionJudgement | None
    cited: str
    answer_cited: str


@dataclass(frozen=True, kw_only=True)
class AssignedControl:
    """One user entity control of the report and our status of it, if there is one."""

    cuec: Cuec
    status: CuecStatus | None
    cited: str


@dataclass(frozen=True, kw_only=True)
class RemediationRow:
    """A remediation and what this person may do about it."""

    remediation: Remediation
    may_plan: bool
    may_close: bool


@dataclass(frozen=True, kw_only=True)
class ExemptionRow:
    """A waiver or risk acceptance and what this person may do about it. `holds`: granted, and its end not passed."""

    exemption: AnyExemption
    noun: str
    holds: bool
    may_answer: bool
    may_revoke: bool


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """A report on the vendor's file as this review sees it.

    may_open  the document itself, today
    compare   the address of the comparison with the report before it; empty where there is none
    """

    report: Report
    is_used: bool
    may_use: bool
    may_open: bool
    facts: str
    compare: str


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """Everything the parts of the page read. For a requester only status, steps, acts, who has to act and the comments
    shared with them are filled."""

    review: Review
    reads_only_status: bool
    steps: list[Step]
    waiting: list[Waiting]
    acts: list[Act]
    remarks: Remarks
    is_assigned: bool = False
    may_judge: bool = False
    may_send: bool = False
    policy_number: int = 0
    readiness: Readiness | None = None
    checks: list[CheckRow] = field(default_factory=list)
    not_asked: list[CheckRow] = field(default_factory=list)
    currency: Currency | None = None
    reports: list[ReportRow] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    requests: list[ReportRequest] = field(default_factory=list)
    exceptions: list[JudgedException] = field(default_factory=list)
    exceptions_form: ExceptionsForm | None = None
    controls: list[AssignedControl] = field(default_factory=list)
    controls_form: ControlsForm | None = None
    remediations: list[RemediationRow] = field(default_factory=list)
    questionnaires: list[Assessment] = field(default_factory=list)
    asked_again: set[int] = field(default_factory=set)
    unsent: list[tuple[Assessment, int]] = field(default_factory=list)
    results: tuple[RequirementCheck, ...] = ()
    exemptions: list[ExemptionRow] = field(default_factory=list)
    proposable: Proposable = field(default_factory=Proposable)
    findings: list[Finding] = field(default_factory=list)
    may_raise: bool = False

    @property
    def open_exceptions(self) -> int:
        return sum(row.judgement is None for row in self.exceptions)

    @property
    def open_controls(self) -> int:
        return sum(row.status is None for row in self.controls)


def review_page_context(review: Review, user: Actor, on: date) -> dict[str, Any]:
    """`review` and `page` for the templates of the review's page. `review` comes from `access.review_for`."""
    return {"review": review, "page": review_page(review, user, on)}


def review_page(review: Review, user: Actor, on: date) -> ReviewPage:
    """What this person sees of the review on that day."""
    acts, steps, remarks = acts_of(review, user), steps_of(review), remarks_on_review(review, user)
    if access.reads_only_status(user, review):
        return ReviewPage(
            review=review,
            reads_only_status=True,
            steps=steps,
            acts=acts,
            remarks=remarks,
            waiting=who_has_to_act(review),
        )
    report = report_under_review(review)
    checks = requirement_checks(review, on)
    requests = list(reports_queries.open_requests(review.vendor))
    asked, not_asked = rows_of(checks, review, report, user, requests=requests)
    ready = readiness(checks)
    may_judge = access.can_judge(user, review)
    exceptions = list(review.report.exceptions.all()) if review.report else []
    cuecs = list(review.report.cuecs.all()) if review.report else []
    under_review = assessments_under_review(review)
    sent = [each for each in reversed(assessments_of(review)) if not each.cancelled_at]
    return ReviewPage(
        review=review,
        reads_only_status=False,
        steps=steps,
        acts=acts,
        remarks=remarks,
        waiting=who_has_to_act(review, still_open=ready.asked - ready.settled, names_questionnaires=True),
        is_assigned=review.reviewer_id == user.pk,
        may_judge=may_judge,
        may_send=access.can_send(user, review),
        policy_number=policy_of(review).version,
        readiness=ready,
        checks=[*asked, *questionnaire_rows(review, under_review)],
        not_asked=not_asked,
        currency=currency_of_report(review, on),
        reports=_reports(review, user, on),
        shared=likeness_notes(report, user) if report else [],
        requests=requests,
        exceptions=_exceptions(review, exceptions),
        exceptions_form=ExceptionsForm(review=review, exceptions=exceptions) if may_judge and exceptions else None,
        controls=_controls(review, cuecs),
        controls_form=ControlsForm(review=review, cuecs=cuecs) if may_judge and cuecs else None,
        remediations=_remediations(review, user),
        questionnaires=[*(assessments_after(review) if review.is_decided else ()), *sent],
        asked_again={each.pk for each in sent} - {each.pk for each in under_review},
        unsent=left_at_the_end(assessments_of(review)) if access.can_send_comments(user, review) else [],
        results=checks,
        exemptions=_exemptions(review, user, on),
        proposable=proposable(review, policy_of(review), checks) if access.can_propose(user, review) else Proposable(),
        findings=findings_for(review),
        may_raise=access.can_raise(user, review),
    )


def _reports(review: Review, user: Actor, on: date) -> list[ReportRow]:
    may_judge = access.can_judge(user, review)
    reports = list(reports_queries.reports_of(review.vendor))
    openable = openable_reports(user, review.vendor, reports, on)
    return [
        ReportRow(
            report=report,
            is_used=report.pk == review.report_id,
            may_use=may_judge and report.state == ReportState.ACCEPTED and report.pk != review.report_id,
            may_open=report.pk in openable,
            facts=facts_url(review, report),
            compare=compare_url(review, report) if may_have_a_report_before(report, reports) else "",
        )
        for report in reports
    ]


def _exceptions(review: Review, exceptions: list[ReportException]) -> list[JudgedException]:
    judged = {row.exception_id: row for row in review.exception_judgements.all()}
    return [
        JudgedException(
            exception=row,
            judgement=judged.get(row.pk),
            cited=_cited(review, row.page),
            answer_cited=_cited(review, row.cited.get("response", {}).get("page")),
        )
        for row in exceptions
    ]


def _controls(review: Review, cuecs: list[Cuec]) -> list[AssignedControl]:
    statuses = {row.cuec_id: row for row in review.cuec_statuses.all()}
    return [AssignedControl(cuec=row, status=statuses.get(row.pk), cited=_cited(review, row.page)) for row in cuecs]


def _remediations(review: Review, user: Actor) -> list[RemediationRow]:
    rows = review.remediations.select_related("report__accepted_by", "asked", "closed_by")
    found = []
    for remediation in rows:
        remediation.review = review
        found.append(
            RemediationRow(
                remediation=remediation,
                may_plan=access.can_plan(user, remediation),
                may_close=access.can_close(user, remediation),
            )
        )
    return found


def _exemptions(review: Review, user: Actor, on: date) -> list[ExemptionRow]:
    people = ("asked", "proposed_by", "granted_by", "refused_by", "revoked_by", "report")
    waivers, acceptances = review.waivers.select_related(*people), review.risk_acceptances.select_related(*people)
    rows: list[tuple[str, AnyExemption]] = [("waiver", row) for row in waivers]
    rows += [("risk", row) for row in acceptances]
    found = []
    for noun, exemption in rows:
        exemption.review = review
        found.append(
            ExemptionRow(
                exemption=exemption,
                noun=noun,
                holds=exemption.is_granted and on <= exemption.until,
                may_answer=access.can_answer(user, exemption),
                may_revoke=access.can_revoke(user, exemption),
            )
        )
    return found


def _cited(review: Review, page: int | None) -> str:
    return facts_url(review, review.report, page) if review.report and page else ""
