"""Programs: a browserless client that sends somebody's token."""

from django.test import Client

from procurement.accounts import services
from procurement.accounts.models import ApiToken, Scope, User
from vendors.calendar import clock
from vendors.calendar.days import plus_days


def make_token(owner: User, scope: str = Scope.WRITE, **changes: object) -> tuple[ApiToken, str]:
    """A token that works for a month."""
    today = clock.today()
    facts = {"name": "Data pipeline", "scope": scope, "works_until": plus_days(today, 30), **changes}
    return services.make_token(**facts, by=owner, on=today, now=clock.now())  # type: ignore[arg-type]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def program_of(owner: User, scope: str = Scope.WRITE) -> Client:
    """A program that comes with a token of this person, and with no cookie."""
    return Client(headers=bearer(make_token(owner, scope)[1]))
