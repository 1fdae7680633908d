"""Who brings in a file for the vendor: the reviewer who sends the questionnaire of that review; and nobody types a
single answer in the vendor's name."""

import pytest

from procurement.questionnaires import services
from procurement.questionnaires.models import AnswerImport, QuestionnaireVersion
from tests.factories.workbooks import filled_in
from tests.procurement.questionnaires.brought.bringing_in import finished, form_of, groups, looked_at, taken_in, up
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of
from tests.procurement.questionnaires.offline import bringing
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.people.actors import NotAllowed, Refused

STATUSES = [("second_reviewer", 403), ("auditor", 403), ("approver", 404), ("administrator", 404)]


@pytest.mark.slow
@pytest.mark.parametrize(("person", "status"), STATUSES)  # nothing is put before the approver yet
def test_only_the_assigned_reviewer_brings_it_in(cast, ines, bring, waiting, assessment, person, status):
    form = form_of(ines, bring, waiting)
    browser = staff_client(getattr(cast, person))
    data = finished(assessment, {"GO-1": "Yes"})
    assert browser.get(bring).status_code == status
    assert up(browser, bring, data).status_code == status
    assert browser.get(f"{bring}{waiting.pk}/").status_code == status
    for rest in (f"{waiting.pk}/", f"{waiting.pk}/discard/", f"{waiting.pk}/undo/", "take/"):
        assert browser.post(f"{bring}{rest}", form).status_code == status
    assert answer_to(assessment, "GO-1").value is None
    assert AnswerImport.objects.get().state == "open"
    assert taken_in(ines, bring, waiting).status_code == 302


def test_whoever_asked_for_the_review_sees_no_answers_and_brings_none(cast, bring):
    assert staff_client(cast.requester).get(bring).status_code == 404


def test_a_contact_neither_sees_the_dry_run_nor_decides_about_it(portal, bring, waiting, assessment):
    assert portal.get(bring).status_code == 404
    for rest in ("", "discard/", "undo/"):
        assert portal.post(page_of(assessment, f"offline/{waiting.pk}/{rest}"), {}).status_code == 404
    assert "caiq.xlsx" not in portal.get(page_of(assessment, "offline/")).text


@pytest.mark.slow
def test_a_contact_does_not_undo_what_we_brought_in(ines, portal, bring, waiting, assessment, jonah):
    taken_in(ines, bring, waiting)
    assert portal.post(page_of(assessment, f"offline/{waiting.pk}/undo/")).status_code == 404
    with pytest.raises(NotAllowed):
        services.undo_answer_import(job=waiting, by=jonah.user, now=clock.now())
    assert answer_to(assessment, "GO-1").value == "yes"


@pytest.fixture
def theirs(portal, assessment) -> AnswerImport:
    """What a contact looks through in the portal."""
    data = filled_in(bringing.down(portal, assessment), {"GO-1": "Yes"})
    return bringing.looked_at(portal, assessment, data)


@pytest.mark.slow
def test_what_a_contact_looks_through_is_none_of_ours(ines, bring, theirs, assessment, cast):
    assert ines.get(f"{bring}{theirs.pk}/").status_code == 404
    assert ines.post(f"{bring}{theirs.pk}/discard/").status_code == 404
    assert "answers.xlsx" not in ines.get(bring).text
    with pytest.raises(NotAllowed):
        services.discard_answer_import(job=theirs, by=cast.reviewer, now=clock.now())


@pytest.mark.slow
def test_two_files_of_both_sides_wait_beside_each_other(ines, portal, bring, theirs, assessment):
    waiting = looked_at(ines, bring, finished(assessment, {"GO-2": "Yes"}))
    theirs.refresh_from_db()
    assert theirs.state == "open"
    bringing.looked_at(portal, assessment, filled_in(bringing.down(portal, assessment), {"GO-3": "Yes"}))
    waiting.refresh_from_db()
    assert waiting.state == "open"


def test_a_file_of_another_questionnaire_is_not_found_here(ines, asked, jonah, of_review, waiting):
    version = QuestionnaireVersion.objects.published().filter(questionnaire__key="privacy").latest("number")
    other = asked.send(jonah, DUE, FIRST_DAY, version=version)
    assert ines.get(of_review(other, f"bring/{waiting.pk}/")).status_code == 404


@pytest.mark.slow
def test_no_reviewer_types_a_single_answer(cast, assessment, theirs):
    answer = answer_to(assessment, "GO-1")
    given = [services.Given(answer_id=answer.pk, revision=0, value="yes", comment="")]
    for source in (None, theirs):
        with pytest.raises(NotAllowed):
            services.save_answers(assessment=assessment, given=given, by=cast.reviewer, now=clock.now(), source=source)
    assert answer_to(assessment, "GO-1").value is None


def test_no_reviewer_brings_a_file_without_its_source(cast, assessment):
    data = finished(assessment, {"GO-1": "Yes"})
    with pytest.raises(Refused) as refusal:
        services.begin_answer_import(
            assessment=assessment, data=data, name="caiq.xlsx", by=cast.reviewer, now=clock.now()
        )
    assert refusal.value.field == "received_from"


def test_whoever_is_no_reviewer_brings_nothing(cast, assessment):
    for person in (cast.approver, cast.auditor, cast.administrator, cast.requester):
        with pytest.raises(NotAllowed):
            services.read_answers(assessment=assessment, data=b"x", name="a.csv", by=person)


def test_a_section_that_was_handed_over_is_closed_to_the_file(ines, portal, bring, assessment, asked, jonah):
    asked.answer(assessment, jonah, FIRST_DAY)
    section = answer_to(assessment, "GO-1").question.section_id
    assert portal.post(page_of(assessment, f"sections/{section}/submit/")).status_code == 302
    job = looked_at(ines, bring, finished(assessment, {"GO-1": ("No", "After all not.")}))
    assert groups(ines, bring, job) == {"closed": ["GO-1"]}
