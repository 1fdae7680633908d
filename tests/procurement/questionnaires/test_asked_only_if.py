"""Conditions in the portal without a script, in submitting, in judging and in the memo's counts."""

import pytest

from procurement.questionnaires import services
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.queries import answers_of, progress_of
from procurement.reviews import services as reviews
from tests.factories.questionnaires import content, published, question, with_sections
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days, page_of, typed
from vendors.calendar import clock

SIGNED = {"signer_name": "Jonah Pell", "signer_title": "Security lead", "states": "on"}
IF_AI = {"q": "ai", "op": "is", "v": "yes"}


@pytest.fixture
def assessment(asked, jonah) -> Assessment:
    """AI is a gate for MODEL and, through it, for PROVIDER; TIER is asked of the first tier alone."""
    version = published(
        content(
            question("AI", "yes_no", options=[{"value": "no", "needs_words": False}]),
            question("MODEL", "short_text", visible_if=IF_AI),
            question("PROVIDER", "short_text", visible_if={"q": "model", "op": "answered"}, required=False),
            question("TIER", "short_text", visible_if={"fact": "vendor.tier", "op": "gt", "v": 4}),
            question("LAST", "yes_no"),
        )
    )
    return asked.send(jonah, DUE, FIRST_DAY, version=version)


def say(portal, assessment, **values: str) -> None:
    form = {}
    for ref, value in values.items():
        form |= typed(answer_to(assessment, ref), value)
    assert portal.post(page_of(assessment), form).status_code == 302


def hidden_on(page: str) -> set[str]:
    """References of the questions that the page holds back, read from its rows."""
    rows = page.split('<li class="qa')[1:]
    return {row.partition('id="q-')[2].partition('"')[0] for row in rows if " hidden>" in row.partition("<span")[0]}


@pytest.mark.slow
def test_what_is_asked_is_counted_and_the_rest_waits(portal, assessment):
    page = portal.get(page_of(assessment)).text
    assert hidden_on(page) == {"model", "provider", "tier"}
    assert "0 of 2 answered" in page
    assert "vendor.tier" not in page
    say(portal, assessment, AI="yes")
    page = portal.get(page_of(assessment)).text
    assert hidden_on(page) == {"provider", "tier"}
    assert "1 of 3 answered" in page


@pytest.mark.slow
def test_what_was_said_is_parked_and_comes_back(portal, assessment):
    say(portal, assessment, AI="yes", MODEL="Ours")
    assert progress_of(answers_of(assessment)).total == 4
    say(portal, assessment, AI="no")
    kept = answer_to(assessment, "MODEL")
    assert (kept.value, kept.is_visible) == ("Ours", False)
    assert not answer_to(assessment, "PROVIDER").is_visible
    say(portal, assessment, AI="yes")
    assert answer_to(assessment, "MODEL").is_visible
    assert progress_of(answers_of(assessment)).answered == 2


@pytest.mark.slow
def test_a_hidden_question_keeps_nobody_from_submitting_nor_does_an_optional_one(portal, assessment):
    say(portal, assessment, AI="yes", LAST="yes")
    page = portal.get(page_of(assessment, "submit/")).text
    assert "One question is still open" in page
    assert "MODEL" in page
    say(portal, assessment, MODEL="Ours")
    portal.post(page_of(assessment, "submit/"), SIGNED)
    assessment.refresh_from_db()
    assert assessment.state == "submitted"


@pytest.mark.slow
def test_the_reviewer_sees_why_a_question_was_not_asked_and_judges_the_others(
    portal, ines, asked, cast, assessment, of_review
):
    say(portal, assessment, AI="no", LAST="yes")
    portal.post(page_of(assessment, "submit/"), SIGNED)
    page = ines.get(of_review(assessment)).text
    assert "Asked only if AI is “Yes”." in page
    assert "Asked only if the tier is more than 4." in page
    assert ines.post(of_review(assessment, f"answers/{answer_to(assessment, 'MODEL').pk}/accept/")).status_code == 409
    for ref in ("AI", "LAST"):
        answer = answer_to(assessment, ref)
        reviews.accept_answer(review=asked.review, answer=answer, by=cast.reviewer, now=clock.now())
    ines.post(of_review(assessment, "complete/"))
    assessment.refresh_from_db()
    assert assessment.state == "complete"


@pytest.mark.slow
def test_changing_a_gate_that_was_sent_back_opens_what_it_brings_to_light_and_no_more(portal, asked, cast, assessment):
    say(portal, assessment, AI="no", LAST="yes")
    portal.post(page_of(assessment, "submit/"), SIGNED)
    by = cast.reviewer
    gate = answer_to(assessment, "AI")
    reviews.send_back_answer(review=asked.review, answer=gate, note="No model at all?", by=by, now=clock.now())
    reviews.return_questionnaire(
        review=asked.review, assessment=assessment, due_on=days(7), by=by, now=clock.now(), on=FIRST_DAY
    )
    say(portal, assessment, AI="yes")
    assert [answer.question.ref for answer in answers_of(assessment) if answer.is_with_vendor] == ["AI", "MODEL"]
    assert "MODEL" in portal.get(page_of(assessment, "submit/")).text
    say(portal, assessment, MODEL="Ours")
    portal.post(page_of(assessment, "submit/"), SIGNED)
    assessment.refresh_from_db()
    assert assessment.state == "in_review"


def test_a_rule_of_a_section_holds_for_its_parts(asked, jonah, portal):
    inner = {"title": "Inside", "questions": [question("IN", "yes_no")]}
    version = published(
        with_sections(
            {"title": "First", "questions": [question("AI", "yes_no")]},
            {"title": "Around", "visible_if": IF_AI, "questions": [question("A", "yes_no")], "sections": [inner]},
        )
    )
    sent = asked.send(jonah, DUE, FIRST_DAY, version=version)
    assert hidden_on(portal.get(page_of(sent)).text) == {"a", "in"}
    say(portal, sent, AI="yes")
    assert hidden_on(portal.get(page_of(sent)).text) == set()


def test_facts_are_those_of_the_day_it_was_sent(asked, jonah, cast):
    version = published(content(question("TIER", visible_if={"fact": "vendor.tier", "op": "lt", "v": 5})))
    sent = asked.send(jonah, DUE, FIRST_DAY, version=version)
    engagement = asked.review.engagement
    assert sent.facts == {
        "vendor.tier": engagement.tier,
        "data_classes": engagement.data_classes,
        "report.criteria": [],
    }
    services.cancel(assessment=sent, reason="Again.", by=cast.reviewer, now=clock.now())
    assert answer_to(sent, "TIER").is_visible
