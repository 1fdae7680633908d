"""A person's calendar feed: making its address, shown once, and revoking it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.renewals.models import CalendarFeed
from vendors.contacts.tokens import hash_of, new_token
from vendors.ledger import services as ledger
from vendors.people.actors import Kind, NotAllowed, Refused


@transaction.atomic
def make_feed(*, by: User, now: datetime) -> str:
    """Make an address for this person's own calendar and revoke the one before. Returns the token, kept only as a hash.

    Raises NotAllowed for anybody but the staff.
    """
    if by.kind != Kind.STAFF:
        raise NotAllowed(_("Calendars are for the staff."))
    User.objects.select_for_update().get(pk=by.pk)
    _live(by).update(revoked_at=now)
    token = new_token()
    feed = CalendarFeed.objects.create(owner=by, token_hash=hash_of(token), made_at=now)
    ledger.record(by=by, verb="feed.made", sentence=_("Calendar feed made"), at=now, subject=("calendar-feed", feed.pk))
    return token


@transaction.atomic
def revoke_feed(*, by: User, now: datetime) -> None:
    """End this person's feed: its address opens nothing any more. Raises Refused when there is none."""
    feed = _live(by).select_for_update().first()
    if feed is None:
        raise Refused(_("You have no calendar feed. Make one first."))
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    ledger.record(
        by=by, verb="feed.revoked", sentence=_("Calendar feed revoked"), at=now, subject=("calendar-feed", feed.pk)
    )


def _live(person: User) -> QuerySet[CalendarFeed]:
    return CalendarFeed.objects.filter(owner=person, revoked_at__isnull=True)
