"""How many codes may be asked for in an hour (SECURITY.md, section 4), counted in the database."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from vendors.people.actors import Refused
from vendors.portal.models import SignInCode

WINDOW = timedelta(hours=1)
PER_ADDRESS, PER_IP, EVERYWHERE = 5, 20, 200

# Any fixed number: whoever holds this lock on PostgreSQL counts and adds the next code.
COUNTING_CODES = 0x636F646573


class TooManyCodes(Refused):
    """The hour's codes are used up: a sentence for known and unknown addresses alike."""


def check_limits(*, address_hash: str, ip: str | None, now: datetime) -> None:
    """Raise TooManyCodes when another code would be one too many. Call it where the code is added."""
    if connection.vendor == "postgresql":  # SQLite's IMMEDIATE transaction lets one writer in at a time already
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING_CODES])
    lately = SignInCode.objects.filter(requested_at__gt=now - WINDOW)
    if lately.filter(address_hash=address_hash).count() >= PER_ADDRESS:
        raise TooManyCodes(
            _("%(count)s codes were asked for with this address within an hour. Use the newest, or wait.")
            % {"count": PER_ADDRESS}
        )
    if ip is not None and lately.filter(ip=ip).count() >= PER_IP:
        raise TooManyCodes(_("Many codes were asked for from your network within an hour. Try again in an hour."))
    if lately.count() >= EVERYWHERE:
        raise TooManyCodes(_("Many codes were asked for within an hour. Try again in an hour."))
