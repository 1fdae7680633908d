"""Where it was asked for when sending, a second reviewer accepts critical answers before it is complete."""

import pytest

from procurement.questionnaires.models import Assessment
from procurement.reviews import services as reviews
from tests.factories.questionnaires import content, published, question
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.people.actors import Refused


@pytest.fixture
def accepted(asked, jonah, ines, of_review) -> Assessment:
    """A-1 is critical, A-2 is not; the assigned reviewer has accepted both."""
    version = published(content(question("A-1", weight=20), question("A-2")))
    sent = {"versions": [version.pk], "wants_second_reviewer": "on", "contact": jonah.pk, "due_on": DUE}
    ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent)
    assessment = Assessment.objects.get()
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    for ref in ("A-1", "A-2"):
        ines.post(of_review(assessment, f"answers/{answer_to(assessment, ref).pk}/accept/"))
    return assessment


def second(browser, of_review, assessment, ref: str = "A-1"):
    return browser.post(of_review(assessment, f"answers/{answer_to(assessment, ref).pk}/second/"))


@pytest.mark.slow
def test_it_is_complete_once_a_second_reviewer_accepts_it_too(cast, ines, accepted, of_review):
    assert "One critical answer waits for a second reviewer." in ines.get(of_review(accepted)).text
    assert ines.post(of_review(accepted, "complete/")).status_code == 409
    laszlo = staff_client(cast.second_reviewer)
    assert "Accept as second" in laszlo.get(of_review(accepted)).text
    second(laszlo, of_review, accepted)
    assert answer_to(accepted, "A-1").seconded_by == "Laszlo Oduya"
    assert "and Laszlo Oduya" in ines.get(of_review(accepted)).text
    assert ines.post(of_review(accepted, "complete/")).status_code == 302


@pytest.mark.slow
@pytest.mark.parametrize(
    ("person", "code"), [("reviewer", 403), ("requester", 404), ("approver", 404), ("auditor", 403)]
)
def test_nobody_seconds_but_another_reviewer(cast, accepted, of_review, person, code):
    assert second(staff_client(getattr(cast, person)), of_review, accepted).status_code == code
    assert not answer_to(accepted, "A-1").seconded_by


@pytest.mark.slow
def test_what_is_not_critical_waits_for_nobody(cast, accepted, of_review):
    assert second(staff_client(cast.second_reviewer), of_review, accepted, "A-2").status_code == 409


@pytest.mark.slow
def test_another_word_on_it_asks_for_the_second_one_again(cast, ines, accepted, of_review):
    second(staff_client(cast.second_reviewer), of_review, accepted)
    answer = answer_to(accepted, "A-1")
    ines.post(of_review(accepted, f"answers/{answer.pk}/send-back/"), {"note": "Since when?"})
    kept = answer_to(accepted, "A-1")
    assert (kept.seconded_by, kept.seconded_at) == ("", None)


def test_where_nobody_asked_for_one_it_is_complete_without(cast, asked, jonah):
    version = published(content(question("A-1", weight=20)))
    assessment = asked.send(jonah, DUE, FIRST_DAY, version=version)
    asked.answer(assessment, jonah, FIRST_DAY)
    assert asked.complete(asked.submit(assessment, jonah, FIRST_DAY), days(1)).completed_by == "Ines Varga"
    with pytest.raises(Refused, match="This questionnaire is closed"):
        reviews.second_answer(
            review=asked.review, answer=answer_to(assessment, "A-1"), by=cast.second_reviewer, now=clock.now()
        )
