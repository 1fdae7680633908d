"""Rows accepted under older rules: what newer rules find for their empty fields is offered field by field."""

import pytest

from tests.factories.readings import content_of_sample, finished_reading, reading_with
from tests.procurement.reviews.facts_page import ROWS, page_of
from tests.procurement.reviews.proposals.page import offer, press, shown
from vendors.ledger.models import LedgerEntry
from vendors.reading import RULES_VERSION
from vendors.reports.models import Report

FORMS = {f"{listed}-{part}_FORMS": "0" for listed in ROWS for part in ("TOTAL", "INITIAL")}

pytestmark = pytest.mark.django_db

LATER = {"exceptions": ("response",), "cuecs": ("reference", "criteria"), "subservice_organizations": ("service",)}


@pytest.fixture
def older(ines, review, report) -> Report:
    """Everything was accepted from rules that read no further field of a row; today's rules read it again since."""
    content = content_of_sample()
    for listed, fields in LATER.items():
        for row in content[listed]:
            for field in (*fields, "evidence"):
                row.pop(field)
    reading_with(report, content, rules=RULES_VERSION - 1)
    press(ines, review, report, accept="all")
    finished_reading(report)
    return Report.objects.get(pk=report.pk)


@pytest.mark.slow
def test_each_empty_field_is_offered_with_its_page_and_filled_by_one_press(ines, review, older):
    row = offer(shown(ines, review, older), "exceptions.0")
    assert "<b>Management’s response:</b> The leaver&#x27;s form now reaches the access team" in row
    assert "?page=12&amp;zoom=100&amp;mark=exceptions.0.response" in row
    assert 'name="fill" value="exceptions.0.response"' in row
    page = press(ines, review, older, fill="exceptions.0.response").text
    exception = older.exceptions.get()
    assert exception.response.startswith("The leaver's form now reaches the access team")
    assert exception.quote.startswith("Exception noted."), "the words of the row stay"
    cited = exception.cited["response"]
    newest = older.readings.get(rules=RULES_VERSION)
    assert (cited["page"], cited["taken_by"], cited["reading"]) == (12, "Ines Varga", newest.pk)
    assert 'name="fill" value="exceptions.0.response"' not in page
    assert "mark=exceptions.0.response" in offer(page, "exceptions.0"), "and its page is shown as accepted ones are"
    entry = LedgerEntry.objects.get(verb="report.gap_filled")
    assert entry.sentence.endswith("exception: management's response")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "rows", "field", "value"),
    [
        ("cuecs.0.reference", "cuecs", "reference", "CUEC-1"),
        ("cuecs.0.criterion", "cuecs", "criterion", "CC6.2"),
        ("subservice.0.service", "subservice_organizations", "service", "managed hosting of servers and storage"),
    ],
)
def test_so_is_every_field_of_the_other_lists(ines, review, older, name, rows, field, value):
    assert getattr(getattr(older, rows).first(), field) == ""
    press(ines, review, older, fill=name)
    row = getattr(older, rows).first()
    assert (getattr(row, field), field in row.cited) == (value, True)


@pytest.mark.slow
def test_all_without_conflict_leaves_them_to_a_person(ines, review, older):
    press(ines, review, older, accept="all")
    assert older.exceptions.get().response == ""


@pytest.mark.slow
def test_what_a_person_wrote_there_is_not_touched(ines, review, older):
    stale = {"fill": "exceptions.0.response", "exceptions-0-response": "They told us by mail."}
    page = press(ines, review, older, **stale).text
    assert "Nothing is left to fill here." in page
    press(ines, review, older, do="save", **{"exceptions-0-response": "They told us by mail."})
    assert older.exceptions.get().response == "They told us by mail."
    page = press(ines, review, older, fill="exceptions.0.response").text
    assert "Nothing is left to fill here." in page
    assert older.exceptions.get().response == "They told us by mail."


@pytest.mark.slow
def test_what_a_person_emptied_of_this_reading_is_not_offered_again(ines, review, report, reading):
    press(ines, review, report, accept="exceptions.0")
    page = press(ines, review, report, do="save", **{"exceptions-0-response": ""}).text
    assert 'name="fill"' not in page


@pytest.mark.slow
def test_nothing_is_offered_where_it_may_be_either_of_two_rows(ines, review, older):
    """Two exceptions of one control: which of them is answered is for a person to read."""
    content = content_of_sample()
    content["exceptions"] = [*content["exceptions"], content["exceptions"][0]]
    reading_with(older, content)
    assert 'name="fill" value="exceptions.' not in shown(ines, review, older)


@pytest.mark.slow
def test_an_accepted_report_tells_them_as_a_difference_and_changes_nothing(ines, review, older, a_minute_passes):
    press(ines, review, older, do="accept_unseen")
    older.refresh_from_db()
    assert older.state == "accepted"
    a_minute_passes()
    finished_reading(older)
    page = shown(ines, review, older)
    told = page[page.index('id="differs"') :].partition("</table>")[0]
    for words in ("Exception: management&#x27;s response", "nothing recorded", "The leaver&#x27;s form", "p. 12"):
        assert words in told, words
    assert 'name="fill"' not in page
    ines.post(page_of(review, older), {**FORMS, "revision": str(older.revision), "fill": "cuecs.0.reference"})
    assert older.cuecs.first().reference == ""
