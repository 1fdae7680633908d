"""Reading a review: its case for the rules, and what the policy says about it on a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import shorten

from django.db.models import QuerySet, Subquery

from procurement.accounts.models import User
from procurement.policy import queries as policy_queries
from procurement.policy.cases import Case, Evidence, Exemption, NdaFacts, Register, RemediationFacts, SubserviceFacts
from procurement.policy.evaluation import Policy, RequirementCheck, blocking, evaluate
from procurement.policy.terms import Criticality, DataClass, ScopeFit, Vertical
from procurement.questionnaires import queries as questionnaires_queries
from procurement.questionnaires import starter
from procurement.questionnaires.models import Assessment, QuestionnaireVersion
from procurement.questionnaires.models.assessments import ENDED
from procurement.reviews.lifecycle import BEING_WORKED_ON
from procurement.reviews.models import UNDECIDED, CuecStatus, ExceptionJudgement, Finding, Review, State
from vendors.calendar.clock import local_day
from vendors.calendar.days import plus_days
from vendors.ndas import queries as ndas_queries
from vendors.ndas.models import Nda
from vendors.reports import queries as reports_queries
from vendors.reports.currency import Currency, currency_of
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState
from vendors.reports.systems import statements_of
from vendors.reports.terms import EvidenceKind, ReportKind, ReportType, SubserviceMethod


def policy_of(review: Review) -> Policy:
    """The policy a review is judged by: the newest, or the one it was put before its approver under once decided."""
    kept = review.requirement_checks.select_related("policy").first() if review.is_decided else None
    if kept is not None:
        return Policy.load(kept.policy.number, kept.policy.rows)
    return policy_queries.current_policy()


def requirement_checks(review: Review, on: date) -> tuple[RequirementCheck, ...]:
    """Each requirement of the policy as it stands on that day."""
    return evaluate(policy_of(review), case_for(review, on), on)


def ready_to_submit(review: Review, on: date) -> tuple[RequirementCheck, ...]:
    """The requirements that still stand in the way of asking for approval; empty when none does."""
    return blocking(requirement_checks(review, on))


def currency_of_report(review: Review, on: date) -> Currency | None:
    """How the report the review goes by counts on that day; None for a review without an accepted Type II report."""
    report = review.report
    if report is None or report.state != ReportState.ACCEPTED or report.period_end is None:
        return None
    if report.kind != ReportKind.SOC2 or report.type != ReportType.TYPE2:
        return None
    return currency_of(report.period_end, statements_of(report), on=on, rules=policy_of(review).currency_rules())


def currency_end(review: Review, on: date) -> date | None:
    """The last day the report carries an approval taken on that day: the end of its currency, or of the relief while
    its successor is awaited. None for a review without a report, which public data may be approved on."""
    currency = currency_of_report(review, on)
    if currency is None:
        return None
    return currency.counts_until if currency.is_awaiting_successor else currency.current_until


def case_for(review: Review, on: date) -> Case:
    """Everything the rules ask about a review, in a fixed number of queries however long the report's lists are.

    Without an accepted report the newest one that waits for its facts stands in, so that the rules can say what to do.
    """
    engagement = review.engagement
    report = report_under_review(review)
    before = reports_queries.report_before(report) if report else None
    return Case(
        vendor=review.vendor.name,
        data_classes=frozenset(DataClass(name) for name in engagement.data_classes),
        verticals=frozenset(Vertical(name) for name in engagement.verticals),
        criticality=Criticality(engagement.criticality),
        tier=engagement.tier,
        uptime_promised=engagement.uptime_promised,
        earlier_approval=_was_approved_before(review),
        nda=nda_facts(review.vendor_id, on),
        report=reports_queries.facts_of(report) if report else None,
        previous_period_end=before.period_end if before else None,
        statements=tuple(statements_of(report)) if report else (),
        auditor_checked_on=report.auditor.checked_on if report and report.auditor else None,
        scope_fit=ScopeFit(review.scope_fit) if review.scope_fit else ScopeFit.UNKNOWN,
        scope_page=review.scope_page,
        exceptions=_exceptions(review, report) if report else Register(),
        cuecs=_cuecs(review, report) if report else Register(),
        subservice=tuple(_subservice(report)) if report else (),
        remediations=tuple(_remediations(review)),
        evidence=tuple(_evidence(review)),
        waivers=tuple(_waivers(review, on)),
        risk_acceptance=_risk_acceptance(review, on),
    )


def report_under_review(review: Review) -> Report | None:
    """The report the review goes by, else the newest of the vendor that waits for its facts; None without any."""
    return review.report or reports_queries.undecided_reports(review.vendor).first()


def findings_for(review: Review) -> list[Finding]:
    """What a decision on this review has to know: its own findings, then those of earlier reviews of the engagement
    that are still open. Withdrawn ones were none."""
    own = review.findings.exclude(state=Finding.State.WITHDRAWN).select_related("owner", "review")
    earlier = (
        Finding.objects.open()
        .filter(review__engagement=review.engagement_id, review__lt=review.pk)
        .select_related("owner", "review")
    )
    return [*own, *earlier]


def exceptions_answered_by_a_condition(review: Review) -> list[str]:
    """The criteria of the exceptions that a condition of the decision is to answer, in the report's order."""
    by_condition = {"decision": ExceptionJudgement.Decision.CONDITION, "exception__report": review.report_id}
    judged = review.exception_judgements.filter(**by_condition)
    exceptions = [judgement.exception for judgement in judged.select_related("exception")]
    return [exception.criterion or _in_few_words(exception.description) for exception in exceptions]


def findings_about(assessment: Assessment) -> dict[int, list[Finding]]:
    """The findings raised about answers of this questionnaire, by the answer's key. Withdrawn ones were none."""
    found: dict[int, list[Finding]] = {}
    rows = Finding.objects.filter(answer__assessment=assessment).exclude(state=Finding.State.WITHDRAWN)
    for finding in rows.select_related("owner").order_by("pk"):
        assert finding.answer_id is not None
        found.setdefault(finding.answer_id, []).append(finding)
    return found


def nda_facts(vendor_id: int, on: date) -> NdaFacts | None:
    """The agreement in force on that day, else the latest one there was or will be; None when there is none."""
    nda = ndas_queries.nda_in_force(vendor_id, on) or Nda.objects.filter(vendor=vendor_id).first()
    return nda_facts_of(nda) if nda else None


def nda_facts_of(nda: Nda) -> NdaFacts:
    """The agreement as the rules read it: an early end is its last day."""
    ends_on = nda.ends_on
    if nda.ended_on is not None:
        last_day = plus_days(nda.ended_on, -1)
        ends_on = min(ends_on, last_day) if ends_on else last_day
    return NdaFacts(title=nda.title, starts_on=nda.starts_on, ends_on=ends_on)


def _was_approved_before(review: Review) -> bool:
    approved = [State.APPROVED, State.APPROVED_WITH_CONDITIONS]
    return Review.objects.filter(engagement=review.engagement_id, state__in=approved).exclude(pk=review.pk).exists()


def _exceptions(review: Review, report: Report) -> Register:
    judged = set(review.exception_judgements.values_list("exception_id", flat=True))
    rows = list(report.exceptions.all())
    open_rows = [row for row in rows if row.pk not in judged]
    return _register(rows, [(row.criterion or _in_few_words(row.description), row.page) for row in open_rows])


def _cuecs(review: Review, report: Report) -> Register:
    statuses = {status.cuec_id: status for status in review.cuec_statuses.all()}
    rows = list(report.cuecs.all())
    open_rows = [row for row in rows if not _is_settled(statuses.get(row.pk))]
    return _register(rows, [(row.reference or _in_few_words(row.text), row.page) for row in open_rows])


def _in_few_words(text: str) -> str:
    """The beginning of a text, in quotation marks and cut between words: most reports number no control."""
    return f"“{shorten(text, 60, placeholder='…')}”"


def _is_settled(status: CuecStatus | None) -> bool:
    return status is not None and bool(status.owner or status.status == CuecStatus.Status.NOT_APPLICABLE)


def _register(rows: Sequence[object], still_open: Iterable[tuple[str, int | None]]) -> Register:
    named = list(still_open)
    return Register(
        count=len(rows),
        open=tuple(words for words, _page in named),
        pages=tuple(sorted({page for _words, page in named if page})),
    )


def _subservice(report: Report) -> list[SubserviceFacts]:
    return [SubserviceFacts(row.name, SubserviceMethod(row.method)) for row in report.subservice_organizations.all()]


def _evidence(review: Review) -> list[Evidence]:
    """The papers on the vendor's file that nobody has withdrawn."""
    return [
        Evidence(kind=EvidenceKind(row.kind), dated_on=row.dated_on, until=row.until)
        for row in review.vendor.evidence.on_file()
    ]


def _waivers(review: Review, on: date) -> list[Exemption]:
    """Those that hold; an interim one only while the review goes by the Type I report it names."""
    return [
        Exemption(
            key=waiver.requirement,
            approver=waiver.granted_by.name,
            until=waiver.until,
            reason=waiver.reason,
            launched_on=waiver.launched_on,
        )
        for waiver in review.waivers.holding(on).select_related("granted_by")
        if waiver.granted_by and waiver.report_id in {None, review.report_id}
    ]


def _risk_acceptance(review: Review, on: date) -> Exemption | None:
    """That of the report the review goes by, when it holds."""
    accepted = review.risk_acceptances.holding(on).filter(report=review.report_id).select_related("granted_by").last()
    if accepted is None or accepted.granted_by is None:
        return None
    return Exemption(key="opinion", approver=accepted.granted_by.name, until=accepted.until, reason=accepted.reason)


def _remediations(review: Review) -> list[RemediationFacts]:
    """Those the report it goes by opened; what another report opened is history."""
    return [
        RemediationFacts(
            reason=row.reason,
            opened_on=local_day(row.opened_at),
            closed_on=local_day(row.closed_at) if row.closed_at else None,
            closed_by=row.closed_by.name if row.closed_by else "",
        )
        for row in review.remediations.filter(report=review.report_id).select_related("closed_by")
    ]


def assessments_of(review: Review) -> QuerySet[Assessment]:
    """The questionnaires sent for this review, the newest first, with counts: those of its engagement from its request,
    or from the decision it follows, to its end. What is sent after belongs to the review that follows."""
    found = Assessment.objects.filter(engagement=review.engagement_id)
    if review.predecessor_id is None:
        found = found.filter(sent_at__gte=review.requested_at)
    else:
        decided = Review.objects.filter(pk=review.predecessor_id).values("state_since")
        found = found.filter(sent_at__gt=Subquery(decided))
    if review.state not in UNDECIDED:
        found = found.filter(sent_at__lte=review.state_since)
    return as_listed(found)


def as_listed(found: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """These questionnaires, the newest first, with counts."""
    counted = questionnaires_queries.with_counts(found.select_related("version", "family", "contact__user", "sent_by"))
    return counted.order_by("-sent_at", "-pk")  # what is counted loses the order of its model


def assessments_under_review(review: Review) -> list[Assessment]:
    """The questionnaires the review goes by, in the order they were sent: of each family the newest that was not
    cancelled."""
    newest: dict[int, Assessment] = {}
    for assessment in assessments_of(review).filter(cancelled_at__isnull=True):
        newest.setdefault(assessment.family_id, assessment)
    return sorted(newest.values(), key=lambda each: (each.sent_at, each.pk))


def asked_before(review: Review) -> dict[int, Assessment]:
    """What is complete in this review already, by the questionnaire's key: sending it again asks all of it anew."""
    complete = assessments_of(review).filter(completed_at__isnull=False, cancelled_at__isnull=True)
    return {each.family_id: each for each in reversed(complete)}


def starter_was_sent(review: Review) -> bool:
    """Whether the shortest questionnaire goes with this review already."""
    return any(each.family.key == starter.KEY for each in assessments_under_review(review))


def sendable_versions(review: Review) -> QuerySet[QuestionnaireVersion]:
    """What can be sent for this review, newest versions of a family first: published, and none of it under way."""
    under_way = Assessment.objects.filter(engagement=review.engagement_id).exclude(state__in=ENDED)
    return (
        QuestionnaireVersion.objects.published()
        .exclude(questionnaire__in=under_way.values("family"))
        .select_related("questionnaire")
        .order_by("questionnaire_id", "-number")
    )


def answers_to_read(reviewer: User) -> list[tuple[Review, Assessment]]:
    """Questionnaires that wait for this reviewer, each with the review it belongs to."""
    mine = Review.objects.filter(reviewer=reviewer, state__in=BEING_WORKED_ON).select_related("vendor")
    by_engagement = {review.engagement_id: review for review in mine}
    waiting = Assessment.objects.with_us().filter(engagement__in=by_engagement).select_related("version__questionnaire")
    return [(by_engagement[assessment.engagement_id], assessment) for assessment in waiting.order_by("submitted_at")]
