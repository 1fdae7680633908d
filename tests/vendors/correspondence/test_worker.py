"""A real worker, the real broker, a real mail server: nudged after the commit, killed, flushed, gone."""

import contextlib
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.broker import Process
from tests.factories.correspondence import TOKEN, invitation, mail
from tests.smtp import Hold
from vendors.calendar import clock
from vendors.correspondence.delivery import Outcome, deliver_due
from vendors.correspondence.marks import LEASE
from vendors.correspondence.models import OutgoingEmail, State
from vendors.correspondence.services import DELIVER_EMAIL
from vendors.correspondence.tasks import deliver_due_mail
from vendors.nudging import services as nudging
from vendors.nudging.services import nudge


@pytest.fixture(autouse=True)
def a_broker_is_never_known_dead_beforehand(monkeypatch):
    monkeypatch.setattr(nudging, "_found_dead_at", None)


def wait_for_state(email: OutgoingEmail, state: State, seconds: float = 20) -> OutgoingEmail:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        email.refresh_from_db()
        if email.state == state:
            return email
        time.sleep(0.05)
    raise AssertionError(f"still {email.state} after {seconds} s: {email.last_error}")


@pytest.mark.broker
def test_a_mail_leaves_right_after_the_commit(sqlite_database, valkey, smtp_server, celery_worker, nudges_go_to):
    celery_worker(sqlite_database, valkey, smtp_server)
    nudges_go_to(valkey)

    email = invitation(now=clock.now(), not_after=clock.now() + timedelta(days=14))

    (received,) = smtp_server.wait_for(1)
    assert f"/portal/i/{TOKEN}" in received.text, "the worker opens what this process sealed"
    assert wait_for_state(email, State.SENT).sealed_secret is None


@pytest.mark.broker
def test_an_act_that_fails_sends_nothing(sqlite_database, valkey, smtp_server, celery_worker, nudges_go_to):
    celery_worker(sqlite_database, valkey, smtp_server)
    nudges_go_to(valkey)
    with contextlib.suppress(ValueError), transaction.atomic():
        mail("never@quillhaven.example", now=clock.now())
        raise ValueError
    mail("after@quillhaven.example", now=clock.now())
    smtp_server.wait_for(1)
    assert not smtp_server.to("never@quillhaven.example")


@pytest.mark.broker
@pytest.mark.slow
def test_a_worker_killed_between_the_servers_250_and_our_commit_sends_once_more_with_the_same_message_id(
    real_database, valkey, smtp_server, celery_worker, nudges_go_to, mail_goes_to
):
    worker: Process = celery_worker(real_database, valkey, smtp_server)
    nudges_go_to(valkey)
    mail_goes_to(smtp_server)
    hold = Hold()
    smtp_server.next(hold)

    email = mail(now=clock.now())
    hold.wait_until_reached()
    worker.kill()
    hold.release()

    email.refresh_from_db()
    assert (email.state, email.attempts) == (State.SENDING, 1)
    assert deliver_due(clock.now()) == {}, "while the lease holds nobody sends it"
    after = clock.now() + LEASE
    assert deliver_due(after) == {Outcome.SENT: 1}
    assert deliver_due(after + LEASE) == {}
    assert [each.message["Message-ID"] for each in smtp_server.received] == [email.message_id] * 2


@pytest.mark.broker
@pytest.mark.slow
def test_a_dead_worker_and_a_flushed_broker_lose_nothing_the_next_scan_sends_it_all(
    sqlite_database, valkey, smtp_server, celery_worker, nudges_go_to
):
    celery_worker(sqlite_database, valkey, smtp_server).kill()
    nudges_go_to(valkey)
    emails = [mail(f"person{number}@quillhaven.example", now=clock.now()) for number in range(5)]
    valkey.flush()

    celery_worker(sqlite_database, valkey, smtp_server)
    assert nudge(deliver_due_mail.name), "as beat does every minute"
    smtp_server.wait_for(5)
    for email in emails:
        wait_for_state(email, State.SENT)


@pytest.mark.broker
def test_with_a_dead_broker_an_act_is_quick_says_so_in_the_log_and_the_scan_delivers(
    sqlite_database, valkey, smtp_server, nudges_go_to, mail_goes_to, caplog
):
    nudges_go_to(valkey)
    mail_goes_to(smtp_server)
    valkey.kill()

    started = time.monotonic()
    for number in range(20):
        mail(f"person{number}@quillhaven.example", now=clock.now())
    assert time.monotonic() - started < 5

    assert caplog.text.count("The broker does not answer") == 1
    assert DELIVER_EMAIL in caplog.text
    assert str(valkey.port) not in caplog.text
    assert not smtp_server.received
    out = StringIO()
    call_command("deliver_mail", stdout=out)
    assert out.getvalue() == "sent: 20\n"
    assert len(smtp_server.received) == 20


@pytest.mark.broker
def test_a_code_somebody_waits_for_is_sent_by_this_process_when_the_broker_is_dead(
    sqlite_database, valkey, smtp_server, nudges_go_to, mail_goes_to
):
    nudges_go_to(valkey)
    mail_goes_to(smtp_server)
    valkey.kill()
    now = clock.now()
    email = invitation(secret="481516", somebody_waits=True, now=now, not_after=now + timedelta(minutes=10))
    assert wait_for_state(email, State.SENT, seconds=1).sealed_secret is None
    assert "481516" in smtp_server.received[0].text


def test_without_any_broker_the_command_alone_suffices(sqlite_database, smtp_server, mail_goes_to):
    mail_goes_to(smtp_server)
    mail(now=clock.now())
    invitation(secret="481516", somebody_waits=True, now=clock.now(), not_after=clock.now() + timedelta(days=1))
    assert len(smtp_server.received) == 1, "only what somebody waits for"

    def say() -> str:
        out = StringIO()
        call_command("deliver_mail", stdout=out)
        return out.getvalue()

    assert say() == "sent: 1\n"
    assert say() == "Nothing is due.\n"
    mail("mei.aldous@quillhaven.example", now=clock.now())
    smtp_server.stop()
    assert say().startswith("server away: 1\nThe mail server does not answer (ConnectionRefusedError). Next try: ")
