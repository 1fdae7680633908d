"""What a browser remembers between asking for a code and typing it: kept in its anonymous session."""

from dataclasses import asdict, dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.http import HttpRequest

from vendors.portal.codes import masked

KEY = "portal_pending"
KEPT_SECONDS = 30 * 60


@dataclass(frozen=True)
class Pending:
    """One code that was asked for.

    browser   binds the code to this browser
    address   where the code went, or would have gone
    by_link   by an invitation's link: then the address is known to be a contact's
    onward    the page to go to after coming in
    until     when the code stops working, as a timestamp
    """

    code_id: int
    browser: str
    address: str
    by_link: bool
    onward: str
    until: float

    @property
    def sent_to(self) -> str:
        return masked(self.address)

    def minutes_left(self, now: datetime) -> int:
        return max(0, ceil((self.until - now.timestamp()) / 60))


def remember(request: HttpRequest, pending: Pending) -> None:
    request.session[KEY] = asdict(pending)
    if not request.user.is_authenticated:
        request.session.set_expiry(KEPT_SECONDS)


def recall(request: HttpRequest) -> Pending | None:
    kept: Any = request.session.get(KEY)
    return Pending(**kept) if isinstance(kept, dict) else None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
