"""Handing out memos as one ZIP."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.decisions import access
from procurement.decisions.bundle import bundle_of
from procurement.decisions.models import Memo
from procurement.decisions.standings import standings_of
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.vault import services as vault
from vendors.vault.opening import CannotOpen

MOST = 500


def export_memos(
    *, memos: Sequence[Memo], by: Actor, on: date, now: datetime, ip: str | None = None
) -> Iterator[bytes]:
    """The ZIP of these memos, to be sent as it comes.

    Every PDF is verified before anything is released, and the ledger names each memo and the manifest's hash.
    Raises NotAllowed for a memo this person may not read; Refused for none, for more than MOST, and when a PDF is not
    the one that was sealed.
    """
    access.check_can_export(by, memos)
    check_amount(len(memos))
    for memo in memos:
        if memo.pdf is not None:
            _check_whole(memo)
    vendor_ids = {memo.decision.review.vendor_id for memo in memos}
    bundle = bundle_of(memos, standings_of(vendor_ids, on=on), by=by, on=on, now=now)
    with transaction.atomic():
        ledger.record(
            by=by,
            verb="memos.exported",
            sentence=ngettext("%(first)s exported", "%(count)s memos exported", len(memos))
            % {"first": memos[0].number, "count": len(memos)},
            at=now,
            vendor_id=vendor_ids.pop() if len(vendor_ids) == 1 else None,
            details={"memos": [memo.number for memo in memos], "manifest_sha256": bundle.manifest.sha256},
        )
    return bundle.stream(by=by, at=now, ip=ip)


def check_amount(count: int) -> None:
    """Raises Refused for none and for more than one file holds: ask before so many are read."""
    if not count:
        raise Refused(_("Tick the memos you want, or export all that match."))
    if count > MOST:
        raise Refused(
            _("%(count)s memos match, and one file holds at most %(most)s. Narrow the filters, for example by year.")
            % {"count": count, "most": MOST}
        )


def _check_whole(memo: Memo) -> None:
    assert memo.pdf is not None
    try:
        vault.verify(memo.pdf)
    except CannotOpen as broken:
        raise Refused(_("%(memo)s cannot be exported: %(why)s") % {"memo": memo.number, "why": str(broken)}) from broken
