"""Waivers and risk acceptances: proposed by the reviewer, granted or refused by an approver, revoked by either.

Each names its approver, its reason and its end, and a person grants it in a session (DESIGN.md, "Who uses it").
"""

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.policy.evaluation import THE_REPORT
from procurement.policy.queries import in_words
from procurement.reviews import access, emails
from procurement.reviews.exempting import AnyExemption, Proposable, proposable
from procurement.reviews.models import Review, RiskAcceptance, State, Waiver
from procurement.reviews.queries import policy_of, requirement_checks
from procurement.reviews.services.adoption import reopen_for_reading
from procurement.reviews.services.moving import locked, touch
from procurement.reviews.services.taking import grant_reports
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.reports.wording import day_in_words

Kind = TypeVar("Kind", Waiver, RiskAcceptance)


@transaction.atomic
def propose_waiver(
    *, review: Review, requirement: str, reason: str, until: date, asked: User, by: User, on: date, now: datetime
) -> Waiver:
    """Ask an approver to let one requirement pass, up to and including `until`.

    requirement  the key of a row of the policy that is not met today and may be waived

    Raises NotAllowed for anybody but the assigned reviewer; Refused (with the field) in a regulated vertical, without
    a reason, for an end that has passed, a row that cannot be waived, or somebody who cannot grant it.
    """
    review = locked(review)
    access.check_can_propose(by, review)
    titles = dict(_proposable(review, on).waivers)
    if requirement not in titles:
        raise Refused(_("This requirement cannot be waived now. Choose one of the list."), field="requirement")
    _check_proposal(review, reason, until, asked, on)
    waiver = Waiver(review=review, requirement=requirement, title=in_words(titles[requirement]), until=until)
    return _propose(waiver, reason=reason, asked=asked, by=by, now=now)


@transaction.atomic
def propose_interim_waiver(
    *,
    review: Review,
    promised_on: date,
    launched_on: date,
    reason: str,
    asked: User,
    by: User,
    on: date,
    now: datetime,
) -> Waiver:
    """Ask an approver to let the Type I report stand in until the Type II comes.

    promised_on  the day the vendor promised its Type II report for
    launched_on  the day its service was launched; the waiver ends 18 months later at the latest

    Raises as `propose_waiver`; Refused too without an accepted Type I report that is recent enough.
    """
    review = locked(review)
    access.check_can_propose(by, review)
    report = _proposable(review, on).interim
    limits = policy_of(review).interim_limits()
    if report is None or report.as_of is None or not limits.is_fresh(report.as_of, on):
        raise Refused(
            _("An interim waiver needs an accepted Type I report, as of a day at most %(months)s months ago.")
            % {"months": limits.type1_months}
        )
    if launched_on > on:
        raise Refused(_("This day has not come yet. Give the day the service was launched."), field="launched_on")
    if promised_on < on:
        raise Refused(_("This day has passed. Ask the vendor for a new one."), field="promised_on")
    if limits.latest_end(launched_on) < on:
        raise Refused(
            _("The service was launched more than %(months)s months ago, so a Type I report is not enough any more.")
            % {"months": limits.launch_months},
            field="launched_on",
        )
    until = limits.end(promised_on=promised_on, launched_on=launched_on)
    _check_proposal(review, reason, until, asked, on)
    waiver = Waiver(
        review=review,
        requirement=THE_REPORT,
        title=_("Type I instead of Type II, for the time being"),
        report=report,
        promised_on=promised_on,
        launched_on=launched_on,
        until=until,
    )
    return _propose(waiver, reason=reason, asked=asked, by=by, now=now)


@transaction.atomic
def propose_risk_acceptance(
    *, review: Review, reason: str, until: date, asked: User, by: User, on: date, now: datetime
) -> RiskAcceptance:
    """Ask an approver to accept the risk of a report whose auditor gives no assurance.

    Raises as `propose_waiver`; Refused too when the opinion is neither adverse nor a disclaimer.
    """
    review = locked(review)
    access.check_can_propose(by, review)
    report = _proposable(review, on).risk
    if report is None:
        raise Refused(_("There is no risk to accept: only an adverse opinion or a disclaimer asks for it."))
    _check_proposal(review, reason, until, asked, on)
    acceptance = RiskAcceptance(review=review, report=report, until=until)
    return _propose(acceptance, reason=reason, asked=asked, by=by, now=now)


@transaction.atomic
def grant_exemption(*, exemption: AnyExemption, answer: str = "", by: User, on: date, now: datetime) -> AnyExemption:
    """Let it pass until its end. Raises NotAllowed for anybody but the approver who is asked, Refused when its end has
    passed or it does not wait any more."""
    exemption = _locked(exemption)
    access.check_can_answer(by, exemption)
    if exemption.until < on:
        raise Refused(_("Its end, %(day)s, has passed. Refuse it.") % {"day": day_in_words(exemption.until)})
    exemption.granted_by, exemption.granted_at, exemption.answer = by, now, answer.strip()
    exemption.save(update_fields=["granted_by", "granted_at", "answer"])
    _answered(exemption, by=by, now=now)
    _record("granted", exemption, by=by, now=now)
    return exemption


@transaction.atomic
def refuse_exemption(*, exemption: AnyExemption, answer: str, by: User, now: datetime) -> AnyExemption:
    """Do not let it pass, with the reason. Raises NotAllowed and Refused as `grant_exemption`."""
    exemption = _locked(exemption)
    access.check_can_answer(by, exemption)
    if not answer.strip():
        raise Refused(_("Say why, so that the reviewer knows what is missing."), field="answer")
    exemption.refused_by, exemption.refused_at, exemption.answer = by, now, answer.strip()
    exemption.save(update_fields=["refused_by", "refused_at", "answer"])
    _answered(exemption, by=by, now=now)
    _record("refused", exemption, by=by, now=now)
    return exemption


@transaction.atomic
def revoke_exemption(*, exemption: AnyExemption, reason: str, by: User, now: datetime) -> AnyExemption:
    """Take it back while it waits, or end it before its day: an approval that rests on it is suspended, and a review
    that waits for its approver goes back to its reviewer.

    Raises NotAllowed for anybody but the assigned reviewer and whoever granted it; Refused without a reason, or when
    it does not hold any more.
    """
    exemption = _locked(exemption)
    access.check_can_revoke(by, exemption)
    if not reason.strip():
        raise Refused(_("Say why it is taken back."), field="reason")
    was_granted, review = exemption.is_granted, exemption.review
    exemption.revoked_by, exemption.revoked_at, exemption.revoked_because = by, now, reason.strip()
    exemption.save(update_fields=["revoked_by", "revoked_at", "revoked_because"])
    emails.call_back_exemption(exemption, by=by, now=now)
    if was_granted:
        emails.exemption_revoked(exemption, by=by, now=now)
    if was_granted and review.state == State.AWAITING_APPROVAL:
        why = _("%(exemption)s was revoked: %(reason)s") % {"exemption": exemption, "reason": exemption.revoked_because}
        reopen_for_reading(review, reason=why, by=by, now=now)
    else:
        touch(review)
    _record("revoked" if was_granted else "taken_back", exemption, by=by, now=now)
    return exemption


def _proposable(review: Review, on: date) -> Proposable:
    return proposable(review, policy_of(review), requirement_checks(review, on))


def _check_proposal(review: Review, reason: str, until: date, asked: User, on: date) -> None:
    if not reason.strip():
        raise Refused(_("Say why it may pass. The approver reads it and the memo prints it."), field="reason")
    if until < on:
        raise Refused(_("This day has passed. Name a day that is still to come."), field="until")
    if not access.approvers_for(review).filter(pk=asked.pk).exists():
        raise Refused(
            _("%(name)s cannot grant it. Choose an approver who neither asked for the review nor has it.")
            % {"name": asked.name},
            field="asked",
        )


def _propose(exemption: Kind, *, reason: str, asked: User, by: User, now: datetime) -> Kind:
    exemption.reason, exemption.asked = reason.strip(), asked
    exemption.proposed_by, exemption.proposed_at = by, now
    exemption.full_clean()
    exemption.save()
    touch(exemption.review)
    grant_reports(exemption.review, asked, by=by, now=now)
    emails.exemption_asked(exemption, by=by, now=now)
    _record("proposed", exemption, by=by, now=now)
    return exemption


def _answered(exemption: AnyExemption, *, by: Actor, now: datetime) -> None:
    touch(exemption.review)
    emails.call_back_exemption(exemption, by=by, now=now)
    emails.exemption_answered(exemption, by=by, now=now)


def _record(what: str, exemption: AnyExemption, *, by: Actor, now: datetime) -> None:
    sentences = {
        "proposed": _("%(review)s, %(exemption)s proposed until %(until)s, %(asked)s is asked: %(why)s"),
        "granted": _("%(review)s, %(exemption)s granted until %(until)s"),
        "refused": _("%(review)s, %(exemption)s refused: %(answer)s"),
        "revoked": _("%(review)s, %(exemption)s revoked: %(revoked)s"),
        "taken_back": _("%(review)s, %(exemption)s taken back: %(revoked)s"),
    }
    noun = "waiver" if isinstance(exemption, Waiver) else "risk_acceptance"
    ledger.record(
        by=by,
        verb=f"{noun}.{what}",
        sentence=sentences[what]
        % {
            "review": exemption.review.number,
            "exemption": exemption,
            "until": day_in_words(exemption.until),
            "asked": exemption.asked.name,
            "why": exemption.reason,
            "answer": exemption.answer,
            "revoked": exemption.revoked_because,
        },
        at=now,
        vendor_id=exemption.review.vendor_id,
        subject=("review", exemption.review_id),
        details={noun: exemption.pk, "until": exemption.until, **_interim(exemption)},
    )


def _interim(exemption: AnyExemption) -> dict[str, date | None]:
    if not isinstance(exemption, Waiver) or not exemption.is_interim:
        return {}
    return {"promised_on": exemption.promised_on, "launched_on": exemption.launched_on}


def _locked(exemption: AnyExemption) -> AnyExemption:
    """The exemption as it stands now; its review is locked first, as every act does."""
    review, people = locked(exemption.review), ("asked", "proposed_by", "granted_by", "report")
    found: AnyExemption
    if isinstance(exemption, Waiver):
        found = review.waivers.select_for_update(of=("self",)).select_related(*people).get(pk=exemption.pk)
    else:
        found = review.risk_acceptances.select_for_update(of=("self",)).select_related(*people).get(pk=exemption.pk)
    found.review = review
    return found
