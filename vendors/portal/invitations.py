"""Where an invitation's link stands, as the page behind it says it."""

from datetime import datetime
from enum import StrEnum

from vendors.contacts.models import Invitation


class Standing(StrEnum):
    """OPEN works; UNKNOWN was never one of ours or arrived cut off."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    OVERDUE = "overdue"
    LEFT = "left"
    UNKNOWN = "unknown"


def standing_of(invitation: Invitation | None, now: datetime) -> Standing:
    if invitation is None:
        return Standing.UNKNOWN
    if not invitation.contact.is_active:
        return Standing.LEFT
    if invitation.revoked_at is not None:
        return Standing.REVOKED
    if invitation.accepted_at is not None:
        return Standing.USED
    return Standing.OPEN if invitation.is_open(now) else Standing.OVERDUE
