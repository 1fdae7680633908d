"""Keys for other programs: make one, revoke one, note that one was used, count tries with wrong ones."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from procurement.accounts import access
from procurement.accounts.models import ApiToken, Scope, User, WrongToken
from vendors.calendar.days import plus_months
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.people.actors import Actor, Refused

# What a scanner for lost secrets can look for.
PREFIX = "countersign_"
RANDOM_BYTES = 32
LONGEST_MONTHS = 12
# "Last used" is for people: to the hour is enough, and a program that asks all day writes 24 times.
NOTED_AFTER = timedelta(hours=1)

# SECURITY.md T13: tries are counted in the database, by the peer's address.
WINDOW = timedelta(minutes=15)
WRONG_TOKENS = 20
# Any fixed number: whoever holds this lock on PostgreSQL counts and adds the next try.
COUNTING_TOKENS = 0x746F6B656E


class TooManyWrongTokens(Refused):
    """This address has tried too many tokens that do not work. `wait` is how long they are counted, in seconds."""

    wait = int(WINDOW.total_seconds())


@transaction.atomic
def make_token(*, name: str, scope: str, works_until: date, by: User, on: date, now: datetime) -> tuple[ApiToken, str]:
    """Make a token for the person's own programs. Returns its row and the token itself, which is nowhere kept.

    scope        a value of `Scope`
    works_until  its last day, at most twelve months ahead

    Raises NotAllowed for whoever is no member of staff; Refused, with the field, for a day that cannot be or no name.
    """
    access.check_can_make_token(by)
    name = printable(name)
    if not name:
        raise Refused(_("Name the program that will use it."), field="name")
    if not on <= works_until <= plus_months(on, LONGEST_MONTHS):
        raise Refused(_("A token works for twelve months at most. Choose a day until then."), field="works_until")
    token = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    row = ApiToken.objects.create(
        owner=by, name=name, scope=Scope(scope), token_hash=hash_of(token), made_at=now, works_until=works_until
    )
    ledger.record(
        by=by,
        verb="token.made",
        sentence=_("API token “%(name)s” made: %(scope)s, until %(until)s")
        % {"name": row.name, "scope": row.get_scope_display(), "until": works_until.isoformat()},
        at=now,
        subject=("token", row.pk),
        details={"scope": row.scope, "works_until": works_until},
    )
    return row, token


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Actor, now: datetime) -> ApiToken:
    """End a token at once. Raises NotAllowed for all but its owner and administrators; Refused for a revoked one."""
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("owner").get(pk=token.pk)
    access.check_can_revoke_token(by, token)
    _revoke(token, by=by, now=now)
    return token


def end_tokens(*, owner: User, by: Actor, now: datetime) -> None:
    """Every token of somebody whose access ends; part of that act."""
    for token in ApiToken.objects.select_for_update().filter(owner=owner, revoked_at__isnull=True).order_by("pk"):
        _revoke(token, by=by, now=now)


def note_use(*, token: ApiToken, now: datetime) -> None:
    """Write down that a token was used, at most once an hour."""
    if token.last_used_at is not None and now - token.last_used_at < NOTED_AFTER:
        return
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTED_AFTER)
    ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)


@transaction.atomic
def refuse_token(*, ip: str | None, now: datetime) -> None:
    """Count a try with a token that does not work. Raises TooManyWrongTokens once the address has had its share.

    A token that works is never refused here: whoever shares an address with a guesser is not locked out.
    """
    if connection.vendor == "postgresql":  # SQLite's IMMEDIATE transaction lets one writer in at a time already
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COUNTING_TOKENS])
    WrongToken.objects.filter(at__lte=now - WINDOW).delete()
    if WrongToken.objects.filter(address=ip or "").count() >= WRONG_TOKENS:
        raise TooManyWrongTokens(_("Too many tokens that do not work came from your address. Wait fifteen minutes."))
    WrongToken.objects.create(address=ip or "", at=now)


def hash_of(token: str) -> str:
    """What is kept of a token. 32 random bytes need no slow hash: there is nothing to guess."""
    return sha256(token.encode()).hexdigest()


def _revoke(token: ApiToken, *, by: Actor, now: datetime) -> None:
    token.revoked_at, token.revoked_by = now, by.label
    token.save(update_fields=["revoked_at", "revoked_by"])
    ledger.record(
        by=by,
        verb="token.revoked",
        sentence=_("API token “%(name)s” of %(owner)s revoked") % {"name": token.name, "owner": token.owner.name},
        at=now,
        subject=("token", token.pk),
    )
