"""The rules about what a report lists, and about who checked and closed what. Pure."""

from datetime import date

from procurement.policy.outcomes import Outcome, Question, met, not_asked, not_met, noted
from procurement.policy.terms import Action
from vendors.calendar.days import plus_days, plus_months, whole_months
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import ReportType, SubserviceMethod, in_months

MOST_NAMED = 3


def exceptions_decided(ask: Question) -> Outcome:
    """Each exception needs a decision of ours for this use, whatever the opinion says."""
    register = ask.case.exceptions
    if not ask.report.accepted:
        return _not_read_yet()
    if ask.report.type is ReportType.TYPE1:
        return not_asked(because(_("A Type I report holds no tests of controls.")))
    if not register.count:
        return met(because(_("The report notes no exceptions.")))
    if register.open:
        template = _("{settled} of {count} decided. Open: {open}.")
        reason = because(template, settled=register.settled, count=register.count, open=_the_first(register.open))
        return not_met(reason, pages=register.pages, action=Action.DECIDE_EXCEPTIONS)
    return met(because(_("{count} of {count} decided."), count=register.count))


def cuecs_owned(ask: Question) -> Outcome:
    """Each complementary user entity control needs an owner of ours, or a reason why it does not apply."""
    register = ask.case.cuecs
    if not ask.report.accepted:
        return _not_read_yet()
    if not register.count:
        return met(because(_("The report lists no user entity controls.")))
    if register.open:
        template = _("{settled} of {count} have an owner. Open: {open}.")
        reason = because(template, settled=register.settled, count=register.count, open=_the_first(register.open))
        return not_met(reason, pages=register.pages, action=Action.ASSIGN_CUECS)
    return met(because(_("{count} of {count} have an owner."), count=register.count))


def subservice_named(ask: Question) -> Outcome:
    """Whom the vendor leans on; a carve-out left their controls unexamined, which is noted."""
    pages = ask.report.pages_of("subservice")
    if not ask.report.accepted:
        return _not_read_yet()
    if not ask.case.subservice:
        return met(because(_("The report names no subservice organizations.")), pages=pages)
    carved_out = tuple(one.name for one in ask.case.subservice if one.method is SubserviceMethod.CARVE_OUT)
    if carved_out:
        reason = because(_("{names}: left out of the examination (carve-out)."), names=carved_out)
        return noted(reason, pages=pages)
    names = tuple(one.name for one in ask.case.subservice)
    return met(because(_("{names}: examined with the vendor (inclusive)."), names=names), pages=pages)


def auditor_checked(ask: Question) -> Outcome:
    """The firm's licence and peer review are looked up once and reused; it never blocks."""
    firm, checked = ask.report.auditor, ask.case.auditor_checked_on
    pages = ask.report.pages_of("auditor")
    if not firm:
        reason = because(_("The auditor firm is not recorded yet."))
        return noted(reason, pages=pages, action=Action.RECORD_FACTS)
    if checked is None:
        template = _("{firm} has not been checked. Look up its licence and peer review.")
        return noted(because(template, firm=firm), pages=pages, action=Action.CHECK_AUDITOR)
    if ask.on > plus_months(checked, ask.row.number("months")):
        template = _("{firm} was last checked on {checked}, {months} ago.")
        months = in_months(whole_months(checked, plus_days(ask.on, -1)))
        reason = because(template, firm=firm, checked=checked, months=months)
        return noted(reason, pages=pages, action=Action.CHECK_AUDITOR)
    return met(because(_("{firm}, checked on {checked}."), firm=firm, checked=checked), pages=pages)


def remediation_closed(ask: Question) -> Outcome:
    """Whatever a modified opinion opened has to be closed before a decision."""
    open_ones = [one for one in ask.case.remediations if one.closed_on is None]
    if open_ones:
        first = min(open_ones, key=lambda one: one.opened_on)
        reason = because(_("Open since {opened}: {why}"), opened=first.opened_on, why=first.reason)
        return not_met(reason, action=Action.CLOSE_REMEDIATION)
    if not ask.case.remediations:
        return met(because(_("None was opened.")))
    last = max(ask.case.remediations, key=lambda one: one.closed_on or date.min)
    return met(because(_("Closed by {who} on {day}."), who=last.closed_by, day=last.closed_on))


def _the_first(names: tuple[str, ...]) -> Reason:
    """The first few by name, the others counted: a row of the checklist stays a row."""
    named, others = names[:MOST_NAMED], len(names) - MOST_NAMED
    if others > 0:
        return because(_("{names} and {others} more"), names=named, others=others)
    return because("{names}", names=named)


def _not_read_yet() -> Outcome:
    reason = because(_("The report’s facts are not accepted yet."))
    return not_met(reason, action=Action.ACCEPT_REPORT)
