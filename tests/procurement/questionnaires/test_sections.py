"""Sections: given to a colleague, handed over before the rest, taken back."""

import re

import pytest

from procurement.questionnaires import services
from tests.factories.contacts import make_contact, signed_in, speaking
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, days, page_of, typed
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused


@pytest.fixture
def first(assessment):
    """ "Who answers for security", four questions."""
    return assessment.version.sections.get(position=1)


@pytest.fixture
def dana(assessment):
    return speaking(make_contact(assessment.vendor, "Dana Holt"))


def of_section(assessment, section, act: str = "") -> str:
    return page_of(assessment, f"sections/{section.pk}/{act}")


def answer_all(portal, assessment, section) -> None:
    form = {}
    for answer in assessment.answers.filter(question__section=section):
        form |= typed(answer, "yes")
    portal.post(page_of(assessment), form)


@pytest.mark.slow
def test_a_section_is_given_to_a_colleague_who_gets_a_mail_and_sees_it_alone(portal, assessment, first, dana, letters):
    letters()
    page = portal.post(of_section(assessment, first, "assign/"), {"contact": dana.pk}, follow=True)
    assert "Dana Holt answers “Who answers for security”." in page.text
    (letter,) = letters()
    assert letter.to == ["Dana Holt <dana.holt@quillhaven.example>"]
    assert letter.subject == "Jonah Pell asks you to answer: Who answers for security"
    assert f"/portal/questionnaires/{assessment.pk}/?mine=1" in letter.body
    mine = signed_in(dana).get(page_of(assessment) + "?mine=1").text
    assert "GO-1" in mine
    assert "OP-2" not in mine
    assert "OP-2" in signed_in(dana).get(page_of(assessment)).text
    assert "Nothing is given to you alone." in portal.get(page_of(assessment) + "?mine=1").text


def test_it_is_given_to_somebody_else_or_to_nobody_and_the_ledger_says_so(portal, assessment, first, dana, letters):
    portal.post(of_section(assessment, first, "assign/"), {"contact": dana.pk})
    portal.post(of_section(assessment, first, "assign/"), {"contact": dana.pk})
    portal.post(of_section(assessment, first, "assign/"), {"contact": ""})
    assert not assessment.assignments.exists()
    verbs = [entry.verb for entry in entries_on("assessment", assessment.pk)]
    assert verbs.count("questionnaire.section_assigned") == 2


def test_the_form_keeps_the_answers_that_were_typed_on_the_way_there(portal, assessment, first):
    form = {**typed(answer_to(assessment, "GO-1"), "yes"), "go": f"section:{first.pk}"}
    assert portal.post(page_of(assessment), form).url == of_section(assessment, first)
    assert answer_to(assessment, "GO-1").value == "yes"


def test_a_strangers_contact_cannot_be_chosen(portal, assessment, first, stranger, jonah):
    page = portal.post(of_section(assessment, first, "assign/"), {"contact": stranger.pk})
    assert (page.status_code, assessment.assignments.count()) == (422, 0)
    with pytest.raises(Refused, match="Choose one of your colleagues"):
        services.assign_section(
            assessment=assessment, section=first, contact=stranger, by=jonah.user, now=clock.now(), on=clock.today()
        )
    with pytest.raises(NotAllowed):
        services.assign_section(
            assessment=assessment,
            section=first,
            contact=stranger,
            by=stranger.user,
            now=clock.now(),
            on=clock.today(),
        )


@pytest.mark.slow
def test_a_whole_section_is_handed_over_read_early_and_cannot_be_changed(
    portal, ines, assessment, first, letters, of_review
):
    answer_all(portal, assessment, first)
    letters()
    portal.post(of_section(assessment, first, "submit/"))
    (letter,) = letters()
    assert letter.subject == "Quillhaven has handed over a section: Who answers for security"
    page = ines.get(of_review(assessment)).text
    assert "Handed over early" in page
    assert "Accept<" not in page
    form = typed(answer_to(assessment, "GO-1"), "no", "Changed my mind.")
    assert portal.post(page_of(assessment, f"answers/{answer_to(assessment, 'GO-1').pk}/"), form).status_code == 409
    assert answer_to(assessment, "GO-1").value == "yes"
    assert portal.post(of_section(assessment, first, "submit/")).status_code == 409


def test_a_section_is_handed_over_whole_or_not_at_all(portal, assessment, first):
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "yes"))
    assert "Choose an answer." in portal.get(of_section(assessment, first)).text
    assert portal.post(of_section(assessment, first, "submit/")).status_code == 409
    assert answer_to(assessment, "GO-1").is_with_vendor


def test_it_is_taken_back_until_all_is_submitted(portal, assessment, first):
    answer_all(portal, assessment, first)
    portal.post(of_section(assessment, first, "submit/"))
    portal.post(of_section(assessment, first, "take-back/"))
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Changed my mind."))
    assert answer_to(assessment, "GO-1").value == "no"
    assert portal.post(of_section(assessment, first, "take-back/")).status_code == 409


def test_after_submitting_sections_stay_where_they_are(portal, submitted):
    section = submitted.version.sections.get(position=1)
    assert portal.get(of_section(submitted, section)).status_code == 409
    assert portal.post(of_section(submitted, section, "take-back/")).status_code == 409


@pytest.mark.slow
def test_after_sending_back_only_the_section_with_an_open_answer_can_be_given_away(portal, asked, submitted):
    asked.ask_again(submitted, "OP-2", days(7), FIRST_DAY)
    given = re.findall(r'value="section:(\d+)"', portal.get(page_of(submitted)).text)
    assert given == [str(answer_to(submitted, "OP-2").question.section_id)]
