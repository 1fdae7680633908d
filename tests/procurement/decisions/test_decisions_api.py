"""Decisions and memos by a program: drafted, read, never taken."""

import pytest
from django.urls import get_resolver

from procurement.decisions.canonical import content_sha256
from procurement.decisions.models import Decision, Memo
from procurement.decisions.services import make_pdf
from tests.factories.stories import approved, cast_of, in_review
from tests.factories.tokens import program_of
from tests.repository.permission_stage import routes
from vendors.calendar import clock

pytestmark = pytest.mark.django_db
URL = "/api/v1/decisions/"
DRAFT = {"summary": "Quillhaven may hold our personal data.", "residual_risk": "low", "residual_note": ""}


@pytest.fixture
def cast():
    return cast_of()


def send(person, body):
    return program_of(person).post(URL, body, content_type="application/json")


@pytest.mark.slow
def test_the_reviewers_program_writes_the_draft_and_rewrites_it_whole(cast):
    review = in_review(cast)[1]
    condition = {"text": "Three monthly exports are restored.", "owner": cast.requester.pk, "due_on": "2999-01-01"}
    first = send(cast.reviewer, {**DRAFT, "review": review.pk, "conditions": [condition]})
    assert first.status_code == 201
    told = first.json()
    assert (told["review"], told["outcome"], told["standing"], told["memo"]) == (review.pk, "", None, None)
    assert told["conditions"][0]["owner"] == {"id": cast.requester.pk, "name": cast.requester.name}
    second = send(cast.reviewer, {**DRAFT, "review": review.pk, "residual_risk": "medium"})
    assert (second.status_code, second.json()["residual_risk"], second.json()["conditions"]) == (200, "medium", [])
    assert Decision.objects.get().drafted_by == cast.reviewer


@pytest.mark.slow
def test_a_condition_due_before_today_is_refused_at_its_place(cast):
    review = in_review(cast)[1]
    late = {"text": "Keep a copy.", "owner": cast.requester.pk, "due_on": "2001-01-01"}
    answer = send(cast.reviewer, {**DRAFT, "review": review.pk, "conditions": [late]})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"conditions.0.due_on"}
    assert not Decision.objects.exists()


@pytest.mark.slow
def test_nobody_but_the_assigned_reviewer_drafts(cast):
    review = in_review(cast)[1]
    for person in (cast.second_reviewer, cast.auditor):
        assert send(person, {**DRAFT, "review": review.pk}).status_code == 403
    for person in (cast.requester, cast.approver, cast.administrator):
        answer = send(person, {**DRAFT, "review": review.pk})
        assert answer.json()["errors"] == {"review": ["There is none with this id."]}
    assert not Decision.objects.exists()


def test_no_address_of_the_api_decides_waives_accepts_or_touches_people():
    assert get_resolver()
    words = ("decide", "submit", "waive", "accept", "close", "destroy", "hold", "people", "token", "user")
    api = [route for route in routes() if route.startswith("api/")]
    found = [route for route in api if any(word in route for word in words)]
    answers = ["api/v1/^answers/(?P<pk>[0-9]{1,18})/accept/$"]
    answers.append("api/v1/^assessments/(?P<pk>[0-9]{1,18})/accept-unflagged/$")
    assert sorted(found) == answers, "an answer to a questionnaire is no decision"


@pytest.mark.slow
def test_a_decision_says_how_it_stands_and_names_its_memo(cast):
    review = approved(cast)[1]
    told = program_of(cast.requester).get(f"{URL}{review.decision.pk}/").json()
    assert told["outcome"] == "approved"
    assert told["memo"] == Memo.objects.get().number
    assert told["decided_by"]["name"] == cast.approver.name
    assert set(told["standing"]) == {"state", "until", "reason"}


@pytest.mark.slow
def test_the_memo_proves_itself_by_its_content_and_its_pdf(cast):
    approved(cast)
    memo = Memo.objects.get()
    program = program_of(cast.requester)
    address = f"/api/v1/memos/{memo.number}/"
    assert program.get(f"{address}pdf/").status_code == 404
    make_pdf(memo_id=memo.pk, now=clock.now())
    told = program.get(address).json()
    assert content_sha256(told["content"]) == told["content_sha256"]
    pdf = program.get(f"{address}pdf/", headers={"Accept": "application/pdf"})
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    memo.refresh_from_db()
    assert told["pdf_sha256"] == memo.pdf.sha256
