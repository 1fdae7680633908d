"""Which report a review lets answer questions, on which grounds; and opening again what no report answers any more."""

from datetime import date, datetime

from procurement.policy.evaluation import Policy
from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.covering import CarvedOut, Grounds, NotedException
from procurement.reviews import emails
from procurement.reviews.models import Review, ScopeFit
from procurement.reviews.queries import assessments_under_review, policy_of
from vendors.people.actors import Actor
from vendors.reports import queries as reports_queries
from vendors.reports.currency import CurrencyState, currency_of
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState
from vendors.reports.systems import statements_of
from vendors.reports.terms import ReportKind, ReportType, SubserviceMethod


def basis_of(review: Review, on: date) -> questionnaires.Basis | None:
    """The accepted SOC 2 report the review goes by, as it stands on that day; None without one."""
    report = review.report
    if report is None or report.state != ReportState.ACCEPTED or report.kind != ReportKind.SOC2 or not report.type:
        return None
    facts = reports_queries.facts_of(report)
    carved_out = report.subservice_organizations.filter(method=SubserviceMethod.CARVE_OUT)
    grounds = Grounds(
        type=ReportType(report.type),
        categories=facts.categories,
        tested=reports_queries.criteria_tested(report),
        period_start=facts.period_start,
        period_end=facts.period_end,
        as_of=facts.as_of,
        is_current=_counts(report, policy_of(review), on),
        fits=review.scope_fit != ScopeFit.NO,
        opinion=facts.opinion,
        opinion_criteria=facts.opinion_criteria,
        exceptions=tuple(
            NotedException(criterion=row.criterion, found=row.description, page=row.page)
            for row in report.exceptions.all()
        ),
        carved_out=tuple(CarvedOut(name=row.name, does=row.service, page=row.page) for row in carved_out),
        pages=facts.pages,
    )
    return questionnaires.Basis(report=report, grounds=grounds)


def weigh_report(review: Review, *, by: Actor, on: date, now: datetime) -> None:
    """Look at the review's report again in every questionnaire that leans on it. The reviewer is told what is asked
    after all. Inside the act that changed the report or what we say about it."""
    asked = assessments_under_review(review)
    for each in questionnaires.weigh_again(assessments=asked, basis=basis_of(review, on), by=by, now=now):
        if each.opened:
            emails.questions_opened(review, each.assessment, each.opened, by=by, now=now)


def _counts(report: Report, policy: Policy, on: date) -> bool:
    """Whether policy lets the report count on that day; while its successor is awaited it does."""
    if report.type == ReportType.TYPE1:
        return report.as_of is not None and policy.interim_limits().is_fresh(report.as_of, on)
    if report.period_end is None:
        return False
    currency = currency_of(report.period_end, statements_of(report), on=on, rules=policy.currency_rules())
    return currency.state is not CurrencyState.OUT_OF_POLICY
