"""A draft written by a program: copied or begun, its sections and questions changed, published, retired."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.questionnaires.models import QuestionnaireVersion, Section
from tests.conftest import member_of_staff
from tests.factories.questionnaires import content, long_content, published, question
from tests.factories.tokens import program_of
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import Role

VERSIONS = "questionnaire-versions"
SECTIONS = "questionnaire-sections"
QUESTIONS = "questionnaire-questions"
MOST_QUERIES = 12


@pytest.fixture
def program(reviewer):
    return program_of(reviewer)


def sent(program, method: str, address: str, **body: Any):
    return program.generic(method, f"/api/v1/{address}/", json.dumps(body), content_type="application/json")


def done(program, method: str, address: str, **body: Any) -> dict[str, Any]:
    answer = sent(program, method, address, **body)
    assert answer.status_code in {200, 201, 204}, answer.text
    return answer.json() if answer.content else {}


def found(program, address: str) -> list[dict[str, Any]]:
    return program.get(f"/api/v1/{address}").json()["results"]


@pytest.fixture
def draft(program) -> dict[str, Any]:
    """A copy of a published version with two questions."""
    made = published(content(question("A-1"), question("A-2")))
    return done(program, "POST", f"{VERSIONS}/{made.pk}/copy")


@pytest.fixture
def part(program, draft) -> dict[str, Any]:
    return found(program, f"{SECTIONS}/?version={draft['id']}")[0]


def asked(program, draft, ref: str) -> dict[str, Any]:
    return next(row for row in found(program, f"{QUESTIONS}/?version={draft['id']}") if row["ref"] == ref)


def test_a_copy_is_changed_published_sent_no_more_and_each_act_is_in_the_ledger(program, draft, part, reviewer):
    assert (draft["number"], draft["state"], draft["questions"]) == (2, "draft", 2)
    new = done(
        program,
        "POST",
        QUESTIONS,
        section=part["id"],
        ref="A-3",
        text="How is data deleted?",
        kind="single",
        options=[
            {"value": "shredded", "label": "Shredded", "score": 1},
            {"value": "kept", "label": "Kept", "score": 0, "severity": "high", "flag": "Data is kept"},
        ],
        weight=20,
        evidence="if_answer",
        evidence_if=["shredded"],
        evidence_kinds=["policy"],
        evidence_max_months=12,
        visible_if={"q": "a-1", "op": "is", "v": "yes"},
        criteria=["CC6.5"],
        companions=[{"key": "owner", "title": "Who sees to it"}],
    )
    assert (new["key"], new["position"], new["companions"][0]["kind"]) == ("a-3", 3, "short_text")
    done(program, "PATCH", f"{VERSIONS}/{draft['id']}", title="Deleting data", purpose="Where data leaves.")
    told = done(program, "POST", f"{VERSIONS}/{draft['id']}/publish")
    assert (told["state"], told["title"], len(told["sha256"]), told["questions"]) == (
        "published",
        "Deleting data",
        64,
        3,
    )
    whole = program.get(f"/api/v1/{VERSIONS}/{draft['id']}/content/").json()
    assert whole["sections"][0]["questions"][2]["evidence_if"] == ["shredded"]
    assert done(program, "POST", f"{VERSIONS}/{draft['id']}/retire")["state"] == "retired"
    verbs = LedgerEntry.objects.filter(subject_type="questionnaire_version", subject_id=draft["id"]).order_by("seq")
    assert list(verbs.values_list("verb", "actor_label")) == [
        (f"questionnaire_version.{verb}", reviewer.label)
        for verb in ("drafted", "changed", "changed", "published", "retired")
    ]


def test_what_is_published_is_changed_by_no_program(program, draft, part):
    one = asked(program, draft, "A-1")
    done(program, "POST", f"{VERSIONS}/{draft['id']}/publish")
    body = {"text": "Is it otherwise?", "sha256": one["sha256"]}
    for method, address in (
        ("PATCH", f"{VERSIONS}/{draft['id']}"),
        ("POST", f"{VERSIONS}/{draft['id']}/remove"),
        ("POST", f"{VERSIONS}/{draft['id']}/publish"),
        ("PATCH", f"{SECTIONS}/{part['id']}"),
        ("POST", f"{SECTIONS}/{part['id']}/remove"),
        ("PATCH", f"{QUESTIONS}/{one['id']}"),
        ("POST", f"{QUESTIONS}/{one['id']}/move"),
        ("POST", f"{QUESTIONS}/{one['id']}/remove"),
    ):
        answer = sent(program, method, address, **body)
        assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json"), address
    assert sent(program, "POST", QUESTIONS, section=part["id"], ref="A-9", text="One more?").status_code == 400


def test_only_what_is_sent_changes_and_what_somebody_changed_meanwhile_is_refused(program, draft):
    one = asked(program, draft, "A-1")
    changed = done(program, "PATCH", f"{QUESTIONS}/{one['id']}", sha256=one["sha256"], weight=5)
    assert changed == {**one, "weight": 5, "sha256": changed["sha256"]}
    late = sent(program, "PATCH", f"{QUESTIONS}/{one['id']}", sha256=one["sha256"], text="Too late?")
    assert late.status_code == 409
    assert "Somebody changed this question meanwhile." in late.json()["detail"]
    assert sent(program, "PATCH", f"{QUESTIONS}/{one['id']}", text="Unread?").status_code == 400


@pytest.mark.parametrize(
    ("body", "status", "field", "sentence"),
    [
        ({"weight": 7}, 400, "weight", "not a valid choice"),
        ({"criteria": ["CC99.9"]}, 409, "", "is no Trust Services Criterion"),
        ({"kind": "single"}, 409, "", "a choice needs at least two options"),
        ({"evidence": "if_answer"}, 409, "", "name answers of this question that need a file"),
        ({"ref": "A-1"}, 422, "ref", "stands on another question"),
        ({"visible_if": {"q": "a-2", "op": "is", "v": "yes"}}, 422, "visible_if", "which is no earlier question"),
        ({"visible_if": {"any": 7}}, 422, "visible_if", "cannot be read"),
        ({"options": [{"value": "yes", "flag": "a\x00b"}]}, 400, "", "no letters"),
    ],
)
def test_what_is_wrong_with_a_question_is_said_and_nothing_is_kept(program, draft, body, status, field, sentence):
    two = asked(program, draft, "A-2")
    answer = sent(program, "PATCH", f"{QUESTIONS}/{two['id']}", sha256=two["sha256"], **body)
    assert answer.status_code == status
    told = answer.json()
    assert sentence in (" ".join(told["errors"][field]) if field else told["detail"])
    assert asked(program, draft, "A-2") == two


@pytest.mark.slow
def test_sections_are_added_moved_asked_under_a_condition_and_removed(program, draft, part):
    more = done(program, "POST", SECTIONS, version=draft["id"], title="Backups")
    inside = done(program, "POST", SECTIONS, version=draft["id"], title="Tapes", parent=more["id"])
    assert (inside["parent"], inside["position"]) == (more["id"], 3)
    rule = {"q": "a-2", "op": "is", "v": "yes"}
    unknown = sent(program, "PATCH", f"{SECTIONS}/{more['id']}", visible_if={**rule, "q": "a-9"})
    assert (unknown.status_code, list(unknown.json()["errors"])) == (422, ["visible_if"])
    changed = done(program, "PATCH", f"{SECTIONS}/{more['id']}", visible_if=rule)
    assert (changed["title"], changed["visible_if"]) == ("Backups", rule)
    done(program, "POST", f"{SECTIONS}/{more['id']}/move", way="up")
    told = program.get(f"/api/v1/{VERSIONS}/{draft['id']}/").json()
    assert [(each["section"], each["question"]) for each in told["to_settle"]] == [(more["id"], None)]
    refused = sent(program, "POST", f"{VERSIONS}/{draft['id']}/publish")
    assert (refused.status_code, "It cannot be published yet." in refused.json()["detail"]) == (409, True)
    titles = [row["title"] for row in found(program, f"{SECTIONS}/?version={draft['id']}")]
    assert titles == ["Backups", "Tapes", "Everything"]
    assert [row["id"] for row in found(program, f"{SECTIONS}/?parent={more['id']}")] == [inside["id"]]
    done(program, "POST", f"{SECTIONS}/{more['id']}/remove")
    assert [row["id"] for row in found(program, f"{SECTIONS}/?version={draft['id']}")] == [part["id"]]
    assert not Section.objects.filter(pk=inside["id"]).exists()


def test_questions_are_moved_within_and_between_sections_and_removed(program, draft):
    more = done(program, "POST", SECTIONS, version=draft["id"], title="Backups")
    one, two = asked(program, draft, "A-1"), asked(program, draft, "A-2")
    done(program, "POST", f"{QUESTIONS}/{two['id']}/move", way="up")
    assert [row["ref"] for row in found(program, f"{QUESTIONS}/?version={draft['id']}")] == ["A-2", "A-1"]
    moved = done(program, "PATCH", f"{QUESTIONS}/{two['id']}", sha256=two["sha256"], section=more["id"])
    assert (moved["section"], moved["position"]) == (more["id"], 1)
    assert [row["ref"] for row in found(program, f"{QUESTIONS}/?section={more['id']}")] == ["A-2"]
    done(program, "POST", f"{QUESTIONS}/{one['id']}/remove")
    assert [row["ref"] for row in found(program, f"{QUESTIONS}/?version={draft['id']}")] == ["A-2"]


def test_a_questionnaire_is_begun_with_an_empty_draft_and_goes_with_it(program):
    begun = done(program, "POST", "questionnaires", title="Backups", purpose="For whoever keeps copies.")
    assert (begun["key"], begun["versions"], begun["newest_published"]) == ("backups", 1, None)
    (draft,) = found(program, f"{VERSIONS}/?questionnaire={begun['id']}")
    assert (draft["state"], draft["questions"]) == ("draft", 0)
    done(program, "POST", f"{VERSIONS}/{draft['id']}/remove")
    assert program.get(f"/api/v1/questionnaires/{begun['id']}/").status_code == 404


def test_an_auditor_reads_a_draft_and_changes_nothing(auditor, program, draft, part):
    theirs = program_of(auditor)
    assert found(theirs, f"{QUESTIONS}/?version={draft['id']}")
    for method, address in (
        ("POST", f"{VERSIONS}/{draft['id']}/publish"),
        ("PATCH", f"{SECTIONS}/{part['id']}"),
        ("POST", f"{SECTIONS}/{part['id']}/remove"),
        ("POST", SECTIONS),
    ):
        assert sent(theirs, method, address).status_code == 403
    assert QuestionnaireVersion.objects.get(pk=draft["id"]).state == "draft"


def read_page_by_page(program) -> tuple[list[str], list[dict[str, Any]]]:
    """More questions than a cursor could count through at one place: their references, and the first sections."""
    version = published(long_content(1200))
    rows, address = [], f"/api/v1/{QUESTIONS}/?version={version.pk}&page_size=200"
    while address:
        with CaptureQueriesContext(connection) as queries:
            page = program.get(address).json()
        assert len(queries) <= MOST_QUERIES
        rows += page["results"]
        address = page["next"]
    return [row["ref"] for row in rows], found(program, f"{SECTIONS}/?version={version.pk}&page_size=7")


IN_ORDER = [f"Q-{n}" for n in range(1, 1201)]
FIRST_PARTS = [(f"Part {n}", 20) for n in range(1, 8)]


@pytest.mark.slow
def test_a_long_questionnaire_is_read_page_by_page_in_its_order(program):
    refs, sections = read_page_by_page(program)
    assert refs == IN_ORDER
    assert [(row["title"], row["questions"]) for row in sections] == FIRST_PARTS


@pytest.mark.postgres
def test_and_so_it_is_on_postgresql(postgres_database):
    refs, sections = read_page_by_page(program_of(member_of_staff("Ines Varga", Role.REVIEWER)))
    assert refs == IN_ORDER
    assert [(row["title"], row["questions"]) for row in sections] == FIRST_PARTS
