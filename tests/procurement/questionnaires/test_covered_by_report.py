"""What the accepted report answers is not asked, and is asked again when the report no longer answers it.

The report of the story is a Type II on Security, Availability and Confidentiality with an exception on CC6.2; the
hosting is carved out. So AC-1 (CC6.1) is answered by it, while PE-3 (CC6.2) is asked with the exception quoted.
"""

import pytest
from django.utils.html import escape

from procurement.decisions.questionnaire_content import questionnaires_content
from procurement.demo.answers import Questioned
from procurement.questionnaires.models import Answer, Assessment, State
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from tests.factories.contacts import signed_in, speaking
from tests.factories.readings import finished_reading
from tests.factories.stories import collecting, in_review, paper
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days, essential, page_of
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.people.actors import Refused


@pytest.fixture
def asked(cast) -> Questioned:
    """The review of the story; its report is accepted, its vendor is asked nothing yet."""
    return Questioned(*in_review(cast))


@pytest.fixture
def lean(asked, jonah, ines) -> Assessment:
    """Sent through the page as it stands: what the report answers is left out."""
    sent = {"versions": [essential().pk], "leans_on_report": "on", "contact": jonah.pk, "due_on": DUE}
    assert ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent).status_code == 302
    return Assessment.objects.get()


@pytest.fixture
def answered(asked, jonah, lean) -> Assessment:
    """What was asked is answered and submitted."""
    asked.answer(lean, jonah, FIRST_DAY)
    return asked.submit(lean, jonah, FIRST_DAY)


def covered(assessment: Assessment) -> set[str]:
    return set(assessment.answers.filter(is_covered=True).values_list("question__ref", flat=True))


def recorded_as_tested(asked, criteria: list[str]) -> None:
    """The accepted report as if these criteria had been recorded as tested, or none."""
    asked.review.report.criteria_tested = criteria
    asked.review.report.save(update_fields=["criteria_tested"])


def sent_leaning(asked, jonah, ines) -> Assessment:
    sent = {"versions": [essential().pk], "leans_on_report": "on", "contact": jonah.pk, "due_on": DUE}
    ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent)
    return Assessment.objects.get()


def withdraw(asked, cast) -> None:
    report = asked.review.report
    reviews.withdraw_report(report=report, reason="Another system.", by=cast.reviewer, now=clock.now())


@pytest.mark.slow
def test_what_the_report_answers_is_not_asked_and_both_sides_see_why(lean, portal, ines, of_review, letters):
    refs = covered(lean)
    assert "AC-1" in refs
    assert "PE-3" not in refs
    left = 25 - len(refs)
    assert letters()[-1].subject.startswith(f"Please answer our {left} questions")
    page = portal.get(page_of(lean)).text
    assert f"{left} questions are asked." in page
    assert "answered by your report" in page
    assert "Covered by SOC 2 Type II, 1 Jul 2025 – 30 Jun 2026: CC6.1 tested without exception." in page
    assert 'id="q-ac-1"' not in page
    assert f"0 of {left}" in page
    read = ines.get(of_review(lean)).text
    assert f"{len(refs)} are answered by the SOC 2 report." in read
    assert "Ask it anyway" in read


@pytest.mark.slow
@pytest.mark.parametrize(
    ("read", "is_covered", "says"),
    [
        ({}, True, "CC6.1 tested without exception."),
        ({"criteria_tested": ["CC1.1", "CC6.2"]}, False, "holds no test of CC6.1."),
        ({"criteria_not_tested": ["CC6.1"]}, False, "holds no test of CC6.1."),
    ],
    ids=["tested", "never tested", "no occurrence"],
)
def test_a_criterion_is_covered_only_where_the_report_tested_it(asked, jonah, ines, portal, read, is_covered, says):
    recorded_as_tested(asked, [])
    finished_reading(asked.review.report, **read)
    lean = sent_leaning(asked, jonah, ines)
    assert ("AC-1" in covered(lean)) == is_covered
    assert says in portal.get(page_of(lean)).text


@pytest.mark.slow
@pytest.mark.parametrize("is_covered", [True, False])
def test_what_a_person_recorded_as_tested_goes_before_what_was_read(asked, jonah, ines, portal, is_covered):
    recorded_as_tested(asked, ["CC6.1", "CC7.1"] if is_covered else ["CC7.1"])
    finished_reading(asked.review.report, **({"criteria_tested": ["CC7.1"]} if is_covered else {}))
    lean = sent_leaning(asked, jonah, ines)
    assert ("AC-1" in covered(lean)) == is_covered
    says = "CC6.1 tested without exception." if is_covered else "holds no test of CC6.1."
    assert says in portal.get(page_of(lean)).text
    if not is_covered:
        assert 9 in answer_to(lean, "AC-1").coverage.pages, "the page of the tests is cited"


@pytest.mark.slow
def test_where_nobody_recorded_or_read_what_was_tested_no_test_is_claimed(asked, jonah, ines, portal):
    recorded_as_tested(asked, [])
    assert "CC6.1 in scope, no exception noted." in portal.get(page_of(sent_leaning(asked, jonah, ines))).text


@pytest.mark.slow
def test_an_exception_is_quoted_beside_the_question_that_it_opens(lean, portal):
    coverage = answer_to(lean, "PE-3").coverage
    assert (coverage.level, bool(coverage.pages)) == ("none", True)
    assert "notes an exception on CC6.2: “" in coverage.reason
    page = portal.get(page_of(lean)).text
    assert "From your report:" in page
    assert "notes an exception on CC6.2" in page


@pytest.mark.slow
def test_the_reviewer_reads_why_it_is_asked_before_anything_is_submitted(lean, portal, ines, of_review):
    """In the same words as the vendor, with the way to the page of the report."""
    reason = escape(answer_to(lean, "PE-3").coverage.reason)
    assert reason in portal.get(page_of(lean)).text
    row = ines.get(of_review(lean)).text.partition('id="q-pe-3"')[2].partition("</li>")[0]
    assert f"From the report: \n{reason}" in row
    assert 'class="cite' in row


def test_without_the_tick_everything_is_asked(asked, jonah, ines, of_review):
    sent = {"versions": [essential().pk], "contact": jonah.pk, "due_on": DUE}
    ines.post(f"/reviews/{asked.review.pk}/questionnaires/send/", sent)
    assert covered(Assessment.objects.get()) == set()
    assert "From the report:" not in ines.get(of_review(Assessment.objects.get())).text


def test_the_vendor_cannot_change_what_is_not_asked(lean, portal):
    answer = answer_to(lean, "AC-1")
    posted = portal.post(page_of(lean, f"answers/{answer.pk}/"), {f"a{answer.pk}-value": "no"})
    assert posted.status_code == 409
    assert answer_to(lean, "AC-1").value is None


@pytest.mark.slow
def test_what_is_left_is_enough_to_submit_and_to_complete(asked, answered):
    assert asked.complete(answered, FIRST_DAY).state == State.COMPLETE


@pytest.mark.slow
def test_the_reviewer_asks_it_anyway_while_the_vendor_answers(lean, portal, ines, of_review):
    answer = answer_to(lean, "AC-1")
    led = ines.post(of_review(lean, f"answers/{answer.pk}/require/"))
    assert led.url == of_review(lean, "#q-ac-1")
    kept = answer_to(lean, "AC-1")
    assert (kept.is_covered, kept.is_with_vendor, kept.coverage.required_by) == (False, True, "Ines Varga")
    assert 'id="q-ac-1"' in portal.get(page_of(lean)).text
    assert ines.post(of_review(lean, f"answers/{answer.pk}/require/")).status_code == 409


@pytest.mark.slow
def test_asked_anyway_after_submission_it_leaves_with_what_is_sent_back(answered, portal, ines, of_review, letters):
    letters()
    ines.post(of_review(answered, f"answers/{answer_to(answered, 'AC-1').pk}/require/"))
    assert "Send back (1 question)" in ines.get(of_review(answered)).text
    ines.post(of_review(answered, "return/"), {"due_on": days(7)})
    assert "We would like to hear it from you" in letters()[-1].body
    assert portal.get(page_of(answered)).text.count("<textarea") == 1


@pytest.mark.parametrize(
    ("person", "code"), [("requester", 404), ("approver", 404), ("auditor", 403), ("second_reviewer", 403)]
)
def test_nobody_but_the_assigned_reviewer_asks_it_anyway(cast, lean, of_review, person, code):
    answer = answer_to(lean, "AC-1")
    browser = staff_client(getattr(cast, person))
    assert browser.post(of_review(lean, f"answers/{answer.pk}/require/")).status_code == code
    assert answer_to(lean, "AC-1").is_covered


@pytest.mark.slow
def test_when_the_report_falls_the_vendor_sees_the_questions_again_and_is_told_once(asked, cast, lean, portal, letters):
    letters()
    opened = len(covered(lean))
    withdraw(asked, cast)
    assert covered(lean) == set()
    (letter,) = [each for each in letters() if each.to == ["Jonah Pell <jonah.pell@quillhaven.example>"]]
    assert letter.subject.startswith(f"{opened} more questions are open: ")
    assert "because the report does not count for them any more" in " ".join(letter.body.split())
    page = portal.get(page_of(lean)).text
    assert "0 of 25" in page
    assert "answered by your report" not in page
    assert "questions are asked after all: the report that spoke of them does not count any more." in page


@pytest.mark.slow
def test_what_was_complete_is_read_again_when_the_report_falls(asked, cast, answered, ines, of_review):
    asked.complete(answered, FIRST_DAY)
    withdraw(asked, cast)
    answered.refresh_from_db()
    assert (answered.state, answered.completed_at) == (State.IN_REVIEW, None)
    answer = answer_to(answered, "AC-1")
    assert (answer.verdict, answer.note) == ("sent_back", "No report that we accepted answers it now.")
    assert answer_to(answered, "PE-3").verdict == "accepted"


@pytest.mark.slow
def test_scope_that_does_not_fit_opens_them_as_well(asked, cast, lean):
    review = Review.objects.get(pk=asked.review.pk)
    reviews.record_scope_fit(review=review, fits="no", page=None, by=cast.reviewer, now=clock.now())
    assert covered(lean) == set()
    assert "lies outside the system" in answer_to(lean, "AC-1").coverage.reason


@pytest.mark.slow
def test_out_of_policy_opens_them_and_tells_the_reviewer_once(asked, lean, letters):
    letters()
    for day in (days(0), days(400), days(401)):
        reviews.weigh_reports(on=day, now=clock.now())
    (letter,) = [each for each in letters() if "asked after all" in each.subject]
    assert letter.to == ["Ines Varga <ines.varga@northmoor.example>"]
    assert "AC-1" in letter.body
    assert "is out of policy." in answer_to(lean, "AC-1").coverage.reason


@pytest.mark.slow
def test_a_report_accepted_later_takes_off_the_list_what_nobody_has_answered_yet(cast, letters):
    story, review = collecting(cast)
    jonah = speaking(review.vendor.contacts.get())
    told = Questioned(story, review)
    lean = told.send(jonah, DUE, FIRST_DAY, leans_on_report=True)
    first = Answer.objects.get(assessment=lean, question__ref="AC-1")
    portal = signed_in(jonah)
    portal.post(page_of(lean), {f"a{first.pk}-value": "yes", f"a{first.pk}-comment": "", f"a{first.pk}-revision": "0"})
    report = story.send_report(jonah, None, paper(), FIRST_DAY)
    story.accept_report(review, story.record_facts(review, report, paper(), FIRST_DAY), FIRST_DAY)
    assert covered(lean)
    assert answer_to(lean, "AC-1").value == "yes"
    assert "AC-1" not in covered(lean)


def test_it_is_not_required_when_the_report_does_not_answer_it(asked, cast, lean):
    with pytest.raises(Refused, match="PE-3 is asked already"):
        reviews.require_answer(review=asked.review, answer=answer_to(lean, "PE-3"), by=cast.reviewer, now=clock.now())


@pytest.mark.slow
def test_the_memo_names_what_was_not_asked(answered, asked):
    review = Review.objects.get(pk=asked.review.pk)
    content = questionnaires_content(review)[0]
    refs = [one["ref"] for one in content["covered"]]
    assert set(refs) == covered(answered)
    assert len(content["answers"]) == 25 - len(refs)
