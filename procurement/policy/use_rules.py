"""The rules about our use: NDA, scope, categories, and papers that SOC 2 does not stand in for. Pure."""

from datetime import date

from procurement.policy.cases import Case
from procurement.policy.outcomes import Outcome, Question, met, not_met, noted
from procurement.policy.rows import PolicyRow
from procurement.policy.terms import Action, ScopeFit
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import Category, EvidenceKind, in_order, security_note


def nda_in_force(ask: Question) -> Outcome:
    """A report is held under an NDA (DESIGN.md, "NDA")."""
    nda, on = ask.case.nda, ask.on
    if nda is None:
        reason = because(_("No NDA with {vendor} is on file."), vendor=ask.case.vendor)
        return not_met(reason, action=Action.RECORD_NDA)
    if nda.starts_on > on:
        reason = because(_("{title} starts on {starts}."), title=nda.title, starts=nda.starts_on)
        return not_met(reason, action=Action.RECORD_NDA)
    if nda.ends_on is None:
        reason = because(_("{title}, in force since {starts}, with no end."), title=nda.title, starts=nda.starts_on)
        return met(reason)
    if nda.ends_on < on:
        reason = because(_("{title} ended on {ends}."), title=nda.title, ends=nda.ends_on)
        return not_met(reason, action=Action.RECORD_NDA)
    return met(because(_("{title}, in force until {ends}."), title=nda.title, ends=nda.ends_on))


def scope_fit(ask: Question) -> Outcome:
    """What we buy lies inside the described system, with the page; "no" blocks like a missing report."""
    case = ask.case
    system = ask.report.system_name or case.vendor
    pages = (case.scope_page,) if case.scope_page else ()
    if case.scope_fit is ScopeFit.UNKNOWN:
        reason = because(_("Nobody has said yet whether what we buy lies inside “{system}”."), system=system)
        return not_met(reason, action=Action.SETTLE_SCOPE)
    if case.scope_fit is ScopeFit.NO:
        reason = because(_("What we buy lies outside “{system}”, the system examined."), system=system)
        return not_met(reason, pages=pages, action=Action.REQUEST_REPORT)
    if not pages:
        reason = because(_("Name the page on which “{system}” is described to hold what we buy."), system=system)
        return not_met(reason, action=Action.SETTLE_SCOPE)
    return met(because(_("What we buy lies inside “{system}”, the system examined."), system=system), pages=pages)


def categories_for_use(ask: Question) -> Outcome:
    """Promised uptime, confidential and personal data each need a category in scope; Security should be."""
    report = ask.report
    if not report.categories:
        return not_met(because(_("The categories examined are not recorded yet.")), action=Action.RECORD_FACTS)
    pages = report.pages_of("categories")
    examined = in_order(report.categories)
    missing = tuple(
        because(_("{categories} for {what}"), categories=_either(any_of), what=what)
        for what, any_of in _needs(ask.row, ask.case)
        if not any_of & report.categories
    )
    if missing:
        reason = because(_("Missing: {missing}. Examined: {examined}."), missing=missing, examined=examined)
        return not_met(reason, pages=pages, action=Action.REQUEST_REPORT)
    without_security = security_note(report.categories)
    if without_security:
        return noted(without_security.reason, pages=pages)
    return met(because(_("Examined: {examined}. The use needs no other."), examined=examined), pages=pages)


def _needs(row: PolicyRow, case: Case) -> list[tuple[Reason, frozenset[Category]]]:
    """What the use needs: for what, and the categories of which one has to be examined."""
    needs = []
    if case.uptime_promised and row.parameters["uptime"]:
        needs.append((because(_("the uptime we promise")), _categories(row.parameters["uptime"])))
    for data in case.data_in_order():
        any_of = row.parameters["data"].get(data.value)
        if any_of:
            needs.append((because(_("{data} data"), data=data), _categories(any_of)))
    return needs


def _categories(names: list[str]) -> frozenset[Category]:
    return frozenset(Category(name) for name in names)


def _either(any_of: frozenset[Category]) -> Reason | Category:
    *others, last = in_order(any_of)
    return because(_("{categories} or {last}"), categories=tuple(others), last=last) if others else last


def evidence_on_file(ask: Question) -> Outcome:
    """Papers that a law or a scheme asks for beside a SOC 2 report: all of the row's kinds, in date today."""
    case, row, on = ask.case, ask.row, ask.on
    kinds = tuple(EvidenceKind(name) for name in row.parameters["evidence"])
    ends = {one.kind: _longest(case, one.kind, on) for one in case.evidence if one.holds_on(on)}
    missing = tuple(kind for kind in kinds if kind not in ends)
    if missing:
        data = tuple(data for data in case.data_in_order() if data in row.applies_to.data_classes)
        template = _("Needed on file for {data} data: {missing}. SOC 2 does not cover it.")
        reason = because(template, data=data or case.data_in_order(), missing=missing)
        return not_met(reason, action=Action.ADD_EVIDENCE)
    until = min(ends[kind] for kind in kinds)
    if until == date.max:
        return met(because(_("On file: {kinds}."), kinds=kinds))
    return met(because(_("On file: {kinds}, until {until}."), kinds=kinds, until=until))


def further_evidence(ask: Question) -> Outcome:
    """Papers that may be asked for as well (DESIGN.md): none of them holds a decision up."""
    kinds = tuple(EvidenceKind(name) for name in ask.row.parameters["evidence"])
    held = {one.kind for one in ask.case.evidence if one.holds_on(ask.on)}
    missing = tuple(kind for kind in kinds if kind not in held)
    if missing:
        return noted(because(_("Not on file: {missing}."), missing=missing), action=Action.ADD_EVIDENCE)
    return met(because(_("On file: {kinds}."), kinds=kinds))


def _longest(case: Case, kind: EvidenceKind, on: date) -> date:
    """The last day that any paper of this kind holds; `date.max` when one has no end."""
    return max(one.until or date.max for one in case.evidence if one.kind is kind and one.holds_on(on))
