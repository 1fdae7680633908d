"""Clicks at the same moment: one version, one signature."""

import pytest

from tests.databases import in_threads
from tests.factories.contacts import make_contact
from tests.factories.directory import make_vendor
from tests.factories.ndas import accept, issue_text
from vendors.ndas.models import Nda, NdaText
from vendors.people.actors import Refused


@pytest.mark.slow
def test_one_version_is_issued(real_database):
    results = in_threads(8, lambda _number: issue_text())
    assert NdaText.objects.count() == 1
    assert sum(isinstance(result, Refused) for result in results) == 7


@pytest.mark.slow
def test_eight_clicks_sign_once(real_database):
    contact = make_contact(make_vendor("Quillhaven"))
    issue_text()
    results = in_threads(8, lambda _number: accept(contact))
    assert Nda.objects.count() == 1
    assert sum(isinstance(result, Refused) for result in results) == 7
