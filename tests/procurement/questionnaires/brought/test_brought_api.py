"""A reviewer's program brings in the vendor's file: sent with its source, compared, taken in, undone, handed over."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.accounts.models import Scope
from tests.factories.tokens import program_of
from tests.procurement.questionnaires.brought.bringing_in import SOURCE, finished
from tests.procurement.questionnaires.conftest import answer_to, page_of, typed
from tests.procurement.questionnaires.offline.bringing import down, looked_at

URL = "/api/v1/brought-answers/"
MOST_QUERIES = 25


@pytest.fixture
def program(cast):
    return program_of(cast.reviewer)


def sent(program, assessment, said, source=SOURCE, name="caiq.xlsx"):
    file = SimpleUploadedFile(name, finished(assessment, said) if isinstance(said, dict) else said)
    return program.post(URL, {"assessment": assessment.pk, "received_from": source, "file": file})


def begun(program, assessment, said):
    answer = sent(program, assessment, said)
    assert answer.status_code == 201, answer.text
    return answer.json()


def act(program, job, what, **body):
    return program.post(f"{URL}{job['id']}/{what}/", json.dumps(body), content_type="application/json")


def compared(program, job):
    answer = program.get(f"{URL}{job['id']}/comparison/")
    assert answer.status_code == 200, answer.text
    return answer.json()


def seen(told):
    return [{"answer": row["answer"], "revision": row["revision"]} for row in told["rows"]]


@pytest.mark.slow
def test_a_file_is_sent_compared_and_taken_in(program, assessment):
    job = begun(program, assessment, {"GO-1": "Y", "OP-2": ("No", "45 days for libraries.")})
    assert (job["received_from"], job["kind"], job["state"], job["begun_by"]) == (
        SOURCE,
        "foreign",
        "open",
        "Ines Varga",
    )
    told = compared(program, job)
    assert [(row["ref"], row["group"], row["in_file"]) for row in told["rows"]] == [
        ("GO-1", "new", "Yes"),
        ("OP-2", "new", "No"),
    ]
    assert told["words"] == [{"written": "Y", "read_as": "Yes", "count": 1}]
    assert told["rows"][0]["where"] == "CAIQ, 2"
    assert answer_to(assessment, "GO-1").value is None
    taken = act(program, job, "apply", seen=seen(told))
    assert (taken.status_code, taken.json()["state"], taken.json()["taken"]) == (200, "applied", 2)
    assert answer_to(assessment, "OP-2").comment == "45 days for libraries."
    assert program.get(f"{URL}?assessment={assessment.pk}&state=applied").json()["results"] == [taken.json()]


@pytest.mark.slow
def test_rows_are_left_out_taken_or_one_side_wins(program, assessment):
    job = begun(program, assessment, {"GO-1": "Yes", "GO-2": "Yes"})
    told = compared(program, job)
    act(program, job, "apply", seen=seen(told), leave=[answer_to(assessment, "GO-2").pk])
    assert answer_to(assessment, "GO-2").value is None
    again = begun(program, assessment, {"GO-1": ("No", "Not yet."), "GO-2": "Yes"})
    told = compared(program, again)
    assert {row["ref"]: row["group"] for row in told["rows"]} == {"GO-1": "conflict", "GO-2": "new"}
    act(program, again, "apply", seen=seen(told), rule="portal")
    assert [answer_to(assessment, ref).value for ref in ("GO-1", "GO-2")] == ["yes", "yes"]


@pytest.mark.slow
def test_what_changed_since_stops_the_act(program, portal, assessment):
    job = begun(program, assessment, {"GO-1": "Yes"})
    told = compared(program, job)
    portal.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "no", "Not yet."))
    refused = act(program, job, "apply", seen=seen(told))
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    assert "Meanwhile somebody answered in the portal: GO-1." in refused.json()["detail"]
    (row,) = compared(program, job)["rows"]
    assert (row["group"], row["is_unread"], row["in_portal"]) == ("conflict", True, "")
    assert act(program, job, "apply", seen=[]).status_code == 409


@pytest.mark.slow
def test_it_is_thrown_away_or_undone(program, assessment):
    job = begun(program, assessment, {"GO-1": "Yes"})
    assert act(program, job, "discard").json()["state"] == "discarded"
    for what in ("discard", "undo"):
        assert act(program, job, what).status_code == 409
    assert act(program, job, "apply", seen=[]).status_code == 409
    assert program.get(f"{URL}{job['id']}/comparison/").status_code == 409
    job = begun(program, assessment, {"GO-1": "Yes"})
    act(program, job, "apply", seen=seen(compared(program, job)))
    assert act(program, job, "undo").json()["state"] == "undone"
    assert answer_to(assessment, "GO-1").value is None


@pytest.mark.slow
def test_it_is_taken_as_handed_over(program, assessment):
    address = f"/api/v1/assessments/{assessment.pk}/take-as-handed-over/"
    refused = program.post(address)
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    assert "No answer came with a file that we brought in." in refused.json()["detail"]
    said = dict.fromkeys(assessment.answers.values_list("question__ref", flat=True), "Yes")
    job = begun(program, assessment, said)
    act(program, job, "apply", seen=seen(compared(program, job)))
    taken = program.post(address)
    assert taken.status_code == 200
    assert (taken.json()["state"], taken.json()["handed_over_by"]) == ("submitted", "Ines Varga")
    assert program.post(address).status_code == 409


@pytest.mark.slow
def test_what_is_wrong_is_said_by_field(program, assessment):
    for source, status in (("", 400), ("x" * 201, 400), (" ", 400)):
        refused = sent(program, assessment, {"GO-1": "Yes"}, source=source)
        assert refused.status_code == status
        assert list(refused.json()["errors"]) == ["received_from"]
    nothing = sent(program, assessment, b"hello", name="notes.csv")
    assert nothing.status_code == 422
    assert "No answer was found" in nothing.json()["errors"]["file"][0]
    job = begun(program, assessment, {"GO-1": "Yes"})
    for wrong in ({"rule": "mine"}, {"take": ["x"]}, {"seen": [{"answer": 0}]}, {}):
        assert act(program, job, "apply", **wrong).status_code == 400


@pytest.mark.slow
def test_a_token_that_only_reads_and_other_people_change_nothing(cast, program, assessment):
    job = begun(program, assessment, {"GO-1": "Yes"})
    reading = program_of(cast.reviewer, Scope.READ)
    assert sent(reading, assessment, {"GO-1": "Yes"}).status_code == 403
    assert reading.get(f"{URL}{job['id']}/comparison/").status_code == 200
    for person in (cast.second_reviewer, cast.auditor):
        other = program_of(person)
        assert sent(other, assessment, {"GO-1": "Yes"}).status_code == 403
        assert act(other, job, "apply", seen=[]).status_code == 403
        assert other.get(f"{URL}{job['id']}/comparison/").status_code == 403
        assert other.get(f"{URL}{job['id']}/").status_code == 200
    for person in (cast.requester, cast.approver, cast.administrator):
        assert program_of(person).get(f"{URL}{job['id']}/").status_code == 404
        assert sent(program_of(person), assessment, {"GO-1": "Yes"}).status_code == 400
    assert answer_to(assessment, "GO-1").value is None


@pytest.mark.slow
def test_what_a_contact_looks_through_is_not_here(program, portal, assessment):
    theirs = looked_at(portal, assessment, down(portal, assessment))
    assert program.get(URL).json()["results"] == []
    assert program.get(f"{URL}{theirs.pk}/").status_code == 404
    assert act(program, {"id": theirs.pk}, "discard").status_code == 404


@pytest.mark.slow
def test_the_comparison_asks_few_questions(program, assessment):
    job = begun(program, assessment, dict.fromkeys(assessment.answers.values_list("question__ref", flat=True), "Yes"))
    compared(program, job)
    with CaptureQueriesContext(connection) as queries:
        compared(program, job)
    assert len(queries) <= MOST_QUERIES
