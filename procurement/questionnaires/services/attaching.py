"""One file beside an answer: sealed in the vault, under the NDA in force."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.models import Answer
from procurement.questionnaires.services.answering import begin, keep
from procurement.questionnaires.services.locking import locked_answer
from vendors.ledger import services as ledger
from vendors.ndas.access import check_nda_in_force
from vendors.people.actors import Actor, Refused
from vendors.vault.services import seal_upload
from vendors.vault.validation import check_pdf

PURPOSE = "answer"


def attach_file(
    *, answer: Answer, upload: UploadedFile, by: Actor, now: datetime, on: date, ip: str | None = None
) -> Answer:
    """Keep a PDF with the answer, in place of the one before; that one stays with the earlier revision.

    Raises vault.validation.FileRefused (a Refused) for what is no PDF we can keep; NotAllowed for whoever is no contact
    of the vendor; Refused when the answer cannot be changed now, takes no file, or no NDA is in force on that day.
    """
    checked = check_pdf(upload)  # takes seconds, so before any lock
    with transaction.atomic():
        answer = locked_answer(answer)
        access.check_can_attach(by, answer)
        nda = check_nda_in_force(answer.assessment.vendor, on)
        vendor_id = answer.assessment.vendor_id
        answer.file = seal_upload(upload=checked.upload, purpose=PURPOSE, vendor_id=vendor_id, by=by, at=now, ip=ip)
        keep(answer, by=by, now=now)
        begin(answer.assessment, by=by, now=now)
        ledger.record(
            by=by,
            verb="answer.file_received",
            sentence=_("%(ref)s: file received, %(file)s") % {"ref": answer.question.ref, "file": answer.file.name},
            at=now,
            vendor_id=vendor_id,
            subject=("assessment", answer.assessment_id),
            details={"sha256": answer.file.sha256, "size": answer.file.size, "nda": nda.pk},
        )
        return answer


@transaction.atomic
def remove_file(*, answer: Answer, by: Actor, now: datetime) -> Answer:
    """Take the file away from the answer. Earlier revisions keep it; nobody opens those.

    Raises NotAllowed, or Refused when the answer cannot be changed now or holds no file.
    """
    answer = locked_answer(answer)
    access.check_can_attach(by, answer)
    before = answer.file
    if before is None:
        raise Refused(_("No file stands beside this answer."))
    answer.file = None
    keep(answer, by=by, now=now)
    ledger.record(
        by=by,
        verb="answer.file_removed",
        sentence=_("%(ref)s: file taken away, %(file)s") % {"ref": answer.question.ref, "file": before.name},
        at=now,
        vendor_id=answer.assessment.vendor_id,
        subject=("assessment", answer.assessment_id),
        details={"sha256": before.sha256},
    )
    return answer
