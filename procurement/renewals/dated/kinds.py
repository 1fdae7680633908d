"""Every kind of dated thing the scan knows."""

from procurement.renewals.dated.colleagues import COLLEAGUES
from procurement.renewals.dated.conditions import CONDITIONS
from procurement.renewals.dated.exemptions import RISK_ACCEPTANCES, WAIVERS
from procurement.renewals.dated.findings import FINDINGS
from procurement.renewals.dated.ndas import NDAS
from procurement.renewals.dated.questionnaires import QUESTIONNAIRES
from procurement.renewals.dated.thing import Dated, DatedKind

DATED_KINDS: tuple[DatedKind, ...] = (NDAS, CONDITIONS, WAIVERS, RISK_ACCEPTANCES, FINDINGS, QUESTIONNAIRES, COLLEAGUES)

_BY_NAME = {kind.name: kind for kind in DATED_KINDS}


def kind_of(thing: Dated) -> DatedKind:
    return _BY_NAME[thing.subject.kind]
