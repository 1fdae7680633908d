"""Words about an answer: internal ones stay with us, shared ones leave in one mail and are answered in the portal."""

import pytest
from django.db import DatabaseError, connection, transaction

from procurement.questionnaires import services
from procurement.questionnaires.models import AnswerComment, CommentWithdrawal
from procurement.reviews import services as reviews
from tests.factories.contacts import make_contact, signed_in, speaking
from tests.procurement.questionnaires.conftest import answer_to, days, page_of, typed
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused

SECRET = "Their patching worries me."
QUESTION = "Which libraries are older than 30 days?"


@pytest.fixture
def write(ines, of_review, submitted):
    """Ines writes about an answer of what was submitted."""

    def post(ref: str, text: str, *, shared: bool = False, browser=ines):
        address = of_review(submitted, f"answers/{answer_to(submitted, ref).pk}/comment/")
        return browser.post(address, {"text": text, **({"is_shared": "1"} if shared else {})}, follow=True)

    return post


@pytest.fixture
def dana(submitted):
    return speaking(make_contact(submitted.vendor, "Dana Holt"))


def thread_of(assessment, ref: str) -> str:
    return page_of(assessment, f"answers/{answer_to(assessment, ref).pk}/thread/")


@pytest.mark.slow
def test_the_reviewer_tells_internal_and_shared_words_apart(write, submitted):
    write("OP-2", SECRET)
    page = write("OP-2", QUESTION, shared=True)
    assert SECRET in page.text
    assert "Internal" in page.text
    assert "Shared with the vendor, not sent yet" in page.text
    assert [(each.text, each.is_shared, each.by) for each in answer_to(submitted, "OP-2").thread.all()] == [
        (SECRET, False, "Ines Varga"),
        (QUESTION, True, "Ines Varga"),
    ]
    told = [entry.sentence for entry in entries_on("assessment", submitted.pk)]
    assert {"OP-2: internal comment", "OP-2: comment for the vendor"} <= set(told)
    assert not any(SECRET in sentence for sentence in told)


@pytest.mark.slow
def test_shared_words_leave_in_one_mail_and_internal_ones_never(write, ines, of_review, submitted, letters, portal):
    letters()
    write("OP-2", SECRET)
    write("OP-2", QUESTION, shared=True)
    write("GO-4", "Who tested it?", shared=True)
    assert letters() == []
    assert QUESTION not in portal.get(page_of(submitted)).text
    assert "Send 2 comments" in ines.get(of_review(submitted)).text
    page = ines.post(of_review(submitted, "comments/send/"), follow=True)
    assert "The vendor can read your comments now." in page.text
    assert "not sent yet" not in page.text
    (letter,) = letters()
    assert letter.subject == "2 comments about your answers: Essential security questions"
    for body in (letter.body, letter.alternatives[0].content):
        assert QUESTION in body
        assert "Who tested it?" in body
        assert SECRET not in body
    for door in (page_of(submitted), thread_of(submitted, "OP-2"), "/portal/"):
        assert SECRET not in portal.get(door).text
    assert QUESTION in portal.get(page_of(submitted)).text
    assert QUESTION in portal.get(thread_of(submitted, "OP-2")).text


@pytest.mark.slow
def test_without_words_that_wait_nothing_is_sent(write, ines, of_review, submitted, letters, asked, cast):
    letters()
    write("OP-2", SECRET)
    assert "Send 1 comment" not in ines.get(of_review(submitted)).text
    with pytest.raises(Refused, match="No comment waits"):
        reviews.send_comments(review=asked.review, assessment=submitted, by=cast.reviewer, now=clock.now())
    assert letters() == []


@pytest.mark.slow
def test_what_is_sent_back_takes_the_words_along_and_stands_in_the_thread(
    write, ines, of_review, submitted, letters, portal
):
    letters()
    write("GO-4", "Who tested it?", shared=True)
    write("GO-4", SECRET)
    ines.post(of_review(submitted, f"answers/{answer_to(submitted, 'OP-2').pk}/send-back/"), {"note": QUESTION})
    assert QUESTION not in portal.get(page_of(submitted)).text
    sheet = ines.get(of_review(submitted, "return/")).text
    assert QUESTION in sheet
    assert "Who tested it?" in sheet
    assert SECRET not in sheet
    ines.post(of_review(submitted, "return/"), {"due_on": days(7)})
    (letter,) = letters()
    assert QUESTION in letter.body
    assert "Who tested it?" in letter.body
    assert SECRET not in letter.body
    assert [each.is_question for each in answer_to(submitted, "OP-2").thread.all()] == [True]
    assert portal.get(page_of(submitted)).text.count(QUESTION) == 1
    assert ines.get(of_review(submitted)).text.count(QUESTION) == 1
    with pytest.raises(Refused, match="The vendor is answering"):
        services.return_to_vendor(
            assessment=submitted, due_on=days(7), by=submitted.sent_by, now=clock.now(), on=days(0)
        )


@pytest.mark.slow
def test_an_earlier_question_stays_in_the_thread_when_another_follows(write, ines, of_review, submitted, portal):
    for note, again in ((QUESTION, "Seven."), ("And until when?", "Seven, until March.")):
        answer = answer_to(submitted, "OP-2")
        ines.post(of_review(submitted, f"answers/{answer.pk}/send-back/"), {"note": note})
        ines.post(of_review(submitted, "return/"), {"due_on": days(7)})
        portal.post(page_of(submitted), typed(answer_to(submitted, "OP-2"), "no", again))
        signer = {"signer_name": "Jonah Pell", "signer_title": "CISO", "states": "on"}
        assert portal.post(page_of(submitted, "submit/"), signer).status_code == 302
    page = ines.get(of_review(submitted)).text
    assert page.index(QUESTION) < page.index("And until when?")


@pytest.mark.slow
def test_the_contact_writes_back_and_whoever_sent_it_gets_one_mail_a_day(
    portal, ines, of_review, submitted, letters, jonah
):
    letters()
    for ref, text in (("OP-2", "Seven; the list is attached."), ("GO-4", "Brackwater Labs.")):
        told = portal.post(thread_of(submitted, ref), {"text": text}, follow=True)
        assert "We can read your comment now." in told.text
    (letter,) = letters()
    assert letter.to == ["Ines Varga <ines.varga@northmoor.example>"]
    assert letter.subject == f"{submitted.vendor.name} writes about OP-2"
    assert "Seven; the list is attached." in letter.body
    page = ines.get(of_review(submitted)).text
    assert "From the vendor" in page
    assert "Brackwater Labs." in page
    kept = answer_to(submitted, "GO-4").thread.get()
    assert (kept.is_shared, kept.is_from_vendor, kept.by_id) == (True, True, jonah.user_id)


@pytest.mark.slow
def test_a_colleague_who_wrote_gets_the_words_about_that_answer_alone(write, ines, of_review, submitted, letters, dana):
    signed_in(dana).post(thread_of(submitted, "OP-2"), {"text": "I look after it."})
    letters()
    write("OP-2", QUESTION, shared=True)
    write("GO-4", "Who tested it?", shared=True)
    ines.post(of_review(submitted, "comments/send/"))
    bodies = {letter.to[0].split()[0]: letter.body for letter in letters()}
    assert set(bodies) == {"Jonah", "Dana"}
    assert "Who tested it?" in bodies["Jonah"]
    assert QUESTION in bodies["Dana"]
    assert "Who tested it?" not in bodies["Dana"]


@pytest.mark.slow
def test_a_colleague_gets_the_words_about_a_section_that_was_given_to_them(
    write, ines, of_review, submitted, letters, dana, portal
):
    submitted.assignments.create(
        section=answer_to(submitted, "OP-2").question.section,
        contact=dana,
        assigned_by="Jonah Pell",
        assigned_at=clock.now(),
    )
    letters()
    write("OP-2", QUESTION, shared=True)
    ines.post(of_review(submitted, f"answers/{answer_to(submitted, 'GO-4').pk}/send-back/"), {"note": "By whom?"})
    ines.post(of_review(submitted, "return/"), {"due_on": days(7)})
    assert sorted((letter.to[0].split()[0], QUESTION in letter.body) for letter in letters()) == [
        ("Dana", True),
        ("Jonah", True),
    ]


def test_an_empty_comment_is_refused_at_every_door(write, portal, submitted, asked, cast):
    assert "Write what you want to say." in write("OP-2", "  ").text
    page = portal.post(thread_of(submitted, "OP-2"), {"text": " "})
    assert (page.status_code, AnswerComment.objects.count()) == (422, 0)
    assert "Write what you want to say." in page.text
    for text in ("", "x" * 4001):
        with pytest.raises(Refused):
            reviews.comment_on_answer(
                review=asked.review,
                answer=answer_to(submitted, "OP-2"),
                text=text,
                is_shared=False,
                by=cast.reviewer,
                now=clock.now(),
            )


def test_only_the_assigned_reviewer_writes_to_the_vendor(write, submitted, asked, cast, reviewer, approver):
    for shared, text in ((True, "To you."), (False, "Among us.")):
        answer = write("OP-2", text, shared=shared, browser=staff_client(cast.auditor))
        assert answer.status_code == 403
    with pytest.raises(NotAllowed):
        reviews.comment_on_answer(
            review=asked.review,
            answer=answer_to(submitted, "OP-2"),
            text="Is it decided?",
            is_shared=False,
            by=cast.requester,
            now=clock.now(),
        )
    assert not AnswerComment.objects.exists()


def test_a_contact_writes_to_us_and_never_internally(submitted, jonah, stranger):
    said = {"answer": answer_to(submitted, "OP-2"), "text": "Hello.", "now": clock.now()}
    with pytest.raises(NotAllowed, match="read by both sides"):
        services.comment_on_answer(**said, is_shared=False, by=jonah.user)
    with pytest.raises(NotAllowed, match="Only a contact of the vendor"):
        services.comment_on_answer(**said, is_shared=True, by=stranger.user)


@pytest.mark.slow
def test_after_the_end_nothing_is_shared_but_we_still_write_among_ourselves(
    write, ines, of_review, submitted, portal, asked
):
    ines.post(of_review(submitted, "cancel/"), {"reason": "Not needed any more."})
    assert portal.get(thread_of(submitted, "OP-2")).status_code == 409
    assert "Write to us" not in portal.get(page_of(submitted)).text
    assert write("OP-2", QUESTION, shared=True).status_code == 409
    assert SECRET in write("OP-2", SECRET).text


@pytest.fixture
def withdraw(of_review, submitted):
    """Somebody takes the newest comment back."""

    def post(browser):
        comment = AnswerComment.objects.filter(answer__assessment=submitted).latest("pk")
        return browser.post(of_review(submitted, f"comments/{comment.pk}/withdraw/"), follow=True)

    return post


@pytest.mark.slow
def test_what_has_not_left_is_withdrawn_by_its_writer_and_never_reaches_the_vendor(
    write, withdraw, ines, of_review, submitted, letters, portal
):
    letters()
    write("OP-2", QUESTION, shared=True)
    page = withdraw(ines)
    assert "Withdrawn, never sent" in page.text
    assert "Send 1 comment" not in page.text
    write("GO-4", "Who tested it?", shared=True)
    ines.post(of_review(submitted, "comments/send/"))
    (letter,) = letters()
    assert "Who tested it?" in letter.body
    assert QUESTION not in letter.body
    for door in (page_of(submitted), thread_of(submitted, "OP-2")):
        assert QUESTION not in portal.get(door).text
    told = [entry.sentence for entry in entries_on("assessment", submitted.pk)]
    assert "OP-2: comment for the vendor withdrawn before it left" in told


@pytest.mark.slow
def test_what_has_left_or_was_withdrawn_or_is_internal_stays(write, withdraw, ines, of_review, submitted):
    assert ">Withdraw<" not in write("OP-2", SECRET).text
    assert withdraw(ines).status_code == 409
    assert ">Withdraw<" in write("OP-2", QUESTION, shared=True).text
    assert "The vendor never reads it." in withdraw(ines).text
    assert withdraw(ines).status_code == 409
    write("OP-2", "Once more.", shared=True)
    ines.post(of_review(submitted, "comments/send/"))
    assert withdraw(ines).status_code == 409
    assert ines.post(of_review(submitted, "comments/0/withdraw/")).status_code == 404
    assert CommentWithdrawal.objects.count() == 1


@pytest.mark.slow
def test_nobody_but_the_writer_withdraws_it(write, withdraw, submitted, cast, portal, ines):
    write("OP-2", QUESTION, shared=True)
    assert withdraw(staff_client(cast.auditor)).status_code == 403
    portal.post(thread_of(submitted, "OP-2"), {"text": "Seven."})
    assert withdraw(ines).status_code == 403
    assert not CommentWithdrawal.objects.exists()


@pytest.mark.slow
def test_what_is_left_at_the_end_is_said_and_may_still_be_sent_or_withdrawn(
    write, withdraw, ines, of_review, submitted, letters, portal
):
    write("OP-2", QUESTION, shared=True)
    write("GO-4", "Who tested it?", shared=True)
    letters()
    told = ines.post(of_review(submitted, "cancel/"), {"reason": "Not needed any more."}, follow=True)
    assert "2 comments for the vendor were never sent." in told.text
    letters()
    page = ines.get(of_review(submitted)).text
    assert "2 comments for the vendor were never sent." in page
    withdraw(ines)
    assert "1 comment for the vendor was never sent." in ines.get(of_review(submitted)).text
    page = ines.post(of_review(submitted, "comments/send/"), follow=True).text
    assert "The vendor can read your comments now." in page
    assert "was never sent." not in page
    (letter,) = letters()
    assert QUESTION in letter.body
    assert "Who tested it?" not in letter.body
    assert QUESTION in portal.get(page_of(submitted)).text


@pytest.mark.slow
def test_after_the_review_only_the_assigned_reviewer_sends_what_is_left(
    write, submitted, ines, of_review, asked, cast, letters
):
    write("OP-2", QUESTION, shared=True)
    reviews.withdraw(review=asked.review, reason="Bought elsewhere.", by=cast.requester, now=clock.now())
    submitted.refresh_from_db()
    assert submitted.has_ended
    told = "1 comment for the vendor was never sent."
    assert told in ines.get(asked.review.get_absolute_url()).text
    assert told not in staff_client(cast.auditor).get(asked.review.get_absolute_url()).text
    address = of_review(submitted, "comments/send/")
    assert staff_client(cast.auditor).post(address).status_code == 403
    letters()
    assert ines.post(address).status_code == 302
    assert QUESTION in letters()[0].body
    assert told not in ines.get(asked.review.get_absolute_url()).text


def test_the_database_keeps_every_comment_as_it_was_written(write, submitted):
    write("OP-2", SECRET)
    for sql in ("UPDATE procurement_answercomment SET text = 'x'", "DELETE FROM procurement_answercomment"):
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert AnswerComment.objects.get().text == SECRET
