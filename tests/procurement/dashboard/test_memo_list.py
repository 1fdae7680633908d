"""The list of memos: filters, standing, what each person sees."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.decisions import services
from procurement.decisions.models import Decision, Memo
from procurement.demo.seeding import BROOKVANE
from procurement.engagements.models import Engagement
from procurement.reviews.models import Review
from tests.conftest import member_of_staff
from tests.factories.directory import make_vendor
from tests.factories.stories import FIRST_DAY, approved
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.people.actors import Role


@pytest.fixture
def memos(cast) -> list[Memo]:
    approved(cast)
    approved(cast, replace(BROOKVANE, data_classes=("internal",)))
    return list(Memo.objects.order_by("number"))


def listed(person, query: str = "") -> str:
    return staff_client(person).get(f"/memos/{query}").text


def many_memos(count: int, cast, first: int = 0) -> None:
    """So many approvals of one vendor, each of its own use, straight into the tables."""
    now = clock.now()
    vendor = make_vendor(f"Vendor {first}")
    for number in range(first, first + count):
        engagement = Engagement.objects.create(
            vendor=vendor, title="Service", data_classes=["public"], criticality="low", suggested_tier=3, tier=3,
            owner=cast.requester, opened_at=now,
        )  # fmt: skip
        review = Review.objects.create(
            number=f"R-2025-{number:03}", vendor=vendor, engagement=engagement, state="approved", state_since=now,
            requested_by=cast.requester, requested_at=now,
        )  # fmt: skip
        decision = Decision.objects.create(
            review=review, residual_risk="low", drafted_by=cast.reviewer, drafted_at=now, outcome="approved",
            decided_by=cast.approver, decided_at=now, valid_until=FIRST_DAY.replace(year=2027),
        )  # fmt: skip
        Memo.objects.create(
            decision=decision, number=f"MEMO-2025-{number:04}", content={}, content_sha256="0", issued_at=now
        )


@pytest.mark.slow
def test_vendor_outcome_standing_and_year_tell_memos_apart(memos, cast):
    auditor = cast.auditor
    assert "MEMO-2026-0002" not in listed(auditor, "?q=quillhaven")
    assert "MEMO-2026-0001" in listed(auditor, "?outcome=approved&year=2026")
    assert "No memo fits" in listed(auditor, "?outcome=rejected")
    assert "No memo fits" in listed(auditor, "?year=2025")
    services.revoke(decision=memos[0].decision, reason="Sold.", by=cast.approver, on=FIRST_DAY, now=clock.now())
    page = listed(auditor, "?standing=revoked")
    assert "MEMO-2026-0001" in page
    assert "Revoked on 1 Sep 2026: Sold." in page
    assert "MEMO-2026-0002" not in page
    assert "MEMO-2026-0001" not in listed(auditor, "?standing=in_force")


@pytest.mark.slow
def test_the_export_buttons_carry_the_filters(memos, cast):
    page = listed(cast.auditor, "?q=quillhaven")
    assert '<input type="hidden" name="q" value="quillhaven">' in page
    assert "Export the one that matches" in page
    assert "Export all 2 that match" in listed(cast.auditor)


@pytest.mark.slow
def test_everybody_sees_the_memos_they_may_read(memos, cast):
    for person in (cast.reviewer, cast.approver, cast.requester):
        assert "MEMO-2026-0001" in listed(person)
    assert "No memo yet" in listed(cast.administrator)
    assert "No memo yet" in listed(member_of_staff("Nora Lake", Role.REQUESTER))


@pytest.mark.slow
def test_three_rows_and_fifty_ask_the_same_number_of_queries(cast):
    client = staff_client(cast.auditor)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    many_memos(3, cast)
    client.get("/memos/")
    few = [queries(address) for address in ("/memos/", "/memos/?standing=in_force")]
    many_memos(57, cast, first=3)
    assert [queries(address) for address in ("/memos/", "/memos/?standing=in_force")] == few
    assert "1–50 of 60" in client.get("/memos/").text


@pytest.mark.parametrize("odd", ["?sort=password", "?page=-3", "?standing=nonsense", "?year=20x6", "?outcome=%00"])
def test_odd_addresses_show_the_list(cast, odd):
    assert staff_client(cast.auditor).get(f"/memos/{odd}").status_code == 200


@pytest.mark.slow
def test_more_than_one_file_holds_is_a_sentence_on_the_list(cast):
    many_memos(services.MOST + 1, cast)
    answer = staff_client(cast.auditor).get("/memos/export.zip?which=all", follow=True)
    assert "501 memos match, and one file holds at most 500. Narrow the filters, for example by year." in answer.text
