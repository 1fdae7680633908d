"""Pages show a button when its act is open to the person: the same question, asked once more by the act itself."""

import pytest

from tests.factories.reports import accepted_report, report_request
from vendors.calendar import clock
from vendors.reports import access

pytestmark = pytest.mark.django_db

CAST = ("requester", "reviewer", "approver", "auditor", "administrator", "contact", "stranger")


def actor_of(request, name: str):
    found = request.getfixturevalue(name)
    return getattr(found, "user", found)


@pytest.mark.parametrize("name", CAST)
def test_who_asks_moves_and_cancels(request, name, vendor, reviewer, nda):
    who = actor_of(request, name)
    asked = report_request(vendor, by=reviewer)
    assert access.can_request(who) == (name == "reviewer")
    assert access.can_change_request(who, asked) == (name == "reviewer")
    assert access.can_grant(who) == (name == "reviewer")
    assert access.can_check_auditor(who) == (name == "reviewer")


@pytest.mark.slow
@pytest.mark.parametrize("name", CAST)
def test_who_answers_sends_and_names_the_next_report(request, name, vendor, reviewer, nda):
    who = actor_of(request, name)
    report = accepted_report(vendor, by=reviewer)
    asked = report_request(vendor, by=reviewer)
    speaks = name in {"reviewer", "contact"}
    assert access.can_answer(who, asked) == speaks
    assert access.can_send(who, vendor, clock.today()) == speaks
    assert access.can_state_next_report(who, report) == speaks
    assert access.can_withdraw(who, report) == (name == "reviewer")
    assert access.can_open(who, report, clock.today()) == speaks
    assert not access.can_record_facts(who, report, clock.today())


def test_nobody_sends_without_an_nda(vendor, contact, reviewer):
    assert not access.can_send(contact.user, vendor, clock.today())
    assert not access.can_send(reviewer, vendor, clock.today())
