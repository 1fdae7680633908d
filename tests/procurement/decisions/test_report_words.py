"""The report's own words in a memo: what a field was read from that stands at a place of its own."""

import pytest

from procurement.decisions.report_words import quoted_part
from vendors.reports.models import ReportException, SubserviceOrganization

PLACE = {"page": 51, "quote": "The list of leavers is now produced each evening. " * 5, "box": [60, 90, 400, 120]}


@pytest.mark.parametrize("row", [ReportException(), SubserviceOrganization(citation={"name": "subservice.0"})])
def test_what_a_person_typed_adds_nothing(row):
    assert quoted_part(row, "response") == {}


def test_a_response_adds_its_page_and_its_words_cut_short():
    said = quoted_part(ReportException(citation={"parts": {"response": PLACE}}), "response")
    assert said["response_page"] == 51
    assert said["response_quote"].startswith("The list of leavers is now produced each evening. The list")
    assert len(said["response_quote"]) <= 160
    assert said["response_quote"].endswith("evening. The list…"), "cut between words"
