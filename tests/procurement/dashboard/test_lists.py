"""The lists of vendors and of reviews: words, filters in the address, as many queries for few rows as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.demo.seeding import HALLOWMERE
from procurement.demo.story import Story
from procurement.engagements.models import Engagement
from procurement.reviews.models import Review
from tests.factories.directory import make_vendor
from tests.factories.stories import FIRST_DAY, approved, awaiting_approval
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.directory.models import Vendor


def many_reviews(count: int, cast, first: int = 0) -> None:
    """So many vendors with an engagement and a review each, straight into the tables."""
    numbers, now = range(first, first + count), clock.now()
    vendors = Vendor.objects.bulk_create(
        Vendor(name=f"Vendor {number:03}", added_at=now, added_by="Ines Varga") for number in numbers
    )
    engagements = Engagement.objects.bulk_create(
        Engagement(
            vendor=vendor,
            title="Service",
            data_classes=["internal"],
            criticality="low",
            suggested_tier=3,
            tier=3,
            owner=cast.requester,
            opened_at=now,
        )
        for vendor in vendors
    )
    Review.objects.bulk_create(
        Review(
            number=f"R-2025-{number:03}",
            vendor=engagement.vendor,
            engagement=engagement,
            state_since=now,
            requested_by=cast.requester,
            requested_at=now,
        )
        for number, engagement in zip(numbers, engagements, strict=True)
    )


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/vendors/", "/reviews/?segment=all"])
def test_three_rows_and_three_hundred_ask_the_same_number_of_queries(cast, address):
    client = staff_client(cast.reviewer)
    many_reviews(3, cast)
    few = queries_of(client, address)
    many_reviews(297, cast, first=3)
    assert queries_of(client, address) == few


MOST_QUERIES = 12  # SPEED.md


@pytest.mark.parametrize("address", ["/vendors/", "/vendors/?segment=current&sort=-until", "/reviews/?segment=mine"])
def test_a_list_asks_no_more_queries_than_promised(cast, address):
    approved(cast)
    many_reviews(3, cast)
    assert queries_of(staff_client(cast.reviewer), address) <= MOST_QUERIES


@pytest.mark.parametrize("address", ["/vendors/", "/reviews/?segment=all"])
def test_a_row_that_was_rendered_before_says_what_is_true_now(cast, address):
    """Rows are rendered once for the words they say: other words, another row."""
    review = approved(cast)[1]
    client = staff_client(cast.reviewer)
    assert "Quillhaven" in client.get(address).text
    Vendor.objects.filter(pk=review.vendor_id).update(name="Quill & <b>Haven</b>")
    page = client.get(address).text
    assert "Quill &amp; &lt;b&gt;Haven&lt;/b&gt;" in page
    assert "Quillhaven<" not in page


def test_a_vendor_is_found_by_part_of_its_name_and_the_rest_is_counted(cast):
    approved(cast)
    make_vendor("Tarn Ledger")
    page = staff_client(cast.reviewer).get("/vendors/?q=quill").text
    assert "Quillhaven" in page
    assert "Tarn Ledger" not in page
    assert "1 of 2" in page


def test_segments_tell_vendors_apart_by_their_report(cast):
    approved(cast)
    make_vendor("Tarn Ledger")
    client = staff_client(cast.reviewer)
    assert "Tarn Ledger" not in client.get("/vendors/?segment=current").text
    assert "Tarn Ledger" in client.get("/vendors/?segment=no_report").text
    assert "Quillhaven" not in client.get("/vendors/?segment=no_report").text


def test_fifty_vendors_a_page_and_the_filters_stay_in_the_address(cast):
    many_reviews(60, cast)
    client = staff_client(cast.reviewer)
    page = client.get("/vendors/?segment=under_review&sort=-name")
    assert page.text.count('<a class="name"') == 50
    assert "1–50 of 60" in page.text
    assert "segment=under_review&amp;sort=-name&amp;page=2" in page.text
    assert client.get("/vendors/?segment=under_review&page=2").text.count('<a class="name"') == 10


def test_a_filter_that_nothing_fits_says_what_to_do(cast):
    make_vendor("Tarn Ledger")
    assert "Clear the filters" in staff_client(cast.reviewer).get("/vendors/?q=nobody").text


def test_an_empty_house_says_what_comes_first(cast):
    client = staff_client(cast.reviewer)
    assert "No vendor is on file yet" in client.get("/vendors/").text
    assert "No review yet" in client.get("/reviews/").text


@pytest.mark.parametrize(
    ("sort", "names"),
    [("tier", ["Aldmoor", "Birchwell", "Vendor 000"]), ("-tier", ["Vendor 000", "Birchwell", "Aldmoor"])],
)
def test_vendors_sort_by_tier_and_those_without_one_come_last(cast, sort, names):
    many_reviews(1, cast)  # tier 3
    for number, name in enumerate(("Aldmoor", "Birchwell"), start=1):
        many_reviews(1, cast, first=number)
        vendor = Vendor.objects.get(name=f"Vendor {number:03}")
        Vendor.objects.filter(pk=vendor.pk).update(name=name)
        Engagement.objects.filter(vendor=vendor).update(tier=number, suggested_tier=number)
    make_vendor("Zorn")
    page = staff_client(cast.reviewer).get(f"/vendors/?sort={sort}").text
    shown = sorted([*names, "Zorn"], key=lambda name: page.index(f">{name}<"))
    assert shown == ([*names, "Zorn"] if sort == "tier" else ["Zorn", *names])


@pytest.mark.parametrize("odd", ["?sort=password", "?page=-3", "?segment=nonsense", "?reviewer=%00", "?category=x"])
def test_odd_addresses_show_the_list(cast, odd):
    client = staff_client(cast.reviewer)
    assert client.get(f"/vendors/{odd}").status_code == 200
    assert client.get(f"/reviews/{odd}").status_code == 200


@pytest.mark.slow
def test_reviews_are_found_by_state_reviewer_and_words(cast):
    awaiting_approval(cast)
    Story(HALLOWMERE, cast).ask(FIRST_DAY)
    client = staff_client(cast.reviewer)
    assert "Hallowmere" not in client.get("/reviews/?segment=awaiting_approval").text
    assert "Hallowmere" not in client.get("/reviews/?segment=mine").text
    assert "Quillhaven" not in client.get("/reviews/?reviewer=none").text
    assert "Quillhaven" not in client.get(f"/reviews/?reviewer={cast.second_reviewer.pk}").text
    assert "Quillhaven" in client.get("/reviews/?q=People+Cloud").text


def test_a_requester_sees_their_own_reviews_and_of_vendors_what_may_be_sent(cast):
    awaiting_approval(cast)
    client = staff_client(cast.requester)
    assert "Quillhaven" in client.get("/reviews/").text
    assert client.get("/vendors/?q=quill").headers["Location"] == "/clearance/?q=quill"


def test_an_administrator_is_told_who_sees_vendors(cast):
    answer = staff_client(cast.administrator).get("/vendors/")
    assert answer.status_code == 403
    assert "Reviewers, approvers and auditors see vendors." in answer.text


def test_an_approver_sees_only_what_was_put_before_them(cast):
    awaiting_approval(cast)
    Story(HALLOWMERE, cast).ask(FIRST_DAY)
    client = staff_client(cast.approver)
    assert "Hallowmere" not in client.get("/reviews/?segment=all").text
    assert "Hallowmere" not in client.get("/vendors/").text
    assert "Quillhaven" in client.get("/vendors/").text
