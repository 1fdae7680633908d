"""The list of findings, the owner's day, and the vendor's page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.reviews import services
from procurement.reviews.models import Finding
from tests.factories.findings import make_finding
from tests.factories.stories import FIRST_DAY, in_review
from tests.signing_in import staff_client
from vendors.calendar import clock


@pytest.fixture
def review(cast):
    return in_review(cast)[1]


def listed(person, query: str = "") -> str:
    return staff_client(person).get(f"/findings/{query}").text


@pytest.mark.slow
def test_segments_severity_and_words_tell_findings_apart(cast, review):
    make_finding(review, by=cast.reviewer, title="Restores are never tried", severity="high")
    make_finding(review, by=cast.reviewer, owner=cast.auditor, title="Logs are kept for a week", severity="low")
    done = make_finding(review, by=cast.reviewer, title="Badges are shared")
    services.close_finding(finding=done, note="No longer.", by=cast.reviewer, now=clock.now())
    page = listed(cast.auditor)
    assert "Restores" in page
    assert "Badges" not in page
    assert "Badges" in listed(cast.auditor, "?segment=closed")
    assert "Restores" not in listed(cast.auditor, "?segment=mine")
    assert "Logs" in listed(cast.auditor, "?segment=mine")
    assert "Logs" not in listed(cast.auditor, "?severity=high")
    assert "Logs" not in listed(cast.auditor, "?q=restores")
    assert "No finding fits" in listed(cast.auditor, "?q=nothing+like+it")


@pytest.mark.slow
def test_overdue_is_after_the_due_day(cast, review):
    finding = make_finding(review, by=cast.reviewer, due_on=FIRST_DAY)
    assert "Restores" not in listed(cast.reviewer, "?segment=overdue")
    Finding.objects.filter(pk=finding.pk).update(due_on=FIRST_DAY - timedelta(days=1))
    assert "Restores" in listed(cast.reviewer, "?segment=overdue")


@pytest.mark.parametrize(
    ("sort", "first"), [("severity", "Grave"), ("-severity", "Small"), ("due", "Small"), ("-due", "Grave")]
)
def test_sorted_by_severity_the_gravest_come_first(cast, review, sort, first):
    make_finding(review, by=cast.reviewer, title="Small", severity="low", due_on=FIRST_DAY + timedelta(days=1))
    make_finding(review, by=cast.reviewer, title="Grave", severity="critical", due_on=FIRST_DAY + timedelta(days=9))
    page = listed(cast.reviewer, f"?sort={sort}")
    other = {"Grave": "Small", "Small": "Grave"}[first]
    assert page.index(f">{first}<") < page.index(f">{other}<")


@pytest.mark.slow
def test_three_rows_and_three_hundred_ask_the_same_number_of_queries(cast, review):
    client = staff_client(cast.reviewer)

    def queries_with(count: int) -> int:
        at = Finding.objects.count()
        Finding.objects.bulk_create(
            Finding(
                review=review,
                number=at + number + 1,
                title=f"Finding {number}",
                description="One of many.",
                severity="low",
                owner=cast.reviewer,
                due_on=FIRST_DAY,
                source="other",
                opened_at=clock.now(),
            )
            for number in range(count)
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/findings/").status_code == 200
        return len(queries)

    client.get("/findings/")
    assert queries_with(3) == queries_with(297)
    assert "1–50 of 300" in client.get("/findings/").text


@pytest.mark.parametrize("odd", ["?sort=password", "?page=-3", "?segment=nonsense", "?severity=%00"])
def test_odd_addresses_show_the_list(cast, odd):
    assert staff_client(cast.reviewer).get(f"/findings/{odd}").status_code == 200


def test_nobody_reads_in_the_list_what_they_may_not_open(cast, review):
    make_finding(review, by=cast.reviewer, owner=cast.auditor)
    assert "No finding yet" in listed(cast.requester)
    assert "No finding yet" in listed(cast.approver)


@pytest.mark.slow
def test_today_tells_the_owner_and_the_vendor_page_shows_what_is_open(cast, review):
    finding = make_finding(review, by=cast.reviewer, owner=cast.administrator)
    page = staff_client(cast.administrator).get("/").text
    assert "Finding F-1 of Quillhaven" in page
    assert finding.get_absolute_url() in page
    vendor_page = f"/vendors/{review.vendor_id}/"
    assert "Open findings" in staff_client(cast.reviewer).get(vendor_page).text
    services.close_finding(finding=finding, note="Tried.", by=cast.administrator, now=clock.now())
    assert "Finding F-1" not in staff_client(cast.administrator).get("/").text
    assert "Open findings" not in staff_client(cast.reviewer).get(vendor_page).text
