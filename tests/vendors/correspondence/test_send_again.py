"""The page about mail that went wrong, and sending it again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from procurement.accounts.models import User
from tests.databases import in_threads
from tests.factories.correspondence import NINE, invitation, mail
from vendors.calendar import clock
from vendors.correspondence import access, outages
from vendors.correspondence.models import OutgoingEmail, State
from vendors.correspondence.services import resend
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed, Refused, Role

PAGE = "/mail/"


def failed(address: str = "jonah.pell@quillhaven.example", make=mail, **kept) -> OutgoingEmail:
    email = make(address, **kept)
    OutgoingEmail.objects.filter(pk=email.pk).update(
        state=State.FAILED, closed_at=NINE, sealed_secret=None, last_error="The mail server refused the mail: 550 <b>"
    )
    email.refresh_from_db()
    return email


def send_again(client, email: OutgoingEmail):
    return client.post(reverse("correspondence:send_again", args=[email.pk]))


@pytest.mark.django_db
def test_a_reviewer_sees_what_failed_why_and_when(client, reviewer):
    failed()
    client.force_login(reviewer)

    page = client.get(PAGE).content.decode()

    assert "1 mail was not delivered" in page
    assert "Quillhaven has a question" in page
    assert "Jonah Pell, jonah.pell@quillhaven.example" in page
    assert "550 &lt;b&gt;" in page
    assert "23 Nov 2026" in page
    assert "10:00" in page, "the organisation's clock, not UTC"


@pytest.mark.django_db
def test_a_reviewer_sends_a_failed_mail_again_as_a_new_mail(client, reviewer):
    email = failed(reply_to=(reviewer.email, reviewer.name))
    client.force_login(reviewer)

    response = send_again(client, email)

    assert response.status_code == 302
    assert response["Location"] == PAGE
    again = OutgoingEmail.objects.get(resend_of=email)
    assert (again.state, again.attempts, again.queued_by) == (State.QUEUED, 0, "Ines Varga")
    for column in ("to_email", "to_name", "reply_to", "subject", "text", "html", "kind", "about", "vendor_id"):
        assert getattr(again, column) == getattr(email, column)
    assert again.message_id not in {"", email.message_id}
    page = client.get(PAGE).content.decode()
    assert "The mail to jonah.pell@quillhaven.example goes out again." in page
    assert "All mail was delivered" in page
    entry = LedgerEntry.objects.get(verb="mail.sent_again")
    assert entry.sentence == "Mail “Quillhaven has a question” to jonah.pell@quillhaven.example sent again"
    assert (entry.actor_label, entry.vendor_id) == ("Ines Varga", 7)


@pytest.mark.django_db
def test_a_mail_that_held_a_link_asks_for_a_new_invitation(client, reviewer):
    email = failed(make=invitation)
    client.force_login(reviewer)

    page = client.get(PAGE).content.decode()
    assert 'aria-disabled="true"' in page
    assert "Send a new invitation instead." in page
    refused = send_again(client, email)
    assert refused.status_code == 409
    assert "Send a new invitation instead." in refused.content.decode()
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.django_db
def test_what_was_sent_again_sent_late_or_never_failed_is_refused_with_the_reason(reviewer):
    sent_again, waiting = failed(), mail("mei.aldous@quillhaven.example")
    resend(email=sent_again, by=reviewer, now=NINE)
    too_late = failed(not_after=NINE + timedelta(days=1))

    for email, now, reason in (
        (sent_again, NINE, "has been sent again already"),
        (waiting, NINE, "not given up: it is “waiting”"),
        (too_late, NINE + timedelta(days=1), "The time of this mail is over"),
    ):
        with pytest.raises(Refused, match=reason):
            resend(email=email, by=reviewer, now=now)
        email = OutgoingEmail.objects.get(pk=email.pk)
        assert not access.can_resend(reviewer, email, now)
        assert reason in access.why_not_resend(reviewer, email, now)
    assert access.can_resend(reviewer, too_late, NINE)
    assert access.why_not_resend(reviewer, too_late, NINE) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["requester", "approver", "auditor"])
def test_others_see_neither_the_page_nor_whether_a_mail_is_there(client, request, who):
    email = failed()
    person = request.getfixturevalue(who)
    client.force_login(person)

    assert client.get(PAGE).status_code == 403
    assert send_again(client, email).status_code == 404
    assert client.post("/mail/987654/send-again/").status_code == 404
    assert not access.can_see_mail(person)
    with pytest.raises(NotAllowed):
        resend(email=email, by=person, now=NINE)
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.django_db
def test_whoever_is_not_signed_in_is_sent_to_the_door(client):
    email = failed()
    assert client.get(PAGE)["Location"].startswith("/account/")
    assert send_again(client, email)["Location"].startswith("/account/")
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.django_db
def test_an_administrator_may_too(client, administrator):
    email = failed()
    client.force_login(administrator)
    assert client.get(PAGE).status_code == 200
    assert client.head(PAGE).status_code == 200
    assert client.get(reverse("correspondence:send_again", args=[email.pk])).status_code == 405
    assert client.post(PAGE).status_code == 405
    assert send_again(client, email).status_code == 302


@pytest.mark.django_db
def test_mail_that_waits_too_long_and_a_silent_server_are_shown(client, administrator):
    now = clock.now()
    stuck = mail(now=now - timedelta(hours=1))
    client.force_login(administrator)
    page = client.get(PAGE).content.decode()
    assert "1 mail is held up" in page
    assert "No worker has taken it yet." in page

    outages.note(now, "The mail server does not answer (TimeoutError).")
    OutgoingEmail.objects.filter(pk=stuck.pk).update(attempts=3, last_error="asked to try later: 451")
    page = client.get(PAGE).content.decode()
    assert "The mail server does not answer (TimeoutError)." in page
    assert "All mail waits and none is lost" in page
    assert "asked to try later: 451" in page


@pytest.mark.django_db
def test_a_mail_that_lapsed_is_shown_as_that(client, reviewer):
    email = failed(make=invitation)
    OutgoingEmail.objects.filter(pk=email.pk).update(state=State.LAPSED)
    client.force_login(reviewer)
    assert "Too late to send" in client.get(PAGE).content.decode()


@pytest.mark.django_db
def test_a_healthy_installation_has_an_empty_page(client, reviewer):
    mail(now=clock.now())
    client.force_login(reviewer)
    page = client.get(PAGE).content.decode()
    assert "All mail was delivered" in page
    assert "Nothing to send again" in page


@pytest.mark.slow
@pytest.mark.django_db
def test_the_page_asks_as_often_for_300_mails_as_for_3(client, reviewer, django_assert_num_queries):
    client.force_login(reviewer)

    def queries_for(count: int) -> int:
        for _ in range(count):
            failed()
        with django_assert_num_queries(8, exact=False) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    few = queries_for(3)
    assert queries_for(297) == few
    page = client.get(f"{PAGE}?page=2").content.decode()
    assert "51–100 of 300" in page


@pytest.mark.slow
def test_twenty_clicks_at_once_send_it_once(real_database):
    ines = User.objects.create_staff(email="ines@northmoor.example", name="Ines", roles=frozenset({Role.REVIEWER}))
    email = failed()

    outcomes = in_threads(20, lambda _: resend(email=email, by=ines, now=NINE))

    assert sum(isinstance(each, OutgoingEmail) for each in outcomes) == 1
    assert sum(isinstance(each, Refused) for each in outcomes) == 19
    assert OutgoingEmail.objects.filter(resend_of=email).count() == 1
