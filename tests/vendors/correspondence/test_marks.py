"""The server has taken a mail, and that cannot be written down: a full disk, a database that is away."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.databases import in_threads
from tests.factories.correspondence import NINE, invitation, mail
from tests.smtp import Hold
from vendors.correspondence import marks
from vendors.correspondence.delivery import Outcome, deliver, deliver_due
from vendors.correspondence.marks import LEASE
from vendors.correspondence.models import OutgoingEmail, State
from vendors.correspondence.services import cancel, deliver_now
from vendors.people.actors import SYSTEM


@pytest.fixture(autouse=True)
def server(smtp_server, mail_goes_to):
    mail_goes_to(smtp_server)
    return smtp_server


@pytest.fixture(autouse=True)
def a_process_of_its_own(monkeypatch):
    monkeypatch.setattr(marks, "_unwritten", {})
    monkeypatch.setattr(marks, "PATIENCE_SECONDS", 0)


def fill_the_disk() -> None:
    """From now on the last bytes are enough for a claim, and for nothing more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER full_disk BEFORE UPDATE ON vendors_outgoingemail WHEN NEW.state = 'sent' "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )


def make_room() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER full_disk")


def states() -> list[str]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.django_db
def test_a_sender_that_cannot_write_sends_nothing_more_and_no_mail_twice(server, caplog):
    first, _second, _third = (mail(f"person{number}@quillhaven.example") for number in range(3))
    fill_the_disk()

    assert deliver_due(NINE) == Counter({Outcome.SENT: 1})
    assert states() == [State.SENDING, State.QUEUED, State.QUEUED]
    assert f"Mail {first.pk} is sent, and that cannot be written down yet: database or disk is full" in caplog.text
    assert deliver_due(NINE + 2 * LEASE) == Counter({Outcome.CANNOT_WRITE: 1}), "not even when the lease is over"
    assert deliver(first.pk, NINE + 2 * LEASE) is Outcome.CANNOT_WRITE
    make_room()

    assert deliver_due(NINE + 2 * LEASE) == Counter({Outcome.SENT: 2})
    assert len({each.message["Message-ID"] for each in server.received}) == len(server.received) == 3
    first.refresh_from_db()
    assert (first.state, first.sent_at, first.attempts, first.break_offs) == (State.SENT, NINE, 1, 0)


@pytest.mark.django_db
def test_a_disk_that_has_room_again_in_time_costs_nothing_but_time(server, monkeypatch):
    for number in range(3):
        mail(f"person{number}@quillhaven.example")
    fill_the_disk()
    monkeypatch.setattr(marks, "PATIENCE_SECONDS", 60)
    monkeypatch.setattr(marks.time, "sleep", lambda _seconds: make_room())
    assert deliver_due(NINE) == Counter({Outcome.SENT: 3})
    assert states() == [State.SENT] * 3
    assert len(server.received) == 3


@pytest.mark.slow  # it waits for the database as long as whoever asked for a code does
@pytest.mark.django_db
def test_a_link_goes_from_the_row_as_soon_as_it_can_be_written_down(server):
    email = invitation()
    fill_the_disk()
    assert deliver_now(email=email, now=NINE), "whoever waits for a code has it"
    make_room()
    assert marks.catch_up()
    email.refresh_from_db()
    assert (email.state, email.sealed_secret) == (State.SENT, None)


@pytest.mark.postgres
def test_a_database_that_restarts_meanwhile_makes_no_mail_leave_twice(postgres_database, server, monkeypatch):
    monkeypatch.setattr(marks, "PATIENCE_SECONDS", 30)
    hold = Hold()
    server.next(hold)
    mail(), mail("mei.aldous@quillhaven.example")
    connection.close()

    def end_every_connection(_number: int) -> None:
        hold.wait_until_reached()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        hold.release()

    acts = (lambda _number: deliver_due(NINE), end_every_connection)
    assert in_threads(2, lambda number: acts[number](number)) == [Counter({Outcome.SENT: 2}), None]
    assert states() == [State.SENT] * 2
    assert len(server.received) == 2


@pytest.mark.postgres
def test_an_act_that_calls_back_the_next_mail_holds_up_no_mark(postgres_database, server):
    """On PostgreSQL the two could wait for each other's rows."""
    hold = Hold()
    server.next(hold)
    email, following = mail(), mail(about="report-request:13")

    def call_back(_number: int) -> None:
        hold.wait_until_reached()
        with transaction.atomic():
            cancel(about=following.about, by=SYSTEM, now=NINE)
            hold.release()
            cancel(about=email.about, by=SYSTEM, now=NINE)

    acts = (lambda _number: deliver_due(NINE), call_back)
    assert in_threads(2, lambda number: acts[number](number)) == [Counter({Outcome.SENT: 1, Outcome.NOT_DUE: 1}), None]
    assert states() == [State.SENT, State.CANCELLED]
    assert deliver_due(NINE + timedelta(days=1)) == Counter()
    assert len(server.received) == 1
