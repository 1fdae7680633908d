"""Asking for a review: of a new use of a vendor, or once more after a decision."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.engagements import access as engagements_access
from procurement.engagements import services as engagements
from procurement.engagements.models import Engagement
from procurement.numbering.services import next_number
from procurement.reviews import access, emails
from procurement.reviews.models import UNDECIDED, Review
from procurement.reviews.services.moving import locked
from vendors.directory import queries as directory_queries
from vendors.directory import services as directory
from vendors.directory.models import Vendor
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def ask_for_review(
    *,
    vendor: Vendor | None = None,
    vendor_name: str = "",
    vendor_domain: str = "",
    title: str,
    description: str = "",
    data_classes: Collection[str],
    verticals: Collection[str] = (),
    criticality: str,
    uptime_promised: bool = False,
    wanted_by: date | None = None,
    tier: int | None = None,
    tier_reason: str = "",
    owner: User | None = None,
    by: User,
    on: date,
    now: datetime,
) -> Review:
    """Ask whether this vendor may be used for this: the vendor is found by domain or name, or put on file.

    vendor  the vendor itself where it is known; otherwise `vendor_name` and `vendor_domain`. A name that is on file
            with another domain is refused: it may be another company
    owner   who answers for this use in the business; whoever asks where nobody is named
    The other arguments are those of `engagements.services.open_engagement`.

    Raises NotAllowed for anybody but requesters and reviewers; Refused (with the field) for what cannot be, and when
    the same person has asked for the same already.
    """
    engagements_access.check_can_open_engagement(by)
    if wanted_by is not None and wanted_by < on:
        raise Refused(_("This day has passed. Name a day that is still to come."), field="wanted_by")
    if vendor is None:
        vendor = _found_or_added(vendor_name, vendor_domain, by, now)
    Vendor.objects.select_for_update().get(pk=vendor.pk)
    _check_not_asked_already(vendor, title, by)
    engagement = engagements.open_engagement(
        vendor=vendor,
        title=title,
        description=description,
        data_classes=data_classes,
        verticals=verticals,
        criticality=criticality,
        uptime_promised=uptime_promised,
        tier=tier,
        tier_reason=tier_reason,
        owner=owner or by,
        by=by,
        now=now,
    )
    return _open_review(engagement, wanted_by, predecessor=None, by=by, on=on, now=now)


@transaction.atomic
def ask_again(*, review: Review, wanted_by: date | None = None, by: User, on: date, now: datetime) -> Review:
    """Ask for the review that follows a decided one: the same engagement, naming its predecessor.

    Raises NotAllowed for whoever neither asked for it nor is a reviewer; Refused while it is not decided, or when a
    review follows it already.
    """
    review = locked(review)
    access.check_can_ask_again(by, review)
    if wanted_by is not None and wanted_by < on:
        raise Refused(_("This day has passed. Name a day that is still to come."), field="wanted_by")
    return _open_review(review.engagement, wanted_by, predecessor=review, by=by, on=on, now=now)


def _open_review(
    engagement: Engagement, wanted_by: date | None, *, predecessor: Review | None, by: User, on: date, now: datetime
) -> Review:
    review = Review.objects.create(
        number=next_number(f"R-{on.year}", digits=3),
        vendor=engagement.vendor,
        engagement=engagement,
        predecessor=predecessor,
        state_since=now,
        state_by=by.label,
        requested_by=by,
        requested_at=now,
        wanted_by=wanted_by,
    )
    emails.review_waits(review, by=by, now=now)
    ledger.record(
        by=by,
        verb="review.requested",
        sentence=_("%(review)s requested: %(title)s") % {"review": review.number, "title": engagement.title},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={
            "engagement": engagement.pk,
            "wanted_by": wanted_by,
            "follows": predecessor.number if predecessor else "",
        },
    )
    return review


def _found_or_added(name: str, domain: str, by: Actor, now: datetime) -> Vendor:
    try:
        found = directory_queries.find_vendor(name=name, domain=domain)
        if found is None:
            _check_is_no_namesake(name, domain)
        return found or directory.add_vendor(name=name, domain=domain, by=by, at=now)
    except Refused as refused:
        fields = {"name": "vendor_name", "domain": "vendor_domain"}
        raise Refused(str(refused), field=fields.get(refused.field or "", "vendor_name")) from refused


def _check_is_no_namesake(name: str, domain: str) -> None:
    """Two companies of one name are told apart by whoever asks: their reports and clearances are never mixed."""
    namesake = directory_queries.namesake_of(name=name, domain=domain)
    if namesake is not None:
        raise Refused(
            _(
                "%(vendor)s is on file with the domain %(known)s. If you mean that company, give this domain or none. "
                "If you mean another one, give it a name of its own, for example with its country."
            )
            % {"vendor": namesake.name, "known": namesake.domain},
            field="domain",
        )


def _check_not_asked_already(vendor: Vendor, title: str, by: User) -> None:
    twin = Review.objects.filter(
        vendor=vendor, engagement__title__iexact=title.strip(), requested_by=by, state__in=UNDECIDED
    ).first()
    if twin is not None:
        raise Refused(
            _("You asked for this already: %(number)s. Open it from your list.") % {"number": twin.number},
            field="title",
        )
