"""A finding: its owner sees to it by its day; when that does not help, the reviewer is told."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.renewals.dated.thing import Dated, DatedKind
from procurement.renewals.rhythms import Series
from procurement.renewals.threads import DatedSubject
from procurement.reviews.emails import about_finding
from procurement.reviews.models import Finding
from vendors.calendar.clock import local_day
from vendors.reports.reasons import gettext_noop

NAME = "finding"


def _find(vendor_ids: Collection[int]) -> Iterable[Dated]:
    rows = Finding.objects.open().filter(review__vendor__in=vendor_ids)
    for row in rows.select_related("owner", "review__vendor", "review__engagement", "review__reviewer"):
        yield _as_dated(row)


def _as_dated(row: Finding) -> Dated:
    review = row.review
    return Dated(
        id=row.pk,
        vendor=review.vendor,
        since=local_day(row.opened_at),
        owner=row.owner,
        then_tell=review.reviewer,
        tier=review.engagement.tier,
        marked=_("finding due"),
        subject=DatedSubject(
            kind=NAME,
            title=_("Finding %(label)s of %(number)s, %(vendor)s,")
            % {"label": row.label, "number": review.number, "vendor": review.vendor.name},
            detail=row.title,
            detail_label=_("Finding"),
            verb_ahead=_("is due"),
            verb_past=_("was due"),
            day=row.due_on,
            todo=_("What to do: see to it, then close it and say how. If it takes longer, ask the reviewer for a day."),
            because=_("You get this because this finding is yours."),
            because_escalated=_("You get this because you reviewed this vendor."),
            link=row.get_absolute_url(),
            link_label=_("Open the finding"),
            about=about_finding(row),
            reviewer=review.reviewer,
        ),
    )


FINDINGS = DatedKind(
    name=NAME,
    label=gettext_lazy("Finding"),
    series=Series.FINDING,
    what=gettext_noop("a finding is due ({day})"),
    late=gettext_noop("A finding was due on {day}, {days} ago."),
    find=_find,
    open_ones=Finding.objects.open,
    vendor_field="review__vendor_id",
    owner_field="owner",
)
