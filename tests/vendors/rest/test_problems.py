"""What goes wrong is told as problem details: what it is, in a sentence, and nothing about our insides."""

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client

from tests.factories.tokens import bearer, make_token, program_of
from tests.factories.vault import upload
from vendors.rest.problems import handle

pytestmark = pytest.mark.django_db
ASK = "/api/v1/report-requests/"
KEYS = {"type", "title", "status", "detail"}


def sent(program, body, content_type="application/json", **more):
    answer = program.generic("POST", ASK, body, content_type=content_type, **more)
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert set(told) - {"errors"} == KEYS
    assert told["type"].startswith("/api/v1/#problem-")
    return answer.status_code, told


@pytest.mark.parametrize("body", ["{", "[" * 100_000, '{"vendor": NaN}', "\xff", '"text"', "[1, 2]", "null"])
def test_a_body_that_is_no_object_is_400(reviewer, body):
    assert sent(program_of(reviewer), body)[0] == 400


def test_a_body_beyond_what_fits_into_memory_is_413_and_not_read(reviewer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    status, told = sent(program_of(reviewer), json.dumps({"message": "x" * 1000}))
    assert (status, told["title"]) == (413, "Request Entity Too Large")


def test_another_format_is_415(reviewer):
    assert sent(program_of(reviewer), "<vendor/>", "application/xml")[0] == 415


def test_an_answer_in_another_format_is_406(reviewer):
    answer = program_of(reviewer).get("/api/v1/vendors/", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")


def test_values_are_refused_field_by_field_in_sentences(reviewer):
    status, told = sent(program_of(reviewer), json.dumps({"vendor": "x", "due_on": "soon", "what": "soc9"}))
    assert status == 400
    assert set(told["errors"]) == {"vendor", "due_on", "what"}
    assert told["errors"]["vendor"] == ["Give the id as a number."]


@pytest.mark.parametrize("key", [True, 1.5, "1\u0000", 10**30, -1, None, [1], {"pk": 1}])
def test_no_key_upsets_the_server(reviewer, vendor, key):
    status, told = sent(program_of(reviewer), json.dumps({"vendor": key, "due_on": "2999-01-01"}))
    assert status == 400
    assert set(told["errors"]) == {"vendor"}


def test_what_nobody_foresaw_says_nothing_about_itself(reviewer, monkeypatch):
    def broken(*_arguments, **_keywords):
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr("vendors.reports.access.requests_visible_to", broken)
    program = Client(headers=bearer(make_token(reviewer)[1]), raise_request_exception=False)
    answer = program.get(ASK)
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "42" not in answer.text
    assert answer.json()["detail"].startswith("Something went wrong on our side.")


def test_pages_of_people_stay_pages(client):
    assert "text/html" in client.get("/static/nothing.css").headers["Content-Type"]


def test_what_django_refuses_by_itself_is_a_problem_without_its_words():
    for error, status in ((PermissionDenied("secret"), 403), (SuspiciousOperation("secret"), 400)):
        answer = handle(error, {})
        assert answer.status_code == status
        assert "secret" not in answer.content.decode()


def test_too_many_files_are_400(reviewer, vendor, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    sent_files = {"vendor": vendor.pk, "file": upload(), "other": upload()}
    answer = program_of(reviewer).post("/api/v1/reports/", sent_files)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
