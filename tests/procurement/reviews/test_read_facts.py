"""The facts page as a place to read: the document's pages, what the rules remark, who may see what."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import ndas
from tests.factories.contacts import signed_in
from tests.factories.readings import finished_reading
from tests.factories.reports import last_period, received_report, recorded, sample_pdf, whole_facts
from tests.factories.reviews import long_facts, recorded_report, taken_review
from tests.factories.vault import pdf_bytes
from tests.procurement.reviews.facts_page import fields_in_error, page_of, sent
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.ndas.models import Nda
from vendors.reports import services
from vendors.reports.models import Grant, Report

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(vendor, requester, reviewer):
    return taken_review(vendor, asked_by=requester, reviewer=reviewer)


@pytest.fixture
def report(review, reviewer):
    """A file of twelve pages that nobody has read yet."""
    ndas.record(review.vendor, by=reviewer)
    return received_report(review.vendor, by=reviewer)


@pytest.fixture
def ines(client, reviewer):
    client.force_login(reviewer)
    return client


@pytest.mark.slow
def test_the_rules_remark_on_what_they_see(ines, review, report, reviewer):
    _start, end = last_period()
    short = whole_facts(period_start=end - timedelta(days=40), categories=["availability"])
    recorded(report, short, by=reviewer)
    page = ines.get(page_of(review, report)).content.decode()
    assert "under 3 months" in page
    assert "Security is not among the categories" in page
    assert "was never checked" in page


def test_pages_turn_without_a_script(ines, review, report):
    page = ines.get(page_of(review, report) + "?page=3&zoom=150").content.decode()
    assert f'src="/reports/{report.pk}/pages/3.png?zoom=150"' in page
    for link in ("?page=2&amp;zoom=150", "?page=4&amp;zoom=150", "?page=3&amp;zoom=100", "?page=3&amp;zoom=200"):
        assert f'href="{page_of(review, report)}{link}"' in page, link


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("page=99", "12.png?zoom=100"),
        ("page=0", "1.png"),
        ("page=x&zoom=x", "1.png?zoom=100"),
        ("zoom=170", "zoom=150"),
    ],
)
def test_a_page_there_is_not_becomes_the_nearest_one(ines, review, report, asked, shown):
    assert shown in ines.get(f"{page_of(review, report)}?{asked}").content.decode()


def test_a_script_swaps_the_viewer_alone(ines, review, report):
    part = ines.get(page_of(review, report) + "?page=5", HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith('<section class="viewer" id="viewer"')
    assert 'name="page" min="1" max="12" value="5"' in part
    assert "<html" not in part


@pytest.mark.slow
def test_marked_words_lead_to_the_field_that_asks_for_them(client, ines, auditor, review, reviewer):
    ndas.record(review.vendor, by=reviewer)
    report = received_report(review.vendor, by=reviewer, content=sample_pdf())
    finished_reading(report)
    page = ines.get(page_of(review, report) + "?page=4&mark=opinion").content.decode()
    assert re.search(r'<a href="#id_opinion" aria-label="\d+: Opinion, selected', page)
    assert 'id="id_opinion"' in page
    assert 'href="#id_report_date"' in page
    cuecs = ines.get(page_of(review, report) + "?mark=cuecs.0").content.decode()
    assert 'href="#cuecs"' in cuecs
    assert 'id="cuecs"' in cuecs
    services.grant_access(report=report, user=auditor, purpose="Audit", by=reviewer, now=clock.now())
    client.force_login(auditor)
    page = client.get(page_of(review, report) + "?mark=opinion").content.decode()
    assert 'href="#opinion"' in page
    assert 'id="opinion"' in page


def test_the_pages_with_facts_are_offered(ines, review, report, reviewer):
    recorded(report, by=reviewer)
    part = ines.get(page_of(review, report), HTTP_HX_REQUEST="true").content.decode()
    for number in (1, 3, 4, 7, 8, 10):
        assert f">{number}</a>" in part


@pytest.mark.slow
def test_saving_comes_back_to_the_page_that_was_open(ines, review, report):
    form = sent(report, viewer_page="7", viewer_zoom="150")
    assert ines.post(page_of(review, report), form)["Location"].endswith("/facts/?page=7&zoom=150")
    wrong = sent(report, viewer_page="7", viewer_zoom="150", kind="soc9")
    assert "pages/7.png?zoom=150" in ines.post(page_of(review, report), wrong).content.decode()


def test_a_report_is_sent_back_from_here(ines, review, report):
    address = page_of(review, report, "send-back")
    assert "Send the report back" in ines.get(address).content.decode()
    assert "Write a sentence or two." in ines.post(address, {"reason": ""}).content.decode()
    answer = ines.post(address, {"reason": "This is the SOC 3."})
    assert answer["Location"] == f"/reviews/{review.pk}/"
    report.refresh_from_db()
    assert (report.state, report.state_reason) == ("refused", "This is the SOC 3.")
    page = ines.get(page_of(review, report)).content.decode()
    assert "Sent back" in page
    assert 'id="facts"' not in page
    assert not OutgoingEmail.objects.filter(kind__endswith="report_sent_back").exists()


@pytest.mark.slow
def test_an_accepted_report_is_read_and_its_acceptance_withdrawn(ines, review, report):
    ines.post(page_of(review, report), sent(report, do="accept"))
    page = ines.get(page_of(review, report)).content.decode()
    assert 'id="facts"' not in page
    assert "Withdraw the acceptance" in page
    for words in ("People Cloud", "Unqualified", "Tarnfield Hosting, Inc.", "Carve-out", "Withdraw access of leavers."):
        assert words in page, words
    address = page_of(review, report, "withdraw")
    assert "Withdraw the acceptance" in ines.get(address).content.decode()
    assert "Write a sentence or two." in ines.post(address, {}).content.decode()
    ines.post(address, {"reason": "The opinion was misread."})
    review.refresh_from_db()
    report.refresh_from_db()
    assert (review.state, report.state) == ("collecting", "withdrawn")
    assert 'id="facts"' in ines.get(page_of(review, report)).content.decode()


@pytest.mark.slow
def test_an_nda_that_ended_closes_the_document_and_the_form(ines, review, report):
    form = sent(report)
    Nda.objects.update(ended_on=clock.today() - timedelta(days=1))
    page = ines.get(page_of(review, report)).content.decode()
    assert "The document is closed" in page
    assert "pages/1.png" not in page
    assert 'id="facts"' not in page
    assert "NDA" in ines.post(page_of(review, report), form).content.decode()
    report.refresh_from_db()
    assert report.revision == 0


@pytest.mark.slow
def test_scope_fit_is_said_on_the_page_once_the_review_goes_by_the_report(ines, review, report):
    address = page_of(review, report, "scope")
    page = ines.post(address, {"fits": "yes", "page": "6"}).content.decode()
    assert "There is no accepted report yet" in page or 'id="scope"' not in page
    ines.post(page_of(review, report), sent(report, do="accept"))
    assert fields_in_error(ines.post(address, {"fits": "yes"}).content.decode()) == {"page"}
    assert fields_in_error(ines.post(address, {}).content.decode()) == {"fits"}
    ines.post(address, {"fits": "yes", "page": "6", "ours": "Our own configuration"})
    review.refresh_from_db()
    assert (review.scope_fit, review.scope_page, review.scope_ours) == ("yes", 6, "Our own configuration")
    assert re.search(r'value="yes"[^>]* checked', ines.get(page_of(review, report)).content.decode())


@pytest.mark.slow
def test_a_reviewer_without_a_grant_opens_the_report_by_an_act(ines, review, report, reviewer):
    Grant.objects.all().delete()
    page = ines.get(page_of(review, report)).content.decode()
    assert "The document is closed" in page
    assert "Open this report" in page
    page = ines.post(page_of(review, report, "open"), follow=True).content.decode()
    assert "You may open this report now." in page
    assert f"/reports/{report.pk}/pages/1.png" in page
    assert Grant.objects.get().user == reviewer


@pytest.mark.slow
def test_a_reviewer_who_is_not_assigned_reads_but_cannot_accept(client, second_reviewer, review, report, reviewer):
    whole = recorded(report, by=reviewer)
    client.force_login(second_reviewer)
    page = client.get(page_of(review, report)).content.decode()
    assert "The document is closed" in page
    assert 'id="facts"' not in page
    assert client.post(page_of(review, report), sent(whole)).status_code == 403
    assert client.post(page_of(review, report, "send-back"), {"reason": "No"}).status_code == 403
    assert client.post(page_of(review, report, "open")).status_code == 403
    services.grant_access(report=report, user=second_reviewer, purpose="Helps", by=reviewer, now=clock.now())
    page = client.get(page_of(review, report)).content.decode()
    assert "Only the assigned reviewer does this." in page


@pytest.mark.slow
def test_an_auditor_reads_the_facts_and_changes_nothing(client, auditor, review, report, reviewer):
    whole = recorded(report, by=reviewer)
    client.force_login(auditor)
    page = client.get(page_of(review, report)).content.decode()
    assert "People Cloud" in page
    assert 'id="facts"' not in page
    assert f"/reports/{report.pk}/pages/" not in page
    assert client.post(page_of(review, report), sent(whole)).status_code == 403
    for part in ("send-back", "withdraw", "open", "auditor"):
        typed = {"reason": "No", "auditor_checked_on": "2026-01-01", "auditor_check_note": "No"}
        assert client.post(page_of(review, report, part), typed).status_code in {403, 409}, part
    report.refresh_from_db()
    assert (report.state, report.revision) == ("received", 1)


@pytest.mark.parametrize("part", ["facts", "send-back", "withdraw", "open", "scope", "auditor"])
@pytest.mark.parametrize("role", ["requester", "approver", "administrator"])
def test_whoever_has_no_part_in_it_gets_404(client, request, role, part, review, report):
    client.force_login(request.getfixturevalue(role))
    assert client.post(page_of(review, report, part), {}).status_code == 404
    assert client.get(page_of(review, report)).status_code == 404


def test_a_contact_gets_404(contact, review, report):
    assert signed_in(contact).get(page_of(review, report)).status_code == 404


def test_a_report_of_another_vendor_is_not_found_under_this_review(ines, review, report, stranger, reviewer):
    foreign = recorded_report(stranger.vendor, by=reviewer, content=pdf_bytes(pages=40))
    assert ines.get(page_of(review, foreign)).status_code == 404
    assert ines.post(page_of(review, foreign), sent(foreign)).status_code == 404
    assert Report.objects.count() == 2


@pytest.mark.slow
def test_many_rows_ask_the_database_no_more_often(
    ines, review, report, reviewer, django_assert_num_queries, django_assert_max_num_queries
):
    recorded(report, long_facts(2), by=reviewer)
    with CaptureQueriesContext(
        connection,
    ) as few:
        ines.get(page_of(review, report))
    report.refresh_from_db()
    recorded(report, long_facts(60), by=reviewer)
    with django_assert_max_num_queries(len(few)):
        ines.get(page_of(review, report))
