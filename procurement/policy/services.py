"""Issuing policy versions. An issued version is never edited: what was decided under it stays decided under it."""

from datetime import datetime

from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.models import PolicyVersion
from procurement.policy.queries import FIRST_VERSION
from vendors.people.actors import SYSTEM


def ensure_first_policy(*, now: datetime) -> PolicyVersion:
    """The newest version's row. A migration writes version 1, the policy that ships; it is written here again where
    the database was emptied since (`manage.py flush`), dated `now`."""
    newest = PolicyVersion.objects.order_by("-number").first()
    if newest is not None:
        return newest
    return PolicyVersion.objects.get_or_create(
        number=FIRST_VERSION,
        defaults={"rows": DEFAULT_ROWS, "issued_at": now, "issued_by": SYSTEM.label},
    )[0]
