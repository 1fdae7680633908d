"""Whose workbook it is: the vendor's own contacts bring it back while it waits for them; a reviewer takes it along."""

import pytest

from procurement.questionnaires.models import AnswerImport, QuestionnaireVersion
from procurement.questionnaires.services import begin_answer_import
from tests.factories.contacts import make_contact, signed_in, speaking
from tests.factories.directory import make_vendor
from tests.factories.tokens import program_of
from tests.factories.workbooks import ANSWER, filled_in, opened, questions_of
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of
from tests.procurement.questionnaires.offline.bringing import down, form_of, groups, looked_at, taken_in, up, words_of
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.people.actors import NotAllowed


@pytest.fixture
def waiting(portal, assessment) -> AnswerImport:
    return looked_at(portal, assessment, filled_in(down(portal, assessment), {"GO-1": "Yes"}))


@pytest.mark.slow
def test_a_colleague_goes_on_with_it(portal, assessment, waiting):
    dana = signed_in(make_contact(assessment.vendor, "Dana Holt"))
    taken_in(dana, waiting)
    kept = answer_to(assessment, "GO-1")
    assert (kept.value, kept.answered_by) == ("yes", "Dana Holt")


@pytest.mark.slow
def test_another_vendors_contact_meets_nothing(portal, assessment, waiting, cast):
    rosa = signed_in(speaking(make_contact(make_vendor("Tarn Ledger"), "Rosa Quint", by=cast.reviewer)))
    form = form_of(portal, waiting)
    for rest in ("offline/", "offline/workbook.xlsx", f"offline/{waiting.pk}/"):
        assert rosa.get(page_of(assessment, rest)).status_code == 404
    assert up(rosa, assessment, b"x").status_code == 404
    for rest in ("", "discard/", "undo/"):
        assert rosa.post(f"{waiting.get_absolute_url()}{rest}", form).status_code == 404
    assert answer_to(assessment, "GO-1").value is None


@pytest.mark.slow
def test_a_file_that_came_for_another_questionnaire_is_not_found_here(portal, asked, jonah, assessment, waiting):
    version = QuestionnaireVersion.objects.published().filter(questionnaire__key="privacy").latest("number")
    other = asked.send(jonah, DUE, FIRST_DAY, version=version)
    assert portal.get(page_of(other, f"offline/{waiting.pk}/")).status_code == 404


def test_staff_cannot_bring_it_back(assessment, cast):
    """But a reviewer, who says where it came from (tests/procurement/questionnaires/brought)."""
    for person in (cast.requester, cast.approver, cast.auditor, cast.administrator):
        with pytest.raises(NotAllowed):
            begin_answer_import(assessment=assessment, data=b"Question\nx", name="a.csv", by=person, now=clock.now())


@pytest.mark.slow
def test_after_submitting_nothing_is_taken_in_or_undone(portal, asked, jonah, assessment, waiting):
    form = form_of(portal, waiting)
    data = down(portal, assessment)
    applied = looked_at(portal, assessment, filled_in(data, {"GO-2": "Yes"}))
    taken_in(portal, applied)
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    page = words_of(portal.get(page_of(assessment, "offline/")))
    assert "Nothing can be answered now, here or in a workbook." in page
    assert "Undo :" not in page
    refused = up(portal, assessment, data)
    assert refused.status_code == 409
    assert "This questionnaire is submitted." in words_of(refused)
    assert portal.post(f"{applied.get_absolute_url()}undo/").status_code == 409
    assert portal.post(waiting.get_absolute_url(), form)["Location"] == page_of(assessment, "offline/")
    assert portal.get(page_of(assessment, "offline/workbook.xlsx")).status_code == 409
    assert answer_to(assessment, "GO-1").value == "yes"


def test_the_portal_leads_there(portal, assessment):
    assert page_of(assessment, "offline/") in portal.get(page_of(assessment)).text
    assert page_of(assessment, "offline/workbook.xlsx") in portal.get(page_of(assessment, "offline/")).text


def test_the_reviewer_takes_along_what_is_open(ines, assessment, of_review):
    assert of_review(assessment, "workbook.xlsx") in ines.get(of_review(assessment)).text
    answer = ines.get(of_review(assessment, "workbook.xlsx"))
    assert answer["Content-Disposition"] == 'attachment; filename="Essential security questions.xlsx"'
    assert len(questions_of(opened(b"".join(answer)))) == 25


@pytest.mark.slow
def test_what_the_vendor_has_not_handed_over_is_not_in_it(portal, ines, assessment, of_review, waiting):
    taken_in(portal, waiting)
    blank = b"".join(ines.get(of_review(assessment, "workbook.xlsx")))
    sheet, row = questions_of(opened(blank))["GO-1"]
    assert sheet.cell(row, ANSWER).value is None
    brought = looked_at(portal, assessment, filled_in(blank, {"GO-1": "No", "GO-2": "Yes"}))
    assert groups(portal, brought)["conflict"] == ["GO-1"]
    assert groups(portal, brought)["new"] == ["GO-2"]


@pytest.mark.slow
def test_a_program_takes_along_the_same(cast, ines, assessment, of_review, asked, jonah):
    address = f"/api/v1/assessments/{assessment.pk}/workbook/"
    program = program_of(cast.reviewer)
    taken = program.get(address)
    assert taken["Content-Disposition"] == 'attachment; filename="Essential security questions.xlsx"'
    assert taken.content == b"".join(ines.get(of_review(assessment, "workbook.xlsx")))
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    refused = program.get(address)
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")


def test_once_submitted_there_is_nothing_to_take_along(cast, submitted, of_review):
    assert staff_client(cast.reviewer).get(of_review(submitted, "workbook.xlsx")).status_code == 409
