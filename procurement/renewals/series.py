"""The words for what people are reminded of."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procurement.renewals.dated.kinds import DATED_KINDS
from procurement.renewals.rhythms import Series

LABELS: dict[Series, str | Promise] = {
    Series.APPROVAL: _("End of an approval"),
    Series.RELIEF: _("End of an approval while the next report is awaited"),
    Series.REPORT: _("Next report of the vendor"),
    Series.REQUEST: _("Request to the vendor"),
    **{kind.series: kind.label for kind in DATED_KINDS},
    Series.EXEMPTION: _("End of a waiver or of a risk acceptance"),
}

# What a claim calls its subject, as the renewals page filters by it.
KINDS: dict[str, str | Promise] = {
    "approval": LABELS[Series.APPROVAL],
    "report": LABELS[Series.REPORT],
    "report-request": LABELS[Series.REQUEST],
    **{kind.name: kind.label for kind in DATED_KINDS},
}


def label_of(series: Series) -> str:
    return str(LABELS[series])
