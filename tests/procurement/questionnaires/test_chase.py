"""Asking the vendor once more, and giving it another day, on the page of one questionnaire."""

import pytest
import time_machine

from procurement.questionnaires import services as questionnaires
from procurement.renewals.models import ReminderDue
from procurement.renewals.services import send_due
from procurement.reviews import services as reviews
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days, page_of, typed
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed


@pytest.fixture
def tomorrow(assessment):
    """The first mail went out the day before."""
    with time_machine.travel(f"{days(1).isoformat()}T10:00:00+02:00", tick=False):
        yield assessment


def chased(number: int = 1) -> bool:
    return OutgoingEmail.objects.filter(kind__endswith="questionnaire_chased").count() == number


@pytest.mark.slow
def test_the_contact_gets_one_mail_that_says_how_far_the_answers_are(tomorrow, ines, portal, of_review, letters):
    portal.post(page_of(tomorrow), typed(answer_to(tomorrow, "GO-1"), "yes"))
    letters()
    page = ines.post(of_review(tomorrow, "chase/"), follow=True)
    assert "Jonah Pell gets a mail." in page.text
    (letter,) = letters()
    assert letter.subject == "We still wait for your answers: Essential security questions"
    for body in (letter.body, letter.alternatives[0].content):
        assert "1 of 25" in body
        assert page_of(tomorrow) in body
        assert "They were due" not in body
    assert letter.reply_to == ["Ines Varga <ines.varga@northmoor.example>"]
    entry = entries_on("assessment", tomorrow.pk).first()
    assert entry.sentence == ("Essential security questions, version 1: Jonah Pell asked once more, 1 of 25 answered")


def test_a_late_one_is_told_since_when(assessment, of_review, letters):
    letters()
    with time_machine.travel(f"{days(20).isoformat()}T10:00:00+02:00", tick=False):
        staff_client(assessment.sent_by).post(of_review(assessment, "chase/"))
        (letter,) = letters()
    assert "They were due on 15 September 2026." in letter.body


def test_nobody_is_chased_twice_on_one_day(tomorrow, ines, of_review):
    assert ines.post(of_review(tomorrow, "chase/")).status_code == 302
    again = ines.post(of_review(tomorrow, "chase/"))
    assert again.status_code == 409
    assert "Jonah Pell got a mail about it today already." in again.text
    assert chased()


def test_the_day_it_is_sent_nobody_is_chased(ines, assessment, of_review):
    assert ines.post(of_review(assessment, "chase/")).status_code == 409
    assert chased(0)


def test_with_nobody_to_get_the_mail_it_says_so(tomorrow, ines, jonah, of_review):
    jonah.deactivated_at = clock.now()
    jonah.save()
    assert "Nobody at Quillhaven would get the mail." in ines.post(of_review(tomorrow, "chase/")).text


def test_what_was_sent_back_is_counted_by_itself(submitted, cast, of_review, letters):
    for ref in ("OP-2", "GO-1"):
        questionnaires.send_back_answer(
            answer=answer_to(submitted, ref), note="Since when?", by=cast.reviewer, now=clock.now()
        )
    questionnaires.return_to_vendor(assessment=submitted, due_on=DUE, by=cast.reviewer, now=clock.now(), on=FIRST_DAY)
    letters()
    with time_machine.travel(f"{days(1).isoformat()}T10:00:00+02:00", tick=False):
        staff_client(cast.reviewer).post(of_review(submitted, "chase/"))
        (letter,) = letters()
    assert "0 of 2" in letter.body


def test_another_day_is_told_and_calls_back_what_waits(tomorrow, ines, of_review):
    page = ines.post(of_review(tomorrow, "due/"), {"due_on": days(30)}, follow=True)
    assert "Sent, due 1 Oct 2026" in page.text
    tomorrow.refresh_from_db()
    assert tomorrow.due_on == days(30)
    waiting = OutgoingEmail.objects.waiting().filter(about=f"assessment:{tomorrow.pk}")
    assert [mail.subject for mail in waiting] == ["Moved to 1 October 2026: Essential security questions"]
    assert entries_on("assessment", tomorrow.pk).first().verb == "questionnaire.due_date_changed"


@pytest.mark.slow
def test_reminders_begin_anew_from_the_new_day(tomorrow, ines, of_review):
    def reminded_on(day: int) -> list[str]:
        before = set(ReminderDue.objects.values_list("pk", flat=True))
        with time_machine.travel(f"{days(day).isoformat()}T10:00:00+02:00", tick=False):
            send_due(on=days(day), now=clock.now())
        new = ReminderDue.objects.filter(subject_type="questionnaire").exclude(pk__in=before)
        return [reminder.anchor.isoformat() for reminder in new]

    ines.post(of_review(tomorrow, "due/"), {"due_on": days(30)})
    assert reminded_on(14) == []
    assert days(30).isoformat() in [anchor for day in range(20, 31) for anchor in reminded_on(day)]
    reviews.cancel_questionnaire(
        review=tomorrow.engagement.reviews.get(),
        assessment=tomorrow,
        reason="Not needed.",
        by=tomorrow.sent_by,
        now=clock.now(),
    )
    assert [anchor for day in range(31, 60) for anchor in reminded_on(day)] == []


@pytest.mark.parametrize(
    ("day", "sentence"), [(DUE, "It is due on that day already."), (days(-1), "The due date has passed."), ("", "day")]
)
def test_a_day_that_cannot_be_is_told_beside_its_field(ines, assessment, of_review, day, sentence):
    page = ines.post(of_review(assessment, "due/"), {"due_on": day})
    assert sentence in page.text
    assessment.refresh_from_db()
    assert assessment.due_on == DUE


@pytest.mark.slow
def test_what_is_handed_over_is_neither_chased_nor_moved(ines, submitted, of_review):
    for act in ("chase/", "due/"):
        answer = ines.post(of_review(submitted, act), {"due_on": days(40)})
        assert "It does not wait for the vendor: submitted." in answer.text
    page = ines.get(of_review(submitted)).text
    assert "Ask once more" not in page


@pytest.mark.parametrize(("person", "code"), [("requester", 404), ("auditor", 403), ("second_reviewer", 403)])
@pytest.mark.parametrize("act", ["chase/", "due/"])
def test_nobody_but_the_assigned_reviewer_does_either(cast, tomorrow, of_review, person, code, act):
    answer = staff_client(getattr(cast, person)).post(of_review(tomorrow, act), {"due_on": days(30)})
    assert answer.status_code == code
    tomorrow.refresh_from_db()
    assert tomorrow.due_on == DUE
    assert chased(0)


def test_the_acts_ask_for_a_reviewer_themselves(cast, tomorrow):
    with pytest.raises(NotAllowed, match="Only a reviewer asks the vendor once more"):
        questionnaires.chase(assessment=tomorrow, by=cast.auditor, now=clock.now())
