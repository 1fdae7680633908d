"""Calling mail back."""

import pytest

from tests.factories.correspondence import NINE, invitation, mail
from vendors.correspondence import queries
from vendors.correspondence.models import OutgoingEmail, State
from vendors.correspondence.services import cancel, cancel_to

pytestmark = pytest.mark.django_db


def states() -> list[str]:
    return list(OutgoingEmail.objects.order_by("pk").values_list("state", flat=True))


def test_an_act_calls_back_only_the_mail_it_names(reviewer):
    mail(), invitation(), mail(about="report-request:13")
    assert cancel(about="report-request:12", kind="letters/invitation", by=reviewer, now=NINE) == 1
    assert states() == [State.QUEUED, State.CANCELLED, State.QUEUED]
    called_back = OutgoingEmail.objects.get(state=State.CANCELLED)
    assert (called_back.closed_at, called_back.last_error) == (NINE, "Called back by Ines Varga.")
    assert cancel(about="report-request:12", by=reviewer, now=NINE) == 1


def test_mail_to_somebody_who_left_is_called_back_for_that_vendor_only(reviewer):
    mail(recipient_id=5), mail(recipient_id=5, vendor_id=8), mail(recipient_id=6), mail(recipient_id=5, vendor_id=None)
    assert cancel_to(recipient_id=5, vendor_id=7, by=reviewer, now=NINE) == 1
    assert cancel_to(recipient_id=5, vendor_id=None, by=reviewer, now=NINE) == 1
    assert states() == [State.CANCELLED, State.QUEUED, State.QUEUED, State.CANCELLED]


def test_what_is_sent_or_given_up_stays_as_it_is(reviewer):
    mail(), mail()
    OutgoingEmail.objects.filter(pk=OutgoingEmail.objects.first().pk).update(state=State.SENT, sent_at=NINE)
    OutgoingEmail.objects.exclude(state=State.SENT).update(state=State.FAILED, closed_at=NINE)
    assert cancel(about="report-request:12", by=reviewer, now=NINE) == 0


def test_the_mail_of_a_vendor_and_about_a_thing_is_found_newest_first():
    first, second, other = mail(), mail(about="contact:1"), mail(vendor_id=8)
    assert list(queries.mails_of_vendor(7)) == [second, first]
    assert list(queries.mails_about("report-request:12")) == [other, first]
