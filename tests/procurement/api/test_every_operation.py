"""Every operation, tried with made-up values as two people: no server error, and nothing that is not described.

A seeded sample: the same examples each time, and many more of them in `make soak`. Ids are made up too; every other one
is bent to something that is on file, so that an operation gets further than its first 404.
"""

import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import time_machine
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from procurement.accounts.models import Scope
from procurement.demo.cast import Cast
from procurement.demo.seeding import BROOKVANE
from procurement.questionnaires.models import QuestionnaireVersion
from procurement.reviews.services import open_report_bytes
from tests.amounts import amount
from tests.factories.stories import FIRST_DAY, collecting, paper
from tests.factories.tokens import bearer, make_token
from tests.repository.permission_stage import Stage, set_the_stage
from vendors.calendar import clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sampled]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]
FORGERY_TOKEN = "a" * 32
# What a key in a body names.
KEYS_IN_BODIES = {
    "vendor": "vendors",
    "contact": "contacts",
    "review": "drafts",
    "owner": "people",
    "answers_request": "report-requests",
    "revision": "revision",
    "version": "published",
    "answer": "answers",
    "assessment": "assessments",
    "section": "questionnaire-sections",
}


def loaded(**phases: Any) -> Any:
    # Nobody makes up a token: each of the two brings their own.
    generation = {"with-security-parameters": False}
    config = schemathesis.Config.from_dict({"phases": phases, "generation": generation})
    api = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True), config=config)
    api.app = get_wsgi_application()
    return api


# Besides made-up values, one of the two tries the edges of each value and every method that is not offered.
with_edges, without_edges = loaded(), loaded(coverage={"enabled": False})
EXAMPLES = amount(sample=4, full=100)  # of each operation
EDGES_LEFT_OUT = amount(sample=5, full=0)  # for each one that is tried
seeded = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
on_file: dict[str, Any] = {}  # by the resource in an address, or by the key in a body


def bend(case: Any) -> None:
    """Point every other made-up key at something that is on file."""
    known = on_file.get(case.operation.path.split("/")[3])
    for name, value in (case.path_parameters or {}).items():
        if known is not None and len(str(value)) % 2:
            case.path_parameters[name] = known
    if isinstance(case.body, dict):
        for name, key in KEYS_IN_BODIES.items():
            value = case.body.get(name)
            if isinstance(value, int) and len(str(value)) % 2:
                case.body[name] = on_file[key]


def is_left_out(case: Any) -> bool:
    """Of the edges of values, a sample that is the same each time; of methods that are not offered, none."""
    meta = case.meta
    if meta is None or meta.phase.name is not TestPhase.COVERAGE:
        return False
    if case.method != case.operation.method.upper():
        return False
    return zlib.crc32(meta.phase.data.description.encode()) % (EDGES_LEFT_OUT + 1) != 0


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    nine = time_machine.travel("2026-09-01T10:00:00+02:00", tick=False)
    with django_db_blocker.unblock(), nine, transaction.atomic():
        stage = set_the_stage()
        cast = Cast(**stage.people)
        story, review = collecting(cast, BROOKVANE)
        report = story.send_report(review.vendor.contacts.get(), None, paper(), FIRST_DAY)
        open_report_bytes(review=review, report=report, by=cast.reviewer, on=FIRST_DAY, now=clock.now())
        on_file.update(
            {f"{name}s": key for name, key in stage.own.items()},
            drafts=review.pk,
            people=stage.own["person"],
            reports=report.pk,
            revision=report.revision,
            vendors=review.vendor_id,
            **{
                "report-requests": stage.own["request"],
                "questionnaire-versions": stage.own["version"],
                "questionnaire-sections": stage.own["part"],
                "questionnaire-questions": stage.own["question"],
                "questionnaire-imports": stage.own["import"],
                "questionnaire-mappings": stage.own["profile"],
                "brought-answers": stage.own["brought"],
                "answer-comments": stage.own["answer_comment"],
                "campaign-recipients": stage.own["recipient"],
            },
            published=QuestionnaireVersion.objects.published().latest("pk").pk,
        )
        yield stage
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _stands_still(stage: Stage) -> None:
    """The moment of the stage goes on."""


@pytest.fixture
def reviewers_program(stage: Stage) -> Iterator[dict[str, Any]]:
    """How a token that writes is sent. What its examples changed is taken back afterwards."""
    with transaction.atomic():
        yield {"headers": bearer(make_token(stage.people["reviewer"], Scope.WRITE)[1])}
        transaction.set_rollback(True)


@pytest.fixture
def requesters_browser(stage: Stage) -> Iterator[dict[str, Any]]:
    """How a session is sent, with the token against forged requests."""
    session = stage.browsers["requester"].cookies["countersign-session"].value
    with transaction.atomic():
        yield {
            "headers": {"X-CSRFToken": FORGERY_TOKEN},
            "cookies": {"countersign-session": session, "countersign-csrf": FORGERY_TOKEN},
        }
        transaction.set_rollback(True)


@with_edges.parametrize()
@seed(20260901)
@seeded
def test_a_reviewers_program_gets_answers_that_are_described(case: Any, reviewers_program: dict[str, Any]) -> None:
    check(case, reviewers_program)


@without_edges.parametrize()
@seed(20260902)
@seeded
def test_a_requester_in_a_browser_gets_answers_that_are_described(
    case: Any, requesters_browser: dict[str, Any]
) -> None:
    check(case, requesters_browser)


def check(case: Any, sent_as: dict[str, Any]) -> None:
    if is_left_out(case):
        return
    bend(case)
    answer = case.call_and_validate(checks=CHECKS, **sent_as)
    assert answer.status_code != 401, "whoever asks is let in"
