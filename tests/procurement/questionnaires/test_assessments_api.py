"""Questionnaires by a program: sent, read, judged and returned, as on the pages and by the same acts."""

import json
from typing import Any

import pytest
import time_machine
from django.core import mail

from procurement.demo.answers import Questioned
from procurement.questionnaires import services
from procurement.questionnaires.models import Assessment, Rating
from procurement.reviews.models import Finding, Review
from tests.factories.contacts import speaking
from tests.factories.questionnaires import content, published, question
from tests.factories.stories import in_review
from tests.factories.tokens import program_of
from tests.procurement.questionnaires.conftest import DUE, answer_to, days, essential
from vendors.calendar import clock
from vendors.correspondence import delivery

URL = "/api/v1/assessments/"


@pytest.fixture
def program(cast):
    """The assigned reviewer's."""
    return program_of(cast.reviewer)


def post(program: Any, address: str, body: Any = None) -> Any:
    return program.post(f"/api/v1/{address}", json.dumps(body or {}), content_type="application/json")


def row(program: Any, assessment: Assessment, ref: str) -> dict[str, Any]:
    shown: dict[str, Any] = program.get(f"/api/v1/answers/{answer_to(assessment, ref).pk}/").json()
    return shown


def refs(program: Any, query: str) -> list[str]:
    return [each["ref"] for each in program.get(f"/api/v1/answers/?{query}").json()["results"]]


def test_a_program_sends_a_questionnaire_and_the_contact_gets_the_mail(asked, jonah, program):
    body = {"review": asked.review.pk, "version": essential().pk, "contact": jonah.pk, "due_on": DUE.isoformat()}
    answer = post(program, "assessments/", body)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["review"], told["state"], told["asked"], told["answered"]) == (asked.review.pk, "sent", 25, 0)
    assert told["counts"] == {"asked": 25, "covered": 0, "hidden": 0, "carried": 0}
    assert told["scores"] is None
    delivery.deliver_due(clock.now())
    assert mail.outbox[-1].subject.startswith("Please answer our 25 questions")
    again = post(program, "assessments/", body)
    assert (again.status_code, list(again.json()["errors"])) == (422, ["version"])


def test_another_vendors_contact_and_a_day_that_has_passed_are_refused(asked, jonah, stranger, program):
    body = {"review": asked.review.pk, "version": essential().pk, "due_on": DUE.isoformat()}
    assert "contact" in post(program, "assessments/", {**body, "contact": stranger.pk}).json()["errors"]
    answer = post(program, "assessments/", {**body, "due_on": days(-1).isoformat()})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["due_on"])
    assert not Assessment.objects.exists()


def test_only_the_assigned_reviewers_program_sends(asked, cast):
    body = {"review": asked.review.pk, "version": essential().pk, "due_on": DUE.isoformat()}
    assert post(program_of(cast.second_reviewer), "assessments/", body).status_code == 403


def test_what_the_vendor_is_writing_is_not_read(asked, jonah, program, assessment):
    asked.answer(assessment, jonah, clock.today(), count=3)
    told = row(program, assessment, "GO-1")
    assert (told["state"], told["value"], told["answer"], told["revision"]) == ("with_vendor", None, "", 0)
    assert program.get(f"{URL}{assessment.pk}/").json()["answered"] == 3
    assert len(refs(program, f"assessment={assessment.pk}&state=with_vendor")) == 25


@pytest.mark.slow
def test_answers_come_in_the_order_of_their_questions_with_scores(program, submitted):
    read = program.get(f"/api/v1/answers/?assessment={submitted.pk}&page_size=10").json()
    assert [each["ref"] for each in read["results"]][:2] == ["GO-1", "GO-2"]
    assert read["next"]
    told = row(program, submitted, "OP-2")
    assert (told["state"], told["value"], told["answer"], told["score"]) == ("open", "no", "No", 0)
    scores = program.get(f"{URL}{submitted.pk}/").json()["scores"]
    assert (scores["whole"]["score"], scores["risk"], len(scores["sections"])) == (94, "low", 6)


@pytest.mark.slow
def test_a_program_judges_rates_and_flags_as_the_page_does(cast, program, submitted):
    op2 = answer_to(submitted, "OP-2").pk
    assert post(program, f"answers/{answer_to(submitted, 'GO-1').pk}/accept/").json()["state"] == "accepted"
    rated = post(program, f"answers/{op2}/rate/", {"score": 40, "reason": "A filter blocks most of it."}).json()
    assert (rated["score"], rated["rating"]["before"], rated["rating"]["counts"]) == (40, 0, True)
    assert Rating.objects.get().by == "Ines Varga"
    flagged = post(
        program,
        f"answers/{op2}/flag/",
        {
            "title": "Holes stay open",
            "description": "45 days.",
            "severity": "high",
            "owner": cast.requester.pk,
            "due_on": DUE.isoformat(),
        },
    )
    assert flagged.status_code == 201
    assert (flagged.json()["found_in"], flagged.json()["found_where"]) == ("answer", "question OP-2")
    assert row(program, submitted, "OP-2")["findings"] == [Finding.objects.get().pk]
    assert refs(program, f"assessment={submitted.pk}&flagged=true") == ["OP-2"]
    assert len(refs(program, f"assessment={submitted.pk}&flagged=false")) == 24
    assert refs(program, f"assessment={submitted.pk}&state=accepted") == ["GO-1"]


@pytest.mark.slow
def test_a_program_accepts_what_nobody_flagged_and_is_told_what_is_left(asked, cast, program, submitted):
    post(program, f"answers/{answer_to(submitted, 'OP-2').pk}/ask/", {"note": "Until when?"})
    written_about = answer_to(submitted, "GO-4")
    post(program, "answer-comments/", {"answer": written_about.pk, "text": "Ask legal."})
    address = f"assessments/{submitted.pk}/accept-unflagged/"
    assert post(program_of(cast.second_reviewer), address).status_code == 403
    told = post(program, address)
    assert (told.status_code, told.json()["accepted"]) == (200, 22)
    not_applicable = answer_to(submitted, "DA-6")
    assert told.json()["left"] == [
        {"answer": written_about.pk, "ref": "GO-4", "why": "asked"},
        {"answer": not_applicable.pk, "ref": "DA-6", "why": "not_met"},
    ]
    assert post(program, address).status_code == 409


@pytest.mark.slow
def test_a_program_asks_again_and_reads_what_was_answered_anew(asked, jonah, program, submitted):
    asked_about = post(program, f"answers/{answer_to(submitted, 'OP-2').pk}/ask/", {"note": "Until when?"})
    assert (asked_about.json()["state"], asked_about.json()["note"]) == ("sent_back", "Until when?")
    back = post(program, f"assessments/{submitted.pk}/return/", {"due_on": days(7).isoformat()})
    assert (back.json()["state"], back.json()["sent_back"], back.json()["due_on"]) == (
        "clarification",
        1,
        days(7).isoformat(),
    )
    assert row(program, submitted, "OP-2")["value"] == "no", "as it was handed over"
    asked.answer_again(Assessment.objects.get(), jonah, clock.today())
    told = row(program, submitted, "OP-2")
    assert (told["state"], told["value"], told["is_changed"]) == ("open", "partial", True)
    assert refs(program, f"assessment={submitted.pk}&changed=true") == ["OP-2"]
    assert len(refs(program, f"assessment={submitted.pk}&changed=false")) == 24


@pytest.mark.slow
def test_what_the_report_answers_is_told_and_asked_all_the_same(cast):
    asked = Questioned(*in_review(cast))
    contact = speaking(asked.review.vendor.contacts.get())
    lean = asked.send(contact, DUE, clock.today(), leans_on_report=True)
    program = program_of(cast.reviewer)
    told = row(program, lean, "AC-1")
    assert (told["state"], told["coverage"]["level"]) == ("covered", "full")
    assert told["coverage"]["report"] == asked.review.report_id
    assert "AC-1" in refs(program, f"assessment={lean.pk}&state=covered")
    opened = post(program, f"answers/{answer_to(lean, 'AC-1').pk}/require/").json()
    assert (opened["state"], opened["coverage"]["required_by"]) == ("with_vendor", "Ines Varga")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("ask", {}, 400),
        ("rate", {"score": 101, "reason": "Too much."}, 400),
        ("rate", {"score": 50, "reason": ""}, 400),
        ("flag", {"title": "Only a title"}, 400),
        ("require", {}, 409),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_changed(program, submitted, act, body, status):
    answer = post(program, f"answers/{answer_to(submitted, 'OP-2').pk}/{act}/", body)
    assert answer.status_code == status
    assert (answer_to(submitted, "OP-2").verdict, Rating.objects.count(), Finding.objects.count()) == ("open", 0, 0)


@pytest.mark.slow
def test_an_answer_that_is_not_handed_over_is_not_flagged(program, assessment):
    answer = post(program, f"answers/{answer_to(assessment, 'OP-2').pk}/flag/")
    assert (answer.status_code, answer.json()["detail"]) == (409, "OP-2 has no answer to flag.")


@pytest.mark.slow
def test_nothing_is_judged_before_it_is_submitted(program, assessment):
    answer = post(program, f"answers/{answer_to(assessment, 'OP-2').pk}/accept/")
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("The vendor is answering.")


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("open=true", True),
        ("open=false", False),
        ("overdue=true", False),
        ("overdue=false", True),
        ("state=sent", True),
        ("state=complete", False),
        ("review={review}", True),
        ("review=987654", False),
        ("due_until=2026-09-14", False),
    ],
)
def test_questionnaires_are_found_by_review_state_and_due_date(program, assessment, asked, query, is_found):
    read = program.get(f"{URL}?{query.format(review=asked.review.pk)}").json()["results"]
    assert bool(read) == is_found


def test_one_that_is_late_says_so(program, assessment):
    Assessment.objects.update(due_on=days(-1))
    (told,) = program.get(f"{URL}?overdue=true").json()["results"]
    assert told["is_overdue"]


def test_what_comes_after_a_review_has_ended_belongs_to_none(cast, asked, program, assessment):
    Review.objects.update(state="withdrawn", state_since=days(-1).isoformat() + "T00:00:00Z")
    assert program.get(URL).json()["results"] == []
    assert program.get(f"{URL}{assessment.pk}/").status_code == 404


@pytest.mark.slow
def test_a_program_chases_moves_and_cancels_what_the_vendor_has(program, assessment, cast):
    told = post(program, f"assessments/{assessment.pk}/chase/")
    assert (told.status_code, told.json()["detail"]) == (409, "Jonah Pell got a mail about it today already.")
    moved = post(program, f"assessments/{assessment.pk}/due/", {"due_on": days(20).isoformat()})
    assert (moved.status_code, moved.json()["due_on"]) == (200, days(20).isoformat())
    again = post(program, f"assessments/{assessment.pk}/due/", {"due_on": days(20).isoformat()})
    assert (again.status_code, list(again.json()["errors"])) == (422, ["due_on"])
    assert post(program_of(cast.second_reviewer), f"assessments/{assessment.pk}/cancel/").status_code == 403
    assert post(program, f"assessments/{assessment.pk}/cancel/").status_code == 400
    ended = post(program, f"assessments/{assessment.pk}/cancel/", {"reason": "Bought elsewhere."}).json()
    assert (ended["state"], ended["cancelled_reason"]) == ("cancelled", "Bought elsewhere.")


@pytest.mark.slow
def test_a_program_chases_the_day_after(program, assessment):
    with time_machine.travel(f"{days(1).isoformat()}T10:00:00+02:00", tick=False):
        assert post(program, f"assessments/{assessment.pk}/chase/").status_code == 200
        delivery.deliver_due(clock.now())
    assert mail.outbox[-1].to == ["Jonah Pell <jonah.pell@quillhaven.example>"]


def comments(program: Any, query: str) -> list[tuple[str, str]]:
    read = program.get(f"/api/v1/answer-comments/?{query}").json()["results"]
    return [(each["text"], each["state"]) for each in read]


@pytest.mark.slow
def test_a_program_reads_writes_sends_and_withdraws_words_about_an_answer(program, submitted, cast):
    op2 = answer_to(submitted, "OP-2").pk
    internal = post(program, "answer-comments/", {"answer": op2, "text": "It worries me."})
    assert (internal.status_code, internal.json()["state"]) == (201, "internal")
    shared = post(program, "answer-comments/", {"answer": op2, "text": "Since when?", "is_shared": True}).json()
    assert (shared["state"], shared["by"], shared["assessment"]) == ("waiting", "Ines Varga", submitted.pk)
    assert post(program, f"answer-comments/{shared['id']}/withdraw/").json()["state"] == "withdrawn"
    assert post(program, f"answer-comments/{shared['id']}/withdraw/").status_code == 409
    assert post(program, f"assessments/{submitted.pk}/send-comments/").status_code == 409
    post(program, "answer-comments/", {"answer": op2, "text": "Until when?", "is_shared": True})
    assert post(program, f"assessments/{submitted.pk}/send-comments/").status_code == 200
    every = [("It worries me.", "internal"), ("Since when?", "withdrawn"), ("Until when?", "sent")]
    assert comments(program, f"answer={op2}") == every
    assert comments(program, "shared=false") == every[:1]
    assert comments(program_of(cast.auditor), f"assessment={submitted.pk}") == every
    assert comments(program_of(cast.requester), "") == []


@pytest.mark.slow
def test_what_the_vendor_writes_is_read_and_an_auditor_writes_nothing(program, portal, submitted, cast):
    answer = answer_to(submitted, "OP-2").pk
    portal.post(f"/portal/questionnaires/{submitted.pk}/answers/{answer}/thread/", {"text": "Seven libraries."})
    assert comments(program, f"answer={answer}") == [("Seven libraries.", "from_vendor")]
    assert post(program_of(cast.auditor), "answer-comments/", {"answer": answer, "text": "Mine."}).status_code == 403


def test_further_fields_and_who_corrects_the_report_stand_in_the_answer(asked, jonah, program):
    owner = {"key": "owner", "title": "Who owns it", "kind": "single", "options": ["We", "You"]}
    version = published(content(question("A-1", companions=[owner]), key="beside"))
    sent = asked.send(jonah, DUE, clock.today(), version=version)
    given = {"answer_id": answer_to(sent, "A-1").pk, "revision": 0, "value": "yes", "comment": ""}
    services.save_answers(
        assessment=sent, given=[services.Given(**given, companions={"owner": "We"})], by=jonah.user, now=clock.now()
    )
    assert row(program, sent, "A-1")["companions"] == []
    asked.submit(sent, jonah, clock.today())
    assert row(program, sent, "A-1")["companions"] == [{"key": "owner", "title": "Who owns it", "said": "We"}]


def test_a_program_reads_who_answers_what_at_the_vendor(program, assessment, jonah):
    section = answer_to(assessment, "OP-2").question.section
    services.assign_section(
        assessment=assessment, section=section, contact=jonah, by=jonah.user, now=clock.now(), on=clock.today()
    )
    (given,) = program.get(f"/api/v1/assignments/?assessment={assessment.pk}").json()["results"]
    assert (given["section"], given["question"], given["contact"]) == (section.title, None, jonah.pk)
