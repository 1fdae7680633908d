"""Choosing whom to ask: who gets it, who cannot and why, and writing it down."""

import pytest

from procurement.campaigns import services
from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.engagements.models import Engagement
from procurement.questionnaires.models import Assessment, QuestionnaireVersion
from procurement.questionnaires.services import retire
from procurement.reviews import services as reviews
from procurement.reviews.models import Review, State
from tests.factories.contacts import make_contact
from tests.procurement.campaigns.conftest import DUE, TODAY, VENDORS, later
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused


def page_of(version: QuestionnaireVersion, query: str = "") -> str:
    return f"/questionnaires/versions/{version.pk}/send/{query}"


def split(text: str) -> tuple[str, str]:
    """The part of the page about who gets it, and the part about who cannot."""
    gets_it, _mark, rest = text.partition("Cannot get it")
    return gets_it, rest


def test_a_published_version_leads_there(ines, version, approved):
    assert page_of(version) in ines.get(version.get_absolute_url()).text
    retire(version=version, by=approved[0].reviewer, now=clock.now())
    assert page_of(version) not in ines.get(version.get_absolute_url()).text


def test_everybody_who_can_be_asked_is_ticked(ines, version, approved):
    page = ines.get(page_of(version)).text
    assert page.count(" checked") == VENDORS + 1  # and the report
    assert "between two reviews" in page
    assert "Cannot get it" not in page


def test_starting_it_writes_down_who_is_asked_and_sends_nothing_yet(start, approved, cast):
    campaign = start(approved[:3], message="Since the incident.")
    assert (campaign.title, campaign.due_on, campaign.message) == ("Autumn round", DUE, "Since the incident.")
    assert {each.review for each in campaign.recipients.all()} == set(approved[:3])
    assert set(campaign.recipients.values_list("state", flat=True)) == {"queued"}
    assert not Assessment.objects.exists()
    entry = entries_on("campaign", campaign.pk).get()
    assert entry.sentence == "Autumn round: Three questions, version 1 to 3 vendors, due 25 October 2026"
    assert entry.details["version_sha256"] == campaign.version.sha256


def test_who_cannot_get_it_is_named_with_the_reason_and_where_to_settle_it(ines, version, approved, cast):
    asked_by_ines, taken, waiting, alone, under_way, rejected, withdrawn = approved[:7]
    Review.objects.filter(pk=asked_by_ines.pk).update(requested_by=cast.reviewer)
    Review.objects.filter(pk=taken.pk).update(state=State.IN_REVIEW, reviewer=cast.second_reviewer)
    Review.objects.filter(pk=waiting.pk).update(state=State.DRAFT, reviewer=None)
    Contact.objects.filter(vendor=alone.vendor).update(deactivated_at=clock.now())
    sent = reviews.send_questionnaire(
        review=under_way, version=version, due_on=DUE, by=cast.reviewer, now=clock.now(), on=TODAY
    )
    Review.objects.filter(pk=rejected.pk).update(state=State.REJECTED)
    Review.objects.filter(pk=withdrawn.pk).update(state=State.WITHDRAWN)
    gets_it, cannot = split(ines.get(page_of(version)).text)
    for sentence, place in (
        ("You asked for this review, so another reviewer sends", asked_by_ines.get_absolute_url()),
        ("Only the assigned reviewer does this. Take the review over first.", taken.get_absolute_url()),
        ("Nobody has taken this review. Take it first.", waiting.get_absolute_url()),
        ("Nobody there can answer. Invite a contact first.", f"/vendors/{alone.vendor_id}/contacts/invite/"),
        ("It has this questionnaire already, due 25 October 2026.", f"/questionnaires/{sent.pk}/"),
        ("Nothing of this review can be edited now: Rejected.", rejected.get_absolute_url()),
    ):
        assert sentence in cannot
        assert place in cannot
    assert withdrawn.vendor.name not in gets_it + cannot
    assert gets_it.count('name="review"') == VENDORS - 7


def test_another_use_of_the_same_vendor_is_offered_but_not_ticked(ines, version, approved, cast):
    second = Review.objects.get(pk=approved[0].pk)
    engagement = Engagement.objects.get(pk=second.engagement_id)
    engagement.pk, engagement.title, engagement.tier, engagement.suggested_tier = None, "Expense cards", 3, 3
    engagement.save()
    second.pk, second.number, second.engagement = None, "R-2026-9999", engagement
    second.save()
    page = ines.get(page_of(version, "?q=Vendor+0000")).text
    assert page.count('name="review"') == 2
    assert page.count(f'name="review" value="{approved[0].pk}" checked') == 1
    assert page.count(f'name="review" value="{second.pk}" checked') == 0
    assert "Another use of the same vendor" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?tier=1", VENDORS),
        ("?tier=2", 0),
        ("?data_class=personal", VENDORS),
        ("?data_class=health", 0),
        ("?criticality=high", VENDORS),
        ("?criticality=low", 0),
        ("?category=ai_provider", 0),
        ("?category=other", VENDORS),
        ("?q=0003", 1),
        ("?standing=in_force", 0),
        ("?standing=suspended", VENDORS),
        ("?standing=nonsense", VENDORS),
        ("?asked=never", VENDORS),
    ],
)
def test_filters_narrow_the_list(ines, version, approved, query, count):
    assert ines.get(page_of(version, query)).text.count('name="review"') == count


def test_who_was_asked_this_version_can_be_left_out_and_says_when_it_answered(ines, version, approved, cast):
    sent = reviews.send_questionnaire(
        review=approved[0], version=version, due_on=DUE, by=cast.reviewer, now=clock.now(), on=TODAY
    )
    moment = clock.now()
    Assessment.objects.filter(pk=sent.pk).update(
        state="complete", submitted_at=moment, signer_name="Jonah Pell", completed_at=moment
    )
    page = ines.get(page_of(version, "?q=Vendor+0000")).text
    assert "11 Oct 2026" in page
    assert page.count('name="review"') == 1
    assert ines.get(page_of(version, "?asked=never")).text.count('name="review"') == VENDORS - 1


def test_the_contact_is_who_got_the_last_questionnaire(ines, version, approved, cast):
    vendor = approved[0].vendor
    newer = make_contact(vendor, "Nils Orr", by=cast.reviewer)
    assert "Contact 0" in ines.get(page_of(version, "?q=Vendor+0000")).text
    other = QuestionnaireVersion.objects.published().exclude(pk=version.pk).first()
    reviews.send_questionnaire(
        review=approved[0], version=other, contact=newer, due_on=DUE, by=cast.reviewer, now=clock.now(), on=TODAY
    )
    page = ines.get(page_of(version, "?q=Vendor+0000")).text
    assert "Nils Orr" in page
    assert "Contact 0" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"due_on": later(-1)}, "The due date has passed."),
        ({"due_on": ""}, "Choose a day."),
        ({"title": ""}, "Give it a name that you will find again."),
        ({"review": []}, "Tick at least one vendor."),
        ({"review": ["x", "987654"]}, "Tick at least one vendor."),
    ],
)
def test_what_is_typed_wrong_is_told_and_nothing_starts(ines, version, approved, typed, sentence):
    form = {"title": "Autumn", "due_on": DUE, "review": [approved[3].pk], **typed}
    answer = ines.post(page_of(version), form)
    assert answer.status_code == 422
    assert sentence in answer.text
    if "review" not in typed:
        assert f'value="{approved[3].pk}" checked' in answer.text
        assert f'value="{approved[4].pk}" checked' not in answer.text
    assert not Campaign.objects.exists()


def test_a_million_answers_is_the_most_at_once(version, approved, cast, monkeypatch):
    monkeypatch.setattr("procurement.campaigns.services.starting.MOST_ANSWERS", 3 * 11)
    start = {"version": version, "title": "Too many", "due_on": DUE, "by": cast.reviewer, "on": TODAY}
    with pytest.raises(Refused, match=r"12 vendors with 3 questions each are too many at once\. Choose at most 11\."):
        services.start_campaign(**start, reviews=approved, now=clock.now())
    services.start_campaign(**start, reviews=approved[:11], now=clock.now())
    assert CampaignRecipient.objects.count() == 11


@pytest.mark.parametrize(("person", "code"), [("requester", 404), ("approver", 404), ("auditor", 403)])
def test_nobody_but_a_reviewer_starts_one(cast, version, approved, person, code):
    browser = staff_client(getattr(cast, person))
    answer = browser.post(page_of(version), {"title": "No", "due_on": DUE, "review": [approved[0].pk]})
    assert answer.status_code == code
    with pytest.raises(NotAllowed, match="Only a reviewer sends a questionnaire"):
        services.start_campaign(
            version=version,
            reviews=approved,
            title="No",
            due_on=DUE,
            by=getattr(cast, person),
            now=clock.now(),
            on=TODAY,
        )
    assert not Campaign.objects.exists()


def test_a_version_that_is_retired_is_not_sent(ines, version, approved, cast):
    retire(version=version, by=cast.reviewer, now=clock.now())
    answer = ines.post(page_of(version), {"title": "No", "due_on": DUE, "review": [approved[0].pk]})
    assert answer.status_code == 409
    assert "is not published" in answer.text


@pytest.mark.slow
def test_the_list_takes_the_same_queries_for_three_and_for_twelve(
    ines, version, approved, django_assert_max_num_queries
):
    ines.get(page_of(version))
    for query in ("?q=000", "", "?standing=suspended"):
        with django_assert_max_num_queries(22):
            ines.get(page_of(version, query))
