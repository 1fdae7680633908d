"""Sending over a real SMTP server that behaves, and one that does not."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.factories.correspondence import NINE, TOKEN, invitation, mail
from tests.smtp import hang_up, refuse, refuse_and_hang_up
from vendors.correspondence import outages, outcomes, queries
from vendors.correspondence.delivery import BATCH, Outcome, deliver, deliver_due
from vendors.correspondence.marks import LEASE
from vendors.correspondence.models import MailOutage, OutgoingEmail, State
from vendors.correspondence.posting import Carrier
from vendors.correspondence.services import cancel, deliver_now
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import SYSTEM

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def server(smtp_server, mail_goes_to):
    mail_goes_to(smtp_server)
    return smtp_server


def fresh(email: OutgoingEmail) -> OutgoingEmail:
    return OutgoingEmail.objects.get(pk=email.pk)


def test_the_message_arrives_as_text_and_html_with_our_headers(server, reviewer):
    email = mail(
        to=("jonah.pell@quillhaven.example", "Jönah “JP” Pell"),
        reply_to=(reviewer.email, reviewer.name),
        context={"vendor": "Quïllhaven", "message": "Grüße.\n.\n.a line that starts with a dot"},
    )
    assert deliver(email.pk, NINE) is Outcome.SENT

    (received,) = server.received
    message = received.message
    assert received.sender == "reviews@127.0.0.1"
    assert received.recipients == ["jonah.pell@quillhaven.example"]
    assert message["To"] == "Jönah “JP” Pell <jonah.pell@quillhaven.example>"
    assert message["From"] == "Northmoor Health security review <reviews@127.0.0.1>"
    assert message["Reply-To"] == "Ines Varga <ines.varga@northmoor.example>"
    assert message["Subject"] == "Quïllhaven has a question"
    assert message["Message-ID"] == email.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Date"].datetime == NINE
    assert message.get_content_type() == "multipart/alternative"
    assert "Grüße.\n.\n.a line that starts with a dot" in received.text.replace("\r\n", "\n")
    assert "<p>Hello Jönah" in received.html

    sent = fresh(email)
    assert (sent.state, sent.sent_at, sent.attempts, sent.lease_until) == (State.SENT, NINE, 1, None)


def test_a_link_is_filled_in_while_sending_and_erased_on_delivery(server):
    email = invitation()
    deliver(email.pk, NINE)

    (received,) = server.received
    assert f"http://127.0.0.1:8000/portal/i/{TOKEN}" in received.text
    assert "/portal/i/vL-9_sEcReTtOkEn~with&amp;odd&lt;chars&gt;" in received.html
    sent = fresh(email)
    assert sent.sealed_secret is None
    assert "[[secret]]" in sent.text
    assert TOKEN not in sent.text + sent.html


def test_the_scan_sends_what_is_due_over_one_connection(server):
    for number in range(12):
        mail(f"person{number}@quillhaven.example")
    tomorrow = mail(not_before=NINE + timedelta(days=1))

    assert deliver_due(NINE) == Counter({Outcome.SENT: 12})

    assert [each.recipients for each in server.received] == [[f"person{n}@quillhaven.example"] for n in range(12)]
    assert server.connections == 1
    assert fresh(tomorrow).state == State.QUEUED
    assert deliver_due(NINE) == Counter()
    assert deliver_due(NINE + timedelta(days=1)) == Counter({Outcome.SENT: 1})


def test_a_mail_is_sent_once_however_often_it_is_nudged(server):
    email = mail()
    assert [deliver(email.pk, NINE) for _ in range(3)] == [Outcome.SENT, Outcome.NOT_DUE, Outcome.NOT_DUE]
    assert deliver(987654, NINE) is Outcome.NOT_DUE
    assert len(server.received) == 1


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_greylisting_server_is_asked_again_after_5_15_and_then_every_60_minutes(server, stage):
    email = mail()
    moment = NINE
    for minutes in (5, 15, 60, 60):
        server.next(refuse("451 4.7.1 Greylisted, come later", at=stage))
        assert deliver_due(moment) == Counter({Outcome.LATER: 1})
        waiting = fresh(email)
        assert waiting.state == State.QUEUED
        assert waiting.next_try_at == moment + timedelta(minutes=minutes)
        assert waiting.last_error == "The mail server asked to try later: 451 4.7.1 Greylisted, come later"
        assert deliver_due(waiting.next_try_at - MINUTE) == Counter()
        moment = waiting.next_try_at
    assert list(queries.held_up(moment)) == [fresh(email)]

    assert deliver_due(moment) == Counter({Outcome.SENT: 1})
    assert len(server.received) == 1
    assert fresh(email).last_error == ""


@pytest.mark.slow
def test_after_three_days_of_later_the_mail_is_given_up(server):
    email = mail()
    moment = NINE
    while fresh(email).state == State.QUEUED:
        server.next(refuse("452 4.2.2 Mailbox full"))
        deliver_due(moment)
        moment = fresh(email).next_try_at

    failed = fresh(email)
    assert failed.state == State.FAILED
    assert failed.closed_at - NINE >= timedelta(hours=72)
    assert failed.closed_at - NINE < timedelta(hours=74)
    assert failed.last_error.startswith("Given up after three days. The mail server asked to try later: 452")
    assert list(queries.undelivered()) == [failed]


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_refused_mail_is_not_tried_again_and_stands_in_the_ledger(server, stage):
    email = invitation()
    other = mail("mei.aldous@quillhaven.example")
    server.next(refuse("550 5.1.1 No such user", at=stage))

    assert deliver_due(NINE) == Counter({Outcome.FAILED: 1, Outcome.SENT: 1})

    failed = fresh(email)
    assert (failed.state, failed.closed_at, failed.sealed_secret) == (State.FAILED, NINE, None)
    assert failed.last_error == "The mail server refused the mail: 550 5.1.1 No such user"
    assert fresh(other).state == State.SENT
    assert server.connections == 1
    assert deliver_due(NINE + timedelta(days=1)) == Counter()
    entry = LedgerEntry.objects.get()
    assert entry.sentence == ("Mail “Northmoor Health invites you” to jonah.pell@quillhaven.example was not delivered")
    assert (entry.actor_label, entry.verb, entry.vendor_id) == ("Countersign", "mail.failed", 7)


def test_a_refusal_that_quotes_the_link_does_not_show_it(server):
    email = invitation(secret="plainToken42")
    server.next(refuse("554 Spam: http://127.0.0.1:8000/portal/i/plainToken42"))
    deliver(email.pk, NINE)
    assert fresh(email).last_error.endswith("554 Spam: http://127.0.0.1:8000/portal/i/[[secret]]")
    assert "plainToken42" not in str(LedgerEntry.objects.get().details)


def test_a_refused_sender_address_is_our_own_fault_and_fails_no_mail(server):
    email = mail()
    server.next(refuse("550 5.7.1 Sender not allowed", at="MAIL"))
    assert deliver(email.pk, NINE) is Outcome.LATER
    assert "does not take our sender address: 550 5.7.1" in fresh(email).last_error


def test_whoever_answers_for_a_mail_is_told_when_it_cannot_be_delivered(server, reviewer):
    mail(reply_to=(reviewer.email, reviewer.name))
    server.next(refuse("550 5.1.1 No such user"), refuse("550 5.1.1 No such user"))
    deliver_due(NINE)

    notice = OutgoingEmail.objects.get(to_email=reviewer.email)
    assert notice.subject == "Not delivered: Quillhaven has a question"
    assert "550 5.1.1 No such user" in notice.text
    assert "jonah.pell@quillhaven.example" in notice.html
    deliver_due(NINE)
    assert OutgoingEmail.objects.count() == 2, "a notice that fails tells nobody"


def test_a_connection_that_breaks_after_the_mail_is_handed_over_sends_it_at_most_once_more(server):
    email = mail()
    server.next(hang_up(after="DATA"), hang_up(after="DATA"))

    assert deliver_due(NINE) == Counter({Outcome.LATER: 1})
    assert "broke off before the mail server confirmed" in fresh(email).last_error
    assert deliver_due(NINE + 5 * MINUTE) == Counter({Outcome.FAILED: 1})
    assert deliver_due(NINE + timedelta(days=1)) == Counter()

    assert [each.message["Message-ID"] for each in server.received] == [email.message_id] * 2
    assert fresh(email).last_error.endswith("It happened twice: ask whether the mail arrived.")


@pytest.mark.parametrize("stage", ["MAIL", "RCPT"])
def test_a_connection_that_breaks_before_that_may_be_tried_as_often_as_needed(server, stage):
    email = mail()
    server.next(*[hang_up(after=stage)] * 3)
    moment = NINE
    for _ in range(3):
        assert deliver_due(moment) == Counter({Outcome.LATER: 1})
        moment = fresh(email).next_try_at
    assert deliver_due(moment) == Counter({Outcome.SENT: 1})
    assert len(server.received) == 1


def test_a_server_that_closes_with_421_gets_a_new_connection_for_the_next_mail(server):
    first, second = mail(), mail("mei.aldous@quillhaven.example")
    server.next(refuse("421 4.7.0 Too many mails"))
    assert deliver_due(NINE) == Counter({Outcome.LATER: 1, Outcome.SENT: 1})
    assert (fresh(first).state, fresh(second).state) == (State.QUEUED, State.SENT)
    assert server.connections == 2


@pytest.mark.slow
def test_a_day_without_mail_server_costs_no_mail_a_try_and_loses_none(server):
    emails = [mail(f"person{number}@quillhaven.example") for number in range(5)]
    server.stop()
    moment, probes = NINE, 0
    while moment < NINE + timedelta(days=1):
        probes += deliver_due(moment)[Outcome.SERVER_AWAY]
        moment += MINUTE

    assert 280 <= probes <= 295, "after 1 and 2 minutes every 5"
    outage = outages.current()
    assert (outage.since, outage.tries) == (NINE, probes)
    assert outage.last_error == "The mail server does not answer (ConnectionRefusedError)."
    assert str(outage) == "No answer since 2026-11-23 09:00"
    assert {(fresh(each).state, fresh(each).attempts) for each in emails} == {(State.QUEUED, 0)}
    assert queries.held_up(moment).count() == 5
    assert deliver(emails[0].pk, outage.next_try_at - MINUTE) is Outcome.SERVER_AWAY

    server.start()
    assert deliver_due(outage.next_try_at) == Counter({Outcome.SENT: 5})
    assert len(server.received) == 5
    assert not MailOutage.objects.exists()


def test_a_person_who_waits_for_a_code_does_not_wait_for_the_next_probe(server):
    email = invitation(somebody_waits=True, not_after=NINE + 10 * MINUTE)
    outages.note(NINE, "The mail server does not answer.")
    assert deliver(email.pk, NINE) is Outcome.SERVER_AWAY
    assert deliver_now(email=email, now=NINE)
    assert len(server.received) == 1
    assert outages.current() is None


def test_a_wrong_password_is_an_outage_and_not_the_mails_fault(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "countersign", "wrong"
    email = mail()
    assert deliver(email.pk, NINE) is Outcome.SERVER_AWAY
    assert fresh(email).attempts == 0
    assert outages.current().last_error == "The mail server refuses our user name or password."


def test_a_right_password_lets_us_in(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "countersign", "right"
    assert deliver(mail().pk, NINE) is Outcome.SENT


def test_a_server_without_tls_is_not_given_the_password(server, settings):
    settings.EMAIL_USE_TLS = True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "countersign", "right"
    assert deliver(mail().pk, NINE) is Outcome.SERVER_AWAY
    assert outages.current().last_error == "The mail server does not let us in (SMTPNotSupportedError)."


def test_a_server_that_went_away_at_the_end_is_no_error(server):
    email = mail()
    with Carrier() as carrier:
        carrier.open()
        server.stop()
    assert deliver(email.pk, NINE) is Outcome.SERVER_AWAY


def test_a_server_that_hangs_up_right_after_refusing_costs_the_next_mail_nothing(server):
    mail(), mail("mei.aldous@quillhaven.example")
    server.next(refuse_and_hang_up("550 5.7.1 Go away"))
    assert deliver_due(NINE) == Counter({Outcome.FAILED: 1, Outcome.SENT: 1})
    assert server.connections == 2


def test_a_mail_called_back_while_it_is_refused_stays_called_back(server):
    email = mail()
    assert outcomes.give_up(email, NINE, "too late") is Outcome.FAILED
    assert fresh(email).state == State.QUEUED, "only whoever holds the lease closes a mail"


def test_a_link_that_ran_out_is_not_sent_and_not_kept(server):
    email = invitation(not_after=NINE + 10 * MINUTE)
    server.stop()
    deliver_due(NINE)
    server.start()

    assert deliver_due(NINE + 10 * MINUTE) == Counter({Outcome.LAPSED: 1})

    lapsed = fresh(email)
    assert (lapsed.state, lapsed.sealed_secret, lapsed.closed_at) == (State.LAPSED, None, NINE + 10 * MINUTE)
    assert lapsed.last_error == "It could not be sent before its time was over."
    assert not server.received
    assert LedgerEntry.objects.get().verb == "mail.lapsed"


def test_a_nudge_that_comes_too_late_sends_nothing(server):
    email = invitation(not_after=NINE + 10 * MINUTE)
    server.next(refuse("451 later"))
    deliver(email.pk, NINE)
    assert deliver(email.pk, NINE + 10 * MINUTE) is Outcome.LAPSED
    assert fresh(email).last_error == (
        "It could not be sent before its time was over. The mail server asked to try later: 451 later"
    )
    assert not server.received


def test_a_mail_that_became_pointless_is_called_back(server):
    pointless, other = invitation(), mail(about="report-request:13")
    assert cancel(about="report-request:12", by=SYSTEM, now=NINE) == 1

    assert deliver_due(NINE) == Counter({Outcome.SENT: 1})
    called_back = fresh(pointless)
    assert (called_back.state, called_back.sealed_secret) == (State.CANCELLED, None)
    assert called_back.last_error == "Called back by Countersign."
    assert fresh(other).state == State.SENT
    assert not queries.undelivered().exists()


def test_a_mail_called_back_between_two_tries_is_not_tried_again(server):
    email = mail()
    server.next(refuse("451 later"))
    deliver_due(NINE)
    cancel(about=email.about, by=SYSTEM, now=NINE)
    assert deliver_due(NINE + timedelta(hours=1)) == Counter()
    assert not server.received


def test_a_sender_that_died_loses_its_lease_and_the_mail_goes_out_once_more(server):
    email = mail()
    OutgoingEmail.objects.update(state=State.SENDING, attempts=1, lease_until=NINE + LEASE)

    assert deliver_due(NINE + LEASE - MINUTE) == Counter()
    assert deliver_due(NINE + LEASE) == Counter({Outcome.SENT: 1})
    assert fresh(email).break_offs == 1


def test_a_mail_whose_sender_died_twice_is_left_to_a_person(server):
    email = mail()
    OutgoingEmail.objects.update(state=State.SENDING, attempts=2, break_offs=1, lease_until=NINE)
    assert deliver_due(NINE) == Counter({Outcome.FAILED: 1})
    assert not server.received
    assert fresh(email).last_error.startswith("Sending broke off twice.")


def test_a_mail_that_cannot_be_put_together_is_set_aside_after_five_tries_while_others_go_out(server, caplog):
    poison = invitation()
    OutgoingEmail.objects.filter(pk=poison.pk).update(sealed_secret=b"\x01\x04testbroken")
    moment = NINE
    for number in range(5):
        mail(f"person{number}@quillhaven.example", now=moment)
        deliver_due(moment)
        moment += timedelta(hours=2)

    failed = fresh(poison)
    assert (failed.state, failed.attempts) == (State.FAILED, 5)
    assert failed.last_error == "The mail could not be put together (SealBroken)."
    assert len(server.received) == 5
    assert "could not be put together: SealBroken" in caplog.text


def test_a_bad_header_that_got_past_the_door_stops_no_queue(server):
    poison = mail()
    OutgoingEmail.objects.filter(pk=poison.pk).update(subject="one\r\nBcc: eve@elsewhere.example")
    mail("mei.aldous@quillhaven.example")
    assert deliver_due(NINE) == Counter({Outcome.LATER: 1, Outcome.SENT: 1})
    assert fresh(poison).last_error == "The mail could not be put together (BadHeaderError)."


def test_the_mail_of_a_test_installation_stays_in_memory(settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    email = mail()
    assert deliver(email.pk, NINE) is Outcome.SENT
    assert [each.subject for each in mailoutbox] == [email.subject]


def test_a_long_run_stops_in_time_and_the_next_goes_on(server):
    mail(), mail("mei.aldous@quillhaven.example")
    assert deliver_due(NINE, seconds=0) == Counter({Outcome.SENT: 1})
    assert deliver_due(NINE) == Counter({Outcome.SENT: 1})


@pytest.mark.slow
def test_more_mails_than_a_batch_all_go_out(server):
    for number in range(BATCH + 5):
        mail(f"person{number}@quillhaven.example")
    assert deliver_due(NINE) == Counter({Outcome.SENT: BATCH + 5})
