"""What was answered before migration 0008 is there after it: values, files, hashes."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from procurement.questionnaires.content import version_sha256
from procurement.questionnaires.models import Answer, AnswerRevision, Assessment
from tests.amounts import IN_FULL
from tests.factories.stories import cast_of, collecting
from tests.factories.vault import stored_file
from tests.procurement.questionnaires.conftest import essential

BEFORE = [("procurement", "0007_watched_dates")]
SAID = [("yes", ""), ("partial", "Half."), ("no", ""), ("not_applicable", "None here."), ("", "")]


@pytest.fixture(autouse=True)
def _the_story_day():
    """Nothing is frozen here."""


@pytest.fixture(params=[pytest.param("postgres", marks=pytest.mark.postgres), *(["sqlite"] if IN_FULL else [])])
def old_database(request: pytest.FixtureRequest) -> str:
    """The way back and forth takes so long that tests go it on one database, and `make soak` on both."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.mark.slow
@pytest.mark.sampled
def test_old_answers_are_taken_over(old_database):
    executor = MigrationExecutor(connection)
    latest = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "procurement"]
    _story, review = collecting(cast_of())
    file = stored_file(purpose="answer", vendor_id=review.vendor_id, name="policy.pdf")
    executor.migrate(BEFORE)
    old = MigrationExecutor(connection).loader.project_state(BEFORE).apps
    version = old.get_model("procurement", "QuestionnaireVersion").objects.get(questionnaire__key="essential")
    assessment = old.get_model("procurement", "Assessment").objects.create(
        vendor_id=review.vendor_id,
        engagement_id=review.engagement_id,
        version=version,
        due_on=timezone.localdate(),
        state="in_progress",
        sent_at=timezone.now(),
        sent_by_id=review.reviewer_id,
    )
    questions = old.get_model("procurement", "Question").objects.filter(section__version=version)
    for question, (value, comment) in zip(questions, SAID, strict=False):
        said = {"value": value, "comment": comment, "file_id": file.pk if value == "yes" else None}
        answer = old.get_model("procurement", "Answer").objects.create(
            assessment=assessment, question=question, revision=1, **said
        )
        old.get_model("procurement", "AnswerRevision").objects.create(
            answer=answer, revision=1, by="Jonah Pell", at=timezone.now(), **said
        )
    MigrationExecutor(connection).migrate(latest)

    kept = list(Answer.objects.filter(assessment=assessment.pk).order_by("pk"))
    assert [(each.value, each.is_not_applicable, each.is_whole) for each in kept] == [
        ("yes", False, True),
        ("partial", False, True),
        ("no", False, False),
        (None, True, True),
        (None, False, False),
    ]
    assert all(each.is_with_vendor and each.is_visible for each in kept)
    attachment = kept[0].attachments.get()
    assert (attachment.file_id, attachment.sent_by) == (file.pk, "Jonah Pell")
    revision = AnswerRevision.objects.get(answer=kept[0])
    assert revision.files == [{"attachment": attachment.pk, "name": "policy.pdf", "sha256": file.sha256}]
    assert Assessment.objects.get().family.key == "essential"
    assert essential().sha256 == version_sha256(essential())
