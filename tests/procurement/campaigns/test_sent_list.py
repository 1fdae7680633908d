"""The list of everything that was sent, and what is late on Today."""

import csv
import io

import pytest

from procurement.questionnaires.models import Assessment
from procurement.reviews import services as reviews
from procurement.reviews.between import with_review
from procurement.reviews.models import Review, State
from tests.factories.questionnaires import a_draft
from tests.procurement.campaigns.conftest import VENDORS, hand_over, later, on_day
from tests.signing_in import staff_client
from vendors.calendar import clock

SENT = "/questionnaires/sent/"


def rows(page: str) -> int:
    return page.count('<td data-l="State">')


@pytest.mark.slow
def test_it_lists_what_is_open_first_due_first(campaign, ines):
    hand_over(campaign, 4)
    page = ines.get(SENT).text
    assert rows(page) == VENDORS
    assert "Autumn round" in page
    assert rows(ines.get(f"{SENT}?segment=waiting").text) == VENDORS - 1
    assert rows(ines.get(f"{SENT}?segment=to_read").text) == 1
    assert "No questionnaire fits" in ines.get(f"{SENT}?segment=complete").text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=0003", 1),
        ("q=People+Cloud", VENDORS),
        ("questionnaire=987", 0),
        ("by=987", 0),
        ("by=x&questionnaire=y", VENDORS),
    ],
)
def test_filters_live_in_the_address(campaign, ines, query, count):
    assert rows(ines.get(f"{SENT}?segment=all&{query}").text) == count


def test_the_filter_names_what_was_sent_and_no_draft(campaign, ines):
    a_draft()
    page = ines.get(f"{SENT}?segment=all").text
    assert f'<option value="{campaign.version.questionnaire_id}">' in page
    assert "Unfinished" not in page


@pytest.mark.slow
def test_it_sorts_by_vendor_and_by_day(campaign, ines):
    def first(sort: str) -> str:
        return ines.get(f"{SENT}?sort={sort}").text.split('<a class="name"')[1].split("</a>")[0]

    assert "Vendor 0000" in first("vendor")
    assert "Vendor 0011" in first("-vendor")
    Assessment.objects.filter(vendor__name="Vendor 0007").update(due_on=later(1))
    assert "Vendor 0007" in first("due")


def test_what_is_late_says_by_how_many_days(campaign, cast):
    with on_day(17):
        browser = staff_client(cast.reviewer)
        page = browser.get(f"{SENT}?segment=overdue").text
        assert page.count("Overdue by 3 days") == VENDORS
        table = list(csv.DictReader(io.StringIO(browser.get(f"{SENT}list.csv").content.decode("utf-8-sig"))))
    assert {each["Days overdue"] for each in table} == {"3"}
    assert {each["Campaign"] for each in table} == {"Autumn round"}
    assert (table[0]["Vendor"], table[0]["Questionnaire"]) == ("Vendor 0000", "Three questions, version 1")


def test_with_nothing_sent_it_says_how_to_begin(ines):
    assert "No questionnaire was sent yet" in ines.get(SENT).text


@pytest.mark.parametrize(
    ("person", "code"), [("auditor", 200), ("requester", 403), ("approver", 403), ("administrator", 403)]
)
def test_reviewers_and_auditors_read_it(campaign, cast, person, code):
    browser = staff_client(getattr(cast, person))
    assert browser.get(SENT).status_code == code
    assert browser.get(f"{SENT}list.csv").status_code == code


@pytest.mark.slow
def test_today_names_a_few_that_are_late_and_leads_to_the_list_of_many(campaign, cast, ines):
    assert "late with the questionnaire" not in ines.get("/").text
    with on_day(15):
        browser = staff_client(cast.reviewer)
        page = browser.get("/").text
        assert f"{VENDORS} questionnaires are overdue" in page
        listed = f"{SENT}?segment=overdue&by={cast.reviewer.pk}"
        assert listed.replace("&", "&amp;") in page
        assert rows(browser.get(listed).text) == VENDORS
        Assessment.objects.filter(vendor__name__gt="Vendor 0001").update(due_on=later(30))
        page = browser.get("/").text
    assert page.count("is late with the questionnaire") == 2
    assert "Vendor 0000 is late with the questionnaire" in page


@pytest.mark.slow
def test_each_row_leads_to_the_review_it_is_shown_with(approved, version, cast, ines):
    """Before, between and after reviews, withdrawn ones too."""
    decided = approved[0]

    def sent_with(review: Review) -> Assessment:
        sent = reviews.send_questionnaire(
            review=review, version=version, due_on=later(40), by=cast.reviewer, now=clock.now(), on=clock.today()
        )
        Assessment.objects.filter(pk=sent.pk).update(
            state="cancelled", cancelled_at=clock.now(), cancelled_reason="Told."
        )
        return sent

    expected = {sent_with(decided).pk: decided.pk}
    with on_day(1):
        withdrawn = reviews.ask_again(review=decided, by=cast.requester, on=clock.today(), now=clock.now())
        reviews.take_review(review=withdrawn, by=cast.reviewer, now=clock.now())
        expected[sent_with(withdrawn).pk] = withdrawn.pk
    with on_day(2):
        reviews.withdraw(review=Review.objects.get(pk=withdrawn.pk), reason="Told.", by=cast.reviewer, now=clock.now())
    with on_day(3):
        expected[sent_with(Review.objects.get(pk=decided.pk)).pk] = decided.pk
    listed = {each.pk: each.review_pk for each in with_review(Assessment.objects.all())}
    assert listed == expected
    with on_day(4):
        following = reviews.ask_again(
            review=Review.objects.get(pk=decided.pk), by=cast.requester, on=clock.today(), now=clock.now()
        )
        reviews.take_review(review=following, by=cast.reviewer, now=clock.now())
        expected[sent_with(following).pk] = following.pk
        browser = staff_client(cast.reviewer)
        places = {each.pk: each.review_pk for each in with_review(Assessment.objects.all())}
        assert {pk: places[pk] for pk in expected if expected[pk] == following.pk} == {
            pk: review for pk, review in expected.items() if review == following.pk
        }
        for pk, review in places.items():
            assert browser.get(f"/reviews/{review}/questionnaires/{pk}/").status_code == 200, (pk, review)
    assert following.state != State.WITHDRAWN
