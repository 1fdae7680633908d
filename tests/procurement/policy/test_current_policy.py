"""Which policy is in force, and how its sentences are written."""

from datetime import date

import pytest

from procurement.policy.defaults import DEFAULT_ROWS
from procurement.policy.models import PolicyVersion
from procurement.policy.queries import current_policy, in_words
from procurement.policy.services import ensure_first_policy
from vendors.calendar import clock
from vendors.reports.reasons import because


@pytest.mark.django_db
def test_version_1_is_issued_with_the_first_migration():
    version = PolicyVersion.objects.get()
    assert (version.number, version.issued_by, version.rows) == (1, "Countersign", DEFAULT_ROWS)
    assert current_policy().version == 1


@pytest.mark.django_db
def test_the_newest_version_is_in_force():
    rows = [{**row} for row in DEFAULT_ROWS]
    rows[1] = {**rows[1], "parameters": {"current_months": 9}}
    PolicyVersion.objects.create(number=2, rows=rows, issued_at=clock.now(), issued_by="Mei Okafor")
    policy = current_policy()
    assert (policy.version, policy.currency_rules().current_months) == (2, 9)
    assert ensure_first_policy(now=clock.now()).number == 2


@pytest.mark.django_db
def test_an_emptied_database_goes_by_the_policy_that_ships_and_gets_its_row_back():
    PolicyVersion.objects.all().delete()
    assert current_policy().version == 1
    now = clock.now()
    written = ensure_first_policy(now=now)
    assert (written.number, written.issued_at, written.rows) == (1, now, DEFAULT_ROWS)
    assert ensure_first_policy(now=now) == written


def test_sentences_write_their_dates_as_pages_do():
    sentence = because("Counts until {until}.", until=date(2027, 6, 30))
    assert in_words(sentence) == "Counts until 30 Jun 2027."
    assert in_words("NDA in force") == "NDA in force"
