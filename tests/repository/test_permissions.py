"""Who gets what at every address of the product. A route without a row fails.

The columns are the people of `permission_stage.PEOPLE`, each asking with GET for what is on file: an address of their
own where they have one, else somebody else's. 302 leads somebody who is not signed in to the door; 405 is an act that
only POST performs; 409 a sentence that says why not now. The addresses under account/ are allauth's: each person's own.
Those of the API have a table of their own, in test_api_permissions.py.
"""

import re

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse

from tests.repository.permission_stage import MISSING, PEOPLE, Stage, a_requester_of_nothing, routes, set_the_stage
from vendors.ledger.models import LedgerEntry

pytestmark = pytest.mark.django_db

TABLE = """
people/                                                     302 404 404 404 404 200 404 404
people/new/                                                 302 404 404 404 404 200 404 404
people/<int:pk>/                                            302 404 404 404 404 200 404 404
people/<int:pk>/set-up-mail/                                302 405 405 405 405 405 404 404
tokens/                                                     302 200 200 200 200 200 404 404
tokens/new/                                                 302 200 200 200 200 200 404 404
tokens/<int:pk>/revoke/                                     302 405 405 405 405 405 404 404
api/v1/                                                     302 200 200 200 200 200 404 404
healthz                                                     200 200 200 200 200 200 200 200
readyz                                                      200 200 200 200 200 200 200 200
vendors/new/                                                302 403 200 403 403 403 404 404
vendors/load-providers/                                     302 405 405 405 405 405 404 404
vendors/<int:pk>/edit/                                      302 404 200 404 403 404 404 404
vendors/<int:vendor_pk>/contacts/                           302 404 200 404 200 404 404 404
vendors/<int:vendor_pk>/contacts/invite/                    302 404 200 404 403 404 404 404
vendors/<int:vendor_pk>/contacts/<int:pk>/resend/           302 405 405 405 405 405 404 404
vendors/<int:vendor_pk>/contacts/<int:pk>/revoke/           302 405 405 405 405 405 404 404
vendors/<int:vendor_pk>/contacts/<int:pk>/deactivate/       302 404 200 404 403 404 404 404
mail/                                                       302 403 200 403 403 200 404 404
mail/<int:pk>/send-again/                                   302 405 405 405 405 405 404 404
portal/i/<str:token>/                                       404 404 404 404 404 404 404 404
portal/i/                                                   405 404 404 404 404 404 405 405
portal/sign-in/                                             200 404 404 404 404 404 200 200
portal/code/                                                302 404 404 404 404 404 302 302
portal/code/again/                                          405 404 404 404 404 404 405 405
portal/choose/                                              302 404 404 404 404 404 302 302
portal/sign-out/                                            405 404 404 404 404 404 405 405
ndas/texts/                                                 302 403 200 403 200 200 404 404
ndas/texts/new/                                             302 403 403 403 403 200 404 404
ndas/texts/<int:version>/                                   302 404 200 404 200 200 404 404
ndas/<int:pk>/                                              302 404 200 404 200 404 404 404
ndas/<int:pk>/certificate/                                  302 404 200 404 200 404 404 404
ndas/<int:pk>/file/                                         302 404 404 404 404 404 404 404
ndas/<int:pk>/end/                                          302 404 200 404 403 404 404 404
vendors/<int:vendor_pk>/ndas/record/                        302 404 200 404 403 404 404 404
portal/nda/                                                 302 404 404 404 404 404 200 200
portal/nda/<int:pk>/                                        302 404 404 404 404 404 200 404
portal/nda/<int:pk>/certificate/                            302 404 404 404 404 404 200 404
vendors/<int:vendor_pk>/requests/new/                       302 404 200 404 404 404 404 404
vendors/<int:vendor_pk>/requests/<int:pk>/due/              302 404 200 404 404 404 404 404
vendors/<int:vendor_pk>/requests/<int:pk>/cancel/           302 404 200 404 404 404 404 404
vendors/<int:vendor_pk>/reports/upload/                     302 404 200 404 404 404 404 404
vendors/<int:vendor_pk>/next-report/                        302 404 200 404 404 404 404 404
statements/<int:pk>/file/                                   302 404 200 200 403 404 404 404
statements/<int:pk>/withdraw/                               302 404 200 403 403 404 404 404
auditors/                                                   302 403 200 403 200 403 404 404
auditors/<int:pk>/                                          302 404 200 404 200 404 404 404
clearance/                                                  302 200 200 200 200 403 404 404
soc2/                                                       302 200 200 200 200 200 404 404
soc2/list.csv                                               302 200 200 200 200 200 404 404
pricing/soc2/                                               302 200 200 200 200 200 404 404
vendors/<int:vendor_pk>/evidence/new/                       302 404 200 404 404 404 404 404
vendors/<int:vendor_pk>/evidence/<int:pk>/withdraw/         302 404 200 404 404 404 404 404
reports/<int:pk>/file/                                      302 404 200 200 403 404 404 404
reports/<int:pk>/read/                                      302 404 200 200 200 404 404 404
reports/<int:pk>/pages/<int:number>.png                     302 404 200 200 403 404 404 404
portal/requests/<int:pk>/                                   302 404 404 404 404 404 200 404
portal/requests/<int:pk>/upload/                            302 404 404 404 404 404 200 404
portal/requests/<int:pk>/not-ready/                         302 404 404 404 404 404 200 404
portal/requests/<int:pk>/next-report/                       302 404 404 404 404 404 200 404
portal/statements/new/                                      302 404 404 404 404 404 200 200
portal/statements/<int:pk>/file/                            302 404 404 404 404 404 200 404
portal/reports/<int:pk>/receipt/                            302 404 404 404 404 404 200 404
portal/reports/<int:pk>/file/                               302 404 404 404 404 404 200 404
questionnaires/                                             302 403 200 403 200 200 404 404
questionnaires/new/                                         302 403 200 403 403 200 404 404
questionnaires/import/                                      302 403 200 403 403 200 404 404
questionnaires/imports/<int:import_pk>/                     302 404 200 404 404 200 404 404
questionnaires/imports/<int:import_pk>/sheets/<int:number>/ 302 404 200 404 404 200 404 404
questionnaires/imports/<int:import_pk>/make/                302 405 405 405 405 405 404 404
questionnaires/imports/<int:import_pk>/keep/                302 405 405 405 405 405 404 404
questionnaires/imports/<int:import_pk>/discard/             302 405 405 405 405 405 404 404
questionnaires/profiles/<int:profile_pk>/forget/            302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/                   302 404 200 404 200 200 404 404
questionnaires/versions/<int:version_pk>/edit/              302 404 200 404 403 200 404 404
questionnaires/versions/<int:version_pk>/copy/              302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/publish/           302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/retire/            302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/remove/            302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/preview/           302 404 200 404 200 200 404 404
questionnaires/versions/<int:version_pk>/json/              302 404 200 404 200 200 404 404
questionnaires/versions/<int:version_pk>/sections/new/      302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/sections/<int:part_pk>/ 302 404 200 404 403 200 404 404
questionnaires/versions/<int:version_pk>/sections/<int:part_pk>/move/ 302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/sections/<int:part_pk>/remove/ 302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/sections/<int:part_pk>/questions/new/ 302 404 200 404 403 200 404 404
questionnaires/versions/<int:version_pk>/questions/<int:question_pk>/ 302 404 200 404 403 200 404 404
questionnaires/versions/<int:version_pk>/questions/<int:question_pk>/move/ 302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/questions/<int:question_pk>/remove/ 302 405 405 405 405 405 404 404
questionnaires/versions/<int:version_pk>/export/<str:form>/ 302 404 200 404 200 200 404 404
portal/questionnaires/<int:pk>/export/<str:form>/           302 404 404 404 404 404 200 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/export/<str:form>/ 302 404 200 200 200 404 404 404
questionnaires/versions/<int:version_pk>/send/               302 404 409 404 403 403 404 404
questionnaires/sent/                                        302 403 200 403 200 403 404 404
questionnaires/sent/list.csv                                302 403 200 403 200 403 404 404
campaigns/                                                  302 403 200 403 200 403 404 404
campaigns/<int:campaign_pk>/                                302 404 200 404 200 404 404 404
campaigns/<int:campaign_pk>/progress/                       302 404 200 404 200 404 404 404
campaigns/<int:campaign_pk>/list.csv                        302 404 200 404 200 404 404 404
campaigns/<int:campaign_pk>/chase/                          302 404 200 404 403 404 404 404
campaigns/<int:campaign_pk>/due/                            302 404 200 404 403 404 404 404
campaigns/<int:campaign_pk>/cancel/                         302 404 200 404 403 404 404 404
campaigns/<int:campaign_pk>/retry/                          302 405 405 405 405 405 404 404
portal/questionnaires/<int:pk>/                             302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/submit/                      302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/offline/                     302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/offline/workbook.xlsx        302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/offline/<int:import_pk>/     302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/offline/<int:import_pk>/discard/ 302 404 404 404 404 404 405 405
portal/questionnaires/<int:pk>/offline/<int:import_pk>/undo/ 302 404 404 404 404 404 405 405
portal/questionnaires/<int:pk>/answers/<int:answer_pk>/     302 404 404 404 404 404 405 405
portal/questionnaires/<int:pk>/answers/<int:answer_pk>/thread/ 302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/answers/<int:answer_pk>/assign/ 302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/answers/<int:answer_pk>/correct/ 302 404 404 404 404 404 409 404
portal/questionnaires/<int:pk>/answers/<int:answer_pk>/attach/ 302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/answers/<int:answer_pk>/files/<int:attachment_pk>/ 302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/answers/<int:answer_pk>/files/<int:attachment_pk>/use/ 302 404 404 404 404 404 405 405
portal/questionnaires/<int:pk>/answers/<int:answer_pk>/files/<int:attachment_pk>/remove/ 302 404 404 404 404 404 405 405
portal/questionnaires/<int:pk>/sections/<int:section_pk>/      302 404 404 404 404 404 200 404
portal/questionnaires/<int:pk>/sections/<int:section_pk>/assign/ 302 404 404 404 404 404 405 405
portal/questionnaires/<int:pk>/sections/<int:section_pk>/submit/ 302 404 404 404 404 404 405 405
portal/questionnaires/<int:pk>/sections/<int:section_pk>/take-back/ 302 404 404 404 404 404 405 405
policy/                                                     302 403 200 200 200 200 404 404
policy/new/                                                 302 403 403 403 403 200 404 404
policy/<int:version>/                                       302 404 200 200 200 200 404 404
reviews/new/                                                302 200 200 403 403 403 404 404
reviews/new/tier/                                           302 405 405 405 405 405 404 404
reviews/<int:pk>/again/                                     302 409 409 403 403 404 404 404
reviews/<int:pk>/take/                                      302 405 405 405 405 405 404 404
reviews/<int:pk>/assign/                                    302 403 409 403 403 404 404 404
reviews/<int:pk>/hand-over/                                 302 403 409 403 403 404 404 404
reviews/<int:pk>/begin/                                     302 405 405 405 405 405 404 404
reviews/<int:pk>/return/                                    302 403 409 403 403 404 404 404
reviews/<int:pk>/withdraw/                                  302 200 200 403 403 404 404 404
reviews/<int:pk>/exceptions/                                302 403 409 403 403 404 404 404
reviews/<int:pk>/exceptions/<int:exception_pk>/             302 403 409 403 403 404 404 404
reviews/<int:pk>/controls/                                  302 403 409 403 403 404 404 404
reviews/<int:pk>/reports/<int:report_pk>/use/               302 405 405 405 405 405 404 404
reviews/<int:pk>/ask/                                       302 403 409 403 403 404 404 404
reviews/<int:pk>/questionnaires/send/                       302 403 409 403 403 404 404 404
reviews/answers/<int:assessment_pk>/                        302 404 302 302 302 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/        302 404 200 200 200 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/workbook.xlsx 302 404 200 200 200 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/return/ 302 404 409 403 403 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/bring/ 302 404 409 403 403 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/bring/take/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/bring/<int:import_pk>/ 302 404 409 403 403 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/bring/<int:import_pk>/discard/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/bring/<int:import_pk>/undo/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/cancel/ 302 404 409 403 403 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/accept-unflagged/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/chase/  302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/due/    302 404 409 403 403 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/complete/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/accept/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/send-back/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/require/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/second/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/rate/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/answers/<int:answer_pk>/comment/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/comments/send/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/comments/<int:comment_pk>/withdraw/ 302 405 405 405 405 405 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/scores/ 302 404 200 200 200 404 404 404
reviews/<int:pk>/questionnaires/<int:assessment_pk>/files/<int:attachment_pk>/ 302 404 200 200 403 404 404 404
reviews/<int:pk>/waivers/new/                               302 403 409 403 403 404 404 404
reviews/<int:pk>/waivers/interim/                           302 403 409 403 403 404 404 404
reviews/<int:pk>/waivers/<int:waiver_pk>/answer/            302 403 403 409 403 404 404 404
reviews/<int:pk>/waivers/<int:waiver_pk>/revoke/            302 403 200 403 403 404 404 404
reviews/<int:pk>/risks/new/                                 302 403 409 403 403 404 404 404
reviews/<int:pk>/risks/<int:risk_pk>/answer/                302 403 403 409 403 404 404 404
reviews/<int:pk>/risks/<int:risk_pk>/revoke/                302 403 200 403 403 404 404 404
evidence/<int:pk>/file/                                     302 404 200 200 403 404 404 404
reviews/<int:pk>/remediations/<int:remediation_pk>/plan/    302 403 409 403 403 404 404 404
reviews/<int:pk>/remediations/<int:remediation_pk>/close/   302 403 403 409 403 404 404 404
reviews/<int:pk>/comment/                                   302 405 405 405 405 405 404 404
reviews/<int:pk>/findings/new/                              302 403 409 403 403 404 404 404
findings/<int:pk>/                                          302 404 200 200 200 404 404 404
findings/<int:pk>/assign/                                   302 404 200 403 403 404 404 404
findings/<int:pk>/due/                                      302 404 200 403 403 404 404 404
findings/<int:pk>/close/                                    302 404 200 403 403 404 404 404
findings/<int:pk>/withdraw/                                 302 404 200 403 403 404 404 404
findings/<int:pk>/comment/                                  302 405 405 405 405 405 404 404
comments/<int:pk>/withdraw/                                 302 405 405 405 405 405 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/facts/      302 404 200 200 200 404 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/compare/    302 404 200 200 200 404 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/open/       302 405 405 405 405 405 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/scope/      302 405 405 405 405 405 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/auditor/    302 405 405 405 405 405 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/send-back/  302 404 409 403 403 404 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/reading/    302 404 200 200 200 404 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/read-again/ 302 405 405 405 405 405 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/seen/       302 405 405 405 405 405 404 404
reviews/<int:review_pk>/reports/<int:report_pk>/withdraw/   302 404 200 403 403 404 404 404
reviews/<int:pk>/decision/                                  302 403 409 403 403 404 404 404
reviews/<int:pk>/submit/                                    302 403 409 403 403 404 404 404
reviews/<int:pk>/take-back/                                 302 403 200 403 403 404 404 404
reviews/<int:pk>/decide/                                    302 403 403 200 403 404 404 404
conditions/<int:pk>/met/                                    302 200 200 403 403 404 404 404
memos/<str:number>/                                         302 200 200 200 200 404 404 404
memos/<str:number>/pdf/                                     302 200 200 200 200 404 404 404
memos/<str:number>/json/                                    302 200 200 200 200 404 404 404
memos/<str:number>/print/                                   302 405 405 405 405 405 404 404
renewals/                                                   302 200 200 200 200 200 404 404
renewals/held/                                              302 403 403 403 403 200 404 404
renewals/plan/                                              302 403 200 403 200 200 404 404
renewals/plan/at-once/                                      302 403 403 403 403 200 404 404
renewals/plan/<str:series>/                                 302 403 403 403 403 200 404 404
renewals/calendar/                                          302 200 200 200 200 200 404 404
renewals/feed/<str:token>.ics                               404 404 404 404 404 404 404 404
memos/<str:number>/zip/                                     302 200 200 200 200 404 404 404
memos/<str:number>/mail/                                    302 405 405 405 405 405 404 404
memos/<str:number>/revoke/                                  302 403 403 200 403 404 404 404
/                                                           302 200 200 200 200 200 404 404
vendors/                                                    302 302 200 200 200 403 404 404
vendors/<int:pk>/                                           302 404 200 200 200 404 404 404
reviews/                                                    302 200 200 200 200 200 404 404
reviews/<int:pk>/                                           302 200 200 200 200 404 404 404
reviews/<int:pk>/checklist/                                 302 200 200 200 200 404 404 404
findings/                                                   302 200 200 200 200 200 404 404
memos/                                                      302 200 200 200 200 200 404 404
memos/export.zip                                            302 302 302 302 302 302 404 404
portal/                                                     302 404 404 404 404 404 200 200
"""
ROWS = {line.split()[0]: [int(code) for code in line.split()[1:]] for line in TABLE.strip().splitlines()}

# Which object a number in an address names, by the words before it.
OBJECTS = {
    "vendors/<int:pk>": "vendor",
    "people/<int:pk>": "person",
    "tokens/<int:pk>": "token",
    "contacts/<int:pk>": "contact",
    "mail/<int:pk>": "mail",
    "ndas/<int:pk>": "nda",
    "portal/nda/<int:pk>": "nda",
    "requests/<int:pk>": "request",
    "statements/<int:pk>": "statement",
    "auditors/<int:pk>": "auditor",
    "reports/<int:pk>": "report",
    "evidence/<int:pk>": "evidence",
    "reviews/<int:pk>": "review",
    "conditions/<int:pk>": "condition",
    "findings/<int:pk>": "finding",
    "comments/<int:pk>": "comment",
    "comments/<int:comment_pk>": "answer_comment",
    "vendors/<int:vendor_pk>": "vendor",
    "reviews/<int:review_pk>": "review",
    "reports/<int:report_pk>": "report",
    "exceptions/<int:exception_pk>": "exception",
    "remediations/<int:remediation_pk>": "remediation",
    "portal/questionnaires/<int:pk>": "assessment",
    "questionnaires/<int:assessment_pk>": "assessment",
    "answers/<int:answer_pk>": "answer",
    "answers/<int:assessment_pk>": "assessment",
    "files/<int:attachment_pk>": "attachment",
    "sections/<int:section_pk>": "section",
    "versions/<int:version_pk>": "version",
    "sections/<int:part_pk>": "part",
    "questions/<int:question_pk>": "question",
    "imports/<int:import_pk>": "import",
    "offline/<int:import_pk>": "answer_import",
    "bring/<int:import_pk>": "brought",
    "profiles/<int:profile_pk>": "profile",
    "waivers/<int:waiver_pk>": "waiver",
    "risks/<int:risk_pk>": "risk",
    "memos/<str:number>": "memo",
    "campaigns/<int:campaign_pk>": "campaign",
}
OTHERS = {
    "<int:version>": "1",
    "<int:number>": "1",
    "<str:token>": "nonsense",
    "<str:series>": "approval",
    "<str:form>": "xlsx",
}
HOLDS_AN_OBJECT = [route for route in ROWS if any(words in route for words in OBJECTS)]


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Set once for the whole table: nothing in it changes anything."""
    nine = time_machine.travel("2026-09-01T10:00:00+02:00", tick=False)
    with django_db_blocker.unblock(), nine, transaction.atomic():
        yield set_the_stage()
        transaction.set_rollback(True)


def own_address(route: str, stage: Stage) -> str:
    for words, name in OBJECTS.items():
        folder = words.split("/<")[0]
        route = re.sub(rf"(?<![a-z]){re.escape(words)}", f"{folder}/{stage.own[name]}", route)
    return "/" + _rest(route)


def missing_address(route: str) -> str:
    route = re.sub(r"<int:(?!version>|number>)\w+>", str(MISSING), route)
    return "/" + _rest(route.replace("<str:number>", "MEMO-2026-9999"))


def told(answer: HttpResponse) -> bytes:
    """The page but for the token of its sign-out form, which is new each time, and the address that was asked for."""
    body = re.sub(rb'(csrfmiddlewaretoken" value=)"[^"]*"', rb"\1", answer.content)
    return body.replace(answer.request["PATH_INFO"].encode(), b"")


def _rest(route: str) -> str:
    for words, value in OTHERS.items():
        route = route.replace(words, value)
    return "" if route == "/" else route


def test_every_route_has_a_row():
    elsewhere = ("account/", "^account/", "api/v1/")
    found = {route or "/" for route in routes() if not route.startswith(elsewhere) or route == "api/v1/"}
    assert found == set(ROWS)


@pytest.mark.parametrize("route", ROWS)
def test_each_person_gets_what_the_table_says(stage, route):
    got = [stage.browsers[person].get(own_address(route, stage)).status_code for person in PEOPLE]
    assert dict(zip(PEOPLE, got, strict=True)) == dict(zip(PEOPLE, ROWS[route], strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", HOLDS_AN_OBJECT)
def test_foreign_and_missing_are_the_same_404(stage, route, method):
    foreign_to = {"contact": stage.browsers["stranger"], "staff": a_requester_of_nothing()}
    for browser in foreign_to.values():
        ask = getattr(browser, method)
        foreign, missing = ask(own_address(route, stage)), ask(missing_address(route))
        if foreign.status_code != 404:
            assert foreign.status_code in {403, 405}, "an act that is nobody's but a role's"
            continue
        assert missing.status_code == 404
        assert told(foreign) == told(missing)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", HOLDS_AN_OBJECT)
def test_what_is_not_there_is_a_404_for_every_person(stage, route, method):
    for person in PEOPLE[1:]:
        status = getattr(stage.browsers[person], method)(missing_address(route)).status_code
        assert status in {404, 405}, person  # 405: a method that the address takes from nobody


@pytest.mark.slow
@pytest.mark.parametrize("route", ROWS)
def test_whoever_only_reads_changes_nothing_by_posting(stage, route):
    before = LedgerEntry.objects.count()
    for browser in (stage.browsers["auditor"], stage.browsers["stranger"], a_requester_of_nothing()):
        browser.post(own_address(route, stage), {})
    assert LedgerEntry.objects.count() == before


@pytest.mark.slow
def test_somebody_who_is_not_signed_in_changes_nothing_by_posting(stage):
    before = LedgerEntry.objects.count()
    for route in ROWS:
        answer = stage.browsers["nobody"].post(own_address(route, stage), {})
        assert answer.status_code in {302, 403, 404, 405, 409, 200}, route
    assert LedgerEntry.objects.count() == before
