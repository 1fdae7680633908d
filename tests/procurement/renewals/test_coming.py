"""The page of what will be sent: who sees which, filters, weeks, pages."""

from datetime import date

import pytest
import time_machine

from procurement.accounts.models import User
from procurement.renewals.models import ReminderDue
from tests.factories.renewals import approved_review, copies_of, morning, scan
from tests.factories.stories import cast_of
from tests.signing_in import staff_client
from vendors.correspondence.models import OutgoingEmail, State
from vendors.people.actors import Role
from vendors.reports import services as requests

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2027, 4, 20)


@pytest.fixture(autouse=True)
def _spring():
    with time_machine.travel(morning(TODAY), tick=False):
        yield


@pytest.fixture
def review(db):
    review = approved_review()
    scan(TODAY)
    return review


def test_the_reviewer_reads_week_by_week_what_leaves_to_whom_and_why(review):
    page = " ".join(staff_client(review.reviewer).get("/renewals/").text.split())
    assert "8 reminders in the next 90 days" in page
    assert "26 Apr to 2 May 2027" in page
    assert "60 days before: the report stops counting (30 Jun 2027)." in page
    assert "jonah.pell@quillhaven.example" in page
    assert page.index("1 May 2027") < page.index("31 May 2027") < page.index("16 Jun 2027")


def test_the_business_owner_sees_what_is_addressed_to_them(review):
    page = staff_client(review.engagement.owner).get("/renewals/").text
    assert "4 reminders in the next 90 days" in " ".join(page.split())
    assert "Jonah" not in page
    assert f"/vendors/{review.vendor_id}/" not in page
    assert "When they leave" not in page


def test_somebody_with_nothing_to_come_reads_why(review):
    page = staff_client(cast_of().second_reviewer).get("/renewals/?q=nobody").text
    assert "No reminder fits these filters" in page
    assert "Nothing will be sent in the next 90 days" in staff_client(cast_of().administrator).get("/renewals/").text


def test_a_row_after_the_last_chase_says_to_whom_it_escalates(review):
    requests.request_report(
        vendor=review.vendor,
        what="successor_date",
        due_on=date(2027, 5, 1),
        contact=review.vendor.contacts.get(),
        by=review.reviewer,
        now=morning(TODAY),
        on=TODAY,
    )
    page = " ".join(staff_client(review.reviewer).get("/renewals/").text.split())
    last = page[page.index("5 Jun 2027") :]
    assert "Escalates to Ines Varga, if nothing has come by then." in last
    assert "Escalates to" not in page[: page.index("5 Jun 2027")]
    tab = staff_client(review.reviewer).get(f"/vendors/{review.vendor_id}/?tab=reminders").text
    assert "Escalates to Ines Varga" in tab


@pytest.mark.parametrize(
    ("query", "count"), [("q=quill", 8), ("q=brook", 0), ("kind=report", 4), ("kind=nda", 0), ("kind=x", 8)]
)
def test_filters_live_in_the_address(review, query, count):
    answer = staff_client(review.reviewer).get(f"/renewals/?{query}")
    assert answer.context["page"].paginator.count == count


def test_a_person_can_be_chosen(review):
    owner = review.engagement.owner
    answer = staff_client(review.reviewer).get(f"/renewals/?person={owner.pk}")
    assert {row.name for week in answer.context["weeks"] for row in week.rows} == {owner.name}


def test_long_lists_have_pages(review):
    copies_of(review, 9)
    browser = staff_client(review.reviewer)
    first, second = browser.get("/renewals/"), browser.get("/renewals/?page=2")
    assert first.context["page"].paginator.count > 80
    rows = [sum(len(week.rows) for week in answer.context["weeks"]) for answer in (first, second)]
    assert rows[0] == 50
    assert rows[1] > 20


def test_the_vendors_page_shows_what_failed_and_sends_it_again(review):
    row = ReminderDue.objects.get(email_id__isnull=False)
    OutgoingEmail.objects.filter(pk=row.email_id).update(
        state=State.FAILED, closed_at=morning(TODAY), last_error="No such mailbox."
    )
    page = staff_client(review.reviewer).get(f"/vendors/{review.vendor_id}/?tab=reminders").text
    assert f'action="/mail/{row.email_id}/send-again/"' in page
    staff_client(review.reviewer).post(f"/mail/{row.email_id}/send-again/")
    again = staff_client(review.reviewer).get(f"/vendors/{review.vendor_id}/?tab=reminders").text
    assert f'action="/mail/{row.email_id}/send-again/"' not in again
    auditor = staff_client(cast_of().auditor).get(f"/vendors/{review.vendor_id}/?tab=reminders").text
    assert "send-again" not in auditor


def test_somebody_who_only_owns_a_condition_sees_its_reminders(review):
    person = User.objects.create_staff(
        email="nora.lake@northmoor.example", name="Nora Lake", roles=frozenset({Role.REQUESTER})
    )
    review.decision.conditions.create(text="Show it.", owner=person, due_on=date(2027, 6, 1))
    answer = staff_client(person).get("/renewals/")
    assert [row.milestone for week in answer.context["weeks"] for row in week.rows] == [
        "before-14",
        "before-3",
        "before-0",
        "week-1",
        "week-2",
        "week-3",
    ]
