"""Questionnaires of the length that vendors get: imported, published, sent, out, filled in, in again, nothing lost."""

from time import perf_counter

import pytest

from procurement.questionnaires import queries, services
from procurement.questionnaires.importing.answer_words import NOT_APPLICABLE
from procurement.questionnaires.models import Answer, Assessment, Question
from procurement.questionnaires.offline.cells import choices_of
from tests.factories.questionnaire_shapes import domain_sheets
from tests.factories.workbooks import filled_in
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY
from tests.procurement.questionnaires.importing.test_sample_corpus import FOLDER, HOW_TO_GET_THEM
from tests.procurement.questionnaires.offline.bringing import down, form_of, groups, looked_at
from vendors.calendar import clock

pytestmark = pytest.mark.slow
CAIQ_SHAPED = FOLDER / "syn_caiq_shape_blank.xlsx"
CASES = [
    pytest.param(
        lambda: CAIQ_SHAPED.read_bytes(),
        261,
        id="261",
        marks=pytest.mark.skipif(not CAIQ_SHAPED.is_file(), reason=HOW_TO_GET_THEM),
    ),
    pytest.param(lambda: domain_sheets(per_sheet=40, sheets=21), 840, id="840 on 21 sheets"),
]


def said_to(question: Question, number: int) -> dict[str, str]:
    """Something a person may write into the cells of this question, another thing for every number."""
    comment = f"- See chapter {number}." if number % 3 else f"Since {2000 + number % 20}\nand every year."
    choices = [choice for choice in choices_of(question) if choice.lower() != NOT_APPLICABLE]
    return {"answer": choices[number % len(choices)] if choices else f"- In words {number}", "comment": comment}


@pytest.fixture
def sent(asked, jonah, cast, request) -> Assessment:
    make, count = request.param
    import_by = {"by": cast.reviewer, "now": clock.now()}
    job = services.begin_import(data=make(), name="theirs.xlsx", **import_by)
    draft = services.make_draft(job=job, title="Theirs", family=None, **import_by)
    version = services.publish(version=draft, **import_by)
    assessment = asked.send(jonah, DUE, FIRST_DAY, version=version)
    assert assessment.answers.count() == count
    return assessment


@pytest.mark.parametrize(
    "sent", [pytest.param(case.values, id=case.id, marks=case.marks) for case in CASES], indirect=True
)
def test_a_long_questionnaire_goes_out_is_filled_in_and_comes_back(portal, jonah, sent):
    began = perf_counter()
    data = down(portal, sent)
    made = perf_counter() - began
    answers = queries.answers_of(sent)
    given = {answer.question.ref: said_to(answer.question, number) for number, answer in enumerate(answers)}
    filled = filled_in(data, given)
    ours, theirs = answers[5], answers[6]
    services.save_answers(
        assessment=sent,
        given=[
            services.Given(answer_id=ours.pk, revision=0, value=_another(ours), comment="Said in the portal."),
        ],
        by=jonah.user,
        now=clock.now(),
    )

    began = perf_counter()
    job = looked_at(portal, sent, filled)
    read = perf_counter() - began
    found = groups(portal, job)
    assert found["conflict"] == [ours.question.ref]
    assert len(found["new"]) == len(answers) - 1
    began = perf_counter()
    assert portal.post(job.get_absolute_url(), form_of(portal, job)).status_code == 302
    taken = perf_counter() - began
    print(f"\n{len(answers)} questions: out {made:.1f} s, read {read:.1f} s, taken in {taken:.1f} s, {len(data)} bytes")

    kept = {answer.question.ref: answer for answer in queries.answers_of(sent)}
    assert kept[ours.question.ref].comment == "Said in the portal."
    for ref, cells in given.items():
        if ref != ours.question.ref:
            assert kept[ref].comment == cells["comment"], ref
            assert kept[ref].is_given, ref
    assert kept[theirs.question.ref].revision == 1
    again = looked_at(portal, sent, down(portal, sent))
    assert set(groups(portal, again)) == {"same"}


def _another(answer: Answer) -> str:
    return "no" if choices_of(answer.question) else "Said in the portal."
