"""Where whoever sent it chose so, colleagues of the contact see what they were given and nothing else of it: on pages,
in the workbook, in exports, in mail. The contact sees the whole and submits it."""

import json

import pytest

from procurement.questionnaires import services
from procurement.questionnaires.models import Assessment, Assignment, Attachment
from tests.factories.contacts import make_contact, signed_in, speaking
from tests.factories.questionnaires import content, published, question
from tests.factories.tokens import program_of
from tests.factories.vault import upload
from tests.factories.workbooks import filled_in, opened, questions_of
from tests.procurement.questionnaires.conftest import DUE, answer_to, essential, page_of, typed
from tests.procurement.questionnaires.offline.bringing import down, looked_at, shown, taken_in
from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.people.actors import NotAllowed

SIGNED = {"signer_name": "Dana Holt", "signer_title": "Engineer", "states": "on"}


@pytest.fixture
def narrowed(asked, jonah, ines) -> Assessment:
    """Sent to Jonah, who alone sees the whole."""
    sent = {"versions": [essential().pk], "only_theirs": "on", "contact": jonah.pk, "due_on": DUE}
    assert ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent).status_code == 302
    return Assessment.objects.get()


@pytest.fixture
def dana(narrowed):
    return speaking(make_contact(narrowed.vendor, "Dana Holt"))


@pytest.fixture
def hers(dana):
    return signed_in(dana)


@pytest.fixture
def give(portal, narrowed, dana):
    """Jonah gives Dana a question."""

    def post(ref: str = "OP-2") -> None:
        address = page_of(narrowed, f"answers/{answer_to(narrowed, ref).pk}/assign/")
        assert portal.post(address, {"contact": dana.pk}).status_code == 302

    return post


@pytest.fixture
def give_section(portal, narrowed, dana):
    def post(ref: str = "OP-2") -> str:
        address = f"sections/{answer_to(narrowed, ref).question.section_id}/"
        portal.post(page_of(narrowed, f"{address}assign/"), {"contact": dana.pk})
        return page_of(narrowed, address)

    return post


@pytest.mark.slow
def test_a_colleague_sees_nothing_before_something_is_given_and_then_that_alone(hers, portal, narrowed, give):
    assert "Nothing is given to you yet." in hers.get(page_of(narrowed)).text
    give("OP-2")
    page = hers.get(page_of(narrowed)).text
    assert 'id="q-op-2"' in page
    assert page.count('class="qa ask"') == 1
    assert "0 of 1 answered" in page
    assert "You see what was given to you. Jonah Pell sees the whole and submits it." in page
    assert "Check and submit" not in page
    assert "Show everything" not in page
    whole = portal.get(page_of(narrowed)).text
    assert whole.count('class="qa ask"') == 25
    assert "Your colleagues see only what you give them." in whole


@pytest.mark.slow
def test_what_is_not_theirs_is_not_there_whatever_address_is_tried(hers, narrowed, give):
    give("OP-2")
    other = answer_to(narrowed, "GO-1")
    for rest in ("", "thread/", "assign/", "attach/", "correct/"):
        assert hers.get(page_of(narrowed, f"answers/{other.pk}/{rest}")).status_code in (404, 405)
        assert hers.post(page_of(narrowed, f"answers/{other.pk}/{rest}"), typed(other, "yes")).status_code == 404
    for rest in ("", "assign/", "submit/", "take-back/"):
        address = page_of(narrowed, f"sections/{other.question.section_id}/{rest}")
        assert hers.post(address).status_code in (404, 405)
    assert hers.get(page_of(narrowed, f"sections/{other.question.section_id}/")).status_code == 404
    assert not answer_to(narrowed, "GO-1").revision


@pytest.mark.slow
def test_a_form_that_holds_more_than_is_theirs_saves_theirs_alone(hers, narrowed, give):
    give("OP-2")
    mine, other = answer_to(narrowed, "OP-2"), answer_to(narrowed, "GO-1")
    hers.post(page_of(narrowed), {**typed(mine, "yes"), **typed(other, "yes")})
    assert answer_to(narrowed, "OP-2").value == "yes"
    assert answer_to(narrowed, "GO-1").value is None


@pytest.mark.slow
def test_the_script_hears_of_theirs_alone(hers, narrowed, give):
    give("OP-2")
    mine = answer_to(narrowed, "OP-2")
    told = json.loads(hers.post(page_of(narrowed, f"answers/{mine.pk}/"), typed(mine, "yes")).content)
    assert told["progress"] == "1 of 1 answered"
    assert len(told["sections"]) == 1


def test_the_acts_refuse_it_themselves(narrowed, dana):
    given = [services.Given(answer_id=answer_to(narrowed, "GO-1").pk, revision=0, value="yes", comment="")]
    with pytest.raises(NotAllowed, match="GO-1 was not given to you"):
        services.save_answers(assessment=narrowed, given=given, by=dana.user, now=clock.now())


@pytest.mark.slow
def test_a_section_that_was_given_is_theirs_to_hand_over_and_a_part_of_one_is_not(hers, narrowed, give, give_section):
    give("OP-2")
    assert (
        hers.get(page_of(narrowed, f"sections/{answer_to(narrowed, 'OP-2').question.section_id}/")).status_code == 404
    )
    section = give_section("OP-2")
    assert hers.get(section).status_code == 200


@pytest.mark.slow
def test_only_the_contact_submits_the_whole(asked, jonah, hers, narrowed, give):
    give("OP-2")
    assert hers.get(page_of(narrowed, "submit/")).status_code == 403
    asked.answer(narrowed, jonah, clock.today())
    assert hers.post(page_of(narrowed, "submit/"), SIGNED).status_code == 403
    narrowed.refresh_from_db()
    assert narrowed.submitted_at is None
    assert asked.submit(narrowed, jonah, clock.today()).submitted_at


@pytest.mark.slow
def test_her_workbook_holds_hers_alone_and_brings_back_nothing_else(hers, portal, narrowed, give):
    give("OP-2")
    book = down(hers, narrowed, "?all=1")
    assert list(questions_of(opened(book))) == ["OP-2"]
    of_the_whole = filled_in(down(portal, narrowed), {"OP-2": "Yes", "GO-1": "Yes"})
    job = looked_at(hers, narrowed, of_the_whole)
    taken_in(hers, job)
    assert answer_to(narrowed, "OP-2").value == "yes"
    assert answer_to(narrowed, "GO-1").value is None


@pytest.mark.slow
def test_a_workbook_that_the_contact_brings_is_not_there_for_a_colleague(hers, portal, narrowed, give):
    give("OP-2")
    job = looked_at(portal, narrowed, filled_in(down(portal, narrowed), {"GO-1": "Yes"}))
    assert hers.get(job.get_absolute_url()).status_code == 404
    assert hers.post(f"{job.get_absolute_url()}discard/").status_code == 404
    assert "waits for your decision" not in hers.get(page_of(narrowed, "offline/")).text
    looked_at(hers, narrowed, down(hers, narrowed))
    assert "GO-1" in shown(portal, job)


@pytest.mark.slow
def test_her_copy_holds_hers_alone(asked, jonah, hers, portal, narrowed, give):
    give("OP-2")
    asked.answer(narrowed, jonah, clock.today())
    assert _refs_in(hers, narrowed) == {"OP-2"}
    assert len(_refs_in(portal, narrowed)) == 25
    assert hers.get(page_of(narrowed, "export/pdf/")).status_code == 200


@pytest.mark.slow
def test_files_beside_what_is_not_theirs_are_not_offered(hers, portal, narrowed, jonah, give):
    theirs, hers_too = narrowed.answers.filter(question__evidence="optional").select_related("question")[:2]
    give(hers_too.question.ref)
    said = {"kind": "other", "as_of": None, "by": jonah.user, "now": clock.now(), "on": clock.today()}
    services.attach_file(answer=theirs, upload=upload(name="secret.pdf"), **said)
    mine = hers_too
    assert "secret.pdf" not in hers.get(page_of(narrowed, f"answers/{mine.pk}/attach/")).text
    assert "secret.pdf" in portal.get(page_of(narrowed, f"answers/{mine.pk}/attach/")).text
    use = page_of(narrowed, f"answers/{mine.pk}/files/{Attachment.objects.get().pk}/use/")
    assert hers.post(use).status_code == 404
    assert portal.post(use).status_code == 302
    assert "secret.pdf" in hers.get(page_of(narrowed)).text


@pytest.mark.slow
def test_what_is_taken_away_again_is_theirs_no_more(hers, portal, narrowed, give):
    give("OP-2")
    portal.post(page_of(narrowed, f"answers/{answer_to(narrowed, 'OP-2').pk}/assign/"), {"contact": ""})
    assert not Assignment.objects.exists()
    assert 'id="q-op-2"' not in hers.get(page_of(narrowed)).text


def test_once_the_contact_has_left_everybody_sees_the_whole_again(hers, narrowed, jonah):
    Contact.objects.filter(pk=jonah.pk).update(deactivated_at=clock.now())
    page = hers.get(page_of(narrowed)).text
    assert page.count('class="qa ask"') == 25
    assert "Check and submit" in page


def test_without_a_contact_nobody_would_see_the_whole(asked, ines, cast):
    sent = {"versions": [essential().pk], "only_theirs": "on", "contact": "", "due_on": DUE}
    page = ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent)
    assert "Choose the contact who sees the whole and gives the others their part." in page.text
    version = published(content(question("A-1")))
    body = {"review": asked.review.pk, "version": version.pk, "due_on": DUE.isoformat(), "only_theirs": True}
    program = program_of(cast.reviewer)
    answer = program.post("/api/v1/assessments/", json.dumps(body), content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["contact"])
    assert not Assessment.objects.exists()


def test_unless_it_was_chosen_everybody_sees_everything(portal, assessment):
    dana = signed_in(make_contact(assessment.vendor, "Dana Holt"))
    assert dana.get(page_of(assessment)).text.count('class="qa ask"') == 25


def _refs_in(browser, assessment) -> set[str]:
    """The references in somebody's copy."""
    book = opened(browser.get(page_of(assessment, "export/xlsx/")).content)
    refs = set(assessment.answers.values_list("question__ref", flat=True))
    cells = {str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    return refs & cells
