"""Which tier is suggested for a use, and why."""

import pytest

from procurement.policy.terms import Criticality, DataClass, Vertical
from procurement.policy.tiers import TIERS, suggest_tier
from vendors.reports.terms import EvidenceKind

LOW, MEDIUM, HIGH, CRITICAL = Criticality


@pytest.mark.parametrize(
    ("data", "verticals", "criticality", "tier", "reason"),
    [
        (
            {DataClass.HEALTH, DataClass.CARDHOLDER},
            set(),
            LOW,
            1,
            "Tier 1: health, cardholder data falls under rules of its own.",
        ),
        ({DataClass.US_FEDERAL}, set(), LOW, 1, "Tier 1: US federal data falls under rules of its own."),
        ({DataClass.PUBLIC}, set(), CRITICAL, 1, "Tier 1: the service is critical to us."),
        (
            {DataClass.PERSONAL},
            {Vertical.FINANCE, Vertical.GENERAL},
            LOW,
            1,
            "Tier 1: personal data in a regulated vertical (finance).",
        ),
        ({DataClass.CONFIDENTIAL}, {Vertical.GENERAL}, HIGH, 1, "Tier 1: confidential data, and high criticality."),
        ({DataClass.PERSONAL, DataClass.INTERNAL}, set(), MEDIUM, 2, "Tier 2: personal data."),
        ({DataClass.INTERNAL}, set(), HIGH, 2, "Tier 2: high criticality."),
        ({DataClass.INTERNAL}, {Vertical.GOVERNMENT}, LOW, 2, "Tier 2: a regulated vertical (government)."),
        ({DataClass.PUBLIC}, {Vertical.GOVERNMENT}, LOW, 3, "Tier 3: no sensitive data, and low criticality."),
        ({DataClass.INTERNAL}, set(), MEDIUM, 3, "Tier 3: no sensitive data, and medium criticality."),
    ],
)
def test_the_tier_follows_from_data_vertical_and_criticality(data, verticals, criticality, tier, reason):
    suggested = suggest_tier(frozenset(data), frozenset(verticals), criticality)
    assert (suggested.tier, str(suggested.reason)) == (tier, reason)
    assert suggested.tier in TIERS


def test_terms_of_the_policy_are_said_in_plain_words():
    assert [data.words for data in DataClass][-2:] == ["cardholder", "US federal"]
    assert [kind.words for kind in EvidenceKind][-2:] == ["ISO 27001 certificate", "penetration test"]
    assert [vertical.is_regulated for vertical in Vertical] == [False, True, True, True]
