"""Reports made from a template: a quiet note where most of a text stands in another vendor's report as well."""

import random

import pytest
from django.urls import reverse

from procurement.reviews import services as reviews
from tests.factories.directory import make_vendor
from tests.factories.readings import reading_with
from tests.factories.reviews import recorded_report, taken_review
from vendors.calendar import clock
from vendors.reading.contract import as_json
from vendors.reading.facts import Reading
from vendors.reading.fingerprints import fingerprint
from vendors.reports import queries
from vendors.reports.likeness import shared
from vendors.reports.likeness_notes import likeness_notes
from vendors.reports.models import ReportReading, SharedText
from vendors.reports.tasks import compare_texts

pytestmark = pytest.mark.django_db

WORDS = (
    "control", "access", "review", "change", "backup", "incident", "owner", "approves", "records", "samples", "tickets",
    "monthly", "system",
)  # fmt: skip
NOTE = "Text that another report has as well."


def text(seed: int, words: int = 900) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(words))


def read_with(report, firm="Rookhope CPA Group", rules=1, **texts) -> ReportReading:
    """A reading whose parts have these texts."""
    prints = {part: fingerprint(said).as_json() for part, said in texts.items()}
    content = as_json(Reading()) | {"auditor": firm, "fingerprints": prints}
    return reading_with(report, content, rules=rules)


@pytest.fixture
def review(vendor, requester, reviewer):
    return taken_review(vendor, asked_by=requester, reviewer=reviewer)


@pytest.fixture
def report(review, reviewer):
    return recorded_report(review.vendor, by=reviewer)


@pytest.fixture
def copy(reviewer):
    """A report of another vendor."""
    return recorded_report(make_vendor("Osierpay"), by=reviewer)


@pytest.mark.slow
def test_a_copied_text_is_noted_on_both_reports_and_blocks_nothing(client, review, report, copy, reviewer):
    read_with(copy, "Halvorsen & Pryce", tests=text(1), description=text(2))
    compare_texts()
    assert likeness_notes(copy, reviewer) == [], "nothing to compare it with yet"
    read_with(report, tests=text(1), description=text(3))
    compare_texts()
    said = "Tests: 100 % also stands in the report of {}, signed by another firm."
    assert likeness_notes(report, reviewer) == [said.format("Osierpay")]
    assert likeness_notes(copy, reviewer) == [said.format("Quillhaven")]
    client.force_login(reviewer)
    for page in (review.get_absolute_url(), reverse("facts:page", args=[review.pk, report.pk])):
        shown = client.get(page).content.decode()
        assert NOTE in shown
        assert said.format("Osierpay") in shown
    accepted = reviews.accept_report(
        review=review, report=report, revision=report.revision, by=reviewer, on=clock.today(), now=clock.now()
    )
    assert accepted is not None


@pytest.mark.slow
def test_the_other_vendor_is_not_named_to_those_who_may_not_see_it(report, copy, reviewer, approver):
    read_with(report, tests=text(1))
    read_with(copy, tests=text(1))
    compare_texts()
    assert "Osierpay" in likeness_notes(report, reviewer)[0]
    assert likeness_notes(report, approver) == [
        "Tests: 100 % also stands in the report of another vendor, signed by the same firm."
    ]


def test_what_is_not_worth_a_note(report, copy, reviewer, vendor):
    last_year = recorded_report(vendor, by=reviewer)
    read_with(last_year, tests=text(1), letter=text(4))
    read_with(report, tests=text(1), letter=text(4))
    read_with(copy, tests=text(1, 500) + text(9, 400), letter=text(4))
    compare_texts()
    assert not SharedText.objects.exists(), "own earlier report; half of the tests; letters of one firm"


def test_comparing_again_adds_nothing_and_a_newer_reading_replaces(report, copy):
    first = read_with(report, tests=text(1))
    read_with(copy, tests=text(1))
    compare_texts()
    assert not queries.readings_to_compare().exists()
    assert SharedText.objects.count() == 2
    read_with(report, rules=2, tests=text(5))
    assert [reading.rules for reading in queries.readings_to_compare()] == [2]
    compare_texts()
    assert not SharedText.objects.exists()
    assert first.report.fingerprint.rules == 2


def test_papers_without_such_parts_are_done_with(report, copy):
    read_with(report)
    assert copy.readings.get().state == "waiting"
    compare_texts()
    assert not queries.readings_to_compare().exists()


@pytest.mark.parametrize(
    ("part", "same_firm", "noted"),
    [("tests", True, True), ("description", False, True), ("letter", False, True), ("letter", True, False)],
)
def test_letters_of_one_firm_are_rightly_alike(part, same_firm, noted):
    texts = {part: fingerprint(text(1))}
    assert bool(list(shared(texts, texts, same_firm=same_firm))) is noted


def test_a_short_text_says_nothing():
    short, long = {"tests": fingerprint(text(1, 200))}, {"tests": fingerprint(text(1, 2000))}
    assert not list(shared(short, short, same_firm=False))
    assert not list(shared({"tests": fingerprint(text(1, 400))}, long, same_firm=False))
