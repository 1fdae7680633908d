"""Who gets what from the API: every address, method and person, for what is theirs, somebody else's, or not there.

Each line is an address with a method, then a status a person asking for what is on file. The last columns are those of
a program with the reviewer's token: one that reads, one that writes. "Not yours" is the same 404 as "not there", with
the same body. Keys in bodies have their own test (tests/procurement/api/test_writable_keys.py).
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from procurement.accounts.models import Scope
from tests.factories.tokens import program_of
from tests.repository.permission_stage import MISSING, PEOPLE, Stage, a_requester_of_nothing, set_the_stage
from vendors.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db

#                                     nobody requester reviewer approver auditor admin contact stranger reads writes
TABLE = """
GET  vendors/                         401 200 200 200 200 200 404 404 200 200
GET  vendors/<vendor>/                401 404 200 200 200 404 404 404 200 200
GET  contacts/                        401 200 200 200 200 200 404 404 200 200
POST contacts/                        401 400 400 400 400 400 404 404 403 400
GET  contacts/<contact>/              401 404 200 404 200 404 404 404 200 200
GET  ndas/                            401 200 200 200 200 200 404 404 200 200
GET  ndas/<nda>/                      401 404 200 404 200 404 404 404 200 200
GET  report-requests/                 401 200 200 200 200 200 404 404 200 200
POST report-requests/                 401 400 400 400 400 400 404 404 403 400
GET  report-requests/<request>/       401 404 200 404 200 404 404 404 200 200
POST report-requests/<request>/due/   401 404 400 404 403 404 404 404 403 400
POST report-requests/<request>/cancel/ 401 404 400 404 403 404 404 404 403 400
GET  reports/                         401 200 200 200 200 200 404 404 200 200
POST reports/                         401 415 415 415 415 415 404 404 403 415
GET  reports/<report>/                401 404 200 200 200 404 404 404 200 200
GET  reports/<report>/file/           401 404 200 200 403 404 404 404 200 200
PUT  reports/<report>/facts/          401 404 409 403 403 404 404 404 403 409
GET  engagements/                     401 200 200 200 200 200 404 404 200 200
GET  engagements/<engagement>/        401 200 200 200 200 404 404 404 200 200
GET  reviews/                         401 200 200 200 200 200 404 404 200 200
POST reviews/                         401 400 400 400 400 400 404 404 403 400
GET  reviews/<review>/                401 200 200 200 200 404 404 404 200 200
POST reviews/<review>/take/           401 403 409 403 403 404 404 404 403 409
GET  questionnaires/                  401 200 200 200 200 200 404 404 200 200
POST questionnaires/                  401 403 400 403 403 400 404 404 403 400
GET  questionnaires/<questionnaire>/  401 404 200 404 200 200 404 404 200 200
GET  questionnaire-versions/          401 200 200 200 200 200 404 404 200 200
POST questionnaire-versions/          401 403 400 403 403 400 404 404 403 400
PATCH questionnaire-versions/<version>/ 401 404 200 404 403 200 404 404 403 200
POST questionnaire-versions/<version>/copy/ 401 404 201 404 403 201 404 404 403 201
POST questionnaire-versions/<version>/publish/ 401 404 200 404 403 200 404 404 403 200
POST questionnaire-versions/<version>/retire/ 401 404 409 404 403 409 404 404 403 409
POST questionnaire-versions/<version>/remove/ 401 404 204 404 403 204 404 404 403 204
GET  questionnaire-versions/<version>/ 401 404 200 404 200 200 404 404 200 200
GET  questionnaire-versions/<version>/content/ 401 404 200 404 200 200 404 404 200 200
GET  questionnaire-versions/<version>/xlsx/ 401 404 200 404 200 200 404 404 200 200
GET  questionnaire-versions/<version>/csv/ 401 404 200 404 200 200 404 404 200 200
GET  questionnaire-versions/<version>/oscal/ 401 404 200 404 200 200 404 404 200 200
GET  questionnaire-sections/          401 200 200 200 200 200 404 404 200 200
POST questionnaire-sections/          401 403 400 403 403 400 404 404 403 400
GET  questionnaire-sections/<part>/   401 404 200 404 200 200 404 404 200 200
PATCH questionnaire-sections/<part>/  401 404 200 404 403 200 404 404 403 200
POST questionnaire-sections/<part>/move/ 401 404 400 404 403 400 404 404 403 400
POST questionnaire-sections/<part>/remove/ 401 404 204 404 403 204 404 404 403 204
GET  questionnaire-questions/         401 200 200 200 200 200 404 404 200 200
POST questionnaire-questions/         401 403 400 403 403 400 404 404 403 400
GET  questionnaire-questions/<question>/ 401 404 200 404 200 200 404 404 200 200
PATCH questionnaire-questions/<question>/ 401 404 400 404 403 400 404 404 403 400
POST questionnaire-questions/<question>/move/ 401 404 400 404 403 400 404 404 403 400
POST questionnaire-questions/<question>/remove/ 401 404 204 404 403 204 404 404 403 204
GET  questionnaire-imports/           401 200 200 200 200 200 404 404 200 200
POST questionnaire-imports/           401 403 415 403 403 415 404 404 403 415
GET  questionnaire-imports/<import>/  401 404 200 404 404 200 404 404 200 200
GET  questionnaire-imports/<import>/rows/ 401 404 400 404 404 400 404 404 400 400
GET  questionnaire-imports/<import>/changes/ 401 404 400 404 404 400 404 404 400 400
POST questionnaire-imports/<import>/read/ 401 404 200 404 404 200 404 404 403 200
POST questionnaire-imports/<import>/draft/ 401 404 201 404 404 201 404 404 403 201
POST questionnaire-imports/<import>/keep/ 401 404 400 404 404 400 404 404 403 400
GET  questionnaire-mappings/          401 200 200 200 200 200 404 404 200 200
GET  questionnaire-mappings/<profile>/ 401 404 200 404 404 200 404 404 200 200
POST questionnaire-mappings/<profile>/forget/ 401 404 204 404 404 204 404 404 403 204
POST questionnaire-imports/<import>/discard/ 401 404 200 404 404 200 404 404 403 200
GET  assessments/                     401 200 200 200 200 200 404 404 200 200
POST assessments/                     401 400 400 400 400 400 404 404 403 400
GET  assessments/<assessment>/        401 404 200 200 200 404 404 404 200 200
POST assessments/<assessment>/return/ 401 404 409 403 403 404 404 404 403 409
GET  assessments/<assessment>/xlsx/   401 404 200 200 200 404 404 404 200 200
GET  assessments/<assessment>/csv/    401 404 200 200 200 404 404 404 200 200
GET  assessments/<assessment>/pdf/    401 404 200 200 200 404 404 404 200 200
GET  assessments/<assessment>/json/   401 404 200 200 200 404 404 404 200 200
GET  assessments/<assessment>/workbook/ 401 404 200 200 200 404 404 404 200 200
GET  assessments/<assessment>/oscal/  401 404 200 200 200 404 404 404 200 200
GET  answers/                         401 200 200 200 200 200 404 404 200 200
GET  answers/<answer>/                401 404 200 200 200 404 404 404 200 200
POST answers/<answer>/accept/         401 404 409 403 403 404 404 404 403 409
POST answers/<answer>/ask/            401 404 409 403 403 404 404 404 403 409
POST answers/<answer>/require/        401 404 409 403 403 404 404 404 403 409
POST answers/<answer>/rate/           401 404 409 403 403 404 404 404 403 409
POST answers/<answer>/flag/           401 404 409 403 403 404 404 404 403 409
POST assessments/<assessment>/accept-unflagged/ 401 404 409 403 403 404 404 404 403 409
POST assessments/<assessment>/chase/  401 404 409 403 403 404 404 404 403 409
POST assessments/<assessment>/due/    401 404 409 403 403 404 404 404 403 409
POST assessments/<assessment>/cancel/ 401 404 409 403 403 404 404 404 403 409
POST assessments/<assessment>/send-comments/ 401 404 409 403 403 404 404 404 403 409
POST assessments/<assessment>/take-as-handed-over/ 401 404 409 403 403 404 404 404 403 409
GET  brought-answers/                 401 200 200 200 200 200 404 404 200 200
POST brought-answers/                 401 415 415 415 415 415 404 404 403 415
GET  brought-answers/<brought>/       401 404 200 200 200 404 404 404 200 200
GET  brought-answers/<brought>/comparison/ 401 404 409 403 403 404 404 404 409 409
POST brought-answers/<brought>/apply/ 401 404 409 403 403 404 404 404 403 409
POST brought-answers/<brought>/discard/ 401 404 409 403 403 404 404 404 403 409
POST brought-answers/<brought>/undo/  401 404 409 403 403 404 404 404 403 409
GET  answer-comments/                 401 200 200 200 200 200 404 404 200 200
POST answer-comments/                 401 400 400 400 400 400 404 404 403 400
GET  answer-comments/<answer_comment>/ 401 404 200 200 200 404 404 404 200 200
POST answer-comments/<answer_comment>/withdraw/ 401 404 409 403 403 404 404 404 403 409
GET  assignments/                     401 200 200 200 200 200 404 404 200 200
GET  assignments/<assignment>/        401 404 200 200 200 404 404 404 200 200
GET  campaigns/                       401 200 200 200 200 200 404 404 200 200
POST campaigns/                       401 400 400 400 400 400 404 404 403 400
GET  campaigns/<campaign>/            401 404 200 404 200 404 404 404 200 200
POST campaigns/<campaign>/chase/      401 404 200 404 403 404 404 404 403 200
POST campaigns/<campaign>/due/        401 404 400 404 403 404 404 404 403 400
POST campaigns/<campaign>/cancel/     401 404 400 404 403 404 404 404 403 400
GET  campaign-recipients/             401 200 200 200 200 200 404 404 200 200
GET  campaign-recipients/<recipient>/ 401 404 200 404 200 404 404 404 200 200
GET  findings/                        401 200 200 200 200 200 404 404 200 200
GET  findings/<finding>/              401 404 200 200 200 404 404 404 200 200
GET  decisions/                       401 200 200 200 200 200 404 404 200 200
POST decisions/                       401 400 400 400 400 400 404 404 403 400
GET  decisions/<decision>/            401 200 200 200 200 404 404 404 200 200
GET  memos/                           401 200 200 200 200 200 404 404 200 200
GET  memos/<memo>/                    401 200 200 200 200 404 404 404 200 200
GET  memos/<memo>/pdf/                401 200 200 200 200 404 404 404 200 200
GET  reminders/                       401 200 200 200 200 200 404 404 200 200
GET  reminders/<reminder>/            401 404 200 200 200 404 404 404 200 200
GET  clearance/                       401 400 400 400 400 403 404 404 400 400
GET  schema/                          401 200 200 200 200 200 404 404 200 200
"""
ROWS = {
    (method, path): [int(code) for code in codes]
    for method, path, *codes in (line.split() for line in TABLE.strip().splitlines())
}
PROGRAMS = ("reads", "writes")
BAD_REQUEST = 400
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ONE_OF_SOMEBODYS = [row for row in ROWS if "<" in row[1]]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    nine = time_machine.travel("2026-09-01T10:00:00+02:00", tick=False)
    with django_db_blocker.unblock(), nine, transaction.atomic():
        stage = set_the_stage()
        stage.browsers["reads"] = program_of(stage.people["reviewer"], Scope.READ)
        stage.browsers["writes"] = program_of(stage.people["reviewer"], Scope.WRITE)
        stage.browsers["foreign"] = a_requester_of_nothing()
        yield stage
        transaction.set_rollback(True)


def address(path: str, stage: Stage) -> str:
    return "/api/v1/" + re.sub(r"<(\w+)>", lambda found: str(stage.own[found.group(1)]), path)


def missing(path: str) -> str:
    return "/api/v1/" + re.sub(r"<\w+>", str(MISSING), path.replace("<memo>", "MEMO-2026-9999"))


def ask(client: Client, method: str, path: str, body: Any = None) -> HttpResponse:
    answer: Any = client.generic(method, path, "{}" if body is None else body, content_type="application/json")
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def ask_and_take_back(client: Client, method: str, path: str) -> int:
    """What one person gets; what they did is not there any more when the next one asks."""
    with transaction.atomic():
        status = ask(client, method, path).status_code
        transaction.set_rollback(True)
    return status


def test_every_address_of_the_api_has_a_row_for_each_of_its_methods():
    assert set(offered()) == {(method, plain(path)) for method, path in ROWS}


def offered() -> Iterator[tuple[str, str]]:
    """What the router and the site map of the API take, as a method and an address without its keys."""
    api = next(one for one in get_resolver().url_patterns if str(one.pattern) == "api/v1/")
    for pattern in api.url_patterns:
        view = getattr(pattern.callback, "cls", None)  # the page for people is none of DRF's
        actions = getattr(pattern.callback, "actions", None)
        for method in METHODS if view else ():
            if method.lower() in actions if actions else hasattr(view, method.lower()):
                yield method, plain(str(pattern.pattern))


def plain(path: str) -> str:
    return re.sub(r"\(\?P<\w+>[^)]*\)|<[^>]*>", "<>", path).strip("^$")


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_each_person_and_program_gets_what_the_table_says(stage, row):
    method, path = row
    asking = [*PEOPLE, *PROGRAMS]
    got = [ask_and_take_back(stage.browsers[person], method, address(path, stage)) for person in asking]
    assert dict(zip(asking, got, strict=True)) == dict(zip(asking, ROWS[row], strict=True))


@pytest.mark.parametrize("row", ONE_OF_SOMEBODYS, ids=" ".join)
def test_somebody_elses_and_not_there_are_the_same_404(stage, row):
    method, path = row
    for person in ("foreign", "stranger"):
        foreign = ask(stage.browsers[person], method, address(path, stage))
        nothing = ask(stage.browsers[person], method, missing(path))
        assert (foreign.status_code, nothing.status_code) == (404, 404)
        assert foreign.content == nothing.content
        assert foreign.headers["Content-Type"] == nothing.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("row", ONE_OF_SOMEBODYS, ids=" ".join)
def test_what_is_not_there_is_a_404_for_whoever_may_everything(stage, row):
    method, path = row
    assert ask(stage.browsers["writes"], method, missing(path)).status_code == 404


@pytest.mark.parametrize("path", sorted({path for _method, path in ROWS}))
def test_every_other_method_is_405_and_says_which_there_are(stage, path):
    offered = {method for method, known in ROWS if known == path}
    for method in set(METHODS) - offered:
        answer = ask(stage.browsers["reads"], method, address(path, stage))
        assert answer.status_code == 405
        assert offered <= {name.strip() for name in answer.headers["Allow"].split(",")}


@pytest.mark.slow
def test_whoever_may_not_act_changes_nothing(stage):
    before = LedgerEntry.objects.count()
    for method, path in ROWS:
        for person in ("nobody", "auditor", "administrator", "foreign", "stranger", "reads"):
            if method != "GET" and person in PEOPLE and ROWS[method, path][PEOPLE.index(person)] < BAD_REQUEST:
                continue  # an administrator makes questionnaires
            ask(stage.browsers[person], method, address(path, stage))
    opened = {"report.opened", "memo.opened", "questionnaire.exported"}
    assert set(LedgerEntry.objects.filter(seq__gt=before).values_list("verb", flat=True)) <= opened


def test_addresses_that_do_not_exist_are_problems_too(stage):
    for path in ("/api/v1/nothing/", "/api/v2/vendors/", "/api/v1/vendors/ten/", "/api/v1/vendors/9" + "9" * 30 + "/"):
        answer = ask(stage.browsers["writes"], "GET", path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
