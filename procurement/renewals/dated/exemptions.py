"""A waiver or an acceptance of a risk: an approval that rests on it does not outlive it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.decisions.models import Decision
from procurement.decisions.standings import APPROVALS
from procurement.renewals.dated.thing import Dated, DatedKind
from procurement.renewals.rhythms import Series
from procurement.renewals.threads import DatedSubject
from procurement.reviews.emails import about_exemption
from procurement.reviews.exempting import AnyExemption
from procurement.reviews.models import UNDECIDED, RiskAcceptance, Waiver
from vendors.calendar.clock import local_day
from vendors.reports.reasons import gettext_noop

# What was let pass for a use that was rejected or withdrawn concerns nobody any more.
CONCERNS_SOMEBODY = Q(review__state__in=UNDECIDED) | Q(review__decision__outcome__in=APPROVALS)
Rows = Callable[[], QuerySet[Any]]


def _waivers() -> QuerySet[Waiver]:
    return Waiver.objects.granted().filter(CONCERNS_SOMEBODY)


def _risk_acceptances() -> QuerySet[RiskAcceptance]:
    return RiskAcceptance.objects.granted().filter(CONCERNS_SOMEBODY)


def _finder(rows: Rows, name: str) -> Callable[[Collection[int]], Iterable[Dated]]:
    people = ("proposed_by", "granted_by", "review__vendor", "review__engagement", "review__reviewer", "report")

    def find(vendor_ids: Collection[int]) -> Iterable[Dated]:
        found = rows().filter(review__vendor__in=vendor_ids)
        for row in found.select_related(*people, "review__decision"):
            yield _as_dated(row, name)

    return find


def _as_dated(row: AnyExemption, name: str) -> Dated:
    review = row.review
    assert row.granted_at is not None
    decision: Decision | None = getattr(review, "decision", None)
    approved = decision is not None and decision.outcome in APPROVALS
    words = {"what": row.what, "vendor": review.vendor.name}
    waived, accepted = _("The waiver of “%(what)s” for %(vendor)s"), _("The acceptance of the risk (%(what)s)")
    return Dated(
        id=row.pk,
        vendor=review.vendor,
        since=local_day(row.granted_at),
        owner=review.reviewer or row.proposed_by,
        then_tell=row.granted_by,
        tier=review.engagement.tier,
        decision_id=decision.pk if decision and approved else None,
        marked=_("waiver ends") if isinstance(row, Waiver) else _("risk acceptance ends"),
        subject=DatedSubject(
            kind=name,
            title=(waived if isinstance(row, Waiver) else accepted) % words,
            detail=row.reason,
            detail_label=_("Reason"),
            verb_ahead=_("ends"),
            verb_past=_("ended"),
            day=row.until,
            todo=_(
                "An approval that rests on it does not outlive it. What to do: have the vendor send what was missing, "
                "or begin the next review and propose what it needs."
            ),
            because=_("You get this because you review this vendor."),
            link=review.get_absolute_url(),
            link_label=_("Open the review"),
            about=about_exemption(row),
            reviewer=review.reviewer,
        ),
    )


def _kind(rows: Rows, name: str, label: Promise, what: str, late: str) -> DatedKind:
    return DatedKind(
        name=name,
        label=label,
        series=Series.EXEMPTION,
        what=what,
        late=late,
        find=_finder(rows, name),
        open_ones=rows,
        vendor_field="review__vendor_id",
        day_field="until",
    )


WAIVERS = _kind(
    _waivers,
    "waiver",
    gettext_lazy("End of a waiver"),
    gettext_noop("a waiver ends ({day})"),
    gettext_noop("A waiver ended on {day}, {days} ago."),
)
RISK_ACCEPTANCES = _kind(
    _risk_acceptances,
    "risk-acceptance",
    gettext_lazy("End of a risk acceptance"),
    gettext_noop("the acceptance of a risk ends ({day})"),
    gettext_noop("The acceptance of a risk ended on {day}, {days} ago."),
)
