"""Tokens for programs: made by a person, shown once, never more than their owner, dead with their owner."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from procurement.accounts.models import ApiToken, Scope, WrongToken
from procurement.accounts.services.api_tokens import WRONG_TOKENS, hash_of
from tests.factories.tokens import bearer, make_token, program_of
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days, plus_months
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import Role

pytestmark = pytest.mark.django_db
LIST = "/api/v1/vendors/"


@pytest.fixture
def browser(reviewer):
    return staff_client(reviewer)


def typed(**changes):
    return {
        "name": "Data pipeline",
        "scope": "read",
        "works_until": plus_days(clock.today(), 30).isoformat(),
        **changes,
    }


def token_on(page: str) -> str:
    found = re.search(r"countersign_[\w-]{43}", page)
    assert found is not None
    return found.group()


def test_a_token_is_shown_once_and_kept_as_its_hash_only(browser, reviewer):
    page = browser.post("/tokens/new/", typed())
    token = token_on(page.text)
    assert "no-store" in page.headers["Cache-Control"]
    row = ApiToken.objects.get()
    assert (row.owner, row.token_hash, row.scope) == (reviewer, hash_of(token), Scope.READ)
    assert token not in browser.get("/tokens/").text
    assert token not in str(list(LedgerEntry.objects.values()))
    assert LedgerEntry.objects.get(verb="token.made").subject_id == str(row.pk)


def test_a_token_asks_in_its_owners_name_without_any_cookie(browser, vendor):
    token = token_on(browser.post("/tokens/new/", typed()).text)
    answer = Client(headers=bearer(token)).get(LIST)
    assert [row["name"] for row in answer.json()["results"]] == [vendor.name]
    assert not answer.cookies


def test_making_one_asks_who_you_are_again(staff):
    answer = staff_client(staff, minutes_ago=60).post("/tokens/new/", typed())
    assert answer.status_code == 302
    assert "/account/reauthenticate/" in answer.headers["Location"]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("day", ["2025-01-01", "2999-01-01", "soon"])
def test_a_token_works_for_twelve_months_at_most(browser, day):
    page = browser.post("/tokens/new/", typed(works_until=day))
    assert "works_until" in page.context["form"].errors
    assert not ApiToken.objects.exists()


def test_a_token_has_a_name(browser):
    page = browser.post("/tokens/new/", typed(name="\u200b"))
    assert "Name the program" in page.text
    assert "Name the program" in browser.post("/tokens/new/", typed(name="")).text
    assert not ApiToken.objects.exists()


def test_its_last_day_is_one_on_which_it_works(reviewer):
    last = plus_months(clock.today(), 2)
    program = Client(headers=bearer(make_token(reviewer, works_until=last)[1]))
    with time_machine.travel(f"{last}T12:00:00+00:00", tick=False):
        assert program.get(LIST).status_code == 200
    with time_machine.travel(f"{plus_days(last, 1)}T12:00:00+00:00", tick=False):
        assert program.get(LIST).status_code == 401


def test_a_revoked_token_is_refused_with_the_next_request(browser, reviewer):
    row, token = make_token(reviewer)
    program = Client(headers=bearer(token))
    assert program.get(LIST).status_code == 200
    browser.post(f"/tokens/{row.pk}/revoke/")
    answer = program.get(LIST)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Countersign"'
    row.refresh_from_db()
    assert row.revoked_by == reviewer.name
    assert LedgerEntry.objects.filter(verb="token.revoked", subject_id=str(row.pk)).exists()
    page = browser.get("/tokens/").text
    assert f"by {reviewer.name}" in page
    assert browser.post(f"/tokens/{row.pk}/revoke/").status_code == 409


def test_nobody_elses_token_can_be_seen_or_revoked(browser, approver):
    row, _token = make_token(approver)
    assert row.name not in browser.get("/tokens/").text
    assert browser.post(f"/tokens/{row.pk}/revoke/").status_code == 404
    assert browser.post("/tokens/999999/revoke/").status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


def test_an_administrator_sees_and_revokes_everybodys(administrator, approver):
    row, token = make_token(approver)
    admin = staff_client(administrator)
    assert approver.name in admin.get("/tokens/").text
    admin.post(f"/tokens/{row.pk}/revoke/")
    assert Client(headers=bearer(token)).get(LIST).status_code == 401


def test_who_has_no_role_makes_no_token(reviewer):
    reviewer.set_roles(frozenset())
    reviewer.save()
    assert staff_client(reviewer).post("/tokens/new/", typed()).status_code == 403
    assert not ApiToken.objects.exists()


def test_when_the_owner_may_not_sign_in_any_more_the_token_is_dead_for_good(administrator, reviewer):
    program = program_of(reviewer)
    admin, person = staff_client(administrator), f"/people/{reviewer.pk}/"
    admin.post(person, {"name": reviewer.name, "title": "", "roles": ["reviewer"]})
    assert program.get(LIST).status_code == 401
    admin.post(person, {"name": reviewer.name, "title": "", "roles": ["reviewer"], "active": "on"})
    assert program.get(LIST).status_code == 401


def test_a_role_that_is_taken_is_gone_with_the_next_request(reviewer, vendor):
    program = program_of(reviewer)
    assert len(program.get(LIST).json()["results"]) == 1
    reviewer.set_roles(frozenset({Role.REQUESTER}))
    reviewer.save()
    assert program.get(LIST).json()["results"] == []


def test_a_token_that_reads_does_not_write_but_is_told_what_is_not_there_to_do(reviewer, vendor):
    program = program_of(reviewer, Scope.READ)
    asked = {"vendor": vendor.pk, "due_on": "2999-01-01"}
    answer = program.post("/api/v1/report-requests/", asked, content_type="application/json")
    assert (answer.status_code, answer.json()["detail"]) == (403, "This token may read only. Make one that may write.")
    assert program.post(LIST).status_code == 405
    writing = program_of(reviewer).post("/api/v1/report-requests/", asked, content_type="application/json")
    assert writing.status_code == 201


def test_its_use_is_noted_at_most_once_an_hour(reviewer, django_assert_num_queries):
    row, token = make_token(reviewer)
    program = Client(headers=bearer(token))
    with time_machine.travel("2026-09-01T10:00:00+02:00", tick=False) as clock_hand:
        ApiToken.objects.update(works_until=date(2027, 1, 1))
        seen = []
        for minutes in (0, 59, 2):
            clock_hand.shift(timedelta(minutes=minutes))
            program.get(LIST)
            row.refresh_from_db()
            seen.append(row.last_used_at)
    assert seen[0] == seen[1]
    assert seen[2] - seen[0] == timedelta(minutes=61)


@pytest.mark.parametrize(
    "header",
    ["Bearer countersign_nonsense", "Bearer", "bearer  ", "Bearer ü", "Basic aW5lczp2YXJnYQ==", "countersign_x"],
)
def test_whatever_is_no_token_is_401_and_says_nothing_more(db, header):
    answer = Client(headers={"Authorization": header}).get(LIST)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "WWW-Authenticate" in answer.headers


@pytest.mark.slow
def test_wrong_tokens_are_counted_by_the_peer_whatever_it_claims_to_be(db):
    answers = [
        Client(headers={**bearer(f"countersign_{n}"), "X-Forwarded-For": f"203.0.113.{n}"}).get(LIST)
        for n in range(WRONG_TOKENS + 5)
    ]
    assert [answer.status_code for answer in answers] == [401] * WRONG_TOKENS + [429] * 5
    assert answers[-1].headers["Retry-After"] == "900"
    assert WrongToken.objects.count() == WRONG_TOKENS


@pytest.mark.slow
def test_a_token_that_works_is_not_locked_out_by_a_guesser_at_the_same_address(reviewer):
    for n in range(WRONG_TOKENS + 1):
        Client(headers=bearer(f"countersign_{n}")).get(LIST)
    assert program_of(reviewer).get(LIST).status_code == 200


@pytest.mark.slow
def test_after_a_quarter_of_an_hour_tries_are_forgotten(db):
    with time_machine.travel("2026-09-01T10:00:00+02:00", tick=False) as clock_hand:
        for n in range(WRONG_TOKENS + 1):
            Client(headers=bearer(f"countersign_{n}")).get(LIST)
        clock_hand.shift(timedelta(minutes=15))
        assert Client(headers=bearer("countersign_late")).get(LIST).status_code == 401
    assert WrongToken.objects.count() == 1
