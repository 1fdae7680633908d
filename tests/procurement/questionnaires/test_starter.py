"""The questionnaire that ships: about 25 questions, mapped to criteria that exist, pinned by a hash."""

import pytest
from django.core.management import call_command

from procurement.questionnaires import starter
from procurement.questionnaires.content import version_sha256
from procurement.questionnaires.models import Question, Questionnaire, QuestionnaireVersion
from procurement.questionnaires.services import ensure_starter
from tests.procurement.questionnaires.conftest import essential
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.reports.criteria import is_criterion

ASKED = [each for _title, questions in starter.SECTIONS for each in questions]


def test_it_asks_25_questions_in_six_sections_none_of_them_twice():
    assert (len(ASKED), len(starter.SECTIONS)) == (25, 6)
    assert len({each.ref for each in ASKED}) == len({each.text for each in ASKED}) == 25


@pytest.mark.parametrize("question", ASKED, ids=lambda each: each.ref)
def test_every_question_is_one_sentence_and_touches_criteria_that_exist(question):
    assert question.text.endswith("?")
    assert question.criteria
    assert all(is_criterion(each) for each in question.criteria)


@pytest.mark.django_db
def test_a_new_installation_has_version_1_published():
    version = essential()
    assert (str(version), version.state) == ("Essential security questions, version 1", "published")
    assert [question.ref for question in Question.objects.filter(section__version=version)] == [e.ref for e in ASKED]


@pytest.mark.django_db
def test_its_hash_is_of_all_that_a_vendor_reads():
    version = essential()
    assert version.sha256 == version_sha256(version)
    version.intro = "Another word."
    assert version.sha256 != version_sha256(version)


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_gets_it_again_when_it_is_needed():
    call_command("flush", interactive=False, verbosity=0)
    assert not Questionnaire.objects.exists()
    first = ensure_starter(now=clock.now())
    assert ensure_starter(now=clock.now()) == first
    assert first.published_at == clock.now()
    assert Question.objects.filter(section__version=first).count() == 25


@pytest.mark.django_db
def test_a_retired_version_is_not_sent_any_more():
    old = essential()
    QuestionnaireVersion.objects.filter(pk=old.pk).update(state="retired")
    with pytest.raises(Refused, match="No version of the questionnaire is published"):
        ensure_starter(now=clock.now())
