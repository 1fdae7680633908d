"""A report that is read anew, or carried by a statement, weighs questionnaires that are sent without anybody's look.

AC-1 (CC6.1) is answered by the report of the story until a reading finds no test of CC6.1 in it.
"""

from datetime import date

import pytest
import time_machine
from celery import current_app

from procurement import tasks
from procurement.demo.answers import Questioned
from procurement.demo.side_acts import name_next_report
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.queries import counts_now
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from tests.factories.readings import content_of_sample
from tests.factories.stories import in_review
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to
from vendors.calendar import clock
from vendors.reports import services as reports
from vendors.reports.models import Report, SuccessorStatement
from vendors.reports.services import reading

OUT_OF_POLICY = date(2027, 7, 5)


@pytest.fixture
def asked(cast) -> Questioned:
    """The review of the story; its report is accepted, nobody wrote down what was tested, and it waits to be read."""
    story, review = in_review(cast)
    Report.objects.update(criteria_tested=[])
    return Questioned(story, Review.objects.get(pk=review.pk))


@pytest.fixture
def lean(asked, jonah) -> Assessment:
    return asked.send(jonah, DUE, FIRST_DAY, leans_on_report=True)


@pytest.fixture
def worker(settings, monkeypatch, django_capture_on_commit_callbacks):
    """Does what is nudged, after the commit."""
    known = {tasks.weigh_changed_report.name: tasks.weigh_changed_report}  # mail is sent by `letters`
    settings.CELERY_BROKER_URL = "memory://"
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_how: name in known and known[name](*args))
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def read(asked, worker, monkeypatch):
    """The report is read, and this is what is found in it."""

    def perform(**found) -> None:
        monkeypatch.setattr(reading, "read_whole", lambda *_file, **_how: content_of_sample(**found))
        waiting = asked.review.report.readings.get()
        with worker():
            reports.perform_reading(reading_id=waiting.pk, now=clock.now(), on=clock.today())

    return perform


def to_jonah(letters) -> list[str]:
    return [each.subject for each in letters() if "jonah.pell@" in each.to[0]]


@pytest.mark.slow
def test_a_reading_that_finds_no_test_asks_the_question_and_tells_the_vendor_once(asked, lean, read, letters):
    before = counts_now(lean)
    assert answer_to(lean, "AC-1").is_covered
    letters()
    read(criteria_tested=["CC1.1"])
    after = counts_now(lean)
    assert not answer_to(lean, "AC-1").is_covered
    assert "holds no test of CC6.1." in answer_to(lean, "AC-1").coverage.reason
    assert (after.asked - before.asked, after.covered) == (before.covered, 0)
    (subject,) = to_jonah(letters)
    assert subject.startswith(f"{before.covered} more questions are open: ")
    reviews.weigh_reports(on=clock.today(), now=clock.now())
    assert to_jonah(letters) == []


@pytest.mark.slow
def test_a_reading_that_finds_the_tests_says_so_and_tells_nobody(lean, read, letters):
    assert "in scope, no exception noted" in answer_to(lean, "AC-1").coverage.reason
    letters()
    read(criteria_tested=sorted({one for each in lean.answers.all() for one in each.question.criteria}))
    assert answer_to(lean, "AC-1").is_covered
    assert "CC6.1 tested without exception." in answer_to(lean, "AC-1").coverage.reason
    assert to_jonah(letters) == []


@pytest.mark.slow
def test_a_statement_that_carries_the_report_takes_the_questions_off_again_and_its_withdrawal_asks_them(
    asked, lean, cast, worker, letters
):
    with time_machine.travel(f"{OUT_OF_POLICY.isoformat()}T10:00:00+02:00", tick=False):
        reviews.weigh_reports(on=OUT_OF_POLICY, now=clock.now())
        assert counts_now(lean).covered == 0
        with worker():
            period = date(2026, 7, 1), date(2027, 6, 30)
            name_next_report(asked.story, asked.review.report, period, date(2027, 8, 20), OUT_OF_POLICY)
        assert answer_to(lean, "AC-1").is_covered
        letters()
        with worker():
            statement = SuccessorStatement.objects.get()
            reports.withdraw_statement(
                statement=statement, reason="Another vendor's.", by=cast.reviewer, now=clock.now()
            )
        assert not answer_to(lean, "AC-1").is_covered
        assert len(to_jonah(letters)) == 1
