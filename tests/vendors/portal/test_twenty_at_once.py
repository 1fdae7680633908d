"""One code, twenty browsers' worth of clicks at the same moment: one comes in. And limits that hold under a crowd."""

import pytest

from tests.databases import in_threads
from tests.factories.contacts import invite
from tests.factories.directory import make_vendor
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.portal import codes, services
from vendors.portal.models import SignInCode

AT_ONCE = 20


@pytest.fixture
def asked(real_database, monkeypatch):
    """A code for an invited contact, known to the test because its digits are chosen here."""
    monkeypatch.setattr(codes, "new_code", lambda: "407123")
    contact = invite(make_vendor("Quillhaven"))
    return services.ask_for_code_by_invitation(invitation=contact.invitations.get(), ip=None, now=clock.now())


@pytest.mark.slow
def test_twenty_redemptions_of_one_code_are_one_success(asked):
    def redeem(_number: int) -> services.Entry:
        return services.come_in(code_id=asked.code_id, browser=asked.browser, typed="407123", ip=None, now=clock.now())

    results = in_threads(AT_ONCE, redeem)
    assert sum(isinstance(result, services.Entry) for result in results) == 1
    assert LedgerEntry.objects.filter(verb="contact.signed_in").count() == 1


@pytest.mark.slow
def test_twenty_wrong_tries_at_once_are_five_tries(asked):
    def guess(number: int) -> services.Entry:
        return services.come_in(
            code_id=asked.code_id, browser=asked.browser, typed=f"{number:06d}", ip=None, now=clock.now()
        )

    results = in_threads(AT_ONCE, guess)
    assert not any(isinstance(result, services.Entry) for result in results)
    assert SignInCode.objects.get().wrong_tries == 5


@pytest.mark.slow
def test_a_crowd_asking_at_once_gets_five_codes(real_database):
    invite(make_vendor("Quillhaven"))

    def ask(_number: int) -> services.Asked:
        return services.ask_for_code_by_address(address="jonah.pell@quillhaven.example", ip=None, now=clock.now())

    results = in_threads(AT_ONCE, ask)
    assert sum(isinstance(result, services.Asked) for result in results) == 5
    assert SignInCode.objects.count() == 5
