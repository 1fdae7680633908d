"""The stage of what a reviewer brings in: that of questionnaires, and a file that answers everything."""

from collections.abc import Callable

import pytest

from procurement.accounts.models import User
from procurement.demo.cast import Cast
from procurement.questionnaires.models import AnswerImport, Assessment
from tests.factories.told import told_once
from tests.procurement.questionnaires.brought.bringing_in import finished, looked_at, taken_in
from tests.signing_in import staff_client


@pytest.fixture
def bring(of_review: Callable[..., str], assessment: Assessment) -> str:
    """Where the reviewer brings in a file."""
    return of_review(assessment, "bring/")


@pytest.fixture
def waiting(cast: Cast, bring: str, assessment: Assessment) -> AnswerImport:
    """A file from the trust center that answers two questions, read and not decided on."""
    return told_once(_two_looked_at)(cast.reviewer, bring, assessment)


@pytest.fixture
def taken(cast: Cast, bring: str, waiting: AnswerImport, assessment: Assessment) -> Assessment:
    """GO-1 and OP-2 came from the trust center."""
    told_once(_decided)(cast.reviewer, bring, waiting)
    return assessment


@pytest.fixture
def whole(cast: Cast, bring: str, assessment: Assessment) -> AnswerImport:
    """A file that answers every question, taken in."""
    return told_once(_all_taken_in)(cast.reviewer, bring, assessment)


OP_2 = ("No", "45 days for libraries.")


def _two_looked_at(reviewer: User, bring: str, assessment: Assessment) -> AnswerImport:
    return looked_at(staff_client(reviewer), bring, finished(assessment, {"GO-1": "Yes", "OP-2": OP_2}))


def _decided(reviewer: User, bring: str, job: AnswerImport) -> None:
    assert taken_in(staff_client(reviewer), bring, job).status_code == 302


def _all_taken_in(reviewer: User, bring: str, assessment: Assessment) -> AnswerImport:
    said = dict.fromkeys(assessment.answers.values_list("question__ref", flat=True), "Yes")
    job = looked_at(staff_client(reviewer), bring, finished(assessment, {**said, "OP-2": OP_2}))
    _decided(reviewer, bring, job)
    return job
