"""Two people put the same vendor on file, or invite the same person, at the same moment."""

import pytest

from tests.databases import in_threads
from tests.factories.contacts import a_reviewer, invite
from tests.factories.directory import make_vendor
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.people.actors import Refused


@pytest.mark.slow
def test_one_vendor_is_on_file_and_the_others_read_a_sentence(real_database):
    results = in_threads(8, lambda _number: make_vendor("Quillhaven"))
    assert Vendor.objects.count() == 1
    assert sum(isinstance(result, Refused) for result in results) == 7


@pytest.mark.slow
def test_one_invitation_is_sent(real_database):
    reviewer, vendor = a_reviewer(), make_vendor("Quillhaven")
    results = in_threads(8, lambda _number: invite(vendor, by=reviewer))
    assert Contact.objects.count() == 1
    assert sum(isinstance(result, Refused) for result in results) == 7


@pytest.mark.slow
def test_two_vendors_inviting_one_person_make_one_account(real_database):
    reviewer = a_reviewer()
    vendors = [make_vendor(f"Vendor {number}") for number in range(8)]
    email = "jonah.pell@consulting.example"
    results = in_threads(8, lambda number: invite(vendors[number], email=email, by=reviewer))
    assert all(isinstance(result, Contact) for result in results), results
    assert len({contact.user_id for contact in Contact.objects.all()}) == 1
