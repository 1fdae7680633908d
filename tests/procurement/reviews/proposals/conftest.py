"""A review with the sample report: received, read, and Ines Varga at its facts page."""

import pytest

from tests.factories import ndas
from tests.factories.readings import finished_reading
from tests.factories.reports import received_report, sample_pdf
from tests.factories.reviews import taken_review


@pytest.fixture
def review(vendor, requester, reviewer):
    return taken_review(vendor, asked_by=requester, reviewer=reviewer)


@pytest.fixture
def report(review, reviewer):
    """The sample report of twelve pages, received and not opened yet."""
    ndas.record(review.vendor, by=reviewer)
    return received_report(review.vendor, by=reviewer, content=sample_pdf())


@pytest.fixture
def reading(report):
    return finished_reading(report)


@pytest.fixture
def ines(client, reviewer):
    client.force_login(reviewer)
    return client
