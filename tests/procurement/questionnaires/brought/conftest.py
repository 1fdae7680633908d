"""The stage of what a reviewer brings in: that of questionnaires, and a file that answers everything."""

from collections.abc import Callable

import pytest
from django.test import Client

from procurement.questionnaires.models import AnswerImport, Assessment
from tests.procurement.questionnaires.brought.bringing_in import finished, looked_at, taken_in


@pytest.fixture
def bring(of_review: Callable[..., str], assessment: Assessment) -> str:
    """Where the reviewer brings in a file."""
    return of_review(assessment, "bring/")


@pytest.fixture
def waiting(ines: Client, bring: str, assessment: Assessment) -> AnswerImport:
    """A file from the trust center that answers two questions, read and not decided on."""
    return looked_at(ines, bring, finished(assessment, {"GO-1": "Yes", "OP-2": ("No", "45 days for libraries.")}))


@pytest.fixture
def whole(ines: Client, bring: str, assessment: Assessment) -> AnswerImport:
    """A file that answers every question, taken in."""
    said = dict.fromkeys(assessment.answers.values_list("question__ref", flat=True), "Yes")
    job = looked_at(ines, bring, finished(assessment, {**said, "OP-2": ("No", "45 days for libraries.")}))
    assert taken_in(ines, bring, job).status_code == 302
    job.refresh_from_db()
    return job
