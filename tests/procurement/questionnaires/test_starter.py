"""The questionnaires that ship: in our own words, mapped to criteria that exist, pinned by a hash."""

import pytest
from django.core.management import call_command

from procurement.questionnaires import starter
from procurement.questionnaires.conditions import terms_of
from procurement.questionnaires.content import filled, version_sha256
from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.content_hash import sha256_of
from procurement.questionnaires.models import Question, Questionnaire, QuestionnaireVersion
from procurement.questionnaires.services import ensure_starter
from procurement.questionnaires.starters import SETS
from tests.procurement.questionnaires.conftest import essential
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.reports.criteria import is_criterion

ASKED = [each for _title, questions in starter.SECTIONS for each in questions]
SIZES = {"core": range(55, 75), "ai-provider": range(20, 21), "privacy": range(20, 21)}
BY_KEY = {each.content["questionnaire"]: each for each in SETS}


def questions_of(key: str) -> list[dict]:
    """Of a set, without texts that only inform."""
    sections = BY_KEY[key].content["sections"]
    return [question for section in sections for question in section["questions"] if question["kind"] != "info"]


def test_the_shortest_asks_25_questions_in_six_sections_none_of_them_twice():
    assert (len(ASKED), len(starter.SECTIONS)) == (25, 6)
    assert len({each.ref for each in ASKED}) == len({each.text for each in ASKED}) == 25


def test_every_question_of_it_is_one_sentence_and_touches_criteria_that_exist():
    for question in ASKED:
        assert question.text.endswith("?")
        assert question.criteria
        assert all(is_criterion(each) for each in question.criteria)


@pytest.mark.parametrize("key", BY_KEY)
def test_every_set_can_be_published_and_each_question_touches_criteria(key):
    content = BY_KEY[key].content
    assert problems_in(content) == []
    assert filled(content) == content
    assert len(questions_of(key)) in SIZES[key]
    assert [question["ref"] for question in questions_of(key) if not question["criteria"]] == []


@pytest.mark.parametrize("key", BY_KEY)
def test_every_set_uses_several_kinds_and_asks_some_questions_only_when_others_open_them(key):
    content = BY_KEY[key].content
    rules = [each["visible_if"] for section in content["sections"] for each in (section, *section["questions"])]
    assert len([rule for rule in rules if rule and list(terms_of(rule))]) >= 4
    assert len({question["kind"] for question in questions_of(key)}) >= 5


def test_no_reference_stands_for_two_questions_among_all_sets():
    refs = [each.ref for each in ASKED] + [question["ref"] for key in BY_KEY for question in questions_of(key)]
    assert len(set(refs)) == len(refs)


@pytest.mark.django_db
def test_a_new_installation_has_the_first_version_of_each_published():
    versions = QuestionnaireVersion.objects.published().order_by("questionnaire_id")
    assert [version.questionnaire.key for version in versions] == ["essential", *BY_KEY]
    assert all(version.sha256 == version_sha256(version) for version in versions)
    assert [question.ref for question in Question.objects.filter(section__version=essential())] == [
        each.ref for each in ASKED
    ]
    for version in versions[1:]:
        assert version.sha256 == sha256_of(BY_KEY[version.questionnaire.key].content)


@pytest.mark.django_db
def test_its_hash_is_of_all_that_a_vendor_reads():
    version = essential()
    version.intro = "Another word."
    assert version.sha256 != version_sha256(version)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_gets_them_again_when_one_is_needed():
    call_command("flush", interactive=False, verbosity=0)
    assert not Questionnaire.objects.exists()
    first = ensure_starter(now=clock.now())
    assert ensure_starter(now=clock.now()) == first
    assert first.published_at == clock.now()
    assert first.sha256 == version_sha256(first)
    assert set(Questionnaire.objects.values_list("key", flat=True)) == {"essential", *BY_KEY}


@pytest.mark.django_db
def test_a_retired_version_is_not_sent_any_more():
    QuestionnaireVersion.objects.filter(pk=essential().pk).update(state="retired")
    with pytest.raises(Refused, match="No version of the questionnaire is published"):
        ensure_starter(now=clock.now())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", [1, 2])
def test_what_ships_is_there_again_after_a_test_that_empties_its_tables(round_number):
    assert QuestionnaireVersion.objects.filter(state="published").count() == 4
