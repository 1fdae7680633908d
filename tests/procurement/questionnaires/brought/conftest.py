"""The stage of what a reviewer brings in: that of questionnaires, and a file that answers everything."""

from collections.abc import Callable

import pytest

from procurement.demo.answers import Questioned
from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.models import AnswerImport, Assessment
from procurement.questionnaires.services import Choice
from procurement.reviews import services as reviews
from tests.factories.told import told_once
from tests.procurement.questionnaires.brought.bringing_in import SOURCE, finished
from vendors.calendar import clock

OP_2 = ("No", "45 days for libraries.")


@pytest.fixture
def bring(of_review: Callable[..., str], assessment: Assessment) -> str:
    """Where the reviewer brings in a file."""
    return of_review(assessment, "bring/")


@pytest.fixture
def waiting(asked: Questioned, assessment: Assessment) -> AnswerImport:
    """A file from the trust center that answers two questions, read and not decided on."""
    return told_once(_two_looked_at)(asked, assessment)


@pytest.fixture
def taken(asked: Questioned, waiting: AnswerImport, assessment: Assessment) -> Assessment:
    """GO-1 and OP-2 came from the trust center."""
    told_once(_taken)(asked, waiting)
    return assessment


@pytest.fixture
def whole(asked: Questioned, assessment: Assessment) -> AnswerImport:
    """A file that answers every question, taken in."""
    return told_once(_all_taken)(asked, assessment)


def _two_looked_at(asked: Questioned, assessment: Assessment) -> AnswerImport:
    return _looked_at(asked, assessment, {"GO-1": "Yes", "OP-2": OP_2})


def _all_taken(asked: Questioned, assessment: Assessment) -> AnswerImport:
    every = assessment.answers.values_list("question__ref", flat=True)
    return _taken(asked, _looked_at(asked, assessment, {**dict.fromkeys(every, "Yes"), "OP-2": OP_2}))


def _looked_at(asked: Questioned, assessment: Assessment, said: dict[str, str | tuple[str, str]]) -> AnswerImport:
    return reviews.bring_in_answers(
        review=asked.review,
        assessment=assessment,
        data=finished(assessment, said),
        name="caiq.xlsx",
        received_from=SOURCE,
        by=asked.story.cast.reviewer,
        now=clock.now(),
    )


def _taken(asked: Questioned, job: AnswerImport) -> AnswerImport:
    seen = {
        line.answer.pk: line.answer.revision
        for line in questionnaires.compared(job, by=asked.story.cast.reviewer).lines
    }
    reviews.take_brought_answers(
        review=asked.review, job=job, choice=Choice(seen=seen), by=asked.story.cast.reviewer, now=clock.now()
    )
    job.refresh_from_db()
    return job
