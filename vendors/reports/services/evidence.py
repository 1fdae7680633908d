"""Papers beside a SOC report: putting one on file, and taking it out of use."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from vendors.directory.models import Vendor
from vendors.ledger.chain import printable
from vendors.ledger.services import record
from vendors.people.actors import Actor, Refused
from vendors.reports import access, labels
from vendors.reports.models import Evidence
from vendors.reports.terms import EvidenceKind
from vendors.reports.wording import day_in_words
from vendors.vault.services import seal_upload
from vendors.vault.validation import check_pdf


def record_evidence(
    *,
    vendor: Vendor,
    kind: str,
    title: str,
    issuer: str,
    dated_on: date,
    until: date | None,
    confidential: bool,
    file: UploadedFile,
    by: Actor,
    on: date,
    now: datetime,
    ip: str | None = None,
) -> Evidence:
    """Keep a paper of the vendor, sealed, with the days it holds. A penetration test is always confidential.

    dated_on, until  its first day and its last; None for a paper without an end
    confidential     held under the NDA, so that one has to be in force (DESIGN.md, "NDA")

    Raises NotAllowed for anybody but reviewers; Refused (with the field) for days that cannot be, and for a
    confidential paper without an NDA in force; vault's FileRefused for a file that is no PDF.
    """
    checked = check_pdf(file)  # takes seconds; asked before by the form, so before any lock
    with transaction.atomic():
        vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
        access.check_can_keep_evidence(by)
        assert by.pk is not None
        if kind not in dict(labels.EVIDENCE_KINDS):
            raise Refused(_("Choose one of the list."), field="kind")
        _check_days(dated_on, until, on)
        confidential = confidential or EvidenceKind(kind).is_held_under_nda
        if confidential:
            access.check_nda(vendor, on)
        evidence = Evidence.objects.create(
            vendor=vendor,
            kind=kind,
            title=printable(title),
            issuer=printable(issuer),
            file=seal_upload(upload=checked.upload, purpose="evidence", vendor_id=vendor.pk, by=by, at=now, ip=ip),
            dated_on=dated_on,
            until=until,
            confidential=confidential,
            recorded_at=now,
            recorded_by_id=by.pk,
        )
        record(
            by=by,
            verb="evidence.recorded",
            sentence=_("Evidence of %(vendor)s recorded: %(evidence)s, %(until)s")
            % {
                "vendor": vendor.name,
                "evidence": evidence,
                "until": _("until %(day)s") % {"day": day_in_words(until)} if until else _("no end"),
            },
            at=now,
            vendor_id=vendor.pk,
            subject=("evidence", evidence.pk),
            details={
                "kind": kind,
                "dated_on": dated_on,
                "until": until,
                "confidential": confidential,
                "sha256": evidence.file.sha256,
            },
        )
    return evidence


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, reason: str, by: Actor, now: datetime) -> Evidence:
    """Take a paper out of use, with the reason: no requirement is met by it any more. It stays on record.

    Raises NotAllowed for anybody but reviewers; Refused without a reason, or when it is withdrawn already.
    """
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("vendor", "file").get(pk=evidence.pk)
    access.check_can_withdraw_evidence(by, evidence)
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn."), field="reason")
    evidence.withdrawn_at = now
    evidence.withdrawn_by_id = by.pk
    evidence.withdrawn_because = reason.strip()
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record(
        by=by,
        verb="evidence.withdrawn",
        sentence=_("Evidence of %(vendor)s withdrawn, %(evidence)s: %(reason)s")
        % {"vendor": evidence.vendor.name, "evidence": evidence, "reason": evidence.withdrawn_because},
        at=now,
        vendor_id=evidence.vendor_id,
        subject=("evidence", evidence.pk),
        details={"sha256": evidence.file.sha256},
    )
    return evidence


def _check_days(dated_on: date, until: date | None, on: date) -> None:
    if dated_on > on:
        raise Refused(_("This day has not come yet. Take the date on the paper."), field="dated_on")
    if until is not None and until < dated_on:
        raise Refused(_("It ends before it is dated. Check both days."), field="until")
