"""The mail that carries a code."""

from datetime import datetime
from typing import Any

from vendors.correspondence import services as correspondence
from vendors.correspondence.models import OutgoingEmail
from vendors.people.actors import SYSTEM
from vendors.portal.models import SignInCode

CODE = "vendors/portal/email/code"


def queue_code(*, row: SignInCode, code: str, to: tuple[str, str], now: datetime) -> OutgoingEmail:
    """Somebody waits for it: with a dead broker the web process sends it."""
    context: dict[str, Any] = {"expires_at": row.expires_at}
    return correspondence.queue_email(
        template=CODE,
        to=to,
        context=context,
        about=f"sign-in-code:{row.pk}",
        by=SYSTEM,
        now=now,
        recipient_id=row.user_id,
        secret=code,
        not_after=row.expires_at,
        somebody_waits=True,
    )
