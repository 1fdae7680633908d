"""Every kind of dated thing the scan knows."""

from collections.abc import Collection, Iterator

from procurement.renewals.dated.colleagues import COLLEAGUES
from procurement.renewals.dated.conditions import CONDITIONS
from procurement.renewals.dated.exemptions import RISK_ACCEPTANCES, WAIVERS
from procurement.renewals.dated.findings import FINDINGS
from procurement.renewals.dated.ndas import NDAS
from procurement.renewals.dated.questionnaires import QUESTIONNAIRES
from procurement.renewals.dated.thing import Dated, DatedKind

DATED_KINDS: tuple[DatedKind, ...] = (NDAS, CONDITIONS, WAIVERS, RISK_ACCEPTANCES, FINDINGS, QUESTIONNAIRES, COLLEAGUES)

_BY_NAME = {kind.name: kind for kind in DATED_KINDS}


def dated_things(vendor_ids: Collection[int]) -> Iterator[Dated]:
    """All open ones of these vendors. One query tells which kinds there are: on most days, of most there is none."""
    first, *others = (kind.among(vendor_ids) for kind in DATED_KINDS)
    there = {name for (name,) in first.union(*others)}
    for kind in DATED_KINDS:
        if kind.name in there:
            yield from kind.find(vendor_ids)


def kind_of(thing: Dated) -> DatedKind:
    return _BY_NAME[thing.subject.kind]
