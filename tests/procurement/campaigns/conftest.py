"""The stage of campaigns: twelve vendors approved in September, a version of three questions, a day in October."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from procurement.campaigns.models import Campaign
from procurement.campaigns.tasks import send
from procurement.demo.cast import Cast
from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.models import Assessment, QuestionnaireVersion
from procurement.reviews.models import Review
from tests.factories.contacts import speaking
from tests.factories.crowd import crowd
from tests.factories.questionnaires import content, published, question
from tests.factories.stories import FIRST_DAY, cast_of
from tests.factories.told import told_once
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.correspondence import delivery

TODAY = plus_days(FIRST_DAY, 40)
DUE = plus_days(TODAY, 14)
VENDORS = 12


@pytest.fixture(autouse=True)
def _the_day():
    with on_day(0):
        yield


def on_day(days: int) -> time_machine.travel:
    """So many days after the campaign was started."""
    return time_machine.travel(f"{plus_days(TODAY, days).isoformat()}T10:00:00+02:00", tick=False)


def later(days: int) -> date:
    return plus_days(TODAY, days)


def hand_over(campaign, number: int) -> Assessment:
    """The vendor answers everything with Yes and submits."""
    sent = campaign.recipients.order_by("pk")[number].assessment
    contact = speaking(sent.contact)
    given = [
        questionnaires.Given(answer_id=each.pk, revision=0, value="yes", comment="") for each in sent.answers.all()
    ]
    questionnaires.save_answers(assessment=sent, given=given, by=contact.user, now=clock.now())
    return questionnaires.submit(
        assessment=sent, signer_name="Jonah Pell", signer_title="Security", by=contact.user, now=clock.now()
    )


@pytest.fixture
def cast(requester, reviewer, approver, auditor, administrator) -> Cast:
    return cast_of(
        requester=requester, reviewer=reviewer, approver=approver, auditor=auditor, administrator=administrator
    )


@pytest.fixture
def approved(cast) -> list[Review]:
    """Vendor 0000 to Vendor 0011, each approved long ago and with one contact."""
    with time_machine.travel(f"{FIRST_DAY.isoformat()}T10:00:00+02:00", tick=False):
        told_once(crowd)(
            VENDORS, requester=cast.requester, reviewer=cast.reviewer, approver=cast.approver, is_asked=False
        )
    return list(Review.objects.order_by("pk"))


@pytest.fixture
def version(db) -> QuestionnaireVersion:
    return published(content(question("A-1"), question("A-2"), question("A-3"), title="Three questions"))


@pytest.fixture
def ines(cast) -> Client:
    """The reviewer's browser, signed in today."""
    return staff_client(cast.reviewer)


@pytest.fixture
def start(ines, version) -> Callable[..., Campaign]:
    """Start a campaign in the browser: `start(reviews, message="Hello")`."""

    def started(reviews: list[Review], **typed: object) -> Campaign:
        form = {"title": "Autumn round", "due_on": DUE, "review": [each.pk for each in reviews], **typed}
        answer = ines.post(f"/questionnaires/versions/{version.pk}/send/", form)
        assert answer.status_code == 302, answer.text
        return Campaign.objects.latest("pk")

    return started


@pytest.fixture
def campaign(start, approved, version, cast) -> Campaign:
    """Started for all twelve and sent to all."""

    @told_once
    def started_and_sent(_version: QuestionnaireVersion, _by: Cast) -> Campaign:
        found = start(approved)
        send(found.pk)
        return found

    return started_and_sent(version, cast)


@pytest.fixture
def letters() -> Callable[[], list[EmailMultiAlternatives]]:
    """What leaves when the mail that waits is sent; each call returns what is new."""

    def sent() -> list[EmailMultiAlternatives]:
        before = len(mail.outbox)
        delivery.deliver_due(clock.now())
        return mail.outbox[before:]

    return sent
