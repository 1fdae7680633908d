"""The stage of exports: that of questionnaires, and one of every kind that was answered, judged and rated."""

from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.db import transaction

from procurement.demo.answers import Questioned
from procurement.exports.gathering import our_record, vendors_record
from procurement.exports.record import AssessmentRecord
from procurement.questionnaires import services
from procurement.questionnaires.models import Assessment
from procurement.reviews import services as reviews
from procurement.reviews.services import FindingDraft
from tests.factories.contacts import speaking
from tests.factories.questionnaires import every_kind, published
from tests.factories.stories import FIRST_DAY, cast_of, collecting
from tests.factories.vault import upload
from tests.procurement.questionnaires.conftest import (
    DUE,
    _the_story_day,
    answer_to,
    asked,
    assessment,
    cast,
    days,
    ines,
    jonah,
    of_review,
    portal,
    submitted,
)
from vendors.calendar import clock
from vendors.contacts.models import Contact

__all__ = ["_the_story_day", "asked", "assessment", "cast", "ines", "jonah", "of_review", "portal", "submitted"]

OWNER = {"key": "owner", "title": "Who owns it", "kind": "single", "options": ["We", "You", "Both"]}
NOTES = {"key": "notes", "title": "Description", "kind": "long_text"}
# What is said in the further fields of LINE.
BESIDE = {"owner": "Both", "notes": "=1+1\nin two lines"}
HOSTILE = '=HYPERLINK("https://evil.example","Our policy")'
# An answer of every kind: its value, and what was said beside it.
SAID: dict[str, tuple[Any, str]] = {
    "YN": ("yes", ""),
    "YPN": ("partial", HOSTILE),
    "ONE": ("own", "In Cork."),
    "MANY": (["app", "key"], ""),
    "LINE": ("One line, äöü 漢", ""),
    "TEXT": ("Two\nlines", ""),
    "DAYS": (31.5, ""),
    "WHY": ("Libraries take longer.", ""),
    "DATE": ("2026-06-30", ""),
    "TEST": ({"from": "2026-01-01", "to": "2026-03-31"}, ""),
    "FIRMS": ([{"name": "Acme", "country": "Ireland"}, {"name": "-1+1", "country": ""}], ""),
    "PLACES": (["DE", "US"], ""),
    "USA": ("no", "Not yet."),
    "WHO": ({"name": "Jo Pell", "email": "jo@quillhaven.example", "role": "", "phone": ""}, ""),
}


@dataclass(frozen=True)
class Told:
    """Both copies of one questionnaire."""

    ours: AssessmentRecord
    theirs: AssessmentRecord


@pytest.fixture(scope="session")
def told(django_db_setup: None, django_db_blocker: Any) -> Told:
    """Made once, and taken back: a record is plain data, and needs no database any more."""
    ten = time_machine.travel(f"{FIRST_DAY.isoformat()}T10:00:00+02:00", tick=False)
    with django_db_blocker.unblock(), ten, transaction.atomic():
        asked = Questioned(*collecting(cast_of()))
        jonah = speaking(asked.review.vendor.contacts.get())
        sent = answered(asked, jonah)
        ours = our_record(sent, asked.review, by=asked.story.cast.reviewer, now=clock.now())
        theirs = vendors_record(sent, by=jonah.user, now=clock.now())
        transaction.set_rollback(True)
    return Told(ours, theirs)


@pytest.fixture
def record(told: Told) -> AssessmentRecord:
    """Our copy."""
    return told.ours


@pytest.fixture
def theirs(told: Told) -> AssessmentRecord:
    """The vendor's copy."""
    return told.theirs


@pytest.fixture
def sent(asked: Questioned, jonah: Contact) -> Assessment:
    """One question of each kind, with the vendor."""
    return asked.send(jonah, DUE, FIRST_DAY, version=published(every_kind()))


def say(assessment: Assessment, said: dict[str, tuple[Any, str]], jonah: Contact) -> None:
    """Jonah Pell gives these answers, in the order of the questions."""
    for ref, (value, comment) in said.items():
        answer = answer_to(assessment, ref)
        beside = BESIDE if answer.question.companions else None
        given = services.Given(
            answer_id=answer.pk, revision=answer.revision, value=value, comment=comment, companions=beside
        )
        services.save_answers(assessment=answer.assessment, given=[given], by=jonah.user, now=clock.now())


def with_further_fields() -> dict[str, Any]:
    """A question of every kind, and beside LINE two further fields."""
    content = every_kind()
    asked = [question for section in content["sections"] for question in section["questions"]]
    next(each for each in asked if each["ref"] == "LINE")["companions"] = [OWNER, NOTES]
    return content


def answered(asked: Questioned, jonah: Contact) -> Assessment:
    """Everything is answered, with a file, and submitted; one answer is accepted, one rated and flagged."""
    sent = asked.send(jonah, DUE, FIRST_DAY, version=published(with_further_fields()))
    say(sent, SAID, jonah)
    services.attach_file(
        answer=answer_to(sent, "PROOF"),
        upload=upload(name="letter.pdf"),
        kind="penetration_test",
        as_of=days(-30),
        by=jonah.user,
        now=clock.now(),
        on=FIRST_DAY,
    )
    asked.submit(sent, jonah, FIRST_DAY)
    judged: dict[str, Any] = {"review": asked.review, "by": asked.story.cast.reviewer, "now": clock.now()}
    reviews.accept_answer(answer=answer_to(sent, "YN"), **judged)
    reviews.rate_answer(answer=answer_to(sent, "USA"), score=40, reason="@Soon enough.", **judged)
    draft = FindingDraft(
        title="Data leaves the Union",
        description="Copies lie in the United States.",
        severity="high",
        owner=asked.story.cast.reviewer,
        due_on=DUE,
        answer=answer_to(sent, "USA"),
    )
    reviews.raise_finding(draft=draft, on=FIRST_DAY, **judged)
    return Assessment.objects.select_related("vendor", "engagement", "sent_by", "contact__user").get(pk=sent.pk)


def about(record: AssessmentRecord, ref: str) -> Any:
    """What the record says to this question."""
    return next(each for each in record.answers if each.ref == ref)
