"""The questionnaire a year on: last year's accepted answers stand beside the questions, to be confirmed or changed."""

from dataclasses import dataclass

import pytest

from procurement.decisions.questionnaire_content import questionnaires_content
from procurement.engagements.models import Engagement
from procurement.questionnaires import services
from procurement.questionnaires.last_year import LastYear
from procurement.questionnaires.models import Answer, Assessment, Attachment, Carried, Question
from tests.factories.vault import upload
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days, page_of, typed
from vendors.calendar import clock


@dataclass
class Years:
    before: Assessment
    now: Assessment


@pytest.fixture
def years(asked, jonah, submitted) -> Years:
    """Last year's questionnaire is complete, this year's is sent."""
    asked.complete(submitted, FIRST_DAY)
    return Years(submitted, asked.send(jonah, DUE, days(1)))


@pytest.fixture
def press(portal, years):
    """Press a button of the vendor's page."""
    return lambda go: portal.post(page_of(years.now), {"go": go}, follow=True)


@pytest.mark.slow
def test_nothing_is_taken_over_by_itself(portal, years):
    page = portal.get(page_of(years.now)).text
    assert "25 earlier answers of yours stand beside their questions." in page
    assert "Seven are older than 30 days today." in page
    assert "Your answer of 1 Sep 2026" in page
    assert "0 of 25 answered" in page
    assert not years.now.answers.filter(revision__gt=0).exists()


@pytest.mark.slow
def test_unchanged_says_the_answer_anew(press, years):
    page = press(f"confirm:{answer_to(years.now, 'OP-2').pk}")
    assert page.redirect_chain[-1][0].endswith("#q-op-2")
    kept, earlier = answer_to(years.now, "OP-2"), answer_to(years.before, "OP-2")
    assert (kept.value, kept.comment, kept.revision) == (earlier.value, earlier.comment, 1)
    assert (kept.answered_by, kept.verdict) == ("Jonah Pell", "open")
    assert "Unchanged since 1 Sep 2026:" in page.text
    years.now.refresh_from_db()
    assert years.now.state == "in_progress"
    assert press(f"confirm:{kept.pk}").status_code == 409


@pytest.mark.slow
def test_a_section_is_confirmed_at_once(press, years):
    section = answer_to(years.now, "AC-1").question.section
    page = press(f"confirm-section:{section.pk}").text
    inside = years.now.answers.filter(question__section=section)
    assert f"{inside.count()} earlier answers are confirmed." in page
    assert inside.filter(is_whole=True).count() == inside.count()
    assert press(f"confirm-section:{section.pk}").status_code == 409


@pytest.mark.parametrize(
    ("now", "how", "expired"),
    [
        ({"weight": 20}, "key", ()),
        ({"is_knock_out": True}, "key", ()),
        ({"text": "Asked in other words?"}, "key", ()),
        ({}, "similar", ()),
        ({}, "key", (Attachment(),)),
    ],
)
def test_some_answers_are_looked_at_one_by_one(now, how, expired):
    def of_year(**more) -> Answer:
        return Answer(question=Question(**{"text": "Asked?", "weight": 10, **more}))

    assert LastYear(of_year(), of_year(), "key", ()).can_be_confirmed_with_others
    assert not LastYear(of_year(**now), of_year(), how, expired).can_be_confirmed_with_others


@pytest.mark.slow
def test_only_what_was_accepted_comes_back(asked, jonah, submitted):
    asked.ask_again(submitted, "OP-2", days(7), FIRST_DAY)
    asked.answer_again(submitted, jonah, days(1))
    Assessment.objects.filter(pk=submitted.pk).update(state="complete", completed_at=submitted.submitted_at)
    now = asked.send(jonah, DUE, days(1))
    assert not Carried.objects.filter(answer=answer_to(now, "OP-2")).exists()
    assert Carried.objects.filter(answer__assessment=now).count() == 24


@pytest.mark.slow
def test_nothing_crosses_to_another_use_of_the_vendor(cast, asked, years):
    other = Engagement.objects.get(pk=asked.review.engagement_id)
    other.pk, other.title = None, "Another use"
    other.save()
    sent = services.send(engagement=other, due_on=DUE, by=cast.reviewer, now=clock.now(), on=FIRST_DAY)
    assert not Carried.objects.filter(answer__assessment=sent).exists()


@pytest.mark.slow
def test_files_come_along_while_they_are_in_date(asked, portal, jonah, assessment):
    answer = answer_to(assessment, "GO-4")
    portal.post(page_of(assessment, f"answers/{answer.pk}/attach/"), {"file": upload(name="test.pdf"), "kind": "other"})
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.complete(asked.submit(assessment, jonah, FIRST_DAY), FIRST_DAY)
    now = asked.send(jonah, DUE, days(1))
    portal.post(page_of(now), {"go": f"confirm:{answer_to(now, 'GO-4').pk}"})
    assert [each.file.name for each in answer_to(now, "GO-4").attachments.all()] == ["test.pdf"]


@pytest.mark.slow
def test_the_reviewer_sees_what_changed_first(asked, jonah, portal, ines, years, of_review, press):
    for section in {answer.question.section_id for answer in years.now.answers.select_related("question")}:
        portal.post(page_of(years.now), {"go": f"confirm-section:{section}"})
    portal.post(page_of(years.now), typed(answer_to(years.now, "OP-2"), "partial", "30 days since January."))
    asked.submit(years.now, jonah, days(2))
    page = ines.get(of_review(years.now)).text
    assert "24 unchanged, 1 changed, 0 new, 0 not asked any more." in page
    assert "Changed since last time" in page
    assert "Seven are older than 30 days today." in page
    assert 'id="q-go-1"' not in page
    assert questionnaires_content(asked.review)[0]["since_last_year"]["changed"] == 1
    everything = ines.get(of_review(years.now, "?show=all")).text
    assert 'id="q-go-1"' in everything
    assert "Unchanged since last time" in everything


@pytest.mark.slow
def test_a_first_questionnaire_speaks_of_no_year_before(ines, portal, submitted, of_review):
    assert "Since the questionnaire before" not in ines.get(of_review(submitted)).text
    assert "New answer" in ines.get(of_review(submitted)).text
