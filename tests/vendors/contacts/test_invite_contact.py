"""A reviewer invites somebody at a vendor."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from tests.factories.contacts import invite
from tests.factories.directory import make_vendor
from tests.factories.portal import link_for, post_arrives
from vendors.calendar import clock
from vendors.contacts.models import Contact, Invitation
from vendors.contacts.services import deactivate_contact, invite_contact
from vendors.contacts.tokens import hash_of
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.queries import entries_about
from vendors.people.actors import NotAllowed, Refused

TYPED = {"name": "Jonah Pell", "email": "jonah.pell@quillhaven.example", "title": "Head of Security"}


def page(vendor):
    return f"/vendors/{vendor.pk}/contacts/invite/"


def test_a_reviewer_invites_a_contact_who_gets_a_link_by_mail(client, reviewer, vendor):
    client.force_login(reviewer)
    response = client.post(page(vendor), TYPED)
    assert response.url == f"/vendors/{vendor.pk}/contacts/"
    contact = Contact.objects.get()
    assert (contact.name, contact.email, contact.title) == tuple(TYPED.values())
    assert (contact.user.kind, contact.user.has_usable_password()) == ("contact", False)

    (letter,) = post_arrives()
    assert letter.subject == "Northmoor Health asks Quillhaven for security papers: your invitation"
    assert letter.to == ["Jonah Pell <jonah.pell@quillhaven.example>"]
    assert letter.reply_to == ["Ines Varga <ines.varga@northmoor.example>"]
    link = link_for(contact)
    assert link in letter.body
    assert link in letter.alternatives[0].content
    assert entries_about(vendor.pk).first().verb == "contact.invited"


def test_the_token_is_long_random_and_kept_as_a_hash_only(vendor, reviewer):
    contact = invite(vendor, by=reviewer)
    waiting = OutgoingEmail.objects.get()
    token = link_for(contact).split("/")[3]
    assert re.fullmatch(r"[\w-]{43}", token)
    invitation = Invitation.objects.get()
    assert invitation.token_hash == hash_of(token)
    assert invitation.expires_at - invitation.created_at == timedelta(days=14)
    assert token not in waiting.text + waiting.html + str(vars(invitation))
    assert all(token not in str(entry.details) + entry.sentence for entry in entries_about(vendor.pk))


@pytest.mark.parametrize("role", ["requester", "approver", "auditor", "administrator"])
def test_nobody_else_invites(client, request, vendor, role):
    person = request.getfixturevalue(role)
    client.force_login(person)
    assert client.post(page(vendor), TYPED).status_code == (403 if role == "auditor" else 404)
    with pytest.raises(NotAllowed):
        invite_contact(vendor=vendor, email=TYPED["email"], name="Jonah Pell", by=person, now=clock.now())
    assert not Contact.objects.exists()


def test_a_staff_address_cannot_be_a_contact(client, reviewer, auditor, vendor):
    client.force_login(reviewer)
    response = client.post(page(vendor), TYPED | {"email": "Priya.Holm@Northmoor.example", "other_domain": "on"})
    assert "belongs to a member of staff here" in response.content.decode()
    assert not Contact.objects.exists()


def test_somebody_who_is_a_contact_already_is_not_invited_twice(reviewer, vendor):
    invite(vendor, by=reviewer)
    with pytest.raises(Refused, match="is a contact of Quillhaven already") as refused:
        invite(vendor, email="JONAH.PELL@quillhaven.example", by=reviewer)
    assert refused.value.field == "email"
    assert OutgoingEmail.objects.count() == 1


def test_a_contact_of_two_vendors_is_one_person(reviewer, vendor):
    first = invite(vendor, by=reviewer)
    second = invite(make_vendor("Tarn Ledger"), "J. Pell", email=first.email, by=reviewer)
    assert first.user == second.user
    assert second.name == "Jonah Pell"


def test_an_address_elsewhere_is_asked_about_once(client, reviewer, vendor):
    client.force_login(reviewer)
    typed = TYPED | {"email": "jonah.pell@qui11haven.example"}
    response = client.post(page(vendor), typed)
    assert "qui11haven.example is not quillhaven.example" in response.content.decode()
    assert not Contact.objects.exists()
    assert client.post(page(vendor), typed | {"other_domain": "on"}).status_code == 302


def test_a_mailbox_of_a_department_needs_no_question(client, reviewer, vendor):
    client.force_login(reviewer)
    assert client.post(page(vendor), TYPED | {"email": "jonah@security.quillhaven.example"}).status_code == 302


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("jon\u0430h@quillhaven.example", "is not an e-mail address"),
        ("jonah@quillh\u0430ven.example", "plain Latin letters"),
        ("jonah@quillhaven.example, all@quillhaven.example", "is not an e-mail address"),
        ("jonah@quillhaven.example\r\nBcc: all@example.org", "is not an e-mail address"),
    ],
)
def test_an_address_that_deceives_is_refused(reviewer, vendor, email, says):
    with pytest.raises(Refused, match=says):
        invite(vendor, email=email, by=reviewer)


def test_a_name_cannot_inject_a_header(reviewer, vendor):
    contact = invite(vendor, 'Jonah\r\nBcc: all@example.org, "x" <y@z>', email=TYPED["email"], by=reviewer)
    assert "\n" not in contact.name
    (letter,) = post_arrives()
    headers = letter.message()
    assert headers["Bcc"] is None
    assert letter.recipients() == [letter.to[0]]
    assert len(headers.get_all("To")) == 1


def test_a_vendors_name_cannot_inject_a_header(reviewer):
    hostile = make_vendor("Quill\nhaven", domain="quillhaven.example", legal_name="Quill\r\nhaven Inc.")
    invite(hostile, by=reviewer)
    post_arrives()
    assert mail.outbox[0].subject == "Northmoor Health asks Quill haven for security papers: your invitation"


def test_a_name_is_needed_for_somebody_new(reviewer, vendor):
    with pytest.raises(Refused) as refused:
        invite(vendor, " ", email="new@quillhaven.example", by=reviewer)
    assert refused.value.field == "name"


def test_somebody_whose_access_ended_is_invited_again(reviewer, contact):
    deactivate_contact(contact=contact, by=reviewer, now=clock.now())
    again = invite(contact.vendor, email=contact.email, by=reviewer)
    assert again.pk == contact.pk
    assert again.is_active
    assert again.joined_at is None


def test_a_closed_account_is_not_invited(reviewer, vendor, stranger):
    stranger.user.is_active = False
    stranger.user.save()
    with pytest.raises(Refused, match=r"account of \S+ is closed"):
        invite(vendor, email=stranger.email, by=reviewer)
