"""Drafts: a version made from content or copied from another one, to be changed and then published."""

import json
import re
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.content import current_content, filled
from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.content_hash import sha256_of
from procurement.questionnaires.models import Questionnaire, QuestionnaireVersion
from procurement.questionnaires.services.writing import write_version
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused

LARGEST_FILE = 20 * 1024 * 1024
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # as JSON spells it; not a backslash that somebody wrote before "u0000"


def read_own_file(data: bytes) -> dict[str, Any]:
    """The content in a file of our own format. Raises Refused with the first thing that is wrong in it."""
    if len(data) > LARGEST_FILE:
        raise Refused(_("The file is larger than 20 MB."), field="file")
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refused(_("The file cannot be read as JSON."), field="file") from None
    problems = problems_in(content)
    if problems:
        raise Refused(problems[0], field="file")
    return filled(content)


def check_letters(content: Any) -> None:
    """Raises Refused for what JSON can spell and no database keeps: half a letter (a lone surrogate), and NUL."""
    try:
        is_kept = not _NUL.search(json.dumps(content, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        is_kept = False
    if not is_kept:
        raise Refused(
            _("The file holds characters that are no letters. Save it anew as UTF-8 and try again."), field="file"
        )


@transaction.atomic
def draft_from(*, content: dict[str, Any], by: Actor, now: datetime) -> QuestionnaireVersion:
    """A draft with this content, in the family it names; a family that is not there yet is begun.

    It keeps its number where that is free, else it takes the next one.
    Raises NotAllowed for whoever makes no questionnaires; Refused with the first thing that is wrong in the content.
    """
    access.check_can_draft(by)
    problems = problems_in(content)
    if problems:
        raise Refused(problems[0])
    content = filled(content)
    if not content["questionnaire"]:
        raise Refused(_("Say which questionnaire this is a version of."), field="questionnaire")
    family, _is_new = Questionnaire.objects.select_for_update().get_or_create(
        key=content["questionnaire"], defaults={"title": content["title"]}
    )
    taken = family.versions.filter(number=content["number"]).exists()
    highest = family.versions.aggregate(highest=Max("number"))["highest"] or 0
    content = {**content, "number": highest + 1 if taken or content["number"] < 1 else content["number"]}
    version: QuestionnaireVersion = write_version(apps.get_model, content, family=family, published_at=None)
    ledger.record(
        by=by,
        verb="questionnaire_version.drafted",
        sentence=_("%(version)s drafted") % {"version": version},
        at=now,
        subject=("questionnaire_version", version.pk),
        details={"content_sha256": sha256_of(content)},
    )
    return version


def copy_as_draft(*, version: QuestionnaireVersion, by: Actor, now: datetime) -> QuestionnaireVersion:
    """A draft that begins as a copy of this version, with the family's next number. Raises as `draft_from`."""
    return draft_from(content=current_content(version), by=by, now=now)
