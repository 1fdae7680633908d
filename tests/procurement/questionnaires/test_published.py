"""What is published stays: the database itself refuses, whoever writes to it."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from procurement.questionnaires.models import AnswerRevision, Question, QuestionnaireVersion, Section
from tests.procurement.questionnaires.conftest import answer_to, essential


def published() -> QuestionnaireVersion:
    return essential()


def draft() -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.create(
        questionnaire=published().questionnaire, number=2, title="Next year's questions"
    )


def a_question() -> Question:
    return Question.objects.select_related("section").first()


def question_in(section: Section, **other: object) -> Question:
    return Question.objects.create(section=section, **{"position": 90, "key": "x", "ref": "X", "text": "?", **other})


def replaced_by_raw_sql() -> None:
    """INSERT OR REPLACE deletes a row on SQLite without asking a trigger that guards deletes."""
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    columns = (
        "id, section_id, position, key, ref, text, help, kind, options, shape, required, allows_na, weight, "
        "good_answer, is_knock_out, evidence, evidence_if, evidence_kinds, criteria, tags, companions, is_published"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"{verb} INTO procurement_question ({columns}) VALUES (%s, %s, 91, 'y', 'Y', '?', '', '', '[]', "
            "'{}', true, false, 10, 'yes', false, '', '[]', '[]', '[]', '[]', '[]', false)",
            [a_question().pk, a_question().section_id],
        )


TRIES: dict[str, Callable[[], object]] = {
    "change a question": lambda: Question.objects.filter(pk=a_question().pk).update(text="Softer?"),
    "delete a question": lambda: a_question().delete(),
    "add a question": lambda: question_in(a_question().section),
    "move a draft's question in": lambda: Question.objects.filter(
        pk=question_in(Section.objects.create(version=draft(), position=1, title="New")).pk
    ).update(section=a_question().section),
    "put another in its place": replaced_by_raw_sql,
    "change a section": lambda: Section.objects.filter(version=published()).update(title="Other"),
    "delete a section": lambda: Section.objects.filter(version=published()).first().delete(),
    "add a section": lambda: Section.objects.create(version=published(), position=90, title="More"),
    "change the version": lambda: QuestionnaireVersion.objects.update(intro="Other words"),
    "change its hash": lambda: QuestionnaireVersion.objects.update(sha256="0" * 64),
    "make it a draft again": lambda: QuestionnaireVersion.objects.update(state="draft", sha256="", published_at=None),
    "delete the version": lambda: QuestionnaireVersion.objects.filter(state="published")._raw_delete("default"),
}


def refuses(act: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="What is published does not change"), transaction.atomic():
        act()


@pytest.mark.django_db
@pytest.mark.parametrize("act", TRIES.values(), ids=TRIES)
def test_the_database_refuses_to(act):
    refuses(act)


@pytest.mark.django_db
def test_a_draft_can_be_written_and_thrown_away():
    version = draft()
    section = Section.objects.create(version=version, position=1, title="New")
    question = question_in(section)
    Question.objects.filter(pk=question.pk).update(text="Clearer?")
    for each in (question, section, version):
        each.delete()
    assert QuestionnaireVersion.objects.filter(state="draft").exists() is False


@pytest.mark.django_db
def test_a_published_version_may_be_retired():
    assert QuestionnaireVersion.objects.filter(pk=published().pk).update(state="retired") == 1


@pytest.mark.django_db
def test_what_an_answer_said_before_stays(submitted):
    revisions = AnswerRevision.objects.filter(answer=answer_to(submitted, "OP-2"))
    for act in (lambda: revisions.update(comment="Softer"), lambda: revisions._raw_delete("default")):
        with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
            act()


@pytest.mark.postgres
def test_postgresql_refuses_all_of_it_too(postgres_database):
    for act in TRIES.values():
        refuses(act)
        QuestionnaireVersion.objects.filter(state="draft").delete()
    with pytest.raises(IntegrityError, match="What is published does not change"), transaction.atomic():
        connection.cursor().execute("TRUNCATE procurement_question CASCADE")
