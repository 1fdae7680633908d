"""The list of campaigns, the page of one, its progress and its CSV."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from procurement.campaigns.tasks import send
from procurement.questionnaires.models import Assessment
from tests.factories.contacts import signed_in, speaking
from tests.procurement.campaigns.conftest import VENDORS, hand_over, later, on_day
from tests.signing_in import staff_client
from vendors.calendar import clock


@pytest.fixture
def mixed(campaign, cast):
    """Two have handed over, one of them is complete; one is cancelled, one could not be sent, the rest wait."""
    hand_over(campaign, 0)
    done = hand_over(campaign, 1)
    moment = clock.now()
    Assessment.objects.filter(pk=done.pk).update(state="complete", completed_at=moment)
    recipients = list(campaign.recipients.order_by("pk"))
    Assessment.objects.filter(pk=recipients[2].assessment_id).update(
        state="cancelled", cancelled_at=moment, cancelled_reason="Sent twice."
    )
    campaign.recipients.filter(pk=recipients[3].pk).update(state="failed", why="Nobody there.", assessment=None)
    return campaign


def rows(page: str) -> int:
    return page.count('<td data-l="State">')


@pytest.mark.slow
@pytest.mark.parametrize(
    ("segment", "count"),
    [
        ("", VENDORS),
        ("waiting", VENDORS - 4),
        ("overdue", VENDORS - 4),
        ("handed_over", 1),
        ("complete", 1),
        ("cancelled", 1),
        ("not_sent", 1),
        ("nonsense", VENDORS),
    ],
)
def test_each_state_is_a_segment_with_its_count(mixed, cast, segment, count):
    with on_day(15):
        page = staff_client(cast.auditor).get(f"{mixed.get_absolute_url()}?segment={segment}").text
    assert rows(page) == count
    if segment == "overdue":
        assert page.count("Overdue by 1 day") == count


@pytest.mark.slow
def test_a_row_says_how_far_it_is_and_leads_to_the_answers(mixed, ines):
    page = ines.get(f"{mixed.get_absolute_url()}?q=0000").text
    assert rows(page) == 1
    sent = mixed.recipients.order_by("pk")[0].assessment
    review = mixed.recipients.order_by("pk")[0].review
    assert "3 of 3" in page
    assert f'<a href="/reviews/{review.pk}/questionnaires/{sent.pk}/scores/">100</a>' in page
    assert f"/reviews/{review.pk}/questionnaires/{sent.pk}/" in page
    assert ines.get(f"/reviews/{review.pk}/questionnaires/{sent.pk}/").status_code == 200
    assert "No vendor fits" in ines.get(f"{mixed.get_absolute_url()}?q=nobody").text


def test_the_list_counts_each_campaign(mixed, start, approved, ines):
    with on_day(20):
        page = staff_client(mixed.created_by).get("/campaigns/").text
    assert page.count('<a class="name"') == 1
    cells = [page.split(f'data-l="{name}">')[1].split("<")[0] for name in ("Vendors", "Handed over", "Overdue")]
    assert cells == [str(VENDORS), "2", str(VENDORS - 4)]
    assert "1 not sent" in page


def test_without_any_the_list_says_where_to_begin(ines):
    assert "Open a published version and choose" in ines.get("/campaigns/").text


@pytest.mark.slow
def test_while_it_is_sent_the_page_asks_until_it_is_done(start, approved, ines):
    campaign = start(approved)
    page = ines.get(campaign.get_absolute_url()).text
    assert f"Being sent: {VENDORS} of {VENDORS} left" in page
    assert f'hx-get="/campaigns/{campaign.pk}/progress/"' in page
    assert "Look again" in page
    assert 'hx-trigger="every 2s"' in ines.get(f"/campaigns/{campaign.pk}/progress/").text
    send(campaign.pk)
    after = ines.get(f"/campaigns/{campaign.pk}/progress/").text
    assert "Sending is finished." in after
    assert "hx-trigger" not in after
    assert "hx-trigger" not in ines.get(campaign.get_absolute_url()).text


def test_the_csv_holds_what_the_filters_leave(mixed, ines):
    answer = ines.get(f"/campaigns/{mixed.pk}/list.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="campaign-{mixed.pk}.csv"'
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == VENDORS
    first, _second, third, fourth = table[:4]
    assert (first["Vendor"], first["State"], first["Answered"], first["Asked"]) == (
        "Vendor 0000",
        "Submitted",
        "3",
        "3",
    )
    assert (first["Score"], first["Contact"], first["Days overdue"]) == ("100", "Contact 0", "")
    assert (third["State"], third["Why"]) == ("Cancelled", "Sent twice.")
    assert (fourth["State"], fourth["Why"], fourth["Asked"]) == ("Not sent", "Nobody there.", "")
    only = ines.get(f"/campaigns/{mixed.pk}/list.csv?segment=not_sent&q=Vendor").content.decode("utf-8-sig")
    assert len(only.splitlines()) == 2


@pytest.mark.parametrize("person", ["requester", "approver", "administrator"])
def test_others_do_not_see_campaigns(mixed, cast, person):
    browser = staff_client(getattr(cast, person))
    assert browser.get("/campaigns/").status_code == 403
    for address in ("", "progress/", "list.csv"):
        assert browser.get(f"{mixed.get_absolute_url()}{address}").status_code == 404


@pytest.mark.slow
def test_pages_ask_as_much_for_twelve_as_for_two(start, approved, ines, cast):
    def asked(address: str) -> int:
        ines.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert ines.get(address).status_code == 200
        return len(queries)

    few = start(approved[:2])
    send(few.pk)
    hand_over(few, 0)
    pages = [few.get_absolute_url(), "/campaigns/", "/questionnaires/sent/?segment=all", f"/campaigns/{few.pk}/due/"]
    before = [asked(page) for page in pages]
    many = start(approved[2:])
    send(many.pk)
    hand_over(many, 0)
    pages[0], pages[3] = many.get_absolute_url(), f"/campaigns/{many.pk}/due/"
    assert [asked(page) for page in pages] == before
    assert max(before) <= 18
    assert Assessment.objects.filter(due_on=later(14)).count() == VENDORS


@pytest.mark.slow
def test_opening_and_answering_one_asks_as_much_beside_twelve_as_beside_one(start, approved, ines):
    first = start(approved[:1])
    send(first.pk)
    sent = first.recipients.get().assessment
    contact = signed_in(speaking(sent.contact))
    answer = sent.answers.first()
    page, of_review = f"/portal/questionnaires/{sent.pk}/", f"/reviews/{approved[0].pk}/questionnaires/{sent.pk}/"

    def save(revision: int) -> int:
        typed = {"value": "yes", "comment": f"Revision {revision}.", "revision": str(revision)}
        form = {f"a{answer.pk}-{name}": value for name, value in typed.items()}
        with CaptureQueriesContext(connection) as queries:
            assert contact.post(f"{page}answers/{answer.pk}/", form).status_code == 200
        return len(queries)

    def opened(browser: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    save(0)
    before = [save(1), opened(contact, page), opened(ines, of_review)]
    send(start(approved[1:]).pk)
    assert [save(2), opened(contact, page), opened(ines, of_review)] == before
    assert max(before) <= 15
