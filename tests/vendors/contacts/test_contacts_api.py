"""Inviting somebody at a vendor by a program: the same act, mail and refusals as on the page."""

import pytest
from django.core import mail

from tests.factories.tokens import program_of
from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.correspondence import delivery
from vendors.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db
URL = "/api/v1/contacts/"


def invite(person, vendor, **changes):
    body = {"vendor": vendor.pk, "name": "Jonah Pell", "email": "jonah.pell@quillhaven.example", **changes}
    return program_of(person).post(URL, body, content_type="application/json")


def test_the_reviewers_program_invites_and_the_contact_gets_the_link(reviewer, vendor):
    answer = invite(reviewer, vendor, title="Head of Security")
    assert answer.status_code == 201
    contact = Contact.objects.get()
    assert answer.json()["id"] == contact.pk
    assert (answer.json()["title"], answer.json()["joined_at"]) == ("Head of Security", None)
    assert LedgerEntry.objects.get(verb="contact.invited").actor_label == reviewer.name
    delivery.deliver_due(clock.now())
    assert mail.outbox[0].to == ["Jonah Pell <jonah.pell@quillhaven.example>"]


def test_an_address_elsewhere_is_asked_about_once(reviewer, vendor):
    elsewhere = {"email": "jonah.pell@tarn.example"}
    first = invite(reviewer, vendor, **elsewhere)
    assert first.status_code == 400
    assert set(first.json()["errors"]) == {"other_domain"}
    assert invite(reviewer, vendor, **elsewhere, other_domain=True).status_code == 201


def test_inviting_twice_is_refused_with_the_pages_sentence(reviewer, vendor):
    invite(reviewer, vendor)
    answer = invite(reviewer, vendor)
    assert answer.status_code == 422
    assert answer.json()["errors"]["email"] == [
        "Jonah Pell is a contact of Quillhaven already. Send a new link instead."
    ]
    assert Contact.objects.count() == 1


def test_an_auditor_sees_the_vendor_and_may_not_invite(auditor, vendor):
    answer = invite(auditor, vendor)
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Only a reviewer invites people at a vendor and ends their access."
    assert not Contact.objects.exists()
