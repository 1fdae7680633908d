"""Twenty clicks at once decide once, on both databases."""

import pytest

from procurement.decisions.models import Decision, Memo
from procurement.reviews.models import Review, State
from tests.databases import in_threads
from tests.factories.stories import awaiting_approval, cast_of
from tests.signing_in import staff_client
from vendors.ledger.models import LedgerEntry
from vendors.ledger.verification import verify


@pytest.mark.slow
def test_twenty_clicks_at_once_decide_once(real_database):
    cast = cast_of()
    _story, review = awaiting_approval(cast)
    sha256 = Decision.objects.get(review=review).frozen_sha256
    answer = {"answer": "approved", "reason": "", "opened_sha256": sha256}
    browsers = [staff_client(cast.approver) for _ in range(20)]

    codes = in_threads(20, lambda number: browsers[number].post(f"/reviews/{review.pk}/decide/", answer).status_code)

    assert sorted(codes).count(302) == 1
    assert set(codes) <= {200, 302, 409}, "the others read a sentence"
    assert Review.objects.get(pk=review.pk).state == State.APPROVED
    assert Memo.objects.count() == 1
    assert LedgerEntry.objects.filter(verb="decision.approved").count() == 1
    assert verify().fault is None
