"""Asking for a review: vendor, use, data, tier; who may, and who hears of it."""

from datetime import timedelta

import pytest

from procurement.engagements.models import Engagement
from procurement.reviews import services
from procurement.reviews.models import Review, State
from tests.factories.engagements import use_details
from tests.factories.reviews import requested_review
from vendors.calendar import clock
from vendors.directory.models import Vendor
from vendors.ledger.queries import entries_about
from vendors.people.actors import NotAllowed, Refused

NEW = "/reviews/new/"


@pytest.fixture
def typed() -> dict[str, object]:
    """The form as somebody fills it in."""
    return {
        "vendor_name": "Quillhaven",
        "vendor_domain": "quillhaven.example",
        "title": "People Cloud",
        "description": "HR records of 1,900 employees.",
        "data_classes": ["personal", "health"],
        "verticals": ["healthcare"],
        "criticality": "high",
        "uptime_promised": "on",
        "wanted_by": (clock.today() + timedelta(days=30)).isoformat(),
        "tier": "",
        "tier_reason": "",
    }


def test_a_requester_asks_for_a_review_of_a_vendor_nobody_knew(as_staff, requester, reviewer, typed):
    answer = as_staff(requester).post(NEW, typed)

    review = Review.objects.get()
    assert answer.status_code == 302
    assert answer.url == review.get_absolute_url()
    assert review.number == f"R-{clock.today().year}-001"
    assert (review.state, review.requested_by, review.reviewer) == (State.DRAFT, requester, None)
    assert review.vendor.domain == "quillhaven.example"
    engagement = review.engagement
    assert engagement.owner == requester
    assert engagement.data_classes == ["personal", "health"]
    assert engagement.verticals == ["healthcare"]
    assert (engagement.suggested_tier, engagement.tier, engagement.tier_reason) == (1, 1, "")
    assert engagement.uptime_promised
    assert review.wanted_by == clock.today() + timedelta(days=30)


def test_none_of_these_beside_a_regulated_vertical_is_refused_at_the_field(as_staff, requester, typed):
    answer = as_staff(requester).post(NEW, {**typed, "verticals": ["general", "healthcare"]})
    assert "Untick one of them." in answer.text
    assert 'id="id_verticals_error"' in answer.text
    assert not Review.objects.exists()


def test_the_form_offers_the_vendors_that_the_person_may_see(as_staff, requester, reviewer, vendor, typed):
    named = '<option value="Quillhaven"></option>'
    assert named in as_staff(reviewer).get(NEW).text
    assert named not in as_staff(requester).get(NEW).text
    as_staff(requester).post(NEW, typed)
    assert named in as_staff(requester).get(NEW).text


def test_every_act_of_it_stands_in_the_ledger(as_staff, requester, typed):
    as_staff(requester).post(NEW, typed)
    entries = list(entries_about(Vendor.objects.get().pk))
    assert [entry.verb for entry in entries] == ["review.requested", "engagement.opened", "vendor.added"]
    assert {entry.actor_label for entry in entries} == {"Adaeze Lind"}


def test_a_vendor_on_file_is_found_by_its_domain(as_staff, requester, vendor, typed):
    as_staff(requester).post(NEW, {**typed, "vendor_name": "Quill Haven Inc", "vendor_domain": vendor.domain})
    assert Review.objects.get().vendor == vendor
    assert Vendor.objects.count() == 1


def test_a_name_on_file_with_another_domain_is_never_silently_the_same_company(as_staff, requester, vendor, typed):
    """Two companies of one name would share reports and clearances."""
    client = as_staff(requester)
    for name in (vendor.name, vendor.legal_name):
        page = client.post(NEW, {**typed, "vendor_name": name, "vendor_domain": "other.example"}).text
        assert "Quillhaven is on file with the domain quillhaven.example." in page
        assert "give it a name of its own" in page
    assert (Review.objects.count(), Vendor.objects.count()) == (0, 1)
    client.post(NEW, {**typed, "vendor_name": "Quillhaven Norway", "vendor_domain": "other.example"})
    assert Review.objects.get().vendor != vendor


def test_every_reviewer_is_told_once_and_whoever_asks_is_not(
    as_staff, letters, two_roles, reviewer, second_reviewer, auditor, typed
):
    as_staff(two_roles).post(NEW, typed)
    sent = letters()
    assert sorted(letter.to[0] for letter in sent) == [
        "Ines Varga <ines.varga@northmoor.example>",
        "Oona Brandt <oona.brandt@northmoor.example>",
    ]
    assert "Quillhaven: a review waits for a reviewer" in sent[0].subject
    assert "People Cloud" in sent[0].body
    assert f"/reviews/{Review.objects.get().pk}/" in sent[0].body


def test_another_tier_needs_a_reason_and_what_was_typed_is_kept(as_staff, requester, typed):
    answer = as_staff(requester).post(NEW, {**typed, "tier": "3"})
    assert answer.status_code == 200
    assert "The rules suggest tier 1. Say why another one fits better." in answer.content.decode()
    assert "HR records of 1,900 employees." in answer.content.decode()
    assert not Review.objects.exists()
    assert not Vendor.objects.exists()

    as_staff(requester).post(NEW, {**typed, "tier": "3", "tier_reason": "A trial with made-up people."})
    engagement = Engagement.objects.get()
    assert (engagement.suggested_tier, engagement.tier) == (1, 3)
    assert engagement.tier_reason == "A trial with made-up people."


def test_a_reason_beside_the_suggested_tier_is_not_kept(as_staff, requester, typed):
    as_staff(requester).post(NEW, {**typed, "tier": "1", "tier_reason": "as suggested"})
    assert Engagement.objects.get().tier_reason == ""


def test_the_tier_is_suggested_while_the_form_is_filled_in(as_staff, requester, typed):
    client = as_staff(requester)
    nothing = client.post("/reviews/new/tier/", {"criticality": "high"})
    assert "Tick the data" in nothing.content.decode()
    some = client.post("/reviews/new/tier/", typed)
    assert "<b>Suggested.</b> Tier 1:" in some.content.decode()
    assert "health data falls under rules of its own" in some.content.decode()
    assert "<html" not in some.content.decode()
    assert not Review.objects.exists()


def test_the_form_says_what_is_missing_in_it(as_staff, requester):
    page = as_staff(requester).post(NEW, {"title": ""}).content.decode()
    assert "Tick the data the vendor will see. Public is one of them." in page
    assert "Say how hard an outage hits us." in page
    assert "4 fields need you" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("wanted_by", "2020-01-01", "This day has passed."),
        ("vendor_domain", "not a domain", "Give the domain alone"),
        ("vendor_name", " \x00 ", "This field is required|Give the vendor|Null characters"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(as_staff, requester, typed, field, value, sentence):
    answer = as_staff(requester).post(NEW, {**typed, field: value})
    assert answer.status_code == 200
    errors = " ".join(answer.context["form"].errors[field])
    assert any(part in errors for part in sentence.split("|"))
    assert not Review.objects.exists()


def test_the_same_person_asks_for_the_same_only_once(as_staff, requester, typed):
    client = as_staff(requester)
    client.post(NEW, typed)
    again = client.post(NEW, {**typed, "title": "people cloud"})
    assert "You asked for this already: R-" in again.content.decode()
    assert Review.objects.count() == 1


def test_a_reviewer_may_name_the_business_owner_and_a_requester_may_not(as_staff, reviewer, requester, approver, typed):
    as_staff(reviewer).post(NEW, {**typed, "owner": requester.pk})
    review = Review.objects.get()
    assert (review.requested_by, review.engagement.owner) == (reviewer, requester)

    as_staff(requester).post(NEW, {**typed, "title": "Payroll", "owner": approver.pk})
    assert Engagement.objects.get(title="Payroll").owner == requester


def test_the_vendor_is_filled_in_for_whoever_comes_from_its_page(as_staff, reviewer, requester, vendor):
    page = as_staff(reviewer).get(NEW, {"vendor": vendor.pk}).content.decode()
    assert 'value="quillhaven.example"' in page
    page = as_staff(requester).get(NEW, {"vendor": vendor.pk}).content.decode()
    assert "quillhaven.example" not in page.replace("For example quillhaven.example", "")
    assert as_staff(reviewer).get(NEW, {"vendor": "9" * 30}).status_code == 200


@pytest.mark.parametrize("role", ["approver", "auditor", "administrator"])
def test_nobody_else_asks_for_a_review(as_staff, role, request, typed):
    user = request.getfixturevalue(role)
    client = as_staff(user)
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, typed).status_code == 403
    assert client.post("/reviews/new/tier/", typed).status_code == 403
    with pytest.raises(NotAllowed):
        services.ask_for_review(vendor_name="Quillhaven", **use_details(), by=user, on=clock.today(), now=clock.now())
    assert not Vendor.objects.exists()


def test_a_contact_and_a_visitor_do_not_find_the_form(client, contact_client):
    assert contact_client.get(NEW).status_code == 404
    assert client.get(NEW).status_code == 302


def test_numbers_run_on_within_the_year_and_start_again_with_the_next(vendor, requester):
    day, now = clock.today().replace(month=12, day=31), clock.now()
    first = services.ask_for_review(vendor=vendor, **use_details(title="One"), by=requester, on=day, now=now)
    second = services.ask_for_review(vendor=vendor, **use_details(title="Two"), by=requester, on=day, now=now)
    next_year = services.ask_for_review(
        vendor=vendor, **use_details(title="Three"), by=requester, on=day + timedelta(days=1), now=now
    )
    assert [first.number, second.number] == [f"R-{day.year}-001", f"R-{day.year}-002"]
    assert next_year.number == f"R-{day.year + 1}-001"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"data_classes": []}, "data_classes"),
        ({"data_classes": ["gossip"]}, "data_classes"),
        ({"verticals": ["circus"]}, "verticals"),
        ({"criticality": "enormous"}, "criticality"),
        ({"tier": 4, "tier_reason": "special"}, "tier"),
    ],
)
def test_words_that_are_none_of_ours_are_refused(vendor, requester, changes, field):
    with pytest.raises(Refused) as refused:
        requested_review(vendor, by=requester, **changes)
    assert refused.value.field == field
    assert not Engagement.objects.exists()
