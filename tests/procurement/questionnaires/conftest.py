"""The stage of questionnaires: Ines Varga collects for Quillhaven, Jonah Pell has accepted the NDA."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from procurement.demo.answers import Questioned
from procurement.demo.cast import Cast
from procurement.questionnaires.models import Answer, Assessment, QuestionnaireVersion
from tests.factories.contacts import signed_in, speaking
from tests.factories.stories import FIRST_DAY, cast_of, collecting
from tests.factories.told import told_once
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.contacts.models import Contact
from vendors.correspondence import delivery

DUE = plus_days(FIRST_DAY, 14)


@pytest.fixture(autouse=True)
def _the_story_day():
    with time_machine.travel(f"{FIRST_DAY.isoformat()}T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def cast(requester, reviewer, approver, auditor, administrator) -> Cast:
    return cast_of(
        requester=requester, reviewer=reviewer, approver=approver, auditor=auditor, administrator=administrator
    )


@pytest.fixture
def asked(cast) -> Questioned:
    """The review of the story; its vendor is asked nothing yet."""
    return Questioned(*collecting(cast))


@pytest.fixture
def jonah(asked) -> Contact:
    return speaking(asked.review.vendor.contacts.get())


@pytest.fixture
def portal(jonah) -> Client:
    """Jonah Pell's browser."""
    return signed_in(jonah)


@pytest.fixture
def ines(cast) -> Client:
    """The assigned reviewer's browser."""
    return staff_client(cast.reviewer)


@pytest.fixture
def assessment(asked, jonah) -> Assessment:
    """Sent, due in two weeks, nothing answered."""
    return told_once(Questioned.send)(asked, jonah, DUE, FIRST_DAY)


@pytest.fixture
def submitted(asked, jonah, assessment) -> Assessment:
    """Answered and submitted: OP-2 with No, the rest Yes or close to it."""
    return told_once(_answered_and_submitted)(asked, assessment, jonah)


@pytest.fixture
def letters() -> Callable[[], list[EmailMultiAlternatives]]:
    """What leaves when the mail that waits is sent; each call returns what is new."""

    def sent() -> list[EmailMultiAlternatives]:
        before = len(mail.outbox)
        delivery.deliver_due(clock.now())
        return mail.outbox[before:]

    return sent


@pytest.fixture
def of_review(asked) -> Callable[..., str]:
    """Addresses of the reviewer's pages: `of_review(assessment, "cancel/")`."""

    def address(assessment: Assessment, rest: str = "") -> str:
        return f"/reviews/{asked.review.pk}/questionnaires/{assessment.pk}/{rest}"

    return address


def _answered_and_submitted(asked: Questioned, assessment: Assessment, by: Contact) -> Assessment:
    asked.answer(assessment, by, FIRST_DAY)
    return asked.submit(assessment, by, FIRST_DAY)


def essential() -> QuestionnaireVersion:
    """The shortest questionnaire that ships: 25 questions of one kind."""
    return QuestionnaireVersion.objects.published().filter(questionnaire__key="essential").latest("number")


def answer_to(assessment: Assessment, ref: str) -> Answer:
    """The answer to this question as it is kept now."""
    return Answer.objects.select_related("question", "assessment__vendor").get(assessment=assessment, question__ref=ref)


def typed(answer: Answer, value: str, comment: str = "", revision: int | None = None) -> dict[str, str]:
    """What a form sends for one answer; the revision is the kept one where none is given."""
    name = f"a{answer.pk}"
    seen = answer.revision if revision is None else revision
    return {f"{name}-value": value, f"{name}-comment": comment, f"{name}-revision": str(seen)}


def page_of(assessment: Assessment, rest: str = "") -> str:
    """The vendor's page of it."""
    return f"/portal/questionnaires/{assessment.pk}/{rest}"


def days(count: int) -> date:
    return plus_days(FIRST_DAY, count)
