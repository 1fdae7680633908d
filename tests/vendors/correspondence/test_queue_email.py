"""Queueing a mail: what is written, what is refused."""

import contextlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.correspondence import NINE, TOKEN, invitation, mail
from vendors.correspondence.drafts import wrapped
from vendors.correspondence.models import OutgoingEmail, State
from vendors.correspondence.services import queue_email
from vendors.people.actors import SYSTEM, Refused


@pytest.mark.django_db
def test_a_mail_waits_with_everything_it_needs(reviewer):
    mail(by=reviewer, recipient_id=5, reply_to=(reviewer.email, reviewer.name))

    kept = OutgoingEmail.objects.get()
    assert (kept.state, kept.attempts, kept.next_try_at) == (State.QUEUED, 0, NINE)
    assert (kept.to_email, kept.to_name, kept.recipient_id) == ("jonah.pell@quillhaven.example", "Jonah Pell", 5)
    assert kept.reply_to == "Ines Varga <ines.varga@northmoor.example>"
    assert (kept.about, kept.vendor_id, kept.queued_by) == ("report-request:12", 7, "Ines Varga")
    assert kept.kind == "letters/plain"
    assert kept.subject == "Quillhaven has a question"
    assert kept.message_id == f"<{kept.uuid}@127.0.0.1>"
    assert str(kept) == "Quillhaven has a question (jonah.pell@quillhaven.example)"


@pytest.mark.django_db
def test_the_html_is_escaped_and_the_text_is_not():
    kept = mail(context={"vendor": "<Q&A>", "message": "1 < 2 & 3"})
    assert kept.subject == "<Q&A> has a question"
    assert "1 < 2 & 3" in kept.text
    assert "1 &lt; 2 &amp; 3" in kept.html
    assert "&lt;Q&amp;A&gt; has a question" in kept.html


@pytest.mark.django_db
def test_the_text_part_is_wrapped_and_has_no_holes():
    kept = mail(context={"vendor": "Quillhaven", "message": "word " * 40})
    assert max(map(len, kept.text.splitlines())) <= 72
    assert "\n\n\n" not in kept.text
    assert "\n-- \nNorthmoor Health\n" in kept.text


def test_links_and_indented_lines_are_never_broken():
    link = "https://countersign.example/portal/i/" + "x" * 80
    assert wrapped(f"{link}\n  {'y ' * 50}\n") == f"{link}\n  {'y ' * 50}".rstrip() + "\n"


@pytest.mark.django_db
def test_a_secret_stands_nowhere_but_in_its_sealed_column():
    invitation()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vendors_outgoingemail")
        (row,) = cursor.fetchall()
    assert not any(TOKEN in str(bytes(cell) if isinstance(cell, memoryview | bytes) else cell) for cell in row)
    kept = OutgoingEmail.objects.get()
    assert "/portal/i/[[secret]]" in kept.text
    assert "/portal/i/[[secret]]" in kept.html
    assert kept.carries_secret
    assert kept.sealed_secret


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [{"not_after": None}, {"template": "letters/forgetful"}])
def test_a_secret_needs_an_end_and_a_place(kept):
    with pytest.raises(ValueError, match=r"not_after|shows"):
        invitation(**kept)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "",
        "jonah",
        "jonah@",
        "jonah@quillhaven.example\r\nBcc: all@quillhaven.example",
        "jonah@quillhaven.example, eve@elsewhere.example",
        "Jonah <jonah@quillhaven.example>",
        "j\u043ena@quillhaven.example",
        "jonah pell@quillhaven.example",
    ],
)
def test_an_address_that_is_none_is_refused_with_what_to_write(address):
    with pytest.raises(Refused, match=r"is not an e-mail address\. Write one like") as refusal:
        mail(address)
    assert refusal.value.field == "email"
    assert "\n" not in str(refusal.value)
    with pytest.raises(Refused):
        mail(reply_to=(address, "Ines Varga"))
    assert not OutgoingEmail.objects.exists()


@pytest.mark.django_db
def test_names_and_subjects_cannot_start_a_header():
    kept = mail(
        to=("jonah.pell@quillhaven.example", "Jonah\r\nBcc: eve@elsewhere.example"),
        reply_to=("ines.varga@northmoor.example", 'Ines "the\nreviewer" Varga'),
        context={"vendor": "Quill\r\nBcc: eve@elsewhere.example\x00\u202ehaven", "message": ""},
    )
    for header in (kept.to_name, kept.reply_to, kept.subject):
        assert header.isprintable()
    assert kept.to_name == "Jonah Bcc: eve@elsewhere.example"


@pytest.mark.django_db
def test_a_very_long_subject_is_cut():
    assert len(mail(context={"vendor": "Q" * 400, "message": ""}).subject) == 300


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_mail_belongs_to_the_transaction_of_its_act():
    with pytest.raises(transaction.TransactionManagementError):
        queue_email(
            template="letters/plain", to=("jonah@quillhaven.example", ""), context={}, about="", by=SYSTEM, now=NINE
        )
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        mail()
        raise ZeroDivisionError
    assert not OutgoingEmail.objects.exists()


@pytest.mark.django_db
def test_a_mail_for_tomorrow_waits_until_then():
    kept = mail(not_before=NINE + timedelta(days=1))
    assert kept.next_try_at == NINE + timedelta(days=1)
    assert mail(not_before=NINE - timedelta(days=1)).next_try_at == NINE


@pytest.mark.django_db
def test_the_database_holds_that_only_a_waiting_mail_keeps_its_secret():
    kept = invitation()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingEmail.objects.filter(pk=kept.pk).update(state=State.SENT, sent_at=NINE)
