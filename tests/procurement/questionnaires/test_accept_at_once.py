"""Accepting in one act every answer that nobody flagged; what is left is named with the reason."""

import pytest

from procurement.demo.story import as_contact
from procurement.questionnaires import services
from procurement.questionnaires.models import Answer, Assessment
from procurement.reviews import services as reviews
from tests.factories.questionnaires import content, published, question
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days
from tests.procurement.questionnaires.test_flag import flag_of, typed
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused

ALL = "accept-unflagged/"
UNMET = {"GO-4", "DA-6", "OP-2"}  # Partly, not applicable, No
RISKY = [{"value": "no", "severity": "high", "flag": "No second factor"}]


def in_state(assessment: Assessment, verdict: str) -> set[str]:
    return set(assessment.answers.filter(verdict=verdict).values_list("question__ref", flat=True))


def left_by(page: str, reason: str) -> str:
    """The references that the page names for one reason."""
    part = page.partition('id="at-once-title"')[2].partition("</section>")[0]
    return part.partition(f"<li>{reason.capitalize()}: ")[2].partition("</li>")[0]


@pytest.fixture
def made(asked, jonah):
    """Send questions of a test, have them answered with Yes but for what `said` names, and submit."""

    def send(*questions, said=None, on=FIRST_DAY, **sent) -> Assessment:
        version = published(content(*questions))
        (assessment,) = reviews.send_questionnaires(
            review=asked.review, versions=[version], due_on=DUE, contact=jonah, by=asked.story.cast.reviewer,
            now=asked.story.at(on), on=on, **sent,
        )  # fmt: skip
        answers = {each.question.ref: each for each in Answer.objects.filter(assessment=assessment)}
        asked._save(
            assessment,
            {answers[ref]: (said or {}).get(ref, ("yes", "")) for ref in answers if (said or {}).get(ref) != ""},
            jonah,
            on,
        )
        return asked.submit(assessment, jonah, on)

    return send


@pytest.mark.slow
def test_what_nobody_flagged_is_accepted_in_one_act(ines, submitted, of_review):
    assert "Accept 22 answers" in ines.get(of_review(submitted)).text
    page = ines.post(of_review(submitted, ALL), follow=True)
    assert "22 answers accepted." in page.text
    submitted.refresh_from_db()
    assert (submitted.state, len(in_state(submitted, "accepted"))) == ("in_review", 22)
    kept = answer_to(submitted, "OP-1")
    assert (kept.judged_by, kept.judged_at) == ("Ines Varga", clock.now())
    entry, before = entries_on("assessment", submitted.pk)[:2]
    assert entry.sentence == "Essential security questions, version 1: 22 answers that nobody flagged accepted at once"
    assert entry.details["revisions"]["OP-1"] == 1
    assert before.verb == "questionnaire.submitted"
    assert in_state(submitted, "open") == UNMET
    assert ines.post(of_review(submitted, "complete/")).status_code == 409


def test_a_no_a_partly_and_what_is_said_not_to_apply_are_read(ines, submitted, of_review):
    left = left_by(ines.get(of_review(submitted)).text, "not plainly met")
    assert {ref for ref in UNMET if f">{ref}</a>" in left} == UNMET
    assert left.count("</a>") == 3


def test_words_that_nobody_has_rated_are_read(ines, made, of_review):
    assessment = made(question("A-1", "long_text"), question("A-2"), said={"A-1": ("Each night, to two places.", "")})
    assert ">A-1</a>" in left_by(ines.get(of_review(assessment)).text, "not plainly met")
    ines.post(of_review(assessment, ALL))
    assert in_state(assessment, "accepted") == {"A-2"}


@pytest.mark.slow
def test_what_is_flagged_asked_or_written_about_is_left_with_the_reason(cast, asked, ines, submitted, of_review):
    ines.post(flag_of(asked, answer_to(submitted, "OP-2")), typed(cast.requester))
    ines.post(of_review(submitted, f"answers/{answer_to(submitted, 'GO-1').pk}/send-back/"), {"note": "Who?"})
    about = answer_to(submitted, "GO-2")
    ines.post(of_review(submitted, f"answers/{about.pk}/comment/"), {"text": "Ask legal.", "to": "internal"})
    page = ines.get(of_review(submitted)).text
    assert "4 answers are left to be judged one by one:" in page
    assert ">OP-2</a>" in left_by(page, "flagged")
    assert ">GO-2</a>" in left_by(page, "asked or written about")
    led = ines.post(of_review(submitted, ALL))
    assert led.url == of_review(submitted, "#q-go-2")
    assert in_state(submitted, "open") == UNMET | {"GO-2"}
    assert in_state(submitted, "sent_back") == {"GO-1"}
    assert "There are none. Judge what is left one by one." in ines.get(of_review(submitted)).text
    assert ines.post(of_review(submitted, ALL)).status_code == 409


@pytest.mark.slow
def test_what_was_answered_anew_after_it_was_sent_back_is_read(asked, jonah, ines, submitted, of_review):
    asked.ask_again(submitted, "OP-2", days(7), FIRST_DAY)
    submitted.refresh_from_db()
    asked.answer_again(submitted, jonah, days(2))
    assert ">OP-2</a>" in left_by(ines.get(of_review(submitted)).text, "asked or written about")
    assert ines.post(of_review(submitted, ALL)).status_code == 409


def test_a_choice_that_raises_a_flag_and_what_is_not_negotiable_are_left(ines, made, of_review):
    assessment = made(
        question("A-1", options=RISKY),
        question("A-2", is_knock_out=True),
        question("A-3", is_knock_out=True),
        question("A-4"),
        question("A-5", required=False),
        said={"A-1": ("no", "Not yet."), "A-2": ("partial", "Mostly."), "A-4": ("no", "We do not."), "A-5": ""},
    )
    page = ines.get(of_review(assessment)).text
    assert ">A-1</a>" in left_by(page, "flagged")
    assert left_by(page, "not negotiable and not plainly met").count("</a>") == 1
    ines.post(of_review(assessment, ALL))
    assert in_state(assessment, "accepted") == {"A-3"}
    assert in_state(assessment, "open") == {"A-1", "A-2", "A-4", "A-5"}


@pytest.mark.slow
def test_what_is_changed_since_last_year_is_left(asked, jonah, ines, submitted, of_review):
    asked.complete(submitted, FIRST_DAY)
    again = asked.send(jonah, DUE, days(1))
    asked.answer(again, jonah, days(1))
    changed = answer_to(again, "GO-1")
    given = services.Given(answer_id=changed.pk, revision=1, value="partial", comment="One team is new.")
    services.save_answers(assessment=again, given=[given], by=as_contact(jonah), now=clock.now())
    asked.submit(again, jonah, days(1))
    assert ">GO-1</a>" in left_by(ines.get(of_review(again)).text, "changed since last time")
    ines.post(of_review(again, ALL))
    assert in_state(again, "open") == UNMET | {"GO-1"}


@pytest.mark.slow
def test_critical_ones_still_wait_for_the_second_reviewer(ines, made, of_review):
    assessment = made(question("A-1", weight=20), question("A-2"), wants_second_reviewer=True)
    ines.post(of_review(assessment, ALL))
    assert in_state(assessment, "accepted") == {"A-1", "A-2"}
    assert "One critical answer waits for a second reviewer." in ines.get(of_review(assessment)).text
    assert ines.post(of_review(assessment, "complete/")).status_code == 409


@pytest.mark.parametrize(
    ("person", "code"), [("requester", 404), ("approver", 404), ("auditor", 403), ("second_reviewer", 403)]
)
def test_nobody_but_the_assigned_reviewer_accepts(cast, submitted, of_review, person, code):
    browser = staff_client(getattr(cast, person))
    assert browser.post(of_review(submitted, ALL)).status_code == code
    assert in_state(submitted, "accepted") == set()
    if code == 403:
        assert "Answers that nobody flagged" not in browser.get(of_review(submitted)).text


def test_nothing_is_accepted_while_the_vendor_is_answering(ines, assessment, of_review):
    assert "Answers that nobody flagged" not in ines.get(of_review(assessment)).text
    assert ines.post(of_review(assessment, ALL)).status_code == 409


def test_the_act_asks_for_a_reviewer_itself(cast, submitted):
    answers = list(submitted.answers.all())
    with pytest.raises(NotAllowed, match="Only a reviewer judges"):
        services.accept_answers(assessment=submitted, answers=answers, by=cast.auditor, now=clock.now())
    with pytest.raises(Refused, match="No answer can be accepted without reading it"):
        services.accept_answers(assessment=submitted, answers=[], by=cast.reviewer, now=clock.now())
