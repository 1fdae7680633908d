"""Acts on engagements: opening one."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.engagements import access
from procurement.engagements.models import Engagement
from procurement.policy.terms import Criticality, DataClass, Vertical
from procurement.policy.tiers import TIERS, SuggestedTier, suggest_tier
from vendors.directory.models import Vendor
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.people.actors import Actor, Refused


@transaction.atomic
def open_engagement(
    *,
    vendor: Vendor,
    title: str,
    description: str = "",
    data_classes: Collection[str],
    verticals: Collection[str] = (),
    criticality: str,
    uptime_promised: bool = False,
    tier: int | None = None,
    tier_reason: str = "",
    owner: User,
    by: Actor,
    now: datetime,
) -> Engagement:
    """Describe one use of a vendor. The tier is suggested by the policy's rules; another one needs a reason.

    data_classes, verticals, criticality   values of the policy's terms; no vertical means none of the regulated ones
    tier    None takes the suggested one
    owner   who answers for this use in the business

    Raises NotAllowed for anybody but requesters and reviewers; Refused when a term is none, nothing says what is
    bought or which data the vendor sees, or another tier comes without a reason.
    """
    access.check_can_open_engagement(by)
    title = printable(title)
    if not title:
        raise Refused(_("Say what is bought, for example “Payroll service”."), field="title")
    classes = known_data_classes(data_classes)
    fields = known_verticals(verticals)
    suggested = suggested_tier(classes, fields, criticality)
    chosen = _chosen_tier(tier, tier_reason, suggested)
    engagement = Engagement.objects.create(
        vendor=vendor,
        title=title,
        description=description.strip(),
        data_classes=[data.value for data in classes],
        verticals=[vertical.value for vertical in fields],
        criticality=criticality,
        uptime_promised=uptime_promised,
        suggested_tier=suggested.tier,
        tier=chosen,
        tier_reason=printable(tier_reason) if chosen != suggested.tier else "",
        owner=owner,
        opened_at=now,
    )
    ledger.record(
        by=by,
        verb="engagement.opened",
        sentence=_("%(vendor)s: %(title)s, tier %(tier)s")
        % {"vendor": vendor.name, "title": engagement.title, "tier": engagement.tier},
        at=now,
        vendor_id=vendor.pk,
        subject=("engagement", engagement.pk),
        details={
            "data_classes": engagement.data_classes,
            "verticals": engagement.verticals,
            "criticality": engagement.criticality,
            "uptime_promised": engagement.uptime_promised,
            "suggested_tier": engagement.suggested_tier,
            "tier_reason": engagement.tier_reason,
            "owner": owner.pk,
        },
    )
    return engagement


def known_data_classes(values: Collection[str]) -> list[DataClass]:
    """The data classes in the order of the policy. Raises Refused when there is none, or a word is not one."""
    classes = [data for data in DataClass if data.value in values]
    if not classes or len(classes) != len(set(values)):
        raise Refused(_("Tick the data the vendor will see. Public is one of them."), field="data_classes")
    return classes


def known_verticals(values: Collection[str]) -> list[Vertical]:
    """The verticals in the order of the policy, or none of the regulated ones. Raises Refused for both at once."""
    found = [vertical for vertical in Vertical if vertical.value in values]
    if len(found) != len(set(values)):
        raise Refused(_("Tick the regulated verticals the data comes from, or none of these."), field="verticals")
    if Vertical.GENERAL in found and len(found) > 1:
        raise Refused(_("“None of these” stands beside a regulated vertical. Untick one of them."), field="verticals")
    return found or [Vertical.GENERAL]


def suggested_tier(
    data_classes: Collection[DataClass], verticals: Collection[Vertical], criticality: str
) -> SuggestedTier:
    """The tier the rules suggest, with the reason. Raises Refused when the criticality is none."""
    if criticality not in [level.value for level in Criticality]:
        raise Refused(_("Say how hard an outage hits us."), field="criticality")
    return suggest_tier(frozenset(data_classes), frozenset(verticals), Criticality(criticality))


def _chosen_tier(tier: int | None, tier_reason: str, suggested: SuggestedTier) -> int:
    if tier is None or tier == suggested.tier:
        return suggested.tier
    if tier not in TIERS:
        raise Refused(_("Choose tier 1, 2 or 3."), field="tier")
    if not printable(tier_reason):
        raise Refused(
            _("The rules suggest tier %(tier)s. Say why another one fits better.") % {"tier": suggested.tier},
            field="tier_reason",
        )
    return tier
