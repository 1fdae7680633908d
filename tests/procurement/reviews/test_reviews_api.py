"""Reviews by a program: ask for one, take one, see what is missing."""

import pytest

from procurement.reviews.models import Review
from tests.factories.engagements import use_details
from tests.factories.reviews import read_review, requested_review
from tests.factories.tokens import program_of
from vendors.directory.models import Vendor

pytestmark = pytest.mark.django_db
URL = "/api/v1/reviews/"
ASKED = {"vendor_name": "Quillhaven", "vendor_domain": "quillhaven.example", **use_details()}


def ask(person, **changes):
    return program_of(person).post(URL, {**ASKED, **changes}, content_type="application/json")


def test_a_requesters_program_asks_and_sees_the_status_only(requester):
    answer = ask(requester, wanted_by="2999-01-01")
    assert answer.status_code == 201
    review = Review.objects.get()
    told = answer.json()
    assert (told["number"], told["state"], told["vendor_name"]) == (review.number, "draft", "Quillhaven")
    assert told["evidence"] is None
    assert [waiting["who"] for waiting in told["waiting_for"]] == ["A reviewer", "An approver", requester.name]
    assert review.engagement.owner == requester


def test_a_vendor_on_file_is_found_and_not_put_there_twice(requester, vendor):
    ask(requester)
    assert Vendor.objects.count() == 1


def test_a_reviewer_names_the_business_owner(reviewer, requester):
    assert ask(reviewer, owner=requester.pk).status_code == 201
    assert Review.objects.get().engagement.owner == requester


def test_the_pages_refusals_come_field_by_field(requester):
    answer = ask(requester, tier=3)
    assert answer.status_code == 422
    assert answer.json()["errors"]["tier_reason"][0].startswith("The rules suggest tier 1.")
    assert not Review.objects.exists()
    assert not Vendor.objects.exists()


def test_an_auditor_does_not_ask(auditor):
    assert ask(auditor).status_code == 403


def test_taking_makes_it_the_reviewers_once(vendor, requester, reviewer):
    review = requested_review(vendor, by=requester)
    program = program_of(reviewer)
    told = program.post(f"{URL}{review.pk}/take/").json()
    assert (told["state"], told["reviewer"]["name"]) == ("collecting", reviewer.name)
    again = program.post(f"{URL}{review.pk}/take/")
    assert again.status_code == 409


def test_nobody_takes_what_they_asked_for(vendor, reviewer):
    review = requested_review(vendor, by=reviewer)
    answer = program_of(reviewer).post(f"{URL}{review.pk}/take/")
    assert (answer.status_code, answer.json()["detail"]) == (
        403,
        "You asked for this review, so another reviewer has to take it.",
    )


def test_the_reviewer_reads_each_requirement_and_what_is_missing(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    evidence = program_of(reviewer).get(f"{URL}{review.pk}/").json()["evidence"]
    assert evidence["report"] == review.report_id
    assert 0 < evidence["settled"] < evidence["asked"]
    open_rows = [check["title"] for check in evidence["checks"] if check["result"] == "not_met"]
    assert evidence["missing"] == open_rows
    assert len(open_rows) == evidence["asked"] - evidence["settled"]
    assert all(check["reason"].endswith((".", "?")) for check in evidence["checks"])
