"""Importing a file: read in the confined child, looked through by a person, made into a draft. Until then nothing but
the sealed file and what was read of it is kept."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.content import current_content
from procurement.questionnaires.content_fields import FORMAT
from procurement.questionnaires.imported import Difference, content_of
from procurement.questionnaires.importing.draft import Draft
from procurement.questionnaires.importing.jobs import READ_QUESTIONNAIRE
from procurement.questionnaires.importing.layout import Layout
from procurement.questionnaires.importing.profiles import learned
from procurement.questionnaires.models import ImportJob, ImportProfile, Questionnaire, QuestionnaireVersion
from procurement.questionnaires.services.drafting import check_letters, draft_from, read_own_file
from procurement.questionnaires.services.editing import free_family_key
from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.vault import services as vault

PURPOSE = "questionnaire_import"
TIMEOUT = 60.0  # a workbook at its limits

Kinds = Mapping[str, Mapping[str, str]]


def begin_import(*, data: bytes, name: str, by: Actor, now: datetime) -> ImportJob:
    """Read the file and keep it, sealed, until somebody makes a draft of it or discards it.

    Raises NotAllowed; Refused (field "file") with what to do about a file that cannot be read.
    """
    access.check_can_draft(by)
    own = read_own_file(data) if _is_own(data) else None
    check_letters(own)
    layout, reading = ({}, {}) if own else _read(data, name, None)
    with transaction.atomic():
        stored = vault.seal_bytes(
            data,
            name=name,
            purpose=PURPOSE,
            content_type="application/octet-stream",
            vendor_id=None,
            by=by,
            at=now,
        )
        job = ImportJob.objects.create(
            file=stored,
            name=stored.name,
            layout=layout,
            reading=reading,
            content=own,
            begun_at=now,
            begun_by=by.label,
        )
        _record(job, "questionnaire_import.begun", _("Import of %(name)s begun"), by=by, now=now)
    return job


def read_again(*, job: ImportJob, layout: Layout, kinds: Kinds, by: Actor, now: datetime) -> ImportJob:
    """Read the kept file by a layout that a person changed. Raises NotAllowed; Refused as `begin_import`.

    kinds  by sheet and row, how those questions are answered whatever the file says
    """
    access.check_can_import(by, job)
    data = vault.read_bytes(job.file, by=by, purpose=_("Reading a questionnaire again"), at=now)
    found, reading = _read(data, job.file.name, layout)
    with transaction.atomic():
        job = _locked(job, by)
        job.layout, job.reading, job.kinds = found, reading, {sheet: dict(rows) for sheet, rows in kinds.items()}
        job.save(update_fields=["layout", "reading", "kinds"])
        _record(job, "questionnaire_import.read", _("%(name)s read with another layout"), by=by, now=now)
    return job


def draft_content(
    job: ImportJob, *, title: str, family: Questionnaire | None
) -> tuple[dict[str, Any], Difference | None]:
    """What a draft of this file would say, and how it differs from the family's newest version. Changes nothing.

    title   of the draft; "" for the file's own
    family  the questionnaire it becomes a version of; None for a new one
    """
    latest = family.versions.order_by("-number").first() if family else None
    number = ((family.versions.aggregate(highest=Max("number"))["highest"] or 0) if family else 0) + 1
    if job.content is not None:
        key = family.key if family else job.content["questionnaire"]
        if family is None and Questionnaire.objects.filter(key=key).exists():
            key = free_family_key(title or job.content["title"])
        content = {**job.content, "questionnaire": key, "title": title or job.content["title"]}
        return content, None
    draft = Draft.from_json(job.reading)
    title = title or draft.title
    before = _questions_in(current_content(latest)["sections"]) if latest else []
    content, difference = content_of(
        draft,
        job.kinds,
        key=family.key if family else free_family_key(title),
        title=title,
        number=number,
        before=before,
    )
    return content, difference if latest else None


@transaction.atomic
def make_draft(
    *, job: ImportJob, title: str, family: Questionnaire | None, by: Actor, now: datetime
) -> QuestionnaireVersion:
    """A draft of everything that was read. Raises NotAllowed; Refused when nothing was, or it is finished already."""
    job = _locked(job, by)
    if job.content is None and not job.reading.get("questions"):
        raise Refused(_("No question was found. Show which sheet holds them, and in which column."))
    content, _difference = draft_content(job, title=title, family=family)
    version = draft_from(content=content, by=by, now=now)
    job.state, job.version = ImportJob.State.MADE, version
    job.save(update_fields=["state", "version"])
    _record(job, "questionnaire_import.made", _("Draft made of %(name)s"), by=by, now=now)
    return version


@transaction.atomic
def discard_import(*, job: ImportJob, by: Actor, now: datetime) -> None:
    """Nothing comes of it; the file is destroyed. Raises NotAllowed; Refused when a draft was made of it."""
    job = _locked(job, by)
    job.state, job.layout, job.reading, job.content = ImportJob.State.DISCARDED, {}, {}, None
    job.save(update_fields=["state", "layout", "reading", "content"])
    vault.destroy(stored=job.file, by=by, at=now, purpose=_("Import discarded"))
    _record(job, "questionnaire_import.discarded", _("Import of %(name)s discarded"), by=by, now=now)


@transaction.atomic
def keep_profile(*, job: ImportJob, name: str, by: Actor, now: datetime) -> ImportProfile:
    """The mapping of columns for the next file with the same heads; one of the same name is replaced.

    Raises NotAllowed; Refused where no column has a head.
    """
    job = _locked(job, by)
    profile = learned(name, Layout.from_json(job.layout)) if job.layout.get("sheets") else None
    if profile is None or not profile.heads:
        raise Refused(_("This file has no column heads to remember."), field="name")
    kept, _is_new = ImportProfile.objects.update_or_create(
        name=name, defaults={"content": profile.as_json(), "kept_at": now, "kept_by": by.label}
    )
    _record(job, "questionnaire_import.profile_kept", _("Mapping of %(name)s kept"), by=by, now=now)
    return kept


@transaction.atomic
def forget_profile(*, profile: ImportProfile, by: Actor, now: datetime) -> None:
    """Files are read by it no more; what was imported stays. Raises NotAllowed."""
    access.check_can_draft(by)
    pk = profile.pk
    profile.delete()
    ledger.record(
        by=by,
        verb="questionnaire_import.profile_forgotten",
        sentence=_("Mapping %(name)s forgotten") % {"name": profile.name},
        at=now,
        subject=("import_profile", pk),
        details={},
    )


def _read(data: bytes, name: str, layout: Layout | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Layout and draft as JSON, read in the confined child."""
    params = {
        "name": name,
        "layout": layout.as_json() if layout else None,
        "profiles": list(ImportProfile.objects.values_list("content", flat=True)),
    }
    try:
        found, _bytes = run_confined(READ_QUESTIONNAIRE, params=params, data=data, timeout=TIMEOUT)
    except ConfinedJobFailed as failure:
        raise Refused(str(failure), field="file") from failure
    check_letters(found)
    return found["layout"], found["draft"]


def _is_own(data: bytes) -> bool:
    """Whether the file says that it is of our own format; whether it keeps to it is told by reading it."""
    if FORMAT.encode() not in data:
        return False
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("format") == FORMAT


def _questions_in(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for section in sections:
        found += section["questions"] + _questions_in(section["sections"])
    return found


def sections_in(sections: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Each section of content, parts too, with the number of its own questions."""
    found = []
    for section in sections:
        found.append((section["title"], len(section["questions"])))
        found += sections_in(section["sections"])
    return found


def _locked(job: ImportJob, by: Actor) -> ImportJob:
    found = ImportJob.objects.select_for_update(of=("self",)).select_related("file").get(pk=job.pk)
    access.check_can_import(by, found)
    return found


def _record(job: ImportJob, verb: str, sentence: str, *, by: Actor, now: datetime) -> None:
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence % {"name": job.name},
        at=now,
        subject=("questionnaire_import", job.pk),
        details={"sha256": job.file.sha256},
    )
