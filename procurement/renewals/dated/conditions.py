"""A condition of an approval: overdue it suspends the approval, so its owner is told in time, and then the approver."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.decisions.emails import about_condition
from procurement.decisions.models import Condition
from procurement.decisions.standings import APPROVALS
from procurement.renewals.dated.thing import Dated, DatedKind
from procurement.renewals.rhythms import Series
from procurement.renewals.threads import DatedSubject
from vendors.calendar.clock import local_day
from vendors.reports.reasons import gettext_noop

NAME = "condition"


def _open() -> QuerySet[Condition]:
    return Condition.objects.filter(met_on__isnull=True, decision__outcome__in=APPROVALS)


def _find(vendor_ids: Collection[int]) -> Iterable[Dated]:
    rows = _open().filter(decision__review__vendor__in=vendor_ids)
    people = ("owner", "decision__decided_by", "decision__review__reviewer")
    for row in rows.select_related(*people, "decision__review__vendor", "decision__review__engagement"):
        yield _as_dated(row)


def _as_dated(row: Condition) -> Dated:
    decision, review = row.decision, row.decision.review
    assert decision.decided_at is not None
    return Dated(
        id=row.pk,
        vendor=review.vendor,
        since=local_day(decision.decided_at),
        owner=row.owner,
        then_tell=decision.decided_by,
        tier=review.engagement.tier,
        decision_id=decision.pk,
        marked=_("condition due"),
        subject=DatedSubject(
            kind=NAME,
            title=_("A condition of the approval of %(vendor)s") % {"vendor": review.vendor.name},
            detail=row.text,
            detail_label=_("Condition"),
            verb_ahead=_("is due"),
            verb_past=_("was due"),
            day=row.due_on,
            todo=_("Overdue, it suspends the approval. What to do: meet it, then mark it as met and say how."),
            because=_("You get this because this condition is yours."),
            because_escalated=_("You get this because you approved under this condition."),
            link=reverse("decisions:meet_condition", args=[row.pk]),
            link_label=_("Mark it as met"),
            link_escalated=review.get_absolute_url(),
            about=about_condition(row),
            reviewer=review.reviewer,
        ),
    )


CONDITIONS = DatedKind(
    name=NAME,
    label=gettext_lazy("Condition"),
    series=Series.CONDITION,
    what=gettext_noop("a condition is due ({day})"),
    late=gettext_noop("A condition was due on {day}, {days} ago."),
    find=_find,
    open_ones=_open,
    vendor_field="decision__review__vendor_id",
    owner_field="owner",
)
