"""Adding a vendor: by a reviewer's page, or while somebody asks for a review."""

from datetime import UTC, datetime

import pytest

from tests.factories.directory import make_vendor
from vendors.directory.models import Vendor
from vendors.directory.queries import find_vendor, namesake_of
from vendors.directory.services import add_vendor
from vendors.ledger.queries import entries_about
from vendors.people.actors import NotAllowed, Refused

NOW = datetime(2025, 8, 1, 7, 0, tzinfo=UTC)
PAGE = "/vendors/new/"
TYPED = {
    "name": "Quillhaven",
    "legal_name": "Quillhaven Software, Inc.",
    "domain": "https://www.quillhaven.example/",
    "category": "business_software",
    "trust_center_url": "trust.quillhaven.example",
    "launched_on": "2019-03-01",
}


def test_a_reviewer_adds_a_vendor(client, reviewer):
    client.force_login(reviewer)
    response = client.post(PAGE, TYPED)
    added = Vendor.objects.get()
    assert response.status_code == 302
    assert (added.name, added.domain, added.full_name) == (
        "Quillhaven",
        "quillhaven.example",
        "Quillhaven Software, Inc.",
    )
    entry = entries_about(added.pk).get()
    assert (entry.verb, entry.actor_label) == ("vendor.added", "Ines Varga")


def test_the_form_goes_back_to_where_it_was_opened(client, reviewer):
    client.force_login(reviewer)
    assert client.post(PAGE, TYPED | {"next": "/reviews/"}).url == "/reviews/"


def test_the_form_leads_to_no_other_site(client, reviewer):
    client.force_login(reviewer)
    response = client.post(PAGE, TYPED | {"next": "https://elsewhere.example/"})
    assert response.url == Vendor.objects.get().get_absolute_url()


@pytest.mark.parametrize("role", ["requester", "approver", "auditor", "administrator"])
def test_nobody_else_adds_on_this_page(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, TYPED).status_code == 403
    assert not Vendor.objects.exists()


def test_a_contact_does_not_find_the_page(contact_client):
    assert contact_client.get(PAGE).status_code == 404


def test_a_requester_adds_one_while_asking_for_a_review(requester):
    assert add_vendor(name="Quillhaven", by=requester, at=NOW).added_by == "Adaeze Lind"


def test_an_approver_does_not(approver):
    with pytest.raises(NotAllowed):
        add_vendor(name="Quillhaven", by=approver, at=NOW)


@pytest.mark.parametrize(
    ("name", "domain", "field"),
    [
        ("quillhaven", "", "name"),
        ("Other", "QUILLHAVEN.example", "domain"),
        ("Other", "no domain", "domain"),
        (" \n", "", "name"),
    ],
)
def test_a_refusal_names_its_field(reviewer, vendor, name, domain, field):
    with pytest.raises(Refused) as refused:
        add_vendor(name=name, domain=domain, by=reviewer, at=NOW)
    assert refused.value.field == field


def test_the_page_shows_the_refusal_beside_the_field(client, reviewer, vendor):
    client.force_login(reviewer)
    response = client.post(PAGE, TYPED)
    assert "Quillhaven is on file with this already" in response.content.decode()
    assert 'aria-invalid="true"' in response.content.decode()


def test_a_name_cannot_carry_a_line_break_into_a_mail_header(reviewer):
    hostile = "Quill\r\nBcc: all@example.org\u202e"
    assert add_vendor(name=hostile, by=reviewer, at=NOW).name == "Quill Bcc: all@example.org"


def test_a_vendor_is_found_by_domain_then_name_then_legal_name(reviewer):
    kept = make_vendor("Quillhaven", domain="quillhaven.example")
    assert find_vendor(domain="https://quillhaven.example/x") == kept
    assert find_vendor(name="QUILLHAVEN", domain="no domain") == kept
    assert find_vendor(name="quillhaven software, inc.") == kept
    assert find_vendor(name="Tarn", domain="tarn.example") is None
    assert find_vendor(name="Quillhaven", domain="other.example") is None, "perhaps another company"
    assert namesake_of(name="QUILLHAVEN", domain="other.example") == kept
    assert namesake_of(name="Quillhaven", domain="www.quillhaven.example") is None
    without_domain = add_vendor(name="Tarn", by=reviewer, at=NOW)
    assert find_vendor(name="Tarn", domain="tarn.example") == without_domain
    assert find_vendor() is None
