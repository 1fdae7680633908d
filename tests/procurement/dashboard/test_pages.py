"""The vendor's page, the review's page and the portal's home."""

from dataclasses import replace

import pytest

from procurement.demo.seeding import HALLOWMERE, QUILLHAVEN
from procurement.demo.story import Story, issue_nda_text
from tests.factories.contacts import signed_in
from tests.factories.directory import make_vendor
from tests.factories.stories import FIRST_DAY, PLAIN, approved, awaiting_approval, collecting, drafted, in_review, paper
from tests.signing_in import staff_client
from vendors.contacts.models import Contact
from vendors.people.actors import SYSTEM
from vendors.reports.models import Report
from vendors.vault import services as vault
from vendors.vault.page_images import page_image

TABS = [
    "",
    "?tab=reports",
    "?tab=ndas",
    "?tab=reviews",
    "?tab=contacts",
    "?tab=reminders",
    "?tab=custody",
    "?tab=ledger",
]


@pytest.mark.slow
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_of_an_approved_vendor_says_the_answer_first(cast, tab):
    vendor = approved(cast)[1].vendor
    page = staff_client(cast.auditor).get(f"/vendors/{vendor.pk}/{tab}")
    assert "Personal data may be sent until 30 Jun 2027" in page.text


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_of_an_empty_vendor_shows(cast, tab):
    vendor = make_vendor("Tarn Ledger")
    page = staff_client(cast.reviewer).get(f"/vendors/{vendor.pk}/{tab}")
    assert page.status_code == 200
    assert "Nothing may be sent to Tarn Ledger" in page.text


def test_the_vendors_page_asks_once_for_what_its_tabs_share(cast, django_assert_max_num_queries):
    vendor = approved(cast)[1].vendor
    client = staff_client(cast.reviewer)
    client.get(f"/vendors/{vendor.pk}/")
    with django_assert_max_num_queries(18):
        assert client.get(f"/vendors/{vendor.pk}/").status_code == 200


def test_the_timeline_says_its_days_in_words(cast):
    vendor = approved(cast)[1].vendor
    page = staff_client(cast.reviewer).get(f"/vendors/{vendor.pk}/").text
    assert "covered 1 Jul 2025 – 30 Jun 2026 (365)" in page
    assert "counts until 30 Jun 2027" in page


def test_everything_that_happened_stands_in_the_ledger_of_the_page(cast):
    vendor = approved(cast)[1].vendor
    page = staff_client(cast.auditor).get(f"/vendors/{vendor.pk}/?tab=ledger").text
    for words in (
        "R-2026-001 requested",
        "Approved: R-2026-001, MEMO-2026-0001",
        "Ines Varga",
        "Jonah Pell",
        "Tomasz Reyk",
    ):
        assert words in page, words


@pytest.mark.slow
def test_the_reviewer_is_led_to_the_next_step_and_told_what_is_missing(cast):
    client = staff_client(cast.reviewer)
    _story, review = in_review(cast)
    assert f'href="/reviews/{review.pk}/decision/"' in client.get(f"/reviews/{review.pk}/").text
    review.exception_judgements.all().delete()
    page = client.get(f"/reviews/{review.pk}/").text
    assert 'aria-disabled="true"' in page
    assert "1 of 12 requirements are open." in page


@pytest.mark.slow
def test_with_a_draft_and_everything_settled_it_can_be_put_before_an_approver(cast):
    _story, review = drafted(cast)
    assert f'href="/reviews/{review.pk}/submit/"' in staff_client(cast.reviewer).get(f"/reviews/{review.pk}/").text


@pytest.mark.slow
def test_while_collecting_the_head_leads_to_the_request_then_to_the_facts(cast):
    story, review = collecting(cast)
    client = staff_client(cast.reviewer)
    assert f"/reviews/{review.pk}/ask/" in client.get(f"/reviews/{review.pk}/").text
    report = story.send_report(review.vendor.contacts.get(), None, paper(), FIRST_DAY)
    assert f"/reviews/{review.pk}/reports/{report.pk}/facts/" in client.get(f"/reviews/{review.pk}/").text


def test_the_approver_is_led_to_the_decision(cast):
    _story, review = awaiting_approval(cast)
    page = staff_client(cast.approver).get(f"/reviews/{review.pk}/").text
    assert f'href="/reviews/{review.pk}/decide/"' in page
    assert "take-back" not in page


def test_the_requester_sees_where_it_stands_and_no_evidence(cast):
    _story, review = awaiting_approval(cast)
    page = staff_client(cast.requester).get(f"/reviews/{review.pk}/").text
    assert "Tomasz Reyk" in page
    assert "Not yet: personal data may not be sent to Quillhaven" in page
    assert "Ready to decide" not in page
    assert "CC6.2" not in page


@pytest.mark.slow
def test_what_is_approved_for_another_use_clears_nothing_of_this_one(cast):
    _story, decided = approved(cast, PLAIN)
    review = Story(replace(PLAIN, title="Claims intake", data_classes=("personal",)), cast).ask(FIRST_DAY)
    client = staff_client(cast.requester)
    page = client.get(f"/reviews/{review.pk}/").text
    assert "Not yet: personal data may not be sent to Quillhaven for Claims intake" in page
    assert f"A review of Claims intake is under way: {review.number}" in page
    assert "may be sent until" not in page
    assert "Personal data may be sent until 30 Jun 2027" in client.get(f"/reviews/{decided.pk}/").text
    claims, people = client.get("/").text.split("What you asked for")[1].split("People Cloud")
    assert "until" not in claims
    assert "Internal" not in claims
    assert "until 30 Jun 2027" in people


@pytest.mark.slow
def test_after_the_decision_the_requester_sees_it_with_its_conditions(cast):
    _story, review = approved(cast, QUILLHAVEN)
    page = staff_client(cast.requester).get(f"/reviews/{review.pk}/").text
    assert "Approved with conditions" in page
    assert "Three monthly exports" in page
    assert "MEMO-2026-0001" in page


@pytest.mark.slow
def test_a_contact_sees_first_the_nda_then_the_report_then_nothing_to_do(cast):
    story = Story(QUILLHAVEN, cast)
    issue_nda_text(cast, story.at(FIRST_DAY))
    review = story.take(story.ask(FIRST_DAY), FIRST_DAY)
    contact = story.invite(review.vendor, FIRST_DAY)
    request = story.request_report(contact, (FIRST_DAY, FIRST_DAY), FIRST_DAY.replace(day=20), FIRST_DAY)
    browser = signed_in(contact)
    page = browser.get("/portal/").text
    assert "2 things to do" in page
    assert "/portal/nda/" in page
    assert f"/portal/requests/{request.pk}/upload/" not in page
    story.accept_nda(contact, FIRST_DAY)
    page = browser.get("/portal/").text
    assert "One thing to do" in page
    assert f"/portal/requests/{request.pk}/upload/" in page
    story.send_report(contact, request, paper(), FIRST_DAY)
    assert "Nothing to do now" in browser.get("/portal/").text


@pytest.mark.slow
def test_a_contact_sees_who_opened_the_report(cast):
    story, _review = collecting(cast)
    contact = Contact.objects.get()
    story.send_report(contact, None, paper(), FIRST_DAY)
    browser = signed_in(contact)
    page = browser.get("/portal/").text
    assert "Nobody yet." in page
    assert f"from {contact.user.name}" in page.split("What we hold of yours")[1]
    vault.read_bytes(Report.objects.get().file, by=cast.reviewer, purpose="to record its facts", at=story.at(FIRST_DAY))
    assert "to record its facts" in browser.get("/portal/").text


@pytest.mark.slow
def test_pages_turned_on_one_day_are_one_line_for_the_vendor(cast):
    story, _review = collecting(cast)
    contact = Contact.objects.get()
    story.send_report(contact, None, paper(), FIRST_DAY)
    for number in (1, 2, 2, 3):
        look = {"page": number, "width": 200, "mark": ["Ines Varga"], "purpose": "review", "at": story.at(FIRST_DAY)}
        page_image(Report.objects.get().file, **look, by=cast.reviewer)
    assert "Opened 3 pages: review" in signed_in(contact).get("/portal/").text
    # Countersign reads it too, which is in the log, but it is nobody.
    vault.read_bytes(Report.objects.get().file, by=SYSTEM, purpose="to read it", at=story.at(FIRST_DAY))
    staff = staff_client(cast.reviewer).get(f"/vendors/{contact.vendor_id}/?tab=reports").text
    assert "by 1 person" in staff


def test_another_vendors_contact_sees_nothing_of_it(cast, stranger):
    story, _review = collecting(cast)
    story.send_report(Contact.objects.exclude(pk=stranger.pk).get(), None, paper(), FIRST_DAY)
    page = signed_in(stranger).get("/portal/").text
    assert "Quillhaven" not in page


def test_a_review_nobody_took_shows_who_has_to_act(cast):
    review = Story(HALLOWMERE, cast).ask(FIRST_DAY)
    assert "Take the review" in staff_client(cast.reviewer).get(f"/reviews/{review.pk}/").text
