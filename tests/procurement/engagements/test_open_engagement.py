"""Describing a use of a vendor. The form that does so is tested with the reviews."""

import pytest
from django.db import IntegrityError, transaction

from procurement.engagements.access import can_open_engagement
from procurement.engagements.models import Engagement
from tests.factories.engagements import make_engagement
from vendors.ledger.queries import entries_about
from vendors.people.actors import SYSTEM, NotAllowed, Refused


def test_a_requester_describes_a_use_in_the_order_of_the_policy(vendor, requester):
    engagement = make_engagement(
        vendor,
        by=requester,
        title="  People\nCloud ",
        data_classes=["health", "personal", "internal"],
        verticals=["finance", "healthcare"],
    )
    assert engagement.title == "People Cloud"
    assert engagement.data_class_names() == ["Internal", "Personal", "Health"]
    assert engagement.vertical_names() == ["Healthcare", "Finance"]
    assert str(engagement) == "Quillhaven: People Cloud"
    assert entries_about(vendor.pk).first().details["data_classes"] == ["internal", "personal", "health"]


def test_no_vertical_is_none_of_the_regulated_ones(vendor, requester):
    engagement = make_engagement(vendor, by=requester, verticals=[])
    assert engagement.verticals == ["general"]
    assert engagement.vertical_names() == ["No regulated vertical"]


@pytest.mark.parametrize(
    ("changes", "tier"),
    [
        ({"data_classes": ["public"], "criticality": "low"}, 3),
        ({"data_classes": ["personal"], "criticality": "low"}, 2),
        ({"data_classes": ["health"], "criticality": "low"}, 1),
    ],
)
def test_the_tier_follows_from_the_use(vendor, requester, changes, tier):
    engagement = make_engagement(vendor, by=requester, **changes)
    assert (engagement.suggested_tier, engagement.tier) == (tier, tier)


def test_another_tier_needs_a_reason_of_words(vendor, requester):
    with pytest.raises(Refused) as refused:
        make_engagement(vendor, by=requester, tier=3, tier_reason=" \n ")
    assert refused.value.field == "tier_reason"
    engagement = make_engagement(vendor, by=requester, tier=3, tier_reason="A trial.")
    assert (engagement.suggested_tier, engagement.tier, engagement.tier_reason) == (1, 3, "A trial.")


def test_the_database_holds_to_the_reason_too(vendor, requester):
    engagement = make_engagement(vendor, by=requester)
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(tier=3)


def test_reviewers_may_and_nobody_else(vendor, requester, reviewer, approver, auditor, administrator, contact):
    for user in (requester, reviewer, SYSTEM):
        assert can_open_engagement(user)
    for user in (approver, auditor, administrator, contact.user):
        assert not can_open_engagement(user)
    with pytest.raises(NotAllowed):
        make_engagement(vendor, by=auditor)
