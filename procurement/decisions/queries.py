"""Reading decisions: what still counts, what changed underneath a submission."""

from datetime import date

from django.db.models import QuerySet

from procurement.decisions.canonical import Content
from procurement.decisions.content import content_as_submitted
from procurement.decisions.models import Decision, Memo
from procurement.policy.evaluation import RequirementCheck
from procurement.reviews import queries as reviews_queries
from vendors.ndas import queries as ndas_queries


def fresh_content(decision: Decision, checks: tuple[RequirementCheck, ...], *, on: date) -> Content:
    """The content a submission on that day would freeze."""
    return content_as_submitted(
        decision=decision,
        checks=checks,
        policy_number=reviews_queries.policy_of(decision.review).version,
        nda=ndas_queries.nda_in_force(decision.review.vendor_id, on),
        on=on,
    )


def changed_parts(frozen: Content, fresh: Content) -> list[str]:
    """The parts of the content that differ, by their key, in a stable order."""
    return sorted(key for key in frozen.keys() | fresh.keys() if frozen.get(key) != fresh.get(key))


def superseding_memo(memos: QuerySet[Memo], decision: Decision) -> Memo | None:
    """Of these memos the one that superseded a decision: on the same engagement, the next one taken."""
    later = memos.filter(
        decision__review__engagement=decision.review.engagement_id, decision__decided_at__gt=decision.decided_at
    )
    return later.order_by("decision__decided_at").first()
