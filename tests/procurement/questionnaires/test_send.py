"""Sending the questionnaire: by itself, or with the request for a report."""

from dataclasses import replace

import pytest

from procurement.demo.answers import Questioned
from procurement.demo.story import Story
from procurement.questionnaires import services
from procurement.questionnaires.models import Answer, Assessment, Question, QuestionnaireVersion
from procurement.reviews import services as reviews
from tests.factories.contacts import make_contact
from tests.factories.questionnaires import every_kind, published
from tests.factories.stories import awaiting_approval
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, days, essential
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused
from vendors.reports.models import ReportRequest


def sending(asked: Questioned) -> str:
    return f"/reviews/{asked.review.pk}/questionnaires/send/"


def chosen() -> dict[str, list[int]]:
    """The shortest questionnaire, ticked."""
    return {"versions": [essential().pk]}


def asking(asked: Questioned) -> str:
    return f"/reviews/{asked.review.pk}/ask/"


def test_the_reviewer_sends_it_by_itself(asked, jonah, ines):
    answer = ines.post(sending(asked), {**chosen(), "contact": jonah.pk, "due_on": DUE, "message": "Thank you."})
    assessment = Assessment.objects.get()
    assert answer.url == f"/reviews/{asked.review.pk}/"
    assert (assessment.vendor, assessment.engagement) == (asked.review.vendor, asked.review.engagement)
    assert (assessment.state, assessment.due_on, assessment.contact) == ("sent", DUE, jonah)
    assert assessment.answers.count() == 25
    assert list(Assessment.objects.open()) == [assessment]


def test_the_shortest_is_chosen_to_begin_with_and_beside_it_nothing_is(asked, jonah, ines):
    assert ines.get(sending(asked)).text.count("checked") >= 1
    asked.send(jonah, DUE, FIRST_DAY)
    page = ines.get(sending(asked))
    assert page.context["form"]["versions"].value() == []


def test_a_vendor_without_contacts_is_said_to_hear_of_nothing(asked, ines):
    asked.review.vendor.contacts.update(deactivated_at=clock.now())
    for address in (sending(asked), asking(asked), f"/vendors/{asked.review.vendor_id}/requests/new/"):
        page = ines.get(address).text
        assert "nobody gets a mail about this" in page
        assert f'/vendors/{asked.review.vendor_id}/contacts/invite/?next={address}"' in page


def test_the_contact_gets_one_mail_that_says_how_many_and_by_when(asked, jonah, ines, letters):
    letters()
    ines.post(sending(asked), {**chosen(), "contact": jonah.pk, "due_on": DUE, "message": "Thank you."})
    (letter,) = letters()
    assert letter.to == ["Jonah Pell <jonah.pell@quillhaven.example>"]
    assert letter.subject == "Please answer our 25 questions by 15 September 2026: Essential security questions"
    for body in (letter.body, letter.alternatives[0].content):
        assert "Thank you." in body
        assert f"/portal/questionnaires/{Assessment.objects.get().pk}/" in body
        assert "Confidentiality agreement for security reviews" in body
    assert letter.reply_to == ["Ines Varga <ines.varga@northmoor.example>"]


def test_the_ledger_names_the_version_by_its_hash(assessment):
    entry = entries_on("assessment", assessment.pk).first()
    assert entry.sentence == "Essential security questions, version 1 sent to Quillhaven, due 15 September 2026"
    assert entry.details["version_sha256"] == essential().sha256


def test_what_was_sent_stays_at_its_version(asked, jonah, assessment):
    QuestionnaireVersion.objects.create(
        questionnaire=assessment.version.questionnaire,
        number=2,
        title="New questions",
        state="published",
        sha256="0" * 64,
        published_at=clock.now(),
    )
    assessment.refresh_from_db()
    assert assessment.version.number == 1
    services.cancel(assessment=assessment, reason="Sent again.", by=asked.story.cast.reviewer, now=clock.now())
    assert asked.send(jonah, DUE, FIRST_DAY).version.number == 2


def test_every_question_gets_a_row_that_says_nothing_yet(asked, jonah):
    """The rows are written by the database: each is what a fresh `Answer` is, whatever fields that gets."""
    sent = asked.send(jonah, DUE, FIRST_DAY, version=published(every_kind()))
    asked_for = Question.objects.filter(section__version=sent.version).exclude(kind="info")
    answers = list(sent.answers.order_by("pk").select_related("question"))
    assert [each.question for each in answers] == list(asked_for)
    said = [field.attname for field in Answer._meta.concrete_fields if field.name not in ("id", "is_visible")]
    for answer in answers:
        fresh = Answer(assessment=sent, question=answer.question)
        assert {name: getattr(answer, name) for name in said} == {name: getattr(fresh, name) for name in said}
    hidden = {answer.question.ref for answer in answers if not answer.is_visible}
    assert hidden == {"ONE", "TEXT", "WHY", "FIRMS", "PLACES", "USA", "WHO", "PROOF"}


def test_it_goes_with_the_request_for_the_report(asked, jonah, ines, letters):
    letters()
    form = {"what": "soc2_type2", "contact": jonah.pk, "due_on": DUE, "with_questionnaire": "on"}
    ines.post(asking(asked), form)
    request, assessment = ReportRequest.objects.get(), Assessment.objects.get()
    assert (request.due_on, request.contact) == (assessment.due_on, assessment.contact) == (DUE, jonah)
    assert len(letters()) == 2


def test_the_request_goes_without_it_when_the_box_is_empty(asked, ines):
    ines.post(asking(asked), {"what": "soc2_type2", "due_on": DUE})
    assert ReportRequest.objects.count() == 1
    assert not Assessment.objects.exists()


def test_the_box_is_gone_once_a_questionnaire_is_under_way(asked, assessment, ines):
    assert "Send our questionnaire too" not in ines.get(asking(asked)).text
    ines.post(asking(asked), {"what": "soc2_type2", "due_on": DUE, "with_questionnaire": "on"})
    assert Assessment.objects.get() == assessment


def test_when_the_request_is_refused_neither_is_sent(asked, ines):
    form = {"what": "soc2_type2", "due_on": days(-1), "with_questionnaire": "on"}
    assert "The due date has passed" in ines.post(asking(asked), form).text
    assert not Assessment.objects.exists()
    assert not ReportRequest.objects.exists()


def test_when_the_questionnaire_is_refused_the_report_is_not_asked_for_either(asked, assessment, cast):
    with pytest.raises(Refused, match="under way already"):
        reviews.ask_vendor(
            review=asked.review,
            with_questionnaire=True,
            due_on=DUE,
            by=cast.reviewer,
            now=clock.now(),
            on=FIRST_DAY,
        )
    assert not ReportRequest.objects.exists()


@pytest.mark.slow
def test_without_a_contact_it_stands_in_the_portal_only(asked, portal, ines, letters):
    letters()
    page = ines.post(sending(asked), {**chosen(), "due_on": DUE}, follow=True)
    assert "nobody gets a mail" in page.text
    assert letters() == []
    assert "Answer 25 questions" in portal.get("/portal/").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"due_on": days(-1)}, "The due date has passed"), ({"due_on": ""}, "Choose a day"), ({"contact": 999}, "list")],
)
def test_a_form_that_cannot_be_is_told_and_sends_nothing(asked, ines, changes, sentence):
    page = ines.post(sending(asked), {**chosen(), "due_on": DUE, **changes})
    assert sentence in page.text
    assert not Assessment.objects.exists()


def test_another_vendors_contact_is_refused_by_the_act_too(asked, stranger, cast):
    with pytest.raises(Refused, match="Rosa Quint is no contact of Quillhaven today") as refusal:
        asked.send(stranger, DUE, FIRST_DAY)
    assert refusal.value.field == "contact"


def test_a_contact_who_left_is_refused(asked, cast):
    gone = make_contact(asked.review.vendor, "Nils Orr")
    gone.deactivated_at = clock.now()
    gone.save()
    with pytest.raises(Refused, match="is no contact"):
        asked.send(gone, DUE, FIRST_DAY)


def test_one_of_a_family_at_a_time(asked, assessment, ines, jonah):
    assert "Choose from the list." in ines.post(sending(asked), {**chosen(), "due_on": DUE}).text
    with pytest.raises(Refused, match="This questionnaire is under way already"):
        asked.send(jonah, DUE, FIRST_DAY)
    assert Assessment.objects.get() == assessment


@pytest.mark.slow
def test_what_is_complete_is_named_before_it_is_asked_again_and_stays_on_the_review(asked, jonah, ines, assessment):
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.complete(asked.submit(assessment, jonah, FIRST_DAY), FIRST_DAY)
    page = ines.get(sending(asked))
    assert f"{essential()} is complete in this review since 1 Sep 2026: sending it again asks" in page.text
    assert page.context["form"]["versions"].value() == []
    review = ines.post(sending(asked), {**chosen(), "contact": jonah.pk, "due_on": DUE}, follow=True).text
    assert "25 of 25 answers accepted." in review
    assert "Asked anew since: the review goes by the newer answers." in review
    assert "0 of 25 answered." in review


def test_another_engagement_of_the_vendor_gets_its_own(asked, assessment, cast):
    story = Story(replace(asked.story.plot, title="Expense cards"), cast)
    other = story.take(story.ask(FIRST_DAY), FIRST_DAY)
    second = Questioned(story, other).send(assessment.contact, DUE, FIRST_DAY)
    assert second.vendor == assessment.vendor
    assert second.engagement != assessment.engagement


@pytest.mark.parametrize("person", ["requester", "auditor", "second_reviewer"])
def test_nobody_but_the_assigned_reviewer_sends_it(asked, cast, person):
    answer = staff_client(getattr(cast, person)).post(sending(asked), {**chosen(), "due_on": DUE})
    assert answer.status_code == 403
    assert not Assessment.objects.exists()


def test_the_act_itself_asks_for_a_reviewer(asked, cast):
    with pytest.raises(NotAllowed, match="Only a reviewer sends a questionnaire"):
        services.send(engagement=asked.review.engagement, due_on=DUE, by=cast.requester, now=clock.now(), on=FIRST_DAY)


@pytest.mark.slow
def test_not_while_the_review_waits_for_its_approver(cast):
    _story, review = awaiting_approval(cast)
    answer = staff_client(cast.reviewer).post(f"/reviews/{review.pk}/questionnaires/send/", {**chosen(), "due_on": DUE})
    assert answer.status_code == 409
    assert not Assessment.objects.exists()
