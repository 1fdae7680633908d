"""A part of a questionnaire given to a colleague with a day: who hears of it when, and what stops that."""

from datetime import date

import pytest
import time_machine

from procurement.demo.answers import Questioned
from procurement.demo.story import as_contact
from procurement.questionnaires import services
from procurement.questionnaires.models import Answer, Assessment
from procurement.renewals.models import ReminderDue
from tests.factories.contacts import make_contact, speaking
from tests.factories.renewals import live_through, morning, scan
from tests.factories.stories import FIRST_DAY, cast_of, collecting
from tests.signing_in import staff_client
from vendors.correspondence.models import OutgoingEmail, State
from vendors.people.actors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sampled]

DUE = date(2026, 12, 1)
HER_DAY = date(2026, 11, 20)


@pytest.fixture
def asked(db) -> Questioned:
    return Questioned(*collecting(cast_of()))


@pytest.fixture
def jonah(asked):
    return speaking(asked.review.vendor.contacts.get())


@pytest.fixture
def dana(asked, jonah):
    return speaking(make_contact(asked.review.vendor, "Dana Holt"))


@pytest.fixture
def assessment(asked, jonah) -> Assessment:
    return asked.send(jonah, DUE, FIRST_DAY)


@pytest.fixture
def give(assessment, jonah, dana):
    """Jonah gives Dana a question by her day."""

    def given(ref: str = "OP-2", to=dana, day: date = HER_DAY, on: date = FIRST_DAY) -> Answer:
        answer = answer_to(assessment, ref)
        said = {"due_on": day if to else None, "by": as_contact(jonah), "now": morning(on), "on": on}
        services.assign_question(answer=answer, contact=to, **said)
        return answer

    return given


def answer_to(assessment: Assessment, ref: str) -> Answer:
    return Answer.objects.select_related("question", "assessment").get(assessment=assessment, question__ref=ref)


def say_yes(assessment: Assessment, ref: str, by) -> None:
    answer = answer_to(assessment, ref)
    given = [services.Given(answer_id=answer.pk, revision=answer.revision, value="yes", comment="")]
    services.save_answers(assessment=assessment, given=given, by=as_contact(by), now=morning(FIRST_DAY))


def left_about_parts(first: date, last: date) -> list[tuple[str, str, str]]:
    """What left about what was given: the day, to whom, which reminder."""
    live_through(first, last)
    rows = ReminderDue.objects.filter(subject_type="colleague", state="sent").order_by("due_on")
    names = dict(OutgoingEmail.objects.values_list("pk", "to_name"))
    return [(row.due_on.isoformat(), names[row.email_id].split()[0], row.milestone) for row in rows]


def test_the_colleague_hears_before_and_after_the_day_and_then_the_contact_does(give, assessment):
    give("OP-2")
    give("AC-1")
    assert left_about_parts(date(2026, 11, 10), date(2026, 12, 20)) == [
        ("2026-11-17", "Dana", "before-3"),
        ("2026-11-20", "Dana", "before-0"),
        ("2026-11-27", "Dana", "week-1"),
        ("2026-12-04", "Jonah", "escalation"),
    ]
    mails = {row.milestone: OutgoingEmail.objects.get(pk=row.email_id) for row in ReminderDue.objects.filter(
        subject_type="colleague")}  # fmt: skip
    first = mails["before-3"]
    assert first.subject == ("The part of “Essential security questions” given to Dana Holt is due on 20 November 2026")
    words = " ".join(first.text.split())
    assert "OP-2 " in words
    assert "AC-1 " in words
    assert "because Jonah Pell gave it to you" in words
    assert f"/portal/questionnaires/{assessment.pk}/?mine=1" in first.text
    assert "?mine=1" not in mails["escalation"].text
    assert "Open the questionnaire:" in mails["escalation"].text


def test_nobody_is_reminded_twice_of_one_day_however_much_is_due_then_and_however_often_it_is_given(give, dana):
    give("OP-2")
    assert len(left_about_parts(date(2026, 11, 17), date(2026, 11, 17))) == 1
    give("AC-1", on=date(2026, 11, 17))
    give("OP-2", to=None, on=date(2026, 11, 17))
    give("OP-2", on=date(2026, 11, 17))
    for _again in range(3):
        scan(date(2026, 11, 18))
    assert len(left_about_parts(date(2026, 11, 18), date(2026, 11, 19))) == 1


def test_another_day_begins_anew(give):
    give()
    give(day=date(2026, 11, 25), on=date(2026, 11, 18))
    assert left_about_parts(date(2026, 11, 19), date(2026, 11, 25)) == [
        ("2026-11-22", "Dana", "before-3"),
        ("2026-11-25", "Dana", "before-0"),
    ]


def test_what_is_answered_reminds_nobody(give, assessment, dana):
    give()
    say_yes(assessment, "OP-2", dana)
    assert left_about_parts(date(2026, 11, 10), date(2026, 12, 20)) == []


def test_submitting_stops_it_and_calls_back_the_mail_that_waits(asked, give, assessment, jonah):
    give()
    scan(date(2026, 11, 17))
    (row,) = ReminderDue.objects.filter(subject_type="colleague")
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    assert OutgoingEmail.objects.get(pk=row.email_id).state == State.CANCELLED
    assert left_about_parts(date(2026, 11, 18), date(2026, 12, 20)) == [("2026-11-17", "Dana", "before-3")]


def test_what_is_sent_back_later_follows_the_day_of_the_whole(asked, give, assessment, jonah):
    give()
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    assessment.refresh_from_db()
    asked.ask_again(assessment, "OP-2", DUE, FIRST_DAY)
    assert left_about_parts(date(2026, 11, 10), date(2026, 12, 20)) == []


def test_without_a_day_only_the_whole_is_reminded_of(give):
    give(day=None)
    assert left_about_parts(date(2026, 11, 10), date(2026, 12, 20)) == []


def test_it_stands_in_the_list_of_what_is_coming_and_in_the_plan(asked, give):
    give()
    with time_machine.travel("2026-11-12T10:00:00+01:00", tick=False):
        browser = staff_client(asked.story.cast.reviewer)
        page = browser.get("/renewals/?kind=colleague").text
        assert "3 days before: a part of the questionnaire is due (20 Nov 2026)." in page
        assert "Dana Holt" in page
        assert "Part of a questionnaire given to a colleague" in browser.get("/renewals/plan/").text


def test_a_day_after_the_whole_is_still_refused(give):
    with pytest.raises(Refused, match="The whole is due on"):
        give(day=date(2026, 12, 2))
