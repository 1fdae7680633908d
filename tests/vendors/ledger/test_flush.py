"""Tests that empty their tables afterwards (live server, threads) live with a ledger that refuses to be emptied."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.ledger import entry
from vendors.ledger.models import LedgerEntry


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", [1, 2])
def test_each_starts_with_an_empty_ledger_and_all_its_guards(round_number):
    assert not LedgerEntry.objects.exists()
    entry("one")
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.all().delete()
