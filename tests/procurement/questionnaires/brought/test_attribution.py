"""Who says it, where a reviewer brought it in: everywhere an answer names its speaker, it says so with file and source,
until a contact says something else."""

import json

import pytest
from django.template.loader import render_to_string

from procurement.decisions.questionnaire_content import questionnaires_content
from procurement.exports.gathering import our_record, vendors_record
from procurement.exports.printed import answers_html
from procurement.exports.words import facts_of
from procurement.questionnaires.models import AnswerRevision
from tests.factories.contacts import make_contact, signed_in
from tests.factories.tokens import program_of
from tests.factories.vault import upload
from tests.factories.workbooks import filled_in
from tests.procurement.questionnaires.brought.bringing_in import SOURCE, TOLD, finished, looked_at, taken_in
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, days, page_of, typed
from tests.procurement.questionnaires.offline import bringing
from tests.procurement.questionnaires.offline.bringing import words_of
from vendors.calendar import clock

IN_PARTS = {"by": "Ines Varga", "name": "caiq.xlsx", "received_from": SOURCE}


@pytest.mark.slow
def test_on_the_reviewers_page_before_and_after_it_is_handed_over(ines, of_review, whole, bring, assessment):
    page = words_of(ines.get(of_review(assessment)))
    assert page.count(TOLD) == 25
    assert "Came with the workbook" not in page
    ines.post(f"{bring}take/")
    assert words_of(ines.get(of_review(assessment))).count(TOLD) == 26


@pytest.mark.slow
def test_the_contact_reads_that_we_brought_it_in_and_may_change_it(portal, taken):
    page = words_of(portal.get(page_of(taken)))
    assert "2 answers were brought in by us, from a file of yours." in page
    assert page.count(f"{TOLD}, ") == 2
    assert "You may change it." in page
    listed = portal.get(page_of(taken, "offline/"))
    assert TOLD in words_of(listed)
    assert "undo/" not in listed.text

    portal.post(page_of(taken), typed(answer_to(taken, "OP-2"), "yes", "Since today."))
    kept = answer_to(taken, "OP-2")
    assert (kept.value, kept.speaker, kept.brought_with) == ("yes", "Jonah Pell", None)
    assert "1 answer was brought in by us" in words_of(portal.get(page_of(taken)))


def test_history_keeps_both(portal, taken, waiting):
    portal.post(page_of(taken), typed(answer_to(taken, "OP-2"), "yes", "Since today."))
    found = AnswerRevision.objects.filter(answer=answer_to(taken, "OP-2")).order_by("revision")
    assert list(found.values_list("by", "source")) == [("Ines Varga", waiting.pk), ("Jonah Pell", None)]


@pytest.mark.slow
def test_a_file_beside_it_does_not_make_the_words_the_contacts(portal, jonah, ines, bring, assessment):
    taken_in(ines, bring, looked_at(ines, bring, finished(assessment, {"GO-2": "Yes"})))
    address = page_of(assessment, f"answers/{answer_to(assessment, 'GO-2').pk}/attach/")
    assert portal.post(address, {"file": upload(name="policy.pdf"), "kind": "policy"}).status_code == 302
    kept = answer_to(assessment, "GO-2")
    assert (kept.revision, kept.speaker) == (2, TOLD)


@pytest.mark.slow
def test_a_contact_who_was_faster_is_told_whose_the_other_answer_is(portal, ines, bring, waiting, assessment):
    mine = typed(answer_to(assessment, "OP-2"), "yes", "Mine.")
    taken_in(ines, bring, waiting)
    page = words_of(portal.post(page_of(assessment), mine))
    assert f"Another answer came at 10:00. {TOLD}" in page


@pytest.mark.slow
def test_a_contacts_own_comparison_names_it_too(portal, ines, bring, taken):
    data = filled_in(bringing.down(portal, taken), {"OP-2": {"answer": "Yes", "comment": "Since today."}})
    assert TOLD in bringing.shown(portal, bringing.looked_at(portal, taken, data))


@pytest.mark.slow
def test_whoever_sees_only_what_is_theirs_does_not_see_the_file(ines, bring, waiting, assessment):
    assessment.only_theirs = True
    assessment.save()
    taken_in(ines, bring, waiting)
    dana = signed_in(make_contact(assessment.vendor, "Dana Holt"))
    for rest in ("", "offline/"):
        assert "caiq.xlsx" not in dana.get(page_of(assessment, rest)).text


@pytest.mark.slow
def test_what_was_not_sent_back_is_not_offered_to_be_changed(ines, portal, asked, bring, whole, assessment):
    ines.post(f"{bring}take/")
    assessment.refresh_from_db()
    asked.ask_again(assessment, "OP-2", days(7), FIRST_DAY)
    assert "1 answer was brought in by us" in words_of(portal.get(page_of(assessment)))


@pytest.fixture
def handed_over(ines, bring, whole, assessment):
    assert ines.post(f"{bring}take/").status_code == 302
    assessment.refresh_from_db()
    return assessment


def test_in_the_api(cast, handed_over):
    program = program_of(cast.reviewer)
    row = program.get(f"/api/v1/answers/{answer_to(handed_over, 'OP-2').pk}/").json()
    assert (row["answered_by"], row["brought_in"]) == (TOLD, IN_PARTS)
    whole = program.get(f"/api/v1/assessments/{handed_over.pk}/").json()
    assert (whole["signer_name"], whole["signer_title"]) == ("", "")
    assert (whole["handed_over_by"], whole["brought_in"]) == ("Ines Varga", [IN_PARTS])


@pytest.mark.slow
def test_in_the_exports(cast, handed_over):
    program = program_of(cast.reviewer)
    address = f"/api/v1/assessments/{handed_over.pk}/"
    written = json.loads(program.get(f"{address}json/").content)
    assert (written["course"]["handed_over_by"], written["course"]["brought_in"]) == ("Ines Varga", [IN_PARTS])
    answer = next(each for each in written["answers"] if each["ref"] == "OP-2")
    assert (answer["answered_by"], answer["brought_in"]) == (TOLD, IN_PARTS)
    assert f'"{TOLD}, 1 September 2026"' in program.get(f"{address}csv/").content.decode("utf-8-sig")
    results = json.loads(program.get(f"{address}oscal/").content)["assessment-results"]["results"][0]
    (attestation,) = results["attestations"]
    assert attestation["parts"][0]["prose"] == (
        "Nobody signed. Taken as handed over by Ines Varga on 2026-09-01, from caiq.xlsx "
        f"({SOURCE}, brought in by Ines Varga)."
    )
    assert TOLD in json.dumps(results)


def test_in_the_vendors_own_copy(jonah, handed_over):
    record = vendors_record(handed_over, by=jonah.user, now=clock.now())
    assert {each.answered_by for each in record.answers} == {TOLD}
    told = dict(facts_of(record))
    assert told["Not signed"] == f"{TOLD}; taken as handed over by Ines Varga"
    assert "Signed by" not in told


def test_in_the_memo(asked, handed_over):
    (asked_for,) = questionnaires_content(asked.review)
    assert (asked_for["signer"], asked_for["handed_over_by"], asked_for["brought_in"]) == ("", "Ines Varga", TOLD)
    assert {answer["brought_in"] for answer in asked_for["answers"]} == {TOLD}
    for template in ("_memo_questionnaire", "_content_questionnaire"):
        told = render_to_string(f"procurement/decisions/{template}.html", {"asked": asked_for, "first": True})
        words = " ".join(told.split())
        assert f"{TOLD}. Nobody at the vendor signed; taken as handed over by Ines Varga" in words
        assert f">{TOLD}</" in words
        assert "Signed by" not in words


def test_printed(cast, handed_over):
    record = our_record(handed_over, None, by=cast.reviewer, now=clock.now())
    assert answers_html(record).count(f"{TOLD}") == 26
