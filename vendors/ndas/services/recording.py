"""Recording that we accepted a vendor's text, and that an agreement has ended."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from vendors.calendar.clock import local_moment
from vendors.directory.models import Vendor
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.ndas import access, emails
from vendors.ndas.models import Nda, Paper
from vendors.ndas.term import after
from vendors.people.actors import Actor, Refused
from vendors.vault import services as vault

NOON = 12


@transaction.atomic
def record_vendors_text(
    *,
    vendor: Vendor,
    paper: str,
    title: str,
    starts_on: date,
    ends_on: date | None,
    survival_months: int | None,
    destroy_days: int | None,
    signer_name: str,
    signer_title: str,
    organisation: str,
    text_address: str,
    file: UploadedFile | None,
    by: Actor,
    on: date,
    now: datetime,
) -> Nda:
    """Keep on record that somebody of ours accepted the vendor's own text, and where that text stands.

    signer_name, signer_title  who accepted for us (`organisation`)
    starts_on                  the day of acceptance
    text_address, file         where it can be read: at least one of them; a file is kept sealed

    Raises NotAllowed for anybody but reviewers; Refused, naming the field, for dates that cannot be and when nobody
    could read the text; vault's FileRefused for a file that is no PDF.
    """
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
    access.check_can_record(by)
    if paper == Paper.OURS or paper not in Paper.values:
        raise Refused(_("Our own text is accepted by the vendor in the portal."), field="paper")
    _check_dates(starts_on, ends_on, on)
    if not text_address and file is None:
        raise Refused(_("Say where the text can be read: give its address or upload it."), field="text_address")
    stored = (
        vault.seal_upload(upload=file, purpose="nda", vendor_id=vendor.pk, by=by, at=now) if file is not None else None
    )
    term = after(ends_on, survival_months=survival_months, destroy_days=destroy_days)
    nda = Nda.objects.create(
        vendor=vendor,
        paper=paper,
        title=printable(title),
        text_address=text_address,
        text_file=stored,
        text_sha256=stored.sha256 if stored else "",
        starts_on=starts_on,
        ends_on=ends_on,
        survival_months=survival_months,
        destroy_days=destroy_days,
        survives_until=term.survives_until,
        destroy_by=term.destroy_by,
        accepted_at=local_moment(starts_on, NOON),
        signer_name=printable(signer_name),
        signer_title=printable(signer_title),
        signs_for=organisation,
        recorded_by=by.label,
    )
    emails.call_back_reminders(nda, by=by, now=now)
    ledger.record(
        by=by,
        verb="nda.recorded",
        sentence=_("NDA of %(vendor)s recorded: %(title)s, accepted for us by %(name)s")
        % {"vendor": vendor.name, "title": nda.title, "name": nda.signer_name},
        at=now,
        vendor_id=vendor.pk,
        subject=("nda", nda.pk),
        details={
            "paper": paper,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "address": text_address,
            "file_sha256": nda.text_sha256,
        },
    )
    return nda


@transaction.atomic
def end_nda(*, nda: Nda, reason: str, by: Actor, on: date, now: datetime) -> Nda:
    """Somebody ended the agreement: from today nothing more moves under it; its duties count from here.

    Raises NotAllowed for anybody but reviewers, Refused when it is not in force.
    """
    nda = Nda.objects.select_for_update(of=("self",)).select_related("vendor").get(pk=nda.pk)
    access.check_can_end(by, nda, on)
    term = after(on, survival_months=nda.survival_months, destroy_days=nda.destroy_days)
    nda.ended_on, nda.ended_reason = on, printable(reason)
    nda.survives_until, nda.destroy_by = term.survives_until, term.destroy_by
    nda.save(update_fields=["ended_on", "ended_reason", "survives_until", "destroy_by"])
    emails.call_back_reminders(nda, by=by, now=now)
    ledger.record(
        by=by,
        verb="nda.ended",
        sentence=_("NDA with %(vendor)s ended: %(reason)s") % {"vendor": nda.vendor.name, "reason": nda.ended_reason},
        at=now,
        vendor_id=nda.vendor_id,
        subject=("nda", nda.pk),
        details={"survives_until": nda.survives_until, "destroy_by": nda.destroy_by},
    )
    return nda


def _check_dates(starts_on: date, ends_on: date | None, on: date) -> None:
    if starts_on > on:
        raise Refused(_("This day is still to come. Record the agreement once it holds."), field="starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("It cannot end before it starts."), field="ends_on")
    if ends_on is not None and ends_on < on:
        raise Refused(_("It has run out already. Record the agreement that holds now."), field="ends_on")
