"""Publishing a version: from then on its words stay. What ships is written by migrations 0004 and 0008."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access, starter
from procurement.questionnaires.content import first_content, version_content
from procurement.questionnaires.content_check import problems_in
from procurement.questionnaires.content_hash import sha256_of
from procurement.questionnaires.models import Question, Questionnaire, QuestionnaireVersion
from procurement.questionnaires.services.writing import write_set
from procurement.questionnaires.starters import SETS
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused

State = QuestionnaireVersion.State


@transaction.atomic
def ensure_starters(*, now: datetime) -> None:
    """The questionnaires that ship are there. They are written here again, dated `now`, where the database was emptied
    since the migrations (`manage.py flush`); whatever else happened to them stays as it is."""
    there = set(Questionnaire.objects.values_list("key", flat=True))
    if starter.KEY not in there:
        write_starter(apps.get_model, now=now, format=1)
        Questionnaire.objects.filter(key=starter.KEY).update(purpose=starter.PURPOSE)
    for each in SETS:
        if each.content["questionnaire"] not in there:
            write_set(apps.get_model, each.content, purpose=each.purpose, now=now)


def newest_published(key: str) -> QuestionnaireVersion:
    """The newest published version of a family. Raises Refused when none is published."""
    newest = QuestionnaireVersion.objects.published().filter(questionnaire__key=key).order_by("-number").first()
    if newest is None:
        raise Refused(_("No version of the questionnaire is published, so none can be sent."))
    return newest


def ensure_starter(*, now: datetime) -> QuestionnaireVersion:
    """The newest published version of the starter. Raises Refused when every version is retired."""
    ensure_starters(now=now)
    return newest_published(starter.KEY)


@transaction.atomic
def publish(*, version: QuestionnaireVersion, by: Actor, now: datetime) -> QuestionnaireVersion:
    """From now on the draft can be sent, and not be changed any more. Earlier versions stay as they are.

    Raises NotAllowed for whoever makes no questionnaires; Refused with the first thing that is wrong in it, and when it
    is no draft.
    """
    version = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
    access.check_can_edit(by, version)
    content = version_content(version)
    problems = problems_in(content)
    if problems:
        raise Refused(_("It cannot be published yet. %(problem)s") % {"problem": problems[0]})
    Question.objects.filter(section__version=version).update(is_published=True)
    version.sections.update(is_published=True)
    version.state, version.published_at, version.sha256 = State.PUBLISHED, now, sha256_of(content)
    version.save()
    _record(version, "questionnaire_version.published", _("%(version)s published"), by=by, now=now)
    return version


@transaction.atomic
def retire(*, version: QuestionnaireVersion, by: Actor, now: datetime) -> QuestionnaireVersion:
    """It is sent no more. What was sent of it goes on. Raises NotAllowed; Refused unless it is published."""
    version = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
    access.check_can_retire(by, version)
    version.state = State.RETIRED
    version.save(update_fields=["state"])
    _record(version, "questionnaire_version.retired", _("%(version)s retired"), by=by, now=now)
    return version


@transaction.atomic
def write_starter(get_model: Callable[[str, str], Any], *, now: datetime, **since: Any) -> Any:
    """Write version 1 of the starter, in the first format, and publish it. Returns the row.

    get_model  `apps.get_model` of the product or of a migration: only columns that migration 0004 makes are named here
    since      columns of the version that came later
    """
    family = get_model("procurement", "Questionnaire").objects.create(key=starter.KEY, title=starter.TITLE)
    version = get_model("procurement", "QuestionnaireVersion").objects.create(
        questionnaire=family, number=1, title=starter.TITLE, intro=starter.INTRO, **since
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
    version.state, version.published_at, version.sha256 = "published", now, sha256_of(first_content(version))
    version.save()
    return version


def _record(version: QuestionnaireVersion, verb: str, sentence: str, *, by: Actor, now: datetime) -> None:
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence % {"version": version},
        at=now,
        subject=("questionnaire_version", version.pk),
        details={"sha256": version.sha256},
    )
