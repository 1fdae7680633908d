"""The starter list: well-known providers on file with their trust centers, by a button or a command."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.factories.directory import ADDED, make_vendor
from vendors.directory.domains import plain_domain
from vendors.directory.models import Vendor, VendorCategory
from vendors.directory.providers import starter_list
from vendors.directory.services import load_providers
from vendors.ledger.models import LedgerEntry
from vendors.ledger.queries import entries_about
from vendors.people.actors import SYSTEM, NotAllowed

pytestmark = pytest.mark.django_db
BUTTON = "/vendors/load-providers/"
ALL = len(starter_list().providers)


def said_by(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("load_providers", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_about_forty_providers_each_with_facts_that_fit():
    providers = starter_list().providers
    assert ALL >= 40
    assert len({one.domain for one in providers}) == len({one.name for one in providers}) == ALL
    for one in providers:
        assert plain_domain(one.domain) == one.domain
        assert one.category in VendorCategory.values
        assert one.trust_center_url.startswith("https://")


def test_the_command_puts_them_on_file_once_with_one_ledger_entry_each():
    first, second = said_by(), said_by()
    assert first[-1].startswith(f"{ALL} added, 0 on file already. Facts as of ")
    assert second == [f"0 added, {ALL} on file already. Facts as of {starter_list().as_of}."]
    assert Vendor.objects.count() == LedgerEntry.objects.filter(verb="vendor.added").count() == ALL
    one = Vendor.objects.get(domain="anthropic.com")
    assert (one.trust_center_url, one.added_by) == ("https://trust.anthropic.com/", "Countersign")
    assert not one.reports.exists()


def test_a_dry_run_names_them_and_adds_nobody():
    assert "Anthropic" in said_by("--dry-run")
    assert not Vendor.objects.exists()


def test_vendors_on_file_are_neither_doubled_nor_changed():
    mine = make_vendor("Our model house", domain="openai.com")
    same_name = make_vendor("GROQ", domain="groq.example")
    said = said_by()
    assert said[-1].startswith(f"{ALL - 2} added, 2 on file already.")
    assert Vendor.objects.get(domain="openai.com") == mine
    assert Vendor.objects.get(name="GROQ").domain == same_name.domain
    assert entries_about(mine.pk).count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("role", ["reviewer", "administrator"])
def test_the_button_adds_them_and_leads_back(client, request, role):
    client.force_login(request.getfixturevalue(role))
    answer = client.post(BUTTON, {"next": "/soc2/?report=no_report"}, follow=True)
    assert answer.redirect_chain == [("/soc2/?report=no_report", 302)]
    assert f"{ALL} providers are on file now." in answer.text
    assert "All of them were on file already." in client.post(BUTTON, {"next": "/soc2/"}, follow=True).text


@pytest.mark.parametrize("role", ["requester", "approver", "auditor"])
def test_nobody_else_loads_them(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.post(BUTTON).status_code == 403
    assert not Vendor.objects.exists()


def test_a_contact_loads_nobody_by_the_act_either(contact):
    with pytest.raises(NotAllowed):
        load_providers(by=contact.user, at=ADDED)


@pytest.mark.slow
def test_its_trust_center_stands_ready_in_the_form_of_the_vendors_nda(client, reviewer):
    load_providers(by=SYSTEM, at=ADDED)
    vendor = Vendor.objects.get(name="Anthropic")
    client.force_login(reviewer)
    assert 'value="https://trust.anthropic.com/"' in client.get(f"/vendors/{vendor.pk}/ndas/record/").text
    assert 'href="https://trust.anthropic.com/"' in client.get(f"/vendors/{vendor.pk}/").text
