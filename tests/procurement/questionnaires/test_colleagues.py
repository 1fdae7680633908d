"""Single questions and due dates for colleagues: who answers what, by when, and what the colleague finds to do."""

import pytest
import time_machine

from procurement.questionnaires import services
from procurement.questionnaires.models import Assignment
from tests.factories.contacts import make_contact, signed_in, speaking
from tests.procurement.questionnaires.conftest import DUE, answer_to, days, page_of, typed
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused


@pytest.fixture
def dana(assessment):
    return speaking(make_contact(assessment.vendor, "Dana Holt"))


@pytest.fixture
def give(portal, assessment, dana):
    """Jonah gives a question to Dana."""

    def post(ref: str = "OP-2", contact=dana, **more):
        address = page_of(assessment, f"answers/{answer_to(assessment, ref).pk}/assign/")
        return portal.post(address, {"contact": contact.pk if contact else "", **more}, follow=True)

    return post


@pytest.mark.slow
def test_a_question_is_given_to_a_colleague_by_a_day(give, portal, assessment, dana, letters):
    letters()
    assert "Dana Holt answers OP-2." in give(due_on=days(5)).text
    (letter,) = letters()
    assert letter.to == ["Dana Holt <dana.holt@quillhaven.example>"]
    assert letter.subject.startswith("Jonah Pell asks you to answer: OP-2 ")
    body = " ".join(letter.body.split())
    assert "asks you to answer the question OP-2 of “Essential security questions” by 6 September 2026." in body
    assert "The whole is due on 15 September 2026." in body
    page = " ".join(portal.get(page_of(assessment)).text.split())
    assert "Given to Dana Holt. By 6 September 2026." in page
    told = entries_on("assessment", assessment.pk).first()
    assert (told.verb, told.sentence.endswith("OP-2 given to Dana Holt")) == ("questionnaire.question_assigned", True)


@pytest.mark.slow
def test_the_colleague_finds_it_on_their_list_and_sees_it_alone(give, assessment, dana):
    hers = signed_in(dana)
    assert "gave you" not in hers.get("/portal/").text
    give("OP-2", due_on=days(5))
    give("AC-1")
    home = " ".join(hers.get("/portal/").text.split())
    assert "Answer 2 questions that Jonah Pell gave you" in home
    assert "Due 6 September 2026." in home
    mine = hers.get(page_of(assessment) + "?mine=1").text
    assert 'id="q-op-2"' in mine
    assert 'id="q-ac-1"' in mine
    assert 'id="q-ac-2"' not in mine
    assert 'id="q-go-1"' not in mine
    hers.post(page_of(assessment), typed(answer_to(assessment, "OP-2"), "yes"))
    assert "Answer 1 question that Jonah Pell gave you" in " ".join(hers.get("/portal/").text.split())
    hers.post(page_of(assessment), typed(answer_to(assessment, "AC-1"), "yes"))
    assert "gave you" not in hers.get("/portal/").text


@pytest.mark.slow
def test_a_day_that_has_passed_is_marked_as_overdue(give, assessment, dana):
    give(due_on=days(5))
    with time_machine.travel(f"{days(7)}T10:00:00+02:00", tick=False):
        hers = signed_in(dana)
        assert "Was due on 6 September 2026" in hers.get("/portal/").text
        assert "Was due on 6 September 2026" in hers.get(page_of(assessment)).text


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [(days(-1), "The day has passed."), (days(15), "The whole is due on 15 September 2026."), ("soon", "Choose a day")],
)
def test_a_day_that_cannot_be_is_refused_for_a_question_and_a_section(give, portal, assessment, dana, due_on, sentence):
    page = give(due_on=due_on)
    section = answer_to(assessment, "OP-2").question.section
    of_section = portal.post(
        page_of(assessment, f"sections/{section.pk}/assign/"), {"contact": dana.pk, "due_on": due_on}
    )
    for answer in (page, of_section):
        assert answer.status_code == 422
        assert sentence in answer.text
    assert not Assignment.objects.exists()


def test_a_section_is_given_with_a_day_and_mailed_again_when_the_day_moves(portal, assessment, dana, letters):
    letters()
    section = answer_to(assessment, "OP-2").question.section
    address = page_of(assessment, f"sections/{section.pk}/assign/")
    for day in (days(5), days(5), DUE):
        portal.post(address, {"contact": dana.pk, "due_on": day})
    assert [("by 6 September" in each.body, "by 15 September" in each.body) for each in letters()] == [
        (True, False),
        (False, True),
    ]
    assert Assignment.objects.get().due_on == DUE
    assert f'value="{DUE}"' in portal.get(page_of(assessment, f"sections/{section.pk}/")).text


@pytest.mark.slow
def test_it_is_given_back_to_anybody(give, portal, assessment, dana):
    give()
    address = page_of(assessment, f"answers/{answer_to(assessment, 'OP-2').pk}/assign/")
    assert f'<option value="{dana.pk}" selected>' in portal.get(address).text
    assert "OP-2 is open to everybody now." in give(contact=None).text
    assert not Assignment.objects.exists()


def test_the_form_keeps_the_answers_that_were_typed_on_the_way_there(portal, assessment):
    answer = answer_to(assessment, "GO-1")
    form = {**typed(answer, "yes"), "go": f"give:{answer.pk}"}
    assert portal.post(page_of(assessment), form).url == page_of(assessment, f"answers/{answer.pk}/assign/")
    assert answer_to(assessment, "GO-1").value == "yes"


def test_strangers_neither_give_nor_are_given(give, assessment, stranger, jonah, submitted):
    assert give(contact=stranger).status_code == 409  # it is submitted
    said = {"answer": answer_to(assessment, "OP-2"), "now": clock.now(), "on": clock.today()}
    with pytest.raises(NotAllowed):
        services.assign_question(**said, contact=jonah, by=stranger.user)
    with pytest.raises(Refused):
        services.assign_question(**said, contact=jonah, by=jonah.user)
    assert not Assignment.objects.exists()


def test_a_section_of_another_questionnaire_is_not_given(asked, jonah, assessment):
    other = services.newest_published("core").sections.first()
    with pytest.raises(Refused, match="another questionnaire"):
        services.assign_section(
            assessment=assessment, section=other, contact=jonah, by=jonah.user, now=clock.now(), on=clock.today()
        )
