"""Handing the answers over: what is missing is listed, a named person stands for the rest."""

import re

import pytest

from procurement.questionnaires import services
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, page_of, typed
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed

SIGNED = {"signer_name": "Jonah Pell", "signer_title": "Security lead", "states": "on"}


@pytest.fixture
def answered(asked, jonah, assessment):
    asked.answer(assessment, jonah, FIRST_DAY)
    assessment.refresh_from_db()
    return assessment


def test_a_named_person_submits_what_is_whole(portal, answered):
    answer = portal.post(page_of(answered, "submit/"), SIGNED)
    answered.refresh_from_db()
    assert answer.url == "/portal/"
    assert (answered.state, answered.signer_name, answered.signer_title) == ("submitted", "Jonah Pell", "Security lead")
    assert answered.submitted_at == clock.now()


def test_whoever_sent_it_is_told_and_what_waited_is_called_back(portal, answered, letters, ines, of_review):
    portal.post(page_of(answered, "submit/"), SIGNED)
    told = {letter.subject: letter for letter in letters()}
    assert not [subject for subject in told if "25 questions" in subject]
    letter = told["Quillhaven has answered the questionnaire"]
    assert letter.to == ["Ines Varga <ines.varga@northmoor.example>"]
    assert "Jonah Pell, Security lead, stands for the answers." in " ".join(letter.body.split())
    way = re.search(r"https?://[^/\s]+(\S+/answers/\d+/)", letter.body).group(1)
    assert ines.get(way).url == of_review(answered)


def test_the_ledger_says_who_signed_and_which_revision_of_each_answer(portal, answered):
    portal.post(page_of(answered, "submit/"), SIGNED)
    entry = entries_on("assessment", answered.pk).first()
    assert entry.sentence.endswith("submitted, signed by Jonah Pell, Security lead")
    assert (len(entry.details["answers"]), entry.details["answers"]["OP-2"]) == (25, 1)


def test_the_form_knows_the_contact(portal, answered):
    page = portal.get(page_of(answered, "submit/")).text
    assert 'value="Jonah Pell"' in page
    assert 'value="Security lead"' in page


def test_what_is_missing_is_listed_with_links(portal, answered):
    portal.post(page_of(answered), typed(answer_to(answered, "OP-2"), "no"))
    portal.post(page_of(answered), typed(answer_to(answered, "GO-1"), ""))
    page = portal.get(page_of(answered, "submit/")).text
    assert "2 questions are still open" in page
    assert f'href="{page_of(answered, "#q-op-2")}"' in page
    assert "“No” needs a sentence" in page
    assert "Choose an answer." in page


def test_while_something_is_missing_the_act_refuses(portal, answered):
    portal.post(page_of(answered), typed(answer_to(answered, "GO-1"), ""))
    portal.post(page_of(answered, "submit/"), SIGNED)
    answered.refresh_from_db()
    assert (answered.state, answered.submitted_at) == ("in_progress", None)


@pytest.mark.parametrize("left_out", SIGNED)
def test_name_title_and_statement_are_needed(portal, answered, left_out):
    page = portal.post(page_of(answered, "submit/"), {**SIGNED, left_out: ""})
    answered.refresh_from_db()
    assert answered.state == "in_progress"
    assert "aria-invalid" in page.text


def test_a_program_needs_name_and_title_too(answered, jonah):
    with pytest.raises(Exception, match="Write the name and job title") as refusal:
        services.submit(assessment=answered, signer_name=" ", signer_title="CISO", by=jonah.user, now=clock.now())
    assert refusal.value.field == "signer_name"


def test_it_is_submitted_once(portal, answered):
    portal.post(page_of(answered, "submit/"), SIGNED)
    assert portal.post(page_of(answered, "submit/"), SIGNED).status_code == 409
    assert portal.get(page_of(answered, "submit/")).status_code == 409


def test_another_vendors_contact_does_not_submit(answered, stranger):
    with pytest.raises(NotAllowed):
        services.submit(assessment=answered, signer_name="R", signer_title="Q", by=stranger.user, now=clock.now())
