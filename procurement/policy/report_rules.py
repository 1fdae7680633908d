"""The rules about the report itself: what it is, whether it counts, its period, date and opinion. Pure."""

from dataclasses import replace
from datetime import date

from procurement.policy.outcomes import Outcome, Question, exempted, met, not_asked, not_met, noted
from procurement.policy.terms import Action, Result
from vendors.reports.currency import Currency, CurrencyState, currency_of
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import (
    Opinion,
    ReportFacts,
    ReportKind,
    ReportType,
    gap_note,
    in_months,
    length_of,
    period_note,
    report_date_note,
)

OTHER_KINDS = {
    ReportKind.SOC1: _(
        "The report on file is a SOC 1, on controls over financial reporting. Ask for the SOC 2 Type II."
    ),
    ReportKind.SOC3: _("The report on file is a SOC 3: it shows no tests. Ask for the SOC 2 Type II."),
    ReportKind.OTHER: _("The document on file is no SOC 2 report. Ask for the SOC 2 Type II."),
}


def soc2_type2_current(ask: Question) -> Outcome:
    """A current, accepted SOC 2 Type II report; nothing else stands in for it (DESIGN.md, "Deciding")."""
    case, report = ask.case, ask.case.report
    if report is None:
        return _on_file(case.on_file, ask)
    pages = report.pages_of("kind", "period")
    if report.kind in OTHER_KINDS:
        return not_met(because(OTHER_KINDS[report.kind]), pages=pages, action=Action.REQUEST_REPORT)
    if report.type is ReportType.TYPE1:
        return not_met(_type_1(report, ask), pages=pages, action=Action.REQUEST_REPORT)
    if not (report.kind and report.type and report.period_start and report.period_end):
        reason = because(_("Kind, type and audit period of the report are not all recorded yet."))
        return not_met(reason, pages=pages, action=Action.RECORD_FACTS)
    period = because(
        _("Period {start} – {end}, {length}."),
        start=report.period_start,
        end=report.period_end,
        length=length_of(report.period_start, report.period_end),
    )
    currency = currency_of(report.period_end, case.statements, on=ask.on, rules=ask.policy.currency_rules())
    return _by_currency(currency, period, ask)


def _on_file(report: ReportFacts | None, ask: Question) -> Outcome:
    """The review goes by no report. One on file that would carry it is to be taken, not asked for again."""
    if report is None:
        reason = because(_("No SOC 2 Type II report of {vendor} is on file."), vendor=ask.case.vendor)
        return not_met(reason, action=Action.REQUEST_REPORT)
    if_taken = soc2_type2_current(replace(ask, case=replace(ask.case, report=report)))
    if if_taken.result is Result.NOT_MET:
        return if_taken
    template = _("{why} It is accepted and on file; this review does not go by it yet.")
    return not_met(because(template, why=if_taken.reason), action=Action.GO_BY_REPORT)


def _by_currency(currency: Currency, period: Reason, ask: Question) -> Outcome:
    case, report = ask.case, ask.report
    pages = report.pages_of("kind", "period")
    if currency.state is CurrencyState.OUT_OF_POLICY:
        reason = because(_("{period} Out of policy. {why}"), period=period, why=currency.reason)
        can_be_carried = case.earlier_approval and ask.on <= currency.relief_limit
        action = Action.ASK_STATEMENT if can_be_carried else Action.REQUEST_REPORT
        return not_met(reason, pages=pages, action=action)
    if currency.state is CurrencyState.AWAITING_SUCCESSOR and not case.earlier_approval:
        template = _("{period} It counted until {until}. Awaiting its successor never carries a first approval.")
        reason = because(template, period=period, until=currency.current_until)
        return not_met(reason, pages=pages, action=Action.REQUEST_REPORT)
    if not report.accepted:
        reason = because(_("{period} Its facts are not accepted yet."), period=period)
        return not_met(reason, pages=pages, action=Action.ACCEPT_REPORT)
    if currency.state is CurrencyState.AWAITING_SUCCESSOR:
        return noted(because(_("{period} {why}"), period=period, why=currency.reason), pages=pages)
    reason = because(_("{period} Counts until {until}."), period=period, until=currency.current_until)
    return met(reason, pages=pages)


def _type_1(report: ReportFacts, ask: Question) -> Reason:
    what = because(_("Type I as of {as_of}"), as_of=report.as_of) if report.as_of else because(_("Type I"))
    regulated = ask.case.regulated_verticals()
    if regulated:
        template = _("{what} shows design, not operation. Ask for Type II; no waiver is possible in {verticals}.")
        return because(template, what=what, verticals=regulated)
    limits = ask.policy.interim_limits()
    if report.as_of and not limits.is_fresh(report.as_of, ask.on):
        template = _("{what} is older than {months}, so no interim waiver carries it. Ask for Type II.")
        return because(template, what=what, months=in_months(limits.type1_months))
    return because(
        _("{what} shows design, not operation. Ask for Type II, or for an interim waiver until then."), what=what
    )


def period_length(ask: Question) -> Outcome:
    """Short, long and interrupted periods are noted; what was examined by nobody is said."""
    report = ask.report
    if report.type is ReportType.TYPE1:
        return not_asked(because(_("A Type I report has no audit period.")))
    if not (report.period_start and report.period_end):
        return not_met(because(_("The audit period is not recorded yet.")), action=Action.RECORD_FACTS)
    pages = report.pages_of("period")
    length = because(_("{length}."), length=length_of(report.period_start, report.period_end))
    odd = period_note(report.period_start, report.period_end, ask.policy.period_limits())
    gap = gap_note(ask.case.previous_period_end, report.period_start)
    first = odd.reason if odd else length
    if gap:
        return noted(because(_("{period} {gap}"), period=first, gap=gap.reason), pages=pages)
    if odd:
        return noted(first, pages=pages)
    if ask.case.previous_period_end:
        return met(because(_("{period} No gap to the report before."), period=length), pages=pages)
    return met(because(_("{period} There is no report before it on file."), period=length), pages=pages)


def report_date(ask: Question) -> Outcome:
    """A report dated before its period ended cannot be one; one that came late is noted."""
    report = ask.report
    end, signed = report.period_end or report.as_of, report.report_date
    if not end or not signed:
        return not_met(because(_("The report date is not recorded yet.")), action=Action.RECORD_FACTS)
    pages = report.pages_of("report_date")
    if signed < end:
        reason = because(_("Dated {signed}, before {end}, the last day it speaks for."), signed=signed, end=end)
        return not_met(reason, pages=pages, action=Action.RECORD_FACTS)
    late = report_date_note(end, signed, ask.policy.period_limits())
    if late:
        return noted(late.reason, pages=pages)
    lag = (signed - end).days
    if lag == 1:
        return met(because(_("Dated {signed}, 1 day after {end}."), signed=signed, end=end), pages=pages)
    return met(because(_("Dated {signed}, {lag} days after {end}."), signed=signed, lag=lag, end=end), pages=pages)


def opinion(ask: Question) -> Outcome:
    """Qualified: only with a closed remediation. Adverse, disclaimer: only with a named risk acceptance."""
    report = ask.report
    pages = report.pages_of("opinion")
    if report.opinion is None:
        return not_met(because(_("The auditor’s opinion is not recorded yet.")), action=Action.RECORD_FACTS)
    if not report.opinion.is_modified:
        return met(because(_("Unqualified in the auditor’s letter.")), pages=pages)
    said = _opinion_said(report, report.opinion)
    if report.opinion.is_no_assurance:
        return _no_assurance(said, ask)
    closed = [one for one in ask.case.remediations if one.closed_on]
    if not closed or len(closed) < len(ask.case.remediations):
        template = _("{said}. Somebody else than who accepted the report has to close the remediation.")
        reason = because(template, said=said)
        return not_met(reason, pages=pages, action=Action.CLOSE_REMEDIATION)
    last = max(closed, key=lambda one: one.closed_on or date.min)
    template = _("{said}. Remediation closed by {who} on {day}.")
    return noted(because(template, said=said, who=last.closed_by, day=last.closed_on), pages=pages)


def _opinion_said(report: ReportFacts, opinion: Opinion) -> Reason | Opinion:
    if not report.opinion_criteria:
        return opinion
    return because(_("{opinion} on {criteria}"), opinion=opinion, criteria=report.opinion_criteria)


def _no_assurance(said: Reason | Opinion, ask: Question) -> Outcome:
    pages = ask.report.pages_of("opinion")
    regulated = ask.case.regulated_verticals()
    if regulated:
        template = _("{said}: no assurance. In {verticals} no risk acceptance gets past it.")
        reason = because(template, said=said, verticals=regulated)
        return not_met(reason, pages=pages, action=Action.REQUEST_REPORT)
    accepted = ask.case.risk_acceptance
    if accepted and ask.on <= accepted.until:
        template = _("{said}: no assurance. {who} accepted the risk until {until}: {why}")
        reason = because(template, said=said, who=accepted.approver, until=accepted.until, why=accepted.reason)
        return exempted(reason, pages=pages)
    template = _("{said}: no assurance. Only a risk acceptance by a named approver gets past it.")
    return not_met(because(template, said=said), pages=pages, action=Action.REQUEST_REPORT)
