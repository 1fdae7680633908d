"""What a reading leaves to a person: conflicts, remarks, what was not found, and "none" where it may be wrong."""

import pytest

from tests.factories.readings import conflict, content_of_sample, finished_reading, reading_with
from tests.factories.reports import whole_facts
from tests.factories.reviews import accept, recorded_report
from tests.procurement.reviews.facts_page import page_of
from tests.procurement.reviews.proposals.page import offer, press, shown

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_what_the_reader_remarks_on_is_not_without_conflict(ines, review, report):
    content = content_of_sample()
    content["notes"] = [{"about": "report_date", "text": "The report is dated before the end.", "pages": [4]}]
    reading_with(report, content)
    assert "Accept all without conflict (16)" in shown(ines, review, report)
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert (report.report_date, report.opinion) == (None, "unqualified")
    press(ines, review, report, accept="report_date")
    report.refresh_from_db()
    assert report.report_date is not None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("listed", "rows", "left"),
    [("exceptions", "exceptions", 16), ("cuecs", "cuecs", 13), ("subservice", "subservice_organizations", 16)],
)
def test_rows_of_a_list_the_reader_remarks_on_are_accepted_one_by_one(ines, review, report, listed, rows, left):
    said = {"about": listed, "text": "Something on page 9 could not be tied to a row.", "pages": [9]}
    finished_reading(report, notes=[said])
    page = shown(ines, review, report)
    assert f"Accept all without conflict ({left})" in page
    told = "The reader remarks on this list. Look at its rows one by one: “Accept all” takes none of them."
    assert page.count(told) == 1
    press(ines, review, report, accept="all")
    counts = {name: getattr(report, name).count() for name in ("exceptions", "cuecs", "subservice_organizations")}
    assert counts == {"exceptions": 1, "cuecs": 4, "subservice_organizations": 1, rows: 0}
    page = press(ines, review, report, accept=f"{listed}.0").text
    assert getattr(report, rows).count() == 1
    assert (told in page) == (listed == "cuecs"), "it is said as long as a row is left"


@pytest.mark.slow
def test_each_page_a_remark_names_opens_in_the_viewer(ines, review, report):
    text = "Page 1 states another period than the auditor’s report, page 3."
    finished_reading(report, notes=[{"about": "period_start", "text": text, "pages": [1, 3]}])
    remark = shown(ines, review, report).partition(text)[2].partition("</li>")[0]
    for number in (1, 3):
        address = f"{page_of(review, report)}?page={number}&amp;zoom=100&amp;mark=period_start"
        assert f'href="{address}"' in remark, "without a script"
        assert f'hx-get="{address}"' in remark
    assert "/pages/1.png" in ines.get(f"{page_of(review, report)}?page=1&mark=period_start").text


@pytest.mark.slow
def test_a_conflict_shows_both_pages_and_nothing_to_accept(ines, review, report):
    finished_reading(report, categories=[], evidence={"categories": conflict(1, 3)})
    part = offer(shown(ines, review, report), "categories")
    assert "pages 1 and 3 say different things" in part
    assert 'name="accept"' not in part
    for page in (1, 3):
        assert f"?page={page}&amp;zoom=100&amp;mark=categories" in part
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert report.categories == []
    page = press(ines, review, report, accept="categories").content.decode()
    assert "The reading does not propose this any more." in page


@pytest.mark.slow
def test_a_report_of_another_organization_is_a_conflict_that_only_a_person_settles(ines, review, report):
    """Vendor A's report in vendor B's portal; it may be that of an owner or a subsidiary."""
    reading = finished_reading(report, service_organization="Brookvane Software, Inc.")
    said = "The report names Brookvane Software, Inc.; this vendor is Quillhaven Software, Inc."
    page = shown(ines, review, report)
    part = offer(page, "service_organization")
    assert said in part
    assert "Conflict" in part
    assert 'name="accept" value="service_organization"' in part
    assert "1 conflict" in page

    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert (report.service_organization, report.opinion) == ("", "unqualified")
    page = press(ines, review, report, accept="service_organization").text
    report.refresh_from_db()
    assert report.service_organization == "Brookvane Software, Inc."
    assert report.citations["service_organization"]["reading"] == reading.pk
    assert said in page, "accepted it is still said, under the heading"
    assert "1 conflict" not in page


@pytest.mark.slow
def test_an_organization_that_a_person_confirmed_before_is_known(ines, review, report, reviewer):
    """The vendor belongs to somebody else: that was said when the first of these reports was accepted."""
    facts = whole_facts(service_organization="Brookvane Software, Inc.")
    accept(review, recorded_report(review.vendor, by=reviewer, facts=facts), by=reviewer)
    finished_reading(report, service_organization="Brookvane Software LLC")
    assert "Conflict" not in offer(shown(ines, review, report), "service_organization")


@pytest.mark.slow
def test_answers_that_contradict_each_other_are_shown_with_both_pages(ines, review, report):
    content = content_of_sample()
    (exception,) = content["exceptions"]
    exception["response"] = None
    exception["evidence"]["response"] |= conflict(10, 12)
    reading_with(report, content)
    part = offer(shown(ines, review, report), "exceptions.0")
    assert "The report says different things on pages 10 and 12, so nothing is proposed." in part
    for page in (10, 12):
        assert f"?page={page}&amp;zoom=100&amp;mark=exceptions.0.response" in part
    press(ines, review, report, accept="exceptions.0")
    row = report.exceptions.get()
    assert (row.response, row.cited) == ("", {})


@pytest.mark.slow
def test_what_was_not_found_says_where_it_was_looked_for(ines, review, report):
    nothing = {"page": None, "quote": "", "box": None, "also_on": [], "looked_on": [3, 4]}
    finished_reading(report, report_date=None, evidence={"report_date": nothing})
    part = offer(shown(ines, review, report), "report_date")
    assert "Looked for on pages 3–4, not found." in part
    assert 'name="accept"' not in part


@pytest.mark.slow
def test_none_noted_is_concluded_in_words_and_never_taken_along(ines, review, report):
    finished_reading(report, exceptions=[])
    part = offer(shown(ines, review, report), "states_no_exceptions")
    assert "Looked through pages 9–11 and found none. Accept it once you looked as well." in part
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert not report.states_no_exceptions
    press(ines, review, report, accept="states_no_exceptions")
    report.refresh_from_db()
    assert (report.states_no_exceptions, report.pages["states_no_exceptions"]) == (True, 9)


OTHER_WORDS = {"about": "exceptions", "text": "The result of control QH-3 is in other words: read it.", "pages": [9]}


@pytest.mark.parametrize("doubt", [{"pages_without_text": [10]}, {"controls_tested": None}, {"notes": [OTHER_WORDS]}])
def test_none_is_not_concluded_where_something_could_not_be_read(ines, review, report, doubt):
    finished_reading(report, exceptions=[], **doubt)
    page = shown(ines, review, report)
    assert 'data-offer="states_no_exceptions"' not in page
    assert (OTHER_WORDS["text"] in page) == ("notes" in doubt)


@pytest.mark.slow
def test_no_subservice_organization_is_not_concluded_where_a_sentence_may_name_one(ines, review, report):
    told = {"about": "subservice", "text": "A sentence on page 3 may name more: read it.", "pages": [3]}
    finished_reading(report, subservice_organizations=[])
    assert 'data-offer="states_no_subservice"' in shown(ines, review, report)
    finished_reading(report, subservice_organizations=[], notes=[told])
    page = shown(ines, review, report)
    assert 'data-offer="states_no_subservice"' not in page
    assert told["text"] in page


@pytest.mark.slow
def test_what_cannot_be_true_is_left_open(ines, review, report):
    finished_reading(report, report_date="2019-08-14")
    press(ines, review, report, accept="all")
    report.refresh_from_db()
    assert (report.report_date, report.opinion) == (None, "unqualified")
    page = press(ines, review, report, accept="report_date").content.decode()
    assert "data-focus" in page
    assert "The report is dated 14 Aug 2019, before its audit period ends" in page
    report.refresh_from_db()
    assert report.report_date is None
