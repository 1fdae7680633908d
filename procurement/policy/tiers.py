"""Which tier a use of a vendor falls in: 1 is watched most closely, 3 least. Pure; a person may override."""

from typing import NamedTuple

from procurement.policy.terms import Criticality, DataClass, Vertical
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _

TIERS = (1, 2, 3)

SPECIAL = frozenset({DataClass.HEALTH, DataClass.CARDHOLDER, DataClass.US_FEDERAL})
SENSITIVE = frozenset({DataClass.CONFIDENTIAL, DataClass.PERSONAL})


class SuggestedTier(NamedTuple):
    tier: int
    reason: Reason


def suggest_tier(
    data_classes: frozenset[DataClass], verticals: frozenset[Vertical], criticality: Criticality
) -> SuggestedTier:
    """The tier that fits the data, the field of business and what depends on the vendor, with the reason.

    Tier 1: data under rules of its own, a critical service, or sensitive data in a regulated vertical or with
    high criticality. Tier 2: sensitive data, high criticality, or data above public in a regulated vertical.
    Tier 3: the rest.
    """
    special = _in_order(data_classes & SPECIAL)
    sensitive = _in_order(data_classes & SENSITIVE)
    regulated = tuple(vertical for vertical in Vertical if vertical in verticals and vertical.is_regulated)
    if special:
        return SuggestedTier(1, because(_("Tier 1: {data} data falls under rules of its own."), data=special))
    if criticality is Criticality.CRITICAL:
        return SuggestedTier(1, because(_("Tier 1: the service is critical to us.")))
    if sensitive and regulated:
        template = _("Tier 1: {data} data in a regulated vertical ({verticals}).")
        return SuggestedTier(1, because(template, data=sensitive, verticals=regulated))
    if sensitive and criticality is Criticality.HIGH:
        return SuggestedTier(1, because(_("Tier 1: {data} data, and high criticality."), data=sensitive))
    if sensitive:
        return SuggestedTier(2, because(_("Tier 2: {data} data."), data=sensitive))
    if criticality is Criticality.HIGH:
        return SuggestedTier(2, because(_("Tier 2: high criticality.")))
    if regulated and any(data.is_above_public for data in data_classes):
        return SuggestedTier(2, because(_("Tier 2: a regulated vertical ({verticals})."), verticals=regulated))
    return SuggestedTier(
        3, because(_("Tier 3: no sensitive data, and {criticality} criticality."), criticality=criticality)
    )


def _in_order(data_classes: frozenset[DataClass]) -> tuple[DataClass, ...]:
    return tuple(data for data in DataClass if data in data_classes)
