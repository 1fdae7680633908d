"""What a report needs around it: an NDA in force, a request, a file that was received."""

import pytest

from tests.factories import ndas
from tests.factories.reports import received_report, report_request
from vendors.ndas.models import Nda
from vendors.reports.models import Report, ReportRequest


@pytest.fixture(autouse=True)
def _stands_still(the_day_stands_still):
    """One moment for a whole test."""


@pytest.fixture
def nda(contact) -> Nda:
    """Jonah Pell accepted our text for Quillhaven."""
    return ndas.accept(contact)


@pytest.fixture
def asked(vendor, contact, reviewer) -> ReportRequest:
    """Ines Varga asked Jonah Pell for the SOC 2 Type II report."""
    return report_request(vendor, contact=contact, by=reviewer)


@pytest.fixture
def report(vendor, reviewer, nda) -> Report:
    """A file of twelve pages that Ines Varga uploaded herself."""
    return received_report(vendor, by=reviewer)
