"""Keeping a vendor's record."""

import pytest

from tests.factories.directory import make_vendor
from vendors.ledger.queries import entries_about

TYPED = {
    "name": "Quillhaven",
    "legal_name": "Quillhaven Labs GmbH",
    "domain": "quillhaven.example",
    "category": "cloud",
}


def page(vendor):
    return f"/vendors/{vendor.pk}/edit/"


def test_a_reviewer_edits_and_the_ledger_keeps_the_old_value(client, reviewer, vendor):
    client.force_login(reviewer)
    assert b"Quillhaven Software, Inc." in client.get(page(vendor)).content
    assert client.post(page(vendor), TYPED).status_code == 302
    vendor.refresh_from_db()
    assert vendor.legal_name == "Quillhaven Labs GmbH"
    entry = entries_about(vendor.pk).first()
    assert entry.verb == "vendor.edited"
    assert entry.details["legal_name"] == {"from": "Quillhaven Software, Inc.", "to": "Quillhaven Labs GmbH"}


def test_saving_without_a_change_writes_nothing(client, reviewer, vendor):
    client.force_login(reviewer)
    same = TYPED | {"legal_name": vendor.legal_name, "category": vendor.category}
    assert client.post(page(vendor), same).status_code == 302
    assert entries_about(vendor.pk).count() == 1


def test_another_vendors_name_is_refused(client, reviewer, vendor):
    make_vendor("Tarn Ledger")
    client.force_login(reviewer)
    response = client.post(page(vendor), TYPED | {"name": "tarn ledger"})
    assert "Tarn Ledger is on file with this already" in response.content.decode()


def test_an_auditor_reads_vendors_and_changes_none(client, auditor, vendor):
    client.force_login(auditor)
    assert client.post(page(vendor), TYPED).status_code == 403


@pytest.mark.parametrize("role", ["requester", "approver", "administrator"])
def test_whoever_may_not_see_vendors_gets_404(client, request, vendor, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(page(vendor)).status_code == 404
    assert client.get("/vendors/999999/edit/").status_code == 404


def test_a_vendor_that_is_not_there_is_404(client, reviewer):
    client.force_login(reviewer)
    assert client.get("/vendors/999999/edit/").status_code == 404
