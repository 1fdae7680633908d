"""Files beside answers: sealed in the vault, under the NDA in force. One file may stand beside many answers."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.fitting import check_fits
from procurement.questionnaires.models import Answer, Attachment
from procurement.questionnaires.services.answering import begin, keep_words
from procurement.questionnaires.services.locking import locked_answer
from procurement.questionnaires.services.settling import settle
from vendors.ledger import services as ledger
from vendors.ndas.access import check_nda_in_force
from vendors.people.actors import Actor, Refused
from vendors.vault.documents import check_document
from vendors.vault.services import seal_upload

PURPOSE = "answer"


def attach_file(
    *,
    answer: Answer,
    upload: UploadedFile,
    by: Actor,
    now: datetime,
    on: date,
    kind: str = Attachment.Kind.OTHER,
    as_of: date | None = None,
    ip: str | None = None,
) -> Answer:
    """Keep a PDF or a picture beside the answer, with what it is and the day it speaks of.

    Raises vault.validation.FileRefused (a Refused) for what is neither, or none we can keep; NotAllowed for whoever is
    no contact of the vendor; Refused when the answer cannot be changed now, takes no file or none of this kind and age,
    or no NDA is in force on that day.
    """
    access.check_can_attach(by, answer)
    check_fits(answer.question, kind=kind, as_of=as_of, on=on)
    checked = check_document(upload)  # takes seconds, so before any lock
    with transaction.atomic():
        answer = locked_answer(answer)
        access.check_can_attach(by, answer)
        nda = check_nda_in_force(answer.assessment.vendor, on)
        vendor_id = answer.assessment.vendor_id
        attachment = Attachment.objects.create(
            vendor_id=vendor_id,
            file=seal_upload(
                upload=checked.upload,
                purpose=PURPOSE,
                vendor_id=vendor_id,
                by=by,
                at=now,
                ip=ip,
                takes_pictures=True,
            ),
            kind=kind,
            as_of=as_of,
            sent_by=by.label,
            sent_at=now,
        )
        sentence = _("%(ref)s: file received, %(file)s")
        _put_beside(answer, attachment, by=by, now=now)
        _record(answer, attachment, "answer.file_received", sentence, by=by, now=now, nda=nda)
        return answer


@transaction.atomic
def use_attachment(*, answer: Answer, attachment: Attachment, by: Actor, now: datetime, on: date) -> Answer:
    """Let a file that the vendor has sent already stand beside this answer too. Nothing is uploaded twice.

    Raises NotAllowed, or Refused as `attach_file`, and when it stands there already.
    """
    answer = locked_answer(answer)
    access.check_can_attach(by, answer)
    check_nda_in_force(answer.assessment.vendor, on)
    if attachment.vendor_id != answer.assessment.vendor_id:
        raise Refused(_("This file was sent by another vendor."))
    if attachment in answer.files:
        raise Refused(_("This file stands beside the answer already."))
    check_fits(answer.question, kind=attachment.kind, as_of=attachment.as_of, on=on)
    _put_beside(answer, attachment, by=by, now=now)
    _record(answer, attachment, "answer.file_used", _("%(ref)s: file used again, %(file)s"), by=by, now=now)
    return answer


@transaction.atomic
def remove_file(*, answer: Answer, attachment: Attachment, by: Actor, now: datetime) -> Answer:
    """Take a file away from the answer. Earlier revisions name it, and other answers keep it.

    Raises NotAllowed, or Refused when the answer cannot be changed now or the file does not stand beside it.
    """
    answer = locked_answer(answer)
    access.check_can_attach(by, answer)
    if attachment not in answer.files:
        raise Refused(_("This file does not stand beside the answer."))
    answer.attachments.remove(attachment)
    answer.files = [each for each in answer.files if each != attachment]
    keep_words(answer, by=by, now=now)
    settle(answer.assessment, [answer])
    _record(answer, attachment, "answer.file_removed", _("%(ref)s: file taken away, %(file)s"), by=by, now=now)
    return answer


def _put_beside(answer: Answer, attachment: Attachment, *, by: Actor, now: datetime) -> None:
    answer.attachments.add(attachment)
    answer.files = [*answer.files, attachment]
    keep_words(answer, by=by, now=now)
    settle(answer.assessment, [answer])
    begin(answer.assessment, by=by, now=now)


def _record(
    answer: Answer, attachment: Attachment, verb: str, sentence: str, *, by: Actor, now: datetime, **details: int
) -> None:
    file = attachment.file
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence % {"ref": answer.question.ref, "file": file.name},
        at=now,
        vendor_id=answer.assessment.vendor_id,
        subject=("assessment", answer.assessment_id),
        details={"sha256": file.sha256, "size": file.size, **details},
    )
