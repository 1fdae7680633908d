"""Taking answers out. Whoever takes them, in whichever format, stands in the ledger with the hash of the file."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from procurement.exports import access
from procurement.exports.formats import Format
from procurement.exports.gathering import our_record, vendors_record
from procurement.exports.record import AssessmentRecord
from procurement.exports.version_files import VersionRecord, version_record
from procurement.questionnaires.models import Assessment, QuestionnaireVersion
from procurement.reviews.models import Review
from vendors.ledger import services as ledger
from vendors.people.actors import Actor


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """A file that was made to be taken away."""

    name: str
    content_type: str
    content: bytes


def export_assessment(
    *, assessment: Assessment, review: Review | None, form: Format[AssessmentRecord], by: Actor, now: datetime
) -> MadeFile:
    """Our copy: what the vendor has handed over, and our word on it. The ledger names format and hash.

    Raises NotAllowed for whoever does not read the review's evidence; Refused when a PDF cannot be printed.
    """
    access.check_can_export(by, review)
    made = made_of(our_record(assessment, review, by=by, now=now), form)
    _record(assessment, made, form, by=by, now=now)
    return made


def export_own_answers(*, assessment: Assessment, form: Format[AssessmentRecord], by: Actor, now: datetime) -> MadeFile:
    """The vendor's copy of what it was asked and has said. Raises NotAllowed for whoever is no contact of it; Refused
    when a PDF cannot be printed."""
    access.check_can_export_own(by, assessment)
    made = made_of(vendors_record(assessment, by=by, now=now), form)
    _record(assessment, made, form, by=by, now=now)
    return made


def export_version(*, version: QuestionnaireVersion, form: Format[VersionRecord], now: datetime) -> MadeFile:
    """The questions without any answer. Nothing of a vendor is in it, so nothing is recorded."""
    name = f"{version.questionnaire.key}-{version.number}{form.ending}"
    return MadeFile(name=name, content_type=form.content_type, content=form.make(version_record(version, now=now)))


def made_of(record: AssessmentRecord, form: Format[AssessmentRecord]) -> MadeFile:
    """A record in a format, for whoever holds the record already."""
    vendor = slugify(record.vendor.name) or "vendor"
    name = f"{vendor}-{record.version.questionnaire}-{record.exported.at:%Y-%m-%d}{form.ending}"
    return MadeFile(name=name, content_type=form.content_type, content=form.make(record))


@transaction.atomic
def _record(
    assessment: Assessment, made: MadeFile, form: Format[AssessmentRecord], *, by: Actor, now: datetime
) -> None:
    ledger.record(
        by=by,
        verb="questionnaire.exported",
        sentence=_("%(version)s exported with its answers: %(format)s")
        % {"version": assessment.version, "format": form.label},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"format": form.name, "sha256": hashlib.sha256(made.content).hexdigest()},
    )
