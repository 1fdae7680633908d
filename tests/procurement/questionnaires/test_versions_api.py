"""Versions by a program: found, taken as they are, and brought in as drafts."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.questionnaires.models import QuestionnaireVersion
from tests.factories.questionnaires import content, published, question
from tests.factories.tokens import program_of

URL = "/api/v1/questionnaire-versions/"
MOST_QUERIES = 12


@pytest.fixture
def program(reviewer):
    return program_of(reviewer)


def bring_in(program, given):
    return program.post(URL, json.dumps(given), content_type="application/json")


def test_a_version_goes_out_and_comes_in_again_as_a_draft(program):
    made = published(content(question("A-1"), question("A-2", "info")))
    again = bring_in(program, program.get(f"{URL}{made.pk}/content/").json())
    assert again.status_code == 201
    told = again.json()
    assert (told["key"], told["number"], told["state"], told["sha256"]) == ("made", 2, "draft", "")
    assert (told["questions"], told["sections"], told["times_sent"]) == (1, 1, 0)
    assert program.get(f"{URL}{told['id']}/content/").json() == {
        **program.get(f"{URL}{made.pk}/content/").json(),
        "number": 2,
    }


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({**content(question("A-1")), "format": "other/1"}, "sections", "This is no questionnaire of the format"),
        (content(question("A-1", "single")), "sections", "A-1"),
        (content({"key": "a", "ref": "A", "text": "x", "colour": "blue"}), "sections", "colour"),
        (content(question("A-1", text="a\x00b")), "sections", "characters that are no letters"),
        ({"format": "countersign-questionnaire/2", "title": "No sections"}, "sections", "This field is required."),
    ],
)
def test_what_is_wrong_in_a_version_is_said_with_its_place_and_nothing_is_kept(program, given, field, sentence):
    before = QuestionnaireVersion.objects.count()
    answer = bring_in(program, given)
    assert answer.status_code == 400
    assert sentence in " ".join(answer.json()["errors"][field])
    assert QuestionnaireVersion.objects.count() == before


def test_an_auditor_reads_and_brings_nothing_in(auditor):
    program = program_of(auditor)
    assert program.get(URL).status_code == 200
    assert bring_in(program, content(question("A-1"))).status_code == 403


def test_versions_are_found_by_questionnaire_and_state(program):
    made = published(content(question("A-1")))
    bring_in(program, content(question("A-1")))

    def found(query: str) -> list[tuple[str, int]]:
        return [(row["key"], row["number"]) for row in program.get(f"{URL}?{query}").json()["results"]]

    assert found("key=made") == [("made", 2), ("made", 1)]
    assert found(f"questionnaire={made.questionnaire_id}&state=published") == [("made", 1)]
    families = program.get("/api/v1/questionnaires/?ordering=-key").json()["results"]
    told = next(row for row in families if row["key"] == "made")
    assert (told["versions"], told["newest_published"]) == (2, 1)


def test_more_versions_ask_no_more_queries(program):
    counts = []
    for wanted in (1, 20):
        for number in range(wanted):
            published(content(question("A-1"), key=f"made-{wanted}-{number}"))
        asked = []
        for resource in ("questionnaires", "questionnaire-versions"):
            program.get(f"/api/v1/{resource}/")
            with CaptureQueriesContext(connection) as queries:
                program.get(f"/api/v1/{resource}/")
            asked.append(len(queries))
        counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= MOST_QUERIES
