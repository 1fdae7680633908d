"""Criteria tested, as a fact of the form: proposed, accepted with their pages, corrected by hand, never required."""

import pytest
from django.urls import reverse

from tests.factories.readings import finished_reading
from tests.factories.reports import recorded, whole_facts
from tests.factories.reviews import accept
from tests.procurement.reviews.proposals.page import offer, press, shown
from vendors.reports.criteria import CRITERIA
from vendors.reports.terms import Category

pytestmark = pytest.mark.django_db
ALL = list(CRITERIA[Category.SECURITY])
WHOLE = [*ALL, "A1.1", "A1.2", "A1.3", "C1.1", "C1.2"]


@pytest.mark.slow
def test_they_are_proposed_with_the_pages_of_the_tests_and_accepted_by_one_press(ines, review, report):
    reading = finished_reading(report, criteria_tested=WHOLE, notes=[])
    proposed = offer(shown(ines, review, report), "criteria_tested")
    assert "CC1.1–CC9.2, A1.1–A1.3, C1.1, C1.2" in proposed
    assert "Named in the tests on pages 9–11." in proposed
    for number in (9, 10, 11):
        assert f"?page={number}&amp;zoom=100&amp;mark=criteria_tested" in proposed
    page = press(ines, review, report, accept="criteria_tested").text
    assert "Accepted from page 9, by Ines Varga." in offer(page, "criteria_tested")
    report.refresh_from_db()
    assert (report.criteria_tested, report.pages["criteria_tested"]) == (WHOLE, 9)
    assert report.citations["criteria_tested"]["reading"] == reading.pk


@pytest.mark.slow
def test_all_without_conflict_takes_them_and_a_person_corrects_them(ines, review, report):
    finished_reading(report, criteria_tested=WHOLE, notes=[])
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert report.criteria_tested == WHOLE
    page = press(ines, review, report, do="save", criteria_tested="CC1.1–CC9.2, A1.1, C1.1 C1.2").text
    report.refresh_from_db()
    assert report.criteria_tested == [*ALL, "A1.1", "C1.1", "C1.2"]
    assert "criteria_tested" not in report.citations
    assert "The reader finds: CC1.1–CC9.2, A1.1–A1.3, C1.1, C1.2" in offer(page, "criteria_tested")
    assert "In scope, but no test is recorded of A1.2, A1.3." in page


@pytest.mark.slow
def test_a_criterion_without_an_occurrence_was_not_tested(ines, review, report):
    finished_reading(report, criteria_tested=WHOLE, criteria_not_tested=["CC7.4", "C1.2"], notes=[])
    press(ines, review, report, accept="criteria_tested")
    report.refresh_from_db()
    assert report.criteria_tested == [each for each in WHOLE if each not in {"CC7.4", "C1.2"}]


@pytest.mark.slow
def test_where_they_contradict_the_scope_the_reader_says_so_and_a_person_looks(ines, review, report):
    """A category is claimed and none of its criteria was tested."""
    said = "availability is in scope, but none of its criteria was found in the tests."
    note = {"about": "criteria_tested", "text": said, "pages": []}
    finished_reading(report, criteria_tested=ALL, notes=[note])
    assert said in shown(ines, review, report)
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert (report.criteria_tested, report.opinion) == ([], "unqualified")
    press(ines, review, report, accept="criteria_tested")
    report.refresh_from_db()
    assert report.criteria_tested == ALL


def test_a_report_is_accepted_without_them_and_says_that_they_are_not_recorded(ines, review, report, reviewer):
    report = accept(review, recorded(report, by=reviewer), by=reviewer).report
    assert (report.state, report.criteria_tested) == ("accepted", [])
    assert "Criteria tested: not recorded" in shown(ines, review, report)


def test_a_reader_sees_them_with_what_was_left_out(ines, review, report, reviewer):
    facts = whole_facts(criteria_tested=[*ALL, "A1.1", "A1.2", "A1.3"], pages={"criteria_tested": 9})
    report = accept(review, recorded(report, facts, by=reviewer), by=reviewer).report
    page = shown(ines, review, report)
    assert "Criteria tested: CC1.1–CC9.2, A1.1–A1.3" in page
    assert "In scope, but no test is recorded of C1.1, C1.2." in page
    alone = ines.get(reverse("reports:read", args=[report.pk])).text
    assert "CC1.1–CC9.2, A1.1–A1.3; in scope without a test: C1.1, C1.2" in alone


def test_a_type_1_is_not_asked_for_them(ines, review, report, reviewer):
    day = whole_facts().period_end
    facts = whole_facts(type="type1", as_of=day, period_start=None, period_end=None, exceptions=())
    recorded(report, facts, by=reviewer)
    assert 'name="criteria_tested"' not in shown(ines, review, report)
