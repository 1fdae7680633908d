"""The questionnaire in the memo: the version by its hash, counts, and every answer that is not a plain accepted Yes."""

import io

import pytest
from pypdf import PdfReader

from procurement.decisions import services
from procurement.decisions.models import Decision, Memo
from procurement.demo.answers import ANSWERED_AGAIN, Questioned
from procurement.questionnaires.models import Assessment
from procurement.reviews.models import Review
from tests.factories.stories import FIRST_DAY, drafted
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.people.actors import Refused
from vendors.vault import services as vault

DUE = plus_days(FIRST_DAY, 14)


class Told:
    """The review of the story with a questionnaire, told as far as a test wants."""

    def __init__(self, cast) -> None:
        self.cast = cast
        self.story, self.review = drafted(cast)
        self.contact = self.review.vendor.contacts.get()
        self.asked = Questioned(self.story, self.review)
        self.assessment: Assessment = self.asked.send(self.contact, DUE, FIRST_DAY)

    def submitted(self) -> "Told":
        self.asked.answer(self.assessment, self.contact, FIRST_DAY)
        self.asked.submit(self.assessment, self.contact, FIRST_DAY)
        return self

    def complete(self) -> "Told":
        self.submitted()
        self.asked.ask_again(self.assessment, "OP-2", DUE, FIRST_DAY)
        self.asked.answer_again(self.assessment, self.contact, FIRST_DAY)
        self.asked.complete(self.assessment, FIRST_DAY)
        return self

    def put_before_the_approver(self) -> Decision:
        return self.story.submit(self.review, FIRST_DAY)

    def decided(self) -> Memo:
        self.put_before_the_approver()
        self.story.decide(Review.objects.get(pk=self.review.pk), plus_days(FIRST_DAY, 1))
        return services.make_pdf(memo_id=Memo.objects.get().pk, now=clock.now())


@pytest.fixture
def told(cast) -> Told:
    return Told(cast)


@pytest.mark.slow
def test_the_content_holds_every_answer_and_who_signed(told):
    content = told.complete().put_before_the_approver().frozen["questionnaires"][0]
    assert content["version_sha256"] == told.assessment.version.sha256
    assert (content["signer"], content["signer_title"]) == ("Jonah Pell", "Security lead")
    assert len(content["answers"]) == 25
    assert content["counts"] == {
        "questions": 25,
        "yes": 22,
        "partial": 2,
        "no": 0,
        "not_applicable": 1,
        "other": 0,
        "accepted": 25,
    }
    changed = next(answer for answer in content["answers"] if answer["ref"] == "OP-2")
    assert (changed["answer"], changed["comment"]) == ("Partial", ANSWERED_AGAIN[1])


@pytest.mark.slow
def test_the_evidence_names_the_version_by_its_hash(told):
    evidence = told.complete().put_before_the_approver().frozen["evidence"]
    sha256 = told.assessment.version.sha256
    assert {"what": "Essential security questions, version 1", "sha256": sha256} in evidence


@pytest.mark.slow
def test_the_pdf_lists_what_is_not_a_plain_yes(told):
    memo = told.complete().decided()
    pdf = vault.read_bytes(memo.pdf, by=told.cast.reviewer, purpose="test", at=clock.now())
    words = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Of 25 questions: 22 Yes, 2 Partial, 0 No, 1 not applicable; 25 accepted." in words
    assert ANSWERED_AGAIN[1] in words
    assert "Complete: every answer is accepted." in words
    assert "Are production systems watched around the clock" not in words


@pytest.mark.slow
def test_the_page_the_approver_decides_on_shows_the_same(told):
    told.complete().put_before_the_approver()
    page = staff_client(told.cast.approver).get(f"/reviews/{told.review.pk}/decide/").text
    assert ANSWERED_AGAIN[1] in page
    assert "Of 25 questions: 22 Yes" in page


@pytest.mark.slow
def test_the_approver_reads_first_what_is_not_negotiable_and_answered_badly(told, cast):
    decision = told.complete().put_before_the_approver()
    tomasz, address, warning = staff_client(cast.approver), f"/reviews/{told.review.pk}/decide/", "is answered badly."
    assert warning not in tomasz.get(address).text
    decision.frozen["questionnaires"][0]["scores"]["knocked_out"] = ["DA-6"]
    decision.save(update_fields=["frozen"])
    page = tomasz.get(address).text
    assert "Essential security questions: DA-6" in page
    assert page.index(warning) < page.index("Summary")


def test_a_review_without_one_has_no_such_section(cast):
    story, review = drafted(cast)
    assert story.submit(review, FIRST_DAY).frozen["questionnaires"] == []
    assert "Questionnaire" not in staff_client(cast.approver).get(f"/reviews/{review.pk}/decide/").text


@pytest.mark.slow
def test_what_the_vendor_is_still_writing_is_not_in_it_and_changes_nothing(told):
    frozen = told.put_before_the_approver().frozen["questionnaires"][0]
    assert frozen["stands"] == "Sent; the vendor has not submitted it."
    told.asked.answer(told.assessment, told.contact, FIRST_DAY, count=3)
    told.story.decide(Review.objects.get(pk=told.review.pk), plus_days(FIRST_DAY, 1))
    assert {answer["answer"] for answer in Memo.objects.get().content["questionnaires"][0]["answers"]} == {""}


@pytest.mark.slow
def test_answers_handed_over_meanwhile_send_the_review_back(told):
    told.put_before_the_approver()
    told.submitted()
    with pytest.raises(Refused, match=r"Records changed since this was submitted \(.*questionnaire"):
        told.story.decide(Review.objects.get(pk=told.review.pk), plus_days(FIRST_DAY, 1))


def test_an_unfinished_one_says_so_and_lists_what_is_open(told):
    frozen = told.submitted().put_before_the_approver().frozen["questionnaires"][0]
    assert (frozen["is_complete"], frozen["stands"]) == (False, "Submitted; not every answer is accepted.")
    assert {answer["verdict"] for answer in frozen["answers"]} == {"Not judged yet"}
    assert not any(answer["is_plain_yes"] for answer in frozen["answers"])


@pytest.mark.slow
def test_what_was_sent_back_is_asked_without_an_answer(told):
    told.submitted()
    told.asked.ask_again(told.assessment, "OP-2", DUE, FIRST_DAY)
    frozen = told.put_before_the_approver().frozen["questionnaires"][0]
    asked = next(answer for answer in frozen["answers"] if answer["ref"] == "OP-2")
    assert (asked["answer"], asked["verdict"]) == ("", "Sent back")
    assert frozen["counts"]["no"] == 0
    assert frozen["stands"] == "Some answers were sent back and are not here yet."
