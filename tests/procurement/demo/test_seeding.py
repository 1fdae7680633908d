"""The demo as a newcomer finds it."""

import pytest

from procurement.demo import seeding
from vendors.calendar import clock
from vendors.reports.models import Report, ReportFingerprint, SharedText
from vendors.reports.tasks import compare_texts

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_no_review_opens_with_a_note_that_its_report_is_like_another_one():
    seeding.seed(on=clock.today())
    compare_texts()
    assert ReportFingerprint.objects.count() == Report.objects.count() == 4
    assert not SharedText.objects.exists()
