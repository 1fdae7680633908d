"""Both OSCAL documents: in the shapes of NIST's schema as far as we use it, and with nothing that leads nowhere.

The documents were checked against NIST's JSON schemas 1.1.2, 1.1.3 and 1.2.1 when they were written. SHAPES says in our
own words what of them a later change could break.
"""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from procurement.exports.oscal_catalog import catalog
from procurement.exports.oscal_results import assessment_results
from procurement.exports.record import Stands
from procurement.questionnaires.content import filled
from procurement.questionnaires.importing.oscal import collect
from procurement.questionnaires.starters import SETS
from tests.factories.questionnaires import every_kind, question, with_sections
from tests.procurement.exports.conftest import about

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r"[^\W\d][\w.-]*")  # a letter or an underscore first
STRING = re.compile(r"\S(.*\S)?")  # one line, no space around it
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\+\d\d:\d\d|Z)")
TOKENS = {"id", "name", "control-id", "target-id", "role-id", "class", "group"}
NOT_TOKENS = {"parties"}  # a party's name is one line of text
MOMENTS = {"last-modified", "start", "end", "collected"}
ONE_LINE = {"title", "value", "label"}
# What has to be there, by the list or object it stands in.
SHAPES = {
    "metadata": {"title", "last-modified", "version", "oscal-version"},
    "results": {"uuid", "title", "description", "start", "reviewed-controls"},
    "observations": {"uuid", "description", "methods", "collected"},
    "findings": {"uuid", "title", "description", "target"},
    "target": {"type", "target-id", "status"},
    "relevant-evidence": {"description"},
    "resources": {"uuid"},
    "rlinks": {"href"},
    "hashes": {"algorithm", "value"},
    "groups": {"title"},
    "controls": {"id", "title"},
    "params": {"id"},
    "parts": {"name"},
    "props": {"name", "value"},
    "parties": {"uuid", "type"},
    "attestations": {"parts"},
    "related-observations": {"observation-uuid"},
}


def check(value: Any, name: str = "") -> None:
    """Every part of a document has what its shape asks for, and no list or text is empty."""
    assert value not in ([], {}, "") or name == "include-all", f"{name} is empty"
    if isinstance(value, list):
        for each in value:
            check(each, name)
    if not isinstance(value, dict):
        return
    assert SHAPES.get(name, set()) <= set(value), name
    for key, inner in value.items():
        if key == "uuid" or key.endswith("-uuid"):
            assert UUID(inner).version == 5
        elif key in TOKENS and name not in NOT_TOKENS:
            assert TOKEN.fullmatch(inner), f"{name}.{key}: {inner}"
        elif key in MOMENTS:
            assert MOMENT.fullmatch(inner), inner
        elif key in ONE_LINE:
            assert STRING.fullmatch(inner), f"{name}.{key}: {inner}"
        check(inner, key)


def ids_in(value: Any, key: str) -> list[str]:
    if isinstance(value, list):
        return [found for each in value for found in ids_in(each, key)]
    if not isinstance(value, dict):
        return []
    own = [value[key]] if key in value else []
    return own + [found for inner in value.values() for found in ids_in(inner, key)]


def results_of(record) -> dict[str, Any]:
    document = json.loads(assessment_results(record))
    check(document)
    return document["assessment-results"]


def test_every_question_is_an_observation_with_its_evidence(record):
    document = results_of(record)
    (result,) = document["results"]
    assert len(result["observations"]) == len(record.answers) == 15
    observed = {each["title"].split()[0]: each for each in result["observations"]}
    assert (observed["USA"]["description"], observed["USA"]["remarks"]) == ("No", "Not yet.")
    further = [each for each in observed["LINE"]["props"] if each["name"] == "further-field"]
    assert [(each["group"], each["remarks"], each["value"]) for each in further] == [
        ("f.owner", "Who owns it", "Both"),
        ("f.notes", "Description", "=1+1 in two lines"),
    ]
    (evidence,) = observed["PROOF"]["relevant-evidence"]
    (resource,) = [each for each in document["back-matter"]["resources"] if evidence["href"] == f"#{each['uuid']}"]
    assert resource["rlinks"][0]["hashes"][0]["value"] == about(record, "PROOF").files[0].sha256
    values = {each["value"] for each in observed["FIRMS"]["props"] if each["name"] == "value"}
    assert [json.loads(each) for each in values] == [about(record, "FIRMS").value]


def test_a_finding_points_at_its_question_and_its_observation(record):
    (result,) = results_of(record)["results"]
    (finding,) = result["findings"]
    assert finding["target"] == {
        "type": "objective-id",
        "target-id": "q.usa",
        "status": {"state": "not-satisfied"},
    }
    assert finding["related-observations"][0]["observation-uuid"] in ids_in(result["observations"], "uuid")
    assert "q.usa" in ids_in(result["reviewed-controls"], "control-id")


def test_what_is_settled_is_satisfied(record):
    usa = about(record, "USA")
    closed = replace(usa, findings=(replace(usa.findings[0], state="closed"),))
    (result,) = results_of(replace(record, answers=(closed,)))["results"]
    assert result["findings"][0]["target"]["status"]["state"] == "satisfied"


def test_whoever_signed_attests_and_no_reference_leads_nowhere(record):
    document = results_of(record)
    assert "Signed by Jonah Pell" in document["results"][0]["attestations"][0]["parts"][0]["prose"]
    parties = ids_in(document["metadata"]["parties"], "uuid")
    assert document["results"][0]["attestations"][0]["responsible-parties"][0]["party-uuids"][0] in parties
    known = {f"#{uuid}" for uuid in ids_in(document["back-matter"], "uuid")}
    assert document["import-ap"]["href"] in known
    uuids = ids_in(document, "uuid")
    assert len(uuids) == len(set(uuids))


def test_what_is_hidden_is_no_observation_and_a_draft_of_answers_is_a_document_too(record):
    hidden = replace(about(record, "WHY"), stands=Stands.HIDDEN)
    early = replace(record.course, submitted_at=None, signer_name="", signer_title="")
    (result,) = results_of(replace(record, answers=(hidden,), course=early, scores=None))["results"]
    assert "observations" not in result
    assert "attestations" not in result
    (result,) = results_of(replace(record, answers=()))["results"]
    assert result["reviewed-controls"] == {"control-selections": [{"include-all": {}}]}


def test_the_vendors_copy_is_a_document_too(theirs):
    (result,) = results_of(theirs)["results"]
    assert "findings" not in result


def test_the_same_answers_make_the_same_document(record):
    assert assessment_results(record) == assessment_results(record)


def catalog_of(content: dict[str, Any]) -> dict[str, Any]:
    moment = datetime(2026, 9, 1, 10, tzinfo=UTC)
    document = json.loads(catalog(content, sha256="9f" * 32, organisation="Northmoor Health", changed=moment))
    check(document)
    return document


@pytest.mark.parametrize("content", [each.content for each in SETS] + [filled(every_kind())])
def test_a_version_is_a_catalog_that_our_own_import_reads(content):
    document = catalog_of(content)
    questions = [each for asked in ids_in(content["sections"], "questions") for each in asked]
    found = collect(document)
    assert found is not None
    assert [each.ref for each in found.questions] == [f"q.{each['key']}" for each in questions]
    assert [each.text for each in found.questions] == [each["text"] for each in questions]


def test_parts_are_groups_in_groups_and_choices_a_parameter():
    section = {
        "title": "Above",
        "intro": "Read this.",
        "questions": [question("1.2", "multi", options=[{"value": "a", "label": "One\nof them"}], tags=["old"])],
        "sections": [{"title": "Below", "questions": [question("B", visible_if={"q": "1.2", "op": "answered"})]}],
    }
    (group,) = catalog_of(filled(with_sections(section)))["catalog"]["groups"]
    assert (group["parts"][0]["prose"], group["groups"][0]["title"]) == ("Read this.", "Below")
    (control,) = group["controls"]
    assert (control["id"], control["params"][0]["select"]) == (
        "q.1.2",
        {"how-many": "one-or-more", "choice": ["One of them"]},
    )
    (inner,) = group["groups"][0]["controls"]
    assert {"q": "1.2", "op": "answered"} in [
        json.loads(each["value"]) for each in inner["props"] if each["name"] == "visible-if"
    ]
