"""Publishing a version: from then on its words stay. The starter is written by migration 0004."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import starter
from procurement.questionnaires.content import version_sha256
from procurement.questionnaires.models import Questionnaire, QuestionnaireVersion
from vendors.people.actors import Refused


def ensure_starter(*, now: datetime) -> QuestionnaireVersion:
    """The newest published version of the starter. It is written here again, dated `now`, where the database was
    emptied since the migration (`manage.py flush`). Raises Refused when every version is retired."""
    newest = (
        QuestionnaireVersion.objects.filter(questionnaire__key=starter.KEY, state=QuestionnaireVersion.State.PUBLISHED)
        .order_by("-number")
        .first()
    )
    if newest is not None:
        return newest
    if Questionnaire.objects.filter(key=starter.KEY).exists():
        raise Refused(_("No version of the questionnaire is published, so none can be sent."))
    return QuestionnaireVersion.objects.get(pk=write_starter(apps.get_model, now=now).pk)


@transaction.atomic
def write_starter(get_model: Callable[[str, str], Any], *, now: datetime) -> Any:
    """Write version 1 of the starter and publish it. Returns the row.

    get_model  `apps.get_model` of the product or of a migration: only columns that migration 0004 makes are named here
    """
    family = get_model("procurement", "Questionnaire").objects.create(key=starter.KEY, title=starter.TITLE)
    version = get_model("procurement", "QuestionnaireVersion").objects.create(
        questionnaire=family, number=1, title=starter.TITLE, intro=starter.INTRO
    )
    sections, questions = get_model("procurement", "Section"), get_model("procurement", "Question")
    for place, (title, asked) in enumerate(starter.SECTIONS, start=1):
        section = sections.objects.create(version=version, position=place, title=title)
        questions.objects.bulk_create(
            questions(
                section=section,
                position=position,
                key=each.ref.lower(),
                ref=each.ref,
                text=each.text,
                help=each.help,
                evidence="optional" if each.takes_file else "none",
                criteria=list(each.criteria),
            )
            for position, each in enumerate(asked, start=1)
        )
    questions.objects.filter(section__version=version).update(is_published=True)
    sections.objects.filter(version=version).update(is_published=True)
    version.state, version.published_at, version.sha256 = "published", now, version_sha256(version)
    version.save()
    return version
