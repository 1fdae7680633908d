"""Versions as content: checked, drafted, published, copied, retired; and our own file that comes back as it went."""

import json

import pytest
from django.core.management import CommandError, call_command

from procurement.questionnaires import services
from procurement.questionnaires.content import current_content, filled, version_content, version_sha256
from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.models import QuestionnaireVersion
from tests.factories.questionnaires import content, every_kind, option, question, with_sections
from tests.procurement.questionnaires.conftest import essential
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused


def drafted(given: dict, by) -> QuestionnaireVersion:
    return services.draft_from(content=given, by=by, now=clock.now())


def nested(deep: int) -> dict:
    inner = {"title": "End", "questions": [question("Q-1")]}
    for level in range(deep - 1):
        inner = {"title": f"Level {level}", "sections": [inner]}
    return with_sections(inner)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("text", "This is no questionnaire of the format countersign-questionnaire/2."),
        ({"format": "countersign-questionnaire/1"}, "This is no questionnaire of the format"),
        (content(title=" "), "Give the questionnaire a title"),
        (content(), "Ask at least one question."),
        (content(question("A", "info")), "Ask at least one question."),
        ({**content(question("A")), "colour": "red"}, "the questionnaire: “colour” is no field."),
        ({**content(question("A")), "sections": "none"}, "the questionnaire: “sections” is of another type"),
        ({**content(question("A")), "number": 0}, "The number of a version is from 1"),
        (content(question("A"), key="a b"), "The key of a questionnaire is made of"),
        (content("A"), "A question is an object"),
        (with_sections("A"), "A section is an object"),
        (nested(7), "Sections nest 6 deep at most."),
        (content(question("A", colour="red")), "A: “colour” is no field."),
        (content(question("A", required="yes")), "A: “required” is of another type"),
        (content(question("A", weight=True)), "A: “weight” is of another type"),
        (content(question("A B")), "A B: the key is made of letters"),
        (content({**question("A"), "text": ""}), "A: it needs a reference and a text"),
        (content(question("A", "slider")), "A: “slider” is no kind of question"),
        (content(question("A"), question("A")), "a stands twice."),
        (content(question("A", "single", options=[option("x")])), "A: a choice needs at least two options"),
        (content(question("A", "single", options=[option("x"), option("x")])), "A: two choices have the same value"),
        (content(question("A", "single", options=[option("x"), {}])), "A: the value of a choice"),
        (content(question("A", "multi", options=[option("x", score=2), option("y")])), "A: a score is a number"),
        (content(question("A", "multi", options=[option("x", severity="bad"), option("y")])), "A: a severity is one"),
        (content(question("A", "date", options=[option("x")])), "A: this kind of question has no options"),
        (content(question("A", "yes_no", options=[option("maybe")])), "A: the choices of this kind are"),
        (content(question("A", "table")), "A: a table has 1 to 12 columns"),
        (content(question("A", "number", shape={"min": 2, "max": 1})), "A: min is more than max"),
        (content(question("A", "date", shape={"unit": "x"})), "A: this kind of question has no shape"),
        (content(question("A", "file")), "A: a question answered by a file has to take one"),
        (content(question("A", evidence="if_answer", evidence_if=["x"])), "A: name answers of this question"),
        (content(question("A", evidence_kinds=["poem"])), "A: a kind of file is one of"),
        (content(question("A", weight=7)), "A: the weight is 20, 10, 5 or 0"),
        (content(question("A", criteria=["CC99"])), "A: “CC99” is no Trust Services Criterion"),
        (content(question("A", visible_if={"q": "b", "op": "answered"}), question("B")), "is no earlier question"),
        (content(question("A", visible_if={"q": "a", "op": "answered"})), "is no earlier question"),
        (content(question("A"), question("B", visible_if={"q": "a", "op": "is", "v": "x"})), "is no answer to A"),
        (content(question("A"), question("B", visible_if={"op": "is"})), "B: its condition cannot be read"),
        (
            content(question("A"), question("B", visible_if={"any": [{"q": "a", "op": "answered"}] * 61})),
            "B: a condition has at most 60 comparisons.",
        ),
    ],
)
def test_what_cannot_be_a_version_is_told_with_its_place(given, sentence):
    problems = problems_in(given)
    assert any(sentence in problem for problem in problems), problems


@pytest.mark.django_db
def test_our_own_file_comes_back_exactly_as_it_went(reviewer):
    given = filled(every_kind())
    assert problems_in(given) == []
    assert version_content(drafted(given, reviewer)) == given
    written = json.dumps(given).encode()
    assert services.read_own_file(b"\xef\xbb\xbf" + written) == given


@pytest.mark.django_db
def test_sections_inside_sections_come_back_too(reviewer):
    given = filled(nested(4))
    assert version_content(drafted(given, reviewer)) == given


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b"{}"])
def test_a_file_that_is_none_of_ours_is_told(data):
    with pytest.raises(Refused) as refusal:
        services.read_own_file(data)
    assert refusal.value.field == "file"


@pytest.mark.django_db
def test_a_draft_is_published_sent_no_more_when_retired_and_never_changes(reviewer):
    version = drafted(every_kind(), reviewer)
    assert (version.state, version.sha256) == ("draft", "")
    version = services.publish(version=version, by=reviewer, now=clock.now())
    assert version.sha256 == version_sha256(version)
    assert [entry.verb for entry in entries_on("questionnaire_version", version.pk)] == [
        "questionnaire_version.published",
        "questionnaire_version.drafted",
    ]
    with pytest.raises(Refused, match="What is published does not change"):
        services.publish(version=version, by=reviewer, now=clock.now())
    assert services.retire(version=version, by=reviewer, now=clock.now()).state == "retired"
    with pytest.raises(Refused, match="Only a published version is retired"):
        services.retire(version=version, by=reviewer, now=clock.now())


@pytest.mark.django_db
def test_a_copy_of_what_is_published_is_a_draft_with_the_next_number(reviewer):
    copy = services.copy_as_draft(version=essential(), by=reviewer, now=clock.now())
    assert (copy.questionnaire, copy.number, copy.state) == (essential().questionnaire, 2, "draft")
    same = {**current_content(essential()), "number": 2}
    assert version_content(copy) == same
    again = services.copy_as_draft(version=copy, by=reviewer, now=clock.now())
    assert again.number == 3


@pytest.mark.django_db
def test_a_draft_that_is_not_right_is_not_published(reviewer):
    version = drafted(content(question("A")), reviewer)
    version.sections.get().questions.update(ref="")
    with pytest.raises(Refused, match=r"It cannot be published yet\. a: it needs a reference"):
        services.publish(version=version, by=reviewer, now=clock.now())
    version.refresh_from_db()
    assert version.state == "draft"


@pytest.mark.django_db
def test_only_reviewers_and_administrators_make_questionnaires(requester, auditor, administrator):
    for person in (requester, auditor):
        with pytest.raises(NotAllowed, match="Only a reviewer or an administrator"):
            drafted(content(question("A")), person)
    assert drafted(content(question("A")), administrator).number == 1


@pytest.mark.django_db
def test_a_version_is_exported_as_a_file_that_is_taken_back(capsys, reviewer):
    call_command("export_questionnaire", "core")
    given = services.read_own_file(capsys.readouterr().out.encode())
    back = drafted(given, reviewer)
    assert (back.number, version_content(back)) == (2, {**given, "number": 2})
    call_command("export_questionnaire", "core", number=2)
    assert json.loads(capsys.readouterr().out) == version_content(back)
    with pytest.raises(CommandError, match=r"Keys: ai-provider, core, essential, privacy"):
        call_command("export_questionnaire", "cores")
