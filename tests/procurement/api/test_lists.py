"""Lists: the same number of queries for 3 and 300 rows, pages by cursor, filters and sorts that are ours."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.crowd import crowd, followed_up
from tests.factories.tokens import program_of
from vendors.directory.models import Vendor
from vendors.ndas.models import Nda
from vendors.reports.models import Report, ReportRequest

pytestmark = pytest.mark.django_db
RESOURCES = (
    "vendors",
    "contacts",
    "ndas",
    "report-requests",
    "reports",
    "engagements",
    "reviews",
    "assessments",
    "answers",
    "brought-answers",
    "answer-comments",
    "assignments",
    "campaign-recipients",
    "findings",
    "decisions",
    "memos",
    "reminders",
)
MOST_QUERIES = 12


@pytest.mark.slow
@pytest.mark.parametrize("person", ["reviewer", "approver", "requester"])
def test_three_rows_and_three_hundred_ask_the_same_number_of_queries(people, person):
    program = program_of(people[person])
    counts: list[dict[str, int]] = []
    for first, more in ((0, 3), (3, 297)):
        crowd(more, first=first, **people)
        followed_up(people["reviewer"])
        asked = {}
        for resource in RESOURCES:
            program.get(f"/api/v1/{resource}/")  # the first use of a token in an hour is noted
            with CaptureQueriesContext(connection) as queries:
                answer = program.get(f"/api/v1/{resource}/?page_size=200")
            assert answer.status_code == 200
            asked[resource] = len(queries)
        counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= MOST_QUERIES


@pytest.mark.slow
def test_a_filter_by_what_is_cleared_asks_the_same_number_of_queries_too(people):
    program = program_of(people["reviewer"])
    counts = []
    for first, more in ((0, 3), (3, 30)):
        crowd(more, first=first, **people)
        program.get("/api/v1/vendors/")
        with CaptureQueriesContext(connection) as queries:
            assert program.get("/api/v1/vendors/?cleared=personal").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


@pytest.mark.parametrize("resource", RESOURCES)
def test_pages_by_cursor_hold_every_row_once(people, seven_vendors, resource):
    program = program_of(people["reviewer"])
    whole = program.get(f"/api/v1/{resource}/").json()
    assert (whole["next"], whole["previous"], len(whole["results"])) == (None, None, 7)
    rows, address = [], f"/api/v1/{resource}/?page_size=3"
    while address:
        page = program.get(address).json()
        assert len(page["results"]) <= 3
        rows += page["results"]
        address = page["next"]
    assert rows == whole["results"]


@pytest.mark.slow
@pytest.mark.parametrize("resource", RESOURCES)
def test_a_page_holds_a_hundred_rows_and_two_hundred_at_most(people, resource):
    crowd(201, **people)
    followed_up(people["reviewer"])
    program = program_of(people["reviewer"])
    assert len(program.get(f"/api/v1/{resource}/").json()["results"]) == 100
    assert len(program.get(f"/api/v1/{resource}/?page_size=5000").json()["results"]) == 200


def test_a_row_that_comes_in_between_repeats_nothing(people, seven_vendors):
    program = program_of(people["reviewer"])
    first = program.get("/api/v1/vendors/?ordering=-id&page_size=4").json()
    Vendor.objects.create(name="A newcomer", added_at=Vendor.objects.first().added_at, added_by="Ines Varga")
    second = program.get(first["next"]).json()
    ids = [row["id"] for row in [*first["results"], *second["results"]]]
    assert len(ids) == len(set(ids)) == 7


@pytest.mark.parametrize(
    "cursor", ["nonsense", "cD1ub25zZW5zZQ==", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "bz0tMQ==", "%00"]
)
@pytest.mark.parametrize("ordering", ["-id", "-added_at", "name"])
def test_a_cursor_that_is_none_of_ours_is_refused_as_such(people, seven_vendors, cursor, ordering):
    answer = program_of(people["reviewer"]).get(f"/api/v1/vendors/?ordering={ordering}&cursor={cursor}")
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        assert len(answer.json()["results"]) <= 7
    else:
        assert answer.json()["errors"]["cursor"][0].startswith("This is no cursor of this list.")


@pytest.mark.parametrize("resource", RESOURCES)
def test_a_parameter_that_is_none_is_refused_by_name_with_those_that_are(people, resource):
    """A typo in a filter would answer with everything."""
    program = program_of(people["reviewer"])
    answer = program.get(f"/api/v1/{resource}/?nonsense=1&page_size=3")
    assert answer.status_code == 400
    (named, sentences), *others = answer.json()["errors"].items()
    assert (named, others) == ("nonsense", [])
    assert sentences[0].startswith("There is no such parameter here. There are: ")
    assert sentences[0].endswith("ordering, cursor, page_size.")
    assert "engagement" in program.get("/api/v1/reviews/?q=quill").json()["errors"]["q"][0]


@pytest.mark.parametrize("ordering", ["password", "-owner__password", "added_by", "vendor__name", "pk;drop"])
def test_a_sort_that_is_not_listed_is_refused_by_name(people, ordering):
    answer = program_of(people["reviewer"]).get(f"/api/v1/vendors/?ordering={ordering}")
    assert answer.status_code == 400
    assert answer.json()["errors"]["ordering"][0].startswith("Sort by one of these: name, -name")


def test_a_sort_that_is_listed_sorts(people, seven_vendors):
    program = program_of(people["reviewer"])
    names = [row["name"] for row in program.get("/api/v1/vendors/?ordering=-name").json()["results"]]
    assert names == sorted(names, reverse=True)


def results(people, address):
    return program_of(people["reviewer"]).get(f"/api/v1/{address}").json()["results"]


def test_vendors_are_found_by_words_category_report_and_what_is_cleared(people, seven_vendors):
    one = Vendor.objects.get(name="Vendor 0003")
    Vendor.objects.filter(pk=one.pk).update(category="payments")
    Report.objects.filter(vendor=one).update(period_end="2015-06-30", period_start="2014-07-01")
    assert [row["id"] for row in results(people, "vendors/?search=DOR%200003")] == [one.pk]
    assert [row["id"] for row in results(people, "vendors/?category=payments")] == [one.pk]
    assert [row["id"] for row in results(people, "vendors/?segment=out_of_policy")] == [one.pk]
    cleared = {row["id"] for row in results(people, "vendors/?cleared=personal")}
    assert cleared == set(Vendor.objects.exclude(pk=one.pk).values_list("pk", flat=True))
    assert results(people, "vendors/?cleared=health") == []


@pytest.mark.slow
def test_everything_is_found_by_its_vendor(people, seven_vendors):
    one = Vendor.objects.get(name="Vendor 0003")
    for resource in RESOURCES[1:]:
        assert [row["vendor"] for row in results(people, f"{resource}/?vendor={one.pk}")] == [one.pk], resource
        assert results(people, f"{resource}/?vendor=999999") == []


def test_what_holds_or_waits_is_told_from_what_does_not(people, seven_vendors):
    nda, asked = Nda.objects.first(), ReportRequest.objects.first()
    Nda.objects.filter(pk=nda.pk).update(ended_on=nda.starts_on, ended_reason="Ended.")
    ReportRequest.objects.filter(pk=asked.pk).update(answered_at=asked.requested_at)
    assert [row["id"] for row in results(people, "ndas/?in_force=false")] == [nda.pk]
    assert len(results(people, "ndas/?in_force=true")) == 6
    assert [row["id"] for row in results(people, "report-requests/?open=false")] == [asked.pk]
    assert len(results(people, "report-requests/?open=true")) == 6
    assert results(people, "reviews/?open=true") == []
    assert len(results(people, "reviews/?open=false")) == 7
    assert len(results(people, "contacts/?active=true")) == 7
    assert results(people, "contacts/?active=false") == []


@pytest.mark.parametrize(
    "query", ["vendor=x", "vendor=0", "vendor=99999999999999999999", "in_force=perhaps&vendor=1.5"]
)
def test_a_filter_that_cannot_be_is_refused_by_name(people, query):
    answer = program_of(people["reviewer"]).get(f"/api/v1/ndas/?{query}")
    assert answer.status_code == 400
    assert "vendor" in answer.json()["errors"]
