"""What was brought in is taken as the vendor's answer: nothing is missing, nobody signs, it is read from then on."""

import re

import pytest

from procurement.questionnaires import services
from tests.procurement.questionnaires.brought.bringing_in import TOLD, finished, looked_at, taken_in
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, days, page_of, typed
from tests.procurement.questionnaires.offline.bringing import words_of
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed


@pytest.mark.slow
def test_it_is_submitted_without_a_signature(ines, portal, bring, of_review, whole, assessment):
    page = ines.post(f"{bring}take/", follow=True)
    assert page.redirect_chain[-1][0] == of_review(assessment)
    assessment.refresh_from_db()
    assert (assessment.state, assessment.submitted_at) == ("submitted", clock.now())
    assert (assessment.signer_name, assessment.signer_title) == ("", "")
    assert assessment.handed_over_by == "Ines Varga"
    assert not assessment.answers.filter(is_with_vendor=True).exists()
    assert f"{TOLD}; taken as handed over 1 Sep 2026 by Ines Varga, not signed" in words_of(page)
    theirs = words_of(portal.get(page_of(assessment)))
    assert f"{TOLD}. Ines Varga took it as your answer on" in theirs
    assert "signed by" not in theirs


def test_the_ledger_says_from_which_file_and_which_revisions(ines, bring, whole, assessment):
    ines.post(f"{bring}take/")
    entry = entries_on("assessment", assessment.pk).first()
    assert entry.verb == "questionnaire.taken_as_handed_over"
    assert entry.sentence.endswith(f"taken as handed over, without a signature. {TOLD}")
    assert (entry.actor_label, entry.details["answers"]["OP-2"]) == ("Ines Varga", 1)


@pytest.mark.slow
def test_while_something_is_missing_it_is_refused_with_what_to_do(ines, bring, waiting, assessment):
    taken_in(ines, bring, waiting)
    told = "23 questions are still open. Bring in another file, or have a contact of the vendor answer the rest"
    page = words_of(ines.get(bring))
    assert told in page
    assert "Still open: GO-2" in page
    refused = ines.post(f"{bring}take/")
    assert refused.status_code == 409
    assert told in words_of(refused)
    assessment.refresh_from_db()
    assert assessment.state == "in_progress"


@pytest.mark.slow
def test_what_a_contact_wrote_beside_it_is_the_contacts_to_hand_over(ines, portal, bring, whole, assessment):
    portal.post(page_of(assessment), typed(answer_to(assessment, "OP-2"), ""))
    assert ines.post(f"{bring}take/").status_code == 409
    portal.post(page_of(assessment), typed(answer_to(assessment, "OP-2"), "yes", "Since today."))
    told = "A contact has written an answer and not handed it over: OP-2. Take what the file says there too"
    assert told in words_of(ines.get(bring))
    refused = ines.post(f"{bring}take/")
    assert (refused.status_code, told in words_of(refused)) == (409, True)
    taken_in(ines, bring, looked_at(ines, bring, finished(assessment, {"OP-2": ("Yes", "Since today.")})), rule="file")
    assert answer_to(assessment, "OP-2").speaker == TOLD
    assert ines.post(f"{bring}take/").status_code == 302


def test_what_the_vendor_wrote_alone_is_never_taken_from_it(ines, bring, asked, jonah, assessment):
    asked.answer(assessment, jonah, FIRST_DAY)
    told = "No answer came with a file that we brought in. Bring one in first, or let a contact submit."
    assert told in words_of(ines.get(bring))
    refused = ines.post(f"{bring}take/")
    assert (refused.status_code, told in words_of(refused)) == (409, True)


@pytest.mark.slow
def test_a_file_that_was_undone_counts_no_more(ines, bring, asked, jonah, waiting, assessment):
    taken_in(ines, bring, waiting)
    ines.post(f"{bring}{waiting.pk}/undo/")
    asked.answer(assessment, jonah, FIRST_DAY)
    assert "No answer came with a file that we brought in." in words_of(ines.post(f"{bring}take/"))


def test_twice_is_once(ines, bring, whole):
    ines.post(f"{bring}take/")
    refused = ines.post(f"{bring}take/")
    assert refused.status_code == 409
    assert "This questionnaire is submitted." in words_of(refused)


def test_what_waited_to_be_mailed_is_called_back(ines, bring, whole, letters):
    ines.post(f"{bring}take/")
    subjects = [letter.subject for letter in letters()]
    assert not [subject for subject in subjects if "25 questions" in subject or "answered" in subject]


def test_whoever_sent_it_is_told_when_another_reviewer_takes_it(cast, bring, whole, asked, letters, assessment):
    services.take_as_handed_over(assessment=assessment, by=cast.second_reviewer, now=clock.now())
    letter = next(each for each in letters() if each.subject == "Quillhaven has answered the questionnaire")
    assert letter.to == ["Ines Varga <ines.varga@northmoor.example>"]
    body = " ".join(letter.body.split())
    assert f"{TOLD}. Laszlo Oduya took it as handed over; nobody at the vendor signed." in body
    assert re.search(r"/answers/\d+/", body)


def test_only_a_reviewer_takes_it(cast, jonah, whole, assessment):
    for person in (cast.approver, cast.auditor, cast.administrator, cast.requester, jonah.user):
        with pytest.raises(NotAllowed):
            services.take_as_handed_over(assessment=assessment, by=person, now=clock.now())


@pytest.fixture
def sent_back(asked, jonah, assessment):
    """Submitted and signed by Jonah Pell; OP-2 is sent back."""
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    asked.ask_again(assessment, "OP-2", days(7), FIRST_DAY)
    assessment.refresh_from_db()
    return assessment


@pytest.mark.slow
def test_what_was_sent_back_comes_by_mail_and_goes_on_being_read(ines, bring, sent_back):
    assert ines.post(f"{bring}take/").status_code == 409
    data = finished(sent_back, {"OP-2": ("Partial", "30 days from January.")})
    job = looked_at(ines, bring, data, source="By e-mail from Jonah Pell", name="answer.xlsx")
    taken_in(ines, bring, job, rule="file")
    assert ines.post(f"{bring}take/").status_code == 302
    sent_back.refresh_from_db()
    assert (sent_back.state, sent_back.signer_name, sent_back.handed_over_by) == ("in_review", "", "Ines Varga")
    assert [each["name"] for each in sent_back.brought_in] == ["answer.xlsx"]
    assert answer_to(sent_back, "OP-2").verdict == "open"


@pytest.mark.slow
def test_a_contact_who_submits_afterwards_signs_again(ines, asked, jonah, bring, whole, assessment):
    ines.post(f"{bring}take/")
    assessment.refresh_from_db()
    asked.ask_again(assessment, "OP-2", days(7), FIRST_DAY)
    asked.answer_again(assessment, jonah, FIRST_DAY)
    assessment.refresh_from_db()
    assert (assessment.signer_name, assessment.handed_over_by, assessment.brought_in) == ("Jonah Pell", "", [])


@pytest.mark.slow
def test_two_files_are_both_named(ines, bring, waiting, assessment):
    taken_in(ines, bring, waiting)
    rest = assessment.answers.exclude(question__ref__in=["GO-1", "OP-2"]).values_list("question__ref", flat=True)
    data = finished(assessment, dict.fromkeys(rest, "Yes"))
    taken_in(ines, bring, looked_at(ines, bring, data, name="rest.xlsx", source="By e-mail from Jonah Pell"))
    ines.post(f"{bring}take/")
    assessment.refresh_from_db()
    second = "Brought in by Ines Varga from rest.xlsx (By e-mail from Jonah Pell)"
    assert assessment.attribution == f"{TOLD}; {second}"


@pytest.mark.slow
def test_the_same_file_brought_twice_is_named_once(ines, bring, waiting, assessment):
    taken_in(ines, bring, waiting)
    rest = assessment.answers.exclude(question__ref__in=["GO-1", "OP-2"]).values_list("question__ref", flat=True)
    taken_in(ines, bring, looked_at(ines, bring, finished(assessment, dict.fromkeys(rest, "Yes"))))
    ines.post(f"{bring}take/")
    assessment.refresh_from_db()
    assert assessment.attribution == TOLD
