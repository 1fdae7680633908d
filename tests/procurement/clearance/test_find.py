"""May data be sent to this vendor? The page for whoever sees no vendor's file."""

from dataclasses import replace

import pytest
import time_machine

from procurement.demo.seeding import QUILLHAVEN
from procurement.demo.story import Story
from tests.factories.directory import make_vendor
from tests.factories.stories import FIRST_DAY, approved, cast_of
from tests.signing_in import staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_story_day():
    with time_machine.travel(f"{FIRST_DAY.isoformat()}T10:00:00+02:00", tick=False):
        yield


@pytest.mark.slow
def test_a_requester_finds_which_data_may_be_sent_until_when_for_which_use_and_why(requester):
    cast = cast_of(requester=requester)
    _story, review = approved(cast, QUILLHAVEN)
    Story(replace(QUILLHAVEN, title="Claims intake"), cast).ask(FIRST_DAY)
    page = staff_client(requester).get("/clearance/?q=quill").text
    for words in ("Personal, Internal", "until 30 Jun 2027", "People Cloud", "The report counts until 30 Jun 2027."):
        assert words in page
    assert "Claims intake" not in page
    assert review.vendor.get_absolute_url() not in page
    by_domain = staff_client(cast.reviewer).get("/clearance/?q=quillhaven.example").text
    assert review.vendor.get_absolute_url() in by_domain


def test_what_is_not_known_is_not_cleared(requester):
    client = staff_client(requester)
    assert "Name the vendor" in client.get("/clearance/").text
    assert "A vendor that is not on file is cleared for nothing." in client.get("/clearance/?q=<b>Tarn").text
    make_vendor("Tarn Ledger")
    page = client.get("/clearance/?q=tarn").text
    assert "No review has asked." in page
    assert "may be sent until" not in page


def test_many_are_cut_and_asked_about_at_once(requester, django_assert_max_num_queries):
    for number in range(22):
        make_vendor(f"Tarn {number:02}")
    client = staff_client(requester)
    with django_assert_max_num_queries(16):
        page = client.get("/clearance/?q=tarn").text
    assert "Tarn 19" in page
    assert "Tarn 20" not in page
    assert "There are more." in page


def test_whoever_keeps_people_and_keys_does_not_ask(administrator):
    assert staff_client(administrator).get("/clearance/").status_code == 403
