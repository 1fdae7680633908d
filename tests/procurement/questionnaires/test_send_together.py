"""Several questionnaires sent with one act: one mail lists them all, and each is chased, moved and ended on its own."""

import pytest

from procurement.questionnaires import services
from procurement.questionnaires.emails import last_to_vendor
from procurement.questionnaires.models import Assessment
from tests.factories.questionnaires import content, published, question
from tests.procurement.questionnaires.conftest import DUE, days, essential
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail, State


@pytest.fixture
def both(asked, jonah, ines, letters) -> list[Assessment]:
    """The shortest that ships and one of a single question, sent with one press."""
    letters()
    made = published(content(question("A-1"), title="One more question"))
    sent = {"versions": [essential().pk, made.pk], "contact": jonah.pk, "due_on": DUE, "message": "Thank you."}
    assert ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent).status_code == 302
    return list(Assessment.objects.order_by("pk"))


def test_one_mail_lists_them_all_with_the_way_to_each(both, letters):
    (letter,) = letters()
    assert letter.subject == "Please answer 2 questionnaires of ours by 15 September 2026"
    assert letter.to == ["Jonah Pell <jonah.pell@quillhaven.example>"]
    assert letter.reply_to == ["Ines Varga <ines.varga@northmoor.example>"]
    for body in (letter.body, letter.alternatives[0].content):
        words = " ".join(body.split())
        assert "Essential security questions, 25 questions" in words
        assert "One more question, 1 question" in words
        assert "Thank you." in words
        for each in both:
            assert f"/portal/questionnaires/{each.pk}/" in body
    assert "26" in letter.body


def test_one_by_itself_has_a_mail_of_its_own_as_before(asked, jonah, ines, letters):
    letters()
    sent = {"versions": [essential().pk], "contact": jonah.pk, "due_on": DUE}
    ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent)
    assert [each.subject for each in letters()] == [
        "Please answer our 25 questions by 15 September 2026: Essential security questions"
    ]
    assert Assessment.objects.get().told_with is None


@pytest.mark.slow
def test_it_counts_as_the_last_mail_about_each_so_that_nobody_is_chased_on_the_same_day(both, ines, of_review):
    assert set(last_to_vendor(both)) == {each.pk for each in both}
    for each in both:
        assert ines.post(of_review(each, "chase/")).status_code == 409


def test_cancelling_one_lets_the_mail_about_the_other_go_and_cancelling_both_calls_it_back(cast, both, letters):
    mail = OutgoingEmail.objects.get(about=f"assessments:{both[0].pk}")
    services.cancel(assessment=both[0], reason="Not needed.", by=cast.reviewer, now=clock.now())
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    services.cancel(assessment=both[1], reason="Not needed.", by=cast.reviewer, now=clock.now())
    mail.refresh_from_db()
    assert mail.state == State.CANCELLED


def test_another_day_for_one_is_told_by_itself(both, ines, of_review, letters):
    letters()
    ines.post(of_review(both[1], "due/"), {"due_on": days(20)})
    (letter,) = letters()
    words = " ".join(letter.body.split())
    assert "One more question" in words
    assert "Essential security questions" not in words


def test_without_a_contact_nobody_gets_a_mail(asked, jonah, ines, letters):
    letters()
    made = published(content(question("A-1"), title="One more question"))
    sent = {"versions": [essential().pk, made.pk], "contact": "", "due_on": DUE}
    ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent)
    assert Assessment.objects.count() == 2
    assert letters() == []
