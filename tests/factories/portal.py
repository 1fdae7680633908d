"""Coming in at the portal's door, as a person does: link, button, code from the mail."""

import re

from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client

from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.correspondence import delivery

LINK = re.compile(r"http://[^/\s]+(/portal/i/([^/\s]+)/)")
CODE = re.compile(r"^\s+(\d{6})$", re.MULTILINE)


def post_arrives() -> list[EmailMessage]:
    """Every mail that waits is delivered. Returns all that arrived so far."""
    delivery.deliver_due(clock.now())
    return list(mail.outbox)


def link_for(contact: Contact) -> str:
    """The path of the invitation's link, out of the newest mail that holds one."""
    holding = [each for each in post_arrives() if contact.email in str(each.to) and LINK.search(str(each.body))]
    found = LINK.search(str(holding[-1].body))
    assert found is not None
    return found[1]


def token_for(contact: Contact) -> str:
    return link_for(contact).rstrip("/").rpartition("/")[2]


def press_the_button(client: Client, link: str) -> HttpResponse:
    """Open the link and press "Send me a code"."""
    token = link.rstrip("/").rpartition("/")[2]
    client.get(link)
    return client.post("/portal/i/", {"token": token})


def code_for(address: str) -> str:
    """The digits in the newest mail to this address that holds a code."""
    found = [CODE.search(str(each.body)) for each in post_arrives() if address in str(each.to)]
    return [each[1] for each in found if each is not None][-1]


def come_in(client: Client, contact: Contact) -> HttpResponse:
    """The whole way: link, button, code. Returns the answer to the code."""
    press_the_button(client, link_for(contact))
    return client.post("/portal/code/", {"code": code_for(contact.email)})
