"""Writing down who touched a file."""

from datetime import datetime, timedelta

from vendors.people.actors import Actor
from vendors.vault.models import CustodyAction, CustodyEntry, StoredFile

# The vendor wants to know who read which page, and when. A page drawn larger, marked, or loaded again within a minute
# is the same look at it: a second line would make one reader look like two.
ONE_LOOK = timedelta(minutes=1)


def record(
    stored: StoredFile,
    *,
    by: Actor,
    at: datetime,
    action: CustodyAction,
    purpose: str,
    ip: str | None,
    page: int | None = None,
) -> None:
    """One line of the file's custody."""
    CustodyEntry.objects.create(
        file=stored,
        at=at,
        who=by.label,
        who_kind=by.kind,
        who_id=by.pk,
        action=action,
        page=page,
        purpose=purpose,
        ip=ip,
    )


def record_page(stored: StoredFile, *, page: int, by: Actor, at: datetime, purpose: str, ip: str | None) -> None:
    """Somebody looks at a page. One line for each look."""
    action = CustodyAction.PAGE_OPENED
    same = CustodyEntry.objects.filter(
        file=stored, action=action, page=page, who_kind=by.kind, who_id=by.pk, purpose=purpose, ip=ip
    )
    if not same.filter(at__gt=at - ONE_LOOK, at__lte=at).exists():
        record(stored, by=by, at=at, action=action, purpose=purpose, ip=ip, page=page)
