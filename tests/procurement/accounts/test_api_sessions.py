"""The API in a browser: the session of the staff, with the token against forged requests; never a contact's."""

import pytest
from django.test import Client

from tests.factories.tokens import bearer, program_of
from tests.signing_in import staff_client

pytestmark = pytest.mark.django_db
LIST = "/api/v1/vendors/"
ASK = "/api/v1/report-requests/"


@pytest.fixture
def careful(reviewer):
    """A browser for which requests are checked for forgery, as in production."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    return client


@pytest.mark.slow
def test_a_session_reads_and_gets_no_new_cookie(careful, vendor):
    answer = careful.get(LIST)
    assert [row["name"] for row in answer.json()["results"]] == [vendor.name]
    assert not answer.cookies


@pytest.mark.slow
def test_a_session_writes_only_with_the_token_against_forgery(careful, vendor):
    asked = {"vendor": vendor.pk, "due_on": "2999-01-01"}
    assert careful.post(ASK, asked, content_type="application/json").status_code == 403
    careful.cookies["countersign-csrf"] = "a" * 32
    wrong = careful.post(ASK, asked, content_type="application/json", headers={"X-CSRFToken": "b" * 32})
    right = careful.post(ASK, asked, content_type="application/json", headers={"X-CSRFToken": "a" * 32})
    assert (wrong.status_code, right.status_code) == (403, 201)
    assert vendor.report_requests.count() == 1


@pytest.mark.slow
def test_nobody_signed_in_gets_a_problem_and_no_sign_in_page(client):
    answer = client.get(LIST)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["title"] == "Unauthorized"


@pytest.mark.parametrize("path", [LIST, "/api/v1/clearance/?vendor=1&data=public", "/api/v1/schema/", "/api/v1/"])
def test_a_contact_never_gets_there(contact_client, path):
    assert contact_client.get(path).status_code == 404


def test_in_production_a_session_without_a_second_factor_is_told_so(reviewer, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    answer = staff_client(reviewer).get(LIST)
    assert answer.status_code == 403
    assert "second factor" in answer.json()["detail"]


@pytest.mark.slow
def test_the_page_about_the_api_leads_to_the_door_and_lists_every_operation(client, reviewer):
    assert client.get("/api/v1/").headers["Location"].startswith("/account/login/")
    page = staff_client(reviewer).get("/api/v1/").text
    for words in ("GET /api/v1/clearance/", "PUT /api/v1/reports/{id}/facts/", 'id="problem-not-found"'):
        assert words in page


@pytest.mark.slow
def test_the_same_address_answers_a_program_as_the_api_does(client, reviewer):
    program = program_of(reviewer)
    told = program.get("/api/v1/").json()
    assert told["schema"] == "/api/v1/schema/"
    assert {"GET /api/v1/clearance/", "POST /api/v1/reviews/"} <= {
        f"{one['method']} {one['path']}" for one in told["operations"]
    }
    wrong = client.get("/api/v1/", headers=bearer("countersign_wrong"))
    written = program.post("/api/v1/")
    for answer, status in ((wrong, 401), (written, 405)):
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
