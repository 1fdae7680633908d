"""Comparing the text of a report with that of other vendors' reports on file."""

from django.db import transaction
from django.db.models import Q

from vendors.reading.fingerprints import Fingerprint
from vendors.reading.names import same_name
from vendors.reports.likeness import Texts, shared
from vendors.reports.models import ReportFingerprint, ReportReading, SharedText
from vendors.reports.services.locking import locked_report

LONGEST_NAME = 160
AT_ONCE = 200  # fingerprints in memory: about a megabyte


@transaction.atomic
def compare_text(*, reading: ReportReading) -> list[SharedText]:
    """Keep the fingerprint of what was read, and what of its text other vendors' reports share, in both directions.

    Found anew each time: a second run changes nothing. Nothing is decided by it, so the ledger does not hold it.
    """
    report = locked_report(reading.report)
    kept, _ = ReportFingerprint.objects.update_or_create(
        report=report,
        defaults={
            "rules": reading.rules,
            "firm": (reading.content.get("auditor") or "")[:LONGEST_NAME],
            "texts": reading.content.get("fingerprints", {}),
        },
    )
    SharedText.objects.filter(Q(report=report) | Q(other=report)).delete()
    own = _texts(kept)
    others = ReportFingerprint.objects.exclude(report__vendor=report.vendor_id)
    found: list[SharedText] = []
    for other in others.iterator(AT_ONCE) if own else ():
        found += _between(kept, own, other, _texts(other))
    return SharedText.objects.bulk_create(found)


def _between(one: ReportFingerprint, texts: Texts, two: ReportFingerprint, others: Texts) -> list[SharedText]:
    """What each of two reports shares with the other."""
    same_firm = bool(one.firm) and same_name(one.firm, two.firm)
    return [
        SharedText(
            report_id=here.report_id,
            other_id=there.report_id,
            part=part,
            percent=round(100 * share),
            same_firm=same_firm,
        )
        for here, own, there, theirs in ((one, texts, two, others), (two, others, one, texts))
        for part, share in shared(own, theirs, same_firm=same_firm)
    ]


def _texts(kept: ReportFingerprint) -> Texts:
    return {part: Fingerprint.from_json(text) for part, text in kept.texts.items()}
