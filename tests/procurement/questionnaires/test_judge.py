"""Our word on the answers: accept, send back in one mail, read what changed, complete."""

import pytest

from procurement.demo.answers import ANSWERED_AGAIN, ASKED
from procurement.demo.seeding import BROOKVANE
from procurement.questionnaires import services
from procurement.questionnaires.models import Assessment, Verdict
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from tests.factories.stories import in_review
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, days, page_of, typed
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused


@pytest.fixture
def returned(asked, submitted) -> Assessment:
    """24 answers are accepted, OP-2 is back with the vendor until the 8th."""
    asked.ask_again(submitted, "OP-2", days(7), FIRST_DAY)
    submitted.refresh_from_db()
    return submitted


def on(answer, what: str) -> str:
    return f"answers/{answer.pk}/{what}/"


def test_the_reviewer_accepts_an_answer_and_is_led_to_the_next(ines, submitted, of_review):
    answer = answer_to(submitted, "GO-1")
    led = ines.post(of_review(submitted, on(answer, "accept")))
    assert led.url == of_review(submitted, "#q-go-2")
    kept = answer_to(submitted, "GO-1")
    assert (kept.verdict, kept.judged_by, kept.judged_at) == ("accepted", "Ines Varga", clock.now())
    assert entries_on("assessment", submitted.pk).first().sentence == "GO-1 accepted: Yes"
    submitted.refresh_from_db()
    assert submitted.state == "in_review"


def test_sending_back_asks_and_mails_nothing_yet(ines, submitted, of_review, letters):
    letters()
    answer = answer_to(submitted, "OP-2")
    ines.post(of_review(submitted, on(answer, "send-back")), {"note": "  Until when?  "})
    kept = answer_to(submitted, "OP-2")
    assert (kept.verdict, kept.note, kept.returned_revision) == ("sent_back", "Until when?", 1)
    assert letters() == []
    assert "Will be sent back" in ines.get(of_review(submitted)).text


def test_the_forms_beside_an_answer_are_its_own(ines, submitted, of_review):
    """They are drawn once a page and filled in for each."""
    asked_about = answer_to(submitted, "OP-2")
    ines.post(of_review(submitted, on(asked_about, "send-back")), {"note": "Until <b>when</b>?"})
    page = ines.get(of_review(submitted)).text
    rows = {row.partition('"')[0]: row for row in page.split(' id="q-')[1:]}
    for answer in submitted.answers.select_related("question"):
        row, others = rows[answer.question.key], page.replace(rows[answer.question.key], "")
        for what in ("accept", "send-back", "comment"):
            address = f'action="{of_review(submitted, on(answer, what))}"'
            assert address in row
            assert address not in others
        assert f'<span class="sr">{answer.question.ref}</span>' in row
        assert ("Until &lt;b&gt;when&lt;/b&gt;?</textarea>" in row) is (answer == asked_about)
    assert "\x00" not in page


def test_without_a_note_nothing_is_sent_back(ines, submitted, of_review, asked, cast):
    answer = answer_to(submitted, "OP-2")
    page = ines.post(of_review(submitted, on(answer, "send-back")), {"note": " "})
    assert page.status_code == 422
    assert "Say what you want to know." in page.text
    assert answer_to(submitted, "OP-2").verdict == "open"
    with pytest.raises(Refused, match="Say what you want to know"):
        reviews.send_back_answer(review=asked.review, answer=answer, note="", by=cast.reviewer, now=clock.now())


@pytest.mark.slow
def test_everything_that_was_sent_back_leaves_in_one_mail(ines, submitted, of_review, letters):
    letters()
    for ref, note in (("OP-2", "Until when?"), ("GO-4", "By whom?")):
        ines.post(of_review(submitted, on(answer_to(submitted, ref), "send-back")), {"note": note})
    assert "Until when?" in ines.get(of_review(submitted, "return/")).text
    ines.post(of_review(submitted, "return/"), {"due_on": days(7)})
    (letter,) = letters()
    assert letter.subject == "2 of your answers need another look by 8 September 2026"
    for body in (letter.body, letter.alternatives[0].content):
        assert "Until when?" in body
        assert "By whom?" in body
    submitted.refresh_from_db()
    assert (submitted.state, submitted.due_on) == ("clarification", days(7))
    assert Assessment.objects.open().get() == submitted


@pytest.mark.slow
@pytest.mark.parametrize("due_on", [days(-1), ""])
def test_the_mail_names_a_day_that_is_to_come(ines, submitted, of_review, due_on):
    ines.post(of_review(submitted, on(answer_to(submitted, "OP-2"), "send-back")), {"note": "Until when?"})
    ines.post(of_review(submitted, "return/"), {"due_on": due_on})
    submitted.refresh_from_db()
    assert submitted.state == "in_review"


def test_nothing_to_send_back_is_refused(ines, submitted, of_review):
    page = ines.post(of_review(submitted, "return/"), {"due_on": days(7)})
    assert "Nothing is sent back." in page.text
    submitted.refresh_from_db()
    assert submitted.state == "submitted"


@pytest.mark.slow
def test_the_vendor_changes_what_was_sent_back_and_nothing_else(portal, returned):
    page = portal.get(page_of(returned)).text
    assert "One answer needs another look." in page
    assert ASKED in page
    assert page.count("<textarea") == 1
    accepted = typed(answer_to(returned, "GO-1"), "no", "Mischief.")
    assert portal.post(page_of(returned, f"answers/{answer_to(returned, 'GO-1').pk}/"), accepted).status_code == 409
    portal.post(page_of(returned), {**accepted, **typed(answer_to(returned, "OP-2"), *ANSWERED_AGAIN)})
    assert answer_to(returned, "GO-1").value == "yes"
    assert answer_to(returned, "OP-2").value == "partial"


@pytest.mark.slow
def test_it_is_submitted_again_only_when_what_was_asked_is_answered(portal, returned):
    page = portal.get(page_of(returned, "submit/")).text
    assert "We sent this back. Change the answer, or say in the comment why it stands." in page
    signed = {"signer_name": "Jonah Pell", "signer_title": "Security lead", "states": "on"}
    portal.post(page_of(returned, "submit/"), signed)
    returned.refresh_from_db()
    assert returned.state == "clarification"
    portal.post(page_of(returned), typed(answer_to(returned, "OP-2"), "no", "It stands: 45 days."))
    portal.post(page_of(returned, "submit/"), signed)
    returned.refresh_from_db()
    assert returned.state == "in_review"
    assert answer_to(returned, "OP-2").verdict == "open"


def test_what_is_answered_anew_is_the_vendors_until_it_is_handed_back(asked, jonah, portal, ines, returned, of_review):
    earlier = "Our rule is 45 days for libraries. Seven are older than 30 days today."
    row = f"/api/v1/answers/{answer_to(returned, 'OP-2').pk}/"
    assert earlier in ines.get(of_review(returned)).text
    assert ines.get(row).json()["comment"] == earlier

    portal.post(page_of(returned), typed(answer_to(returned, "OP-2"), "partial", "A first thought, not yet agreed."))
    page = ines.get(of_review(returned)).text
    assert "A first thought" not in page
    assert earlier in page
    assert "The vendor is answering it again." in page
    assert "1 asked again" in page, "its section is not done"
    assert "Before:" not in page
    assert ines.get(row).json()["comment"] == ""

    asked.answer_again(returned, jonah, days(2))
    assert ANSWERED_AGAIN[1] in ines.get(of_review(returned)).text
    assert ines.get(row).json()["comment"] == ANSWERED_AGAIN[1]


@pytest.mark.slow
def test_the_reviewer_sees_the_new_answer_beside_the_earlier_one(asked, jonah, ines, returned, of_review):
    asked.answer_again(returned, jonah, days(2))
    assert OutgoingEmail.objects.latest("pk").subject == "Quillhaven has answered what you sent back"
    page = ines.get(of_review(returned)).text
    assert "Changed" in page
    assert ANSWERED_AGAIN[1] in page
    assert "Before:" in page
    assert "Our rule is 45 days for libraries." in page


@pytest.mark.slow
def test_it_is_complete_once_every_answer_is_accepted(asked, jonah, ines, returned, of_review):
    asked.answer_again(returned, jonah, days(2))
    assert "One answer is not judged yet." in ines.get(of_review(returned)).text
    assert ines.post(of_review(returned, "complete/")).status_code == 409
    ines.post(of_review(returned, on(answer_to(returned, "OP-2"), "accept")))
    ines.post(of_review(returned, "complete/"))
    returned.refresh_from_db()
    assert (returned.state, returned.completed_by, returned.completed_at) == ("complete", "Ines Varga", clock.now())
    assert ines.post(of_review(returned, on(answer_to(returned, "OP-2"), "accept"))).status_code == 409


def test_nothing_is_judged_before_it_is_submitted(ines, assessment, of_review):
    answer = answer_to(assessment, "GO-1")
    assert ines.post(of_review(assessment, on(answer, "accept"))).status_code == 409
    page = ines.get(of_review(assessment)).text
    assert "The vendor is answering: 0 of 25 so far." in page
    assert "Accept<" not in page


def test_what_the_vendor_has_not_submitted_is_not_shown(asked, jonah, ines, assessment, of_review):
    asked.answer(assessment, jonah, FIRST_DAY)
    assert "Our rule is 45 days" not in ines.get(of_review(assessment)).text


@pytest.mark.parametrize(
    ("person", "code"), [("requester", 404), ("approver", 404), ("auditor", 403), ("second_reviewer", 403)]
)
def test_nobody_but_the_assigned_reviewer_judges(cast, submitted, of_review, person, code):
    browser = staff_client(getattr(cast, person))
    answer = answer_to(submitted, "OP-2")
    for act, form in ((on(answer, "accept"), {}), (on(answer, "send-back"), {"note": "?"}), ("complete/", {})):
        assert browser.post(of_review(submitted, act), form).status_code == code
    assert browser.post(of_review(submitted, "return/"), {"due_on": days(7)}).status_code == code
    assert answer_to(submitted, "OP-2").verdict == "open"


def test_the_acts_ask_for_a_reviewer_themselves(cast, submitted):
    with pytest.raises(NotAllowed, match="Only a reviewer judges"):
        services.accept_answer(answer=answer_to(submitted, "GO-1"), by=cast.auditor, now=clock.now())


def test_a_questionnaire_of_another_review_is_not_there(cast, ines, submitted):
    _story, other = in_review(cast, BROOKVANE)
    answer = answer_to(submitted, "GO-1")
    address = f"/reviews/{other.pk}/questionnaires/{submitted.pk}/"
    assert ines.get(address).status_code == 404
    assert ines.post(address + on(answer, "accept")).status_code == 404
    with pytest.raises(Refused, match="This questionnaire belongs to another review"):
        reviews.accept_answer(review=other, answer=answer, by=cast.reviewer, now=clock.now())


@pytest.mark.slow
def test_what_is_sent_back_has_to_return_before_it_is_complete(ines, submitted, of_review):
    for answer in submitted.answers.select_related("question"):
        act, form = ("send-back", {"note": "Why?"}) if answer.question.ref == "OP-2" else ("accept", {})
        ines.post(of_review(submitted, on(answer, act)), form)
    assert "What is sent back has to return first." in ines.get(of_review(submitted)).text
    assert ines.post(of_review(submitted, "complete/")).status_code == 409


def test_a_file_that_stands_beside_no_answer_is_not_there(ines, submitted, of_review):
    assert ines.get(of_review(submitted, "files/987654/")).status_code == 404


def test_an_answer_of_another_questionnaire_is_not_there(ines, submitted, of_review):
    assert ines.post(of_review(submitted, "answers/987654/accept/")).status_code == 404


def test_nothing_is_judged_while_the_review_waits_for_its_approver(cast, asked, ines, submitted, of_review):
    Review.objects.filter(pk=asked.review.pk).update(state="awaiting_approval", approver=cast.approver)
    answer = answer_to(submitted, "GO-1")
    assert ines.post(of_review(submitted, on(answer, "accept"))).status_code == 409
    assert answer_to(submitted, "GO-1").verdict == Verdict.OPEN
    assert staff_client(cast.approver).get(of_review(submitted)).status_code == 200
