"""Mail to a server on this machine, claimed and marked one by one, beside Django's batch on one connection."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection

from tests.bench.figures import Amounts, Figure, Figures
from tests.factories.correspondence import mail
from tests.smtp import free_port
from vendors.calendar import clock
from vendors.correspondence.delivery import Outcome, deliver_due
from vendors.correspondence.models import OutgoingEmail

# So many rounds of batch, bare commits and product in turn: what else this machine does then slows all of them.
ROUNDS = 5
TO_COMMIT = "bench_commit"


class _TakesEverything:
    async def handle_DATA(self, _server, _session, _envelope) -> str:
        return "250 OK"


def mails(amounts: Amounts) -> Figures:
    """Sending, message by message.

    The first row is what SPEED.md asks for. The second shows what the disk leaves of it: its floor is the same batch
    and one bare commit for each mail, the least that says of every mail whether it was sent.
    """
    each = max(1, amounts.mails // ROUNDS)
    batch = commits = ours = 0.0
    with _mail_server(), _one_number():
        for _ in range(ROUNDS):
            rows = [mail(f"person{number}@quillhaven.example", now=clock.now()) for number in range(each)]
            batch += _seconds(lambda rows=rows: get_connection().send_messages([_as_it_is(row) for row in rows]))
            commits += _seconds(lambda: [_commit() for _ in range(each)])
            ours += _seconds(lambda: _send(each))
    count = each * ROUNDS
    yield Figure(work=f"{count} mails", unit="/s", floor=count / batch, ours=count / ours, goal=0.6, at_least=True)
    yield Figure(
        work=f"{count} mails, beside a bare commit each",
        unit="/s",
        floor=count / (batch + commits),
        ours=count / ours,
        goal=0.6,
        at_least=True,
    )


def _send(count: int) -> None:
    assert deliver_due(clock.now())[Outcome.SENT] == count


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


@contextmanager
def _mail_server() -> Iterator[None]:
    server = Controller(_TakesEverything(), hostname="127.0.0.1", port=free_port())
    before = settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.start()
    try:
        yield
    finally:
        server.stop()
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = before


@contextmanager
def _one_number() -> Iterator[None]:
    """A table of one row: changing it is the smallest commit there is."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TO_COMMIT} (number integer)")
        cursor.execute(f"INSERT INTO {TO_COMMIT} VALUES (0)")
        yield
        cursor.execute(f"DROP TABLE {TO_COMMIT}")


def _commit() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TO_COMMIT} SET number = number + 1")


def _as_it_is(row: OutgoingEmail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(row.subject, row.text, settings.DEFAULT_FROM_EMAIL, [row.to_email])
    message.attach_alternative(row.html, "text/html")
    return message
