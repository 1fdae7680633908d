"""What the review's page shows: the review's own parts, and the decision that stands above them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.clearance.queries import Answer, answers_for_uses
from procurement.dashboard import reach
from procurement.decisions import access as decisions_access
from procurement.decisions.models import Decision
from procurement.decisions.standings import approval_of
from procurement.decisions.supports import validity_if_approved
from procurement.reviews import access as reviews_access
from procurement.reviews.models import Review, State
from procurement.reviews.page import ReviewPage, review_page_context
from vendors.ledger import queries as ledger_queries
from vendors.ndas import queries as ndas_queries
from vendors.people.actors import Actor, Role
from vendors.reports.models.reports import ReportState

# Before these nobody knows what an approval would rest on.
CAN_BE_FORESEEN = {State.IN_REVIEW, State.REMEDIATION, State.AWAITING_APPROVAL}


@dataclass(frozen=True)
class NextStep:
    """The button that leads on; `why_not` says what is missing while it cannot be pressed."""

    label: str
    url: str
    why_not: str = ""


def context(review: Review, user: Actor, *, on: date) -> dict[str, Any]:
    """Everything the page shows this person on that day."""
    shown = review_page_context(review, user, on)
    page: ReviewPage = shown["page"]
    decision = Decision.objects.filter(review=review).select_related("memo", "decided_by", "drafted_by").first()
    reads_all = not page.reads_only_status
    decided = decision is not None and bool(decision.outcome)
    foreseen = reads_all and review.state in CAN_BE_FORESEEN
    return {
        **shown,
        "decision": decision if decided or reads_all else None,
        "conditions": list(decision.conditions.select_related("owner")) if decision and (decided or reads_all) else [],
        "approval": approval_of(decision, on=on) if decision and decided else None,
        "next_step": next_step(review, page, decision, user),
        "may_draft": decisions_access.can_draft(user, review),
        "may_take_back": decisions_access.can_take_back(user, review),
        "if_approved": validity_if_approved(review, page.results, on) if foreseen else None,
        "answer": _answer_of(review, on) if not reads_all else None,
        "sees_vendor": reach.vendors_visible_to(user).filter(pk=review.vendor_id).exists(),
        "entries": ledger_queries.entries_on("review", review.pk)[:8] if reads_all else [],
        "nda": ndas_queries.nda_in_force(review.vendor_id, on) if reads_all else None,
        "reads_nda": bool(user.roles & {Role.REVIEWER, Role.AUDITOR}),
        "on": on,
    }


def _answer_of(review: Review, on: date) -> Answer:
    return answers_for_uses([review.engagement], on=on)[review.engagement_id]


def next_step(review: Review, page: ReviewPage, decision: Decision | None, user: Actor) -> NextStep | None:
    """The one thing this person does next with the decision, or None when it is somebody else's turn."""
    if decisions_access.can_decide(user, review):
        return NextStep(_("Read and decide"), reverse("decisions:decide", args=[review.pk]))
    if page.is_assigned and review.state == State.COLLECTING:
        return _collecting(review, page)
    if not reviews_access.can_submit(user, review) or page.readiness is None:
        return None
    label, url = _("Ask for approval"), reverse("decisions:submit", args=[review.pk])
    if not page.readiness.is_ready:
        missing = page.readiness.asked - page.readiness.settled
        return NextStep(
            label, url, _("%(n)s of %(all)s requirements are open.") % {"n": missing, "all": page.readiness.asked}
        )
    if decision is None:
        return NextStep(_("Draft the decision"), reverse("decisions:draft", args=[review.pk]))
    return NextStep(label, url)


def _collecting(review: Review, page: ReviewPage) -> NextStep | None:
    """Read what arrived; ask for the report while nobody was asked and none on file is to be taken, which the acts of
    the review offer; otherwise it is the vendor's turn."""
    arrived = next((row for row in page.reports if row.report.state != ReportState.ACCEPTED), None)
    if arrived is not None:
        return NextStep(_("Record the facts"), arrived.facts)
    if page.requests or any(act.kind == "primary" for act in page.acts):
        return None
    return NextStep(_("Request a report"), reverse("reviews:ask_vendor", args=[review.pk]))
