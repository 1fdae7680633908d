"""Changing a draft: the questionnaire itself and its sections. What is published is never changed."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.conditions import Rule
from procurement.questionnaires.content import question_content
from procurement.questionnaires.content_check import DEEPEST_SECTION, LONGEST_FAMILY, MOST_SECTIONS, wrong_rule
from procurement.questionnaires.models import Questionnaire, QuestionnaireVersion, Section
from procurement.questionnaires.ordering import in_tree_order, moved, renumber
from procurement.questionnaires.versions import questions_before
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def begin_questionnaire(*, title: str, purpose: str, intro: str, by: Actor, now: datetime) -> QuestionnaireVersion:
    """A new questionnaire with an empty draft. Its key for programs is made of the title. Raises NotAllowed."""
    access.check_can_draft(by)
    family = Questionnaire.objects.create(key=free_family_key(title), title=title, purpose=purpose)
    version = QuestionnaireVersion.objects.create(questionnaire=family, number=1, title=title, intro=intro)
    record(version, _("%(version)s begun"), by=by, now=now, verb="questionnaire_version.drafted")
    return version


@transaction.atomic
def change_version(
    *, version: QuestionnaireVersion, title: str, intro: str, purpose: str, by: Actor, now: datetime
) -> QuestionnaireVersion:
    """Another title, first words, or reason to send it; the purpose is the family's. Raises NotAllowed, Refused."""
    version = draft_of(version, by)
    version.title, version.intro = title, intro
    version.save(update_fields=["title", "intro"])
    family = version.questionnaire
    family.purpose = purpose
    if not family.versions.exclude(pk=version.pk).exists():
        family.title = title  # a questionnaire that never went out is called as its draft is
    family.save(update_fields=["purpose", "title"])
    record(version, _("Title and first words of %(version)s changed"), by=by, now=now)
    return version


@transaction.atomic
def remove_draft(*, version: QuestionnaireVersion, by: Actor, now: datetime) -> None:
    """The draft goes with everything in it, and its questionnaire too where it was the only version.

    Raises NotAllowed; Refused for what is published.
    """
    version = draft_of(version, by)
    family, key, called = version.questionnaire, version.pk, str(version)
    version.delete()
    if not family.versions.exists():
        family.delete()
    ledger.record(
        by=by,
        verb="questionnaire_version.removed",
        sentence=_("Draft removed: %(version)s") % {"version": called},
        at=now,
        subject=("questionnaire_version", key),
        details={},
    )


@transaction.atomic
def add_section(
    *, version: QuestionnaireVersion, title: str, intro: str, parent: Section | None, by: Actor, now: datetime
) -> Section:
    """A section at the end, or at the end of the section it is a part of. Raises NotAllowed, Refused."""
    version = draft_of(version, by)
    if version.sections.count() >= MOST_SECTIONS:
        raise Refused(_("A questionnaire takes %(most)s sections at most.") % {"most": MOST_SECTIONS})
    _check_depth(parent)
    last = version.sections.aggregate(last=Max("position"))["last"] or 0
    section = Section.objects.create(version=version, parent=parent, position=last + 1, title=title, intro=intro)
    renumber(version, in_tree_order(version.sections.all()))
    section.refresh_from_db(fields=["position"])
    record(version, _("Section “%(what)s” added to %(version)s"), by=by, now=now, what=title)
    return section


@transaction.atomic
def change_section(
    *, section: Section, title: str, intro: str, visible_if: Rule | None, by: Actor, now: datetime
) -> Section:
    """Another title, first words or condition. Raises NotAllowed; Refused (field "rule") when the condition asks what
    does not stand before it."""
    version = draft_of(section.version, by)
    section = version.sections.get(pk=section.pk)
    earlier = {each.key: question_content(each) for each in questions_before(section)}
    for problem in wrong_rule(visible_if, title, earlier):
        raise Refused(problem, field="rule")
    section.title, section.intro, section.visible_if = title, intro, visible_if
    section.save(update_fields=["title", "intro", "visible_if"])
    record(version, _("Section “%(what)s” of %(version)s changed"), by=by, now=now, what=title)
    return section


@transaction.atomic
def move_section(*, section: Section, by: Actor, now: datetime, step: int) -> None:
    """One place up (step -1) or down (1) among the sections beside it, with everything in it. At the end it stays.

    Raises NotAllowed, Refused.
    """
    version = draft_of(section.version, by)
    sections = list(version.sections.all())
    beside = [each for each in sections if each.parent_id == section.parent_id]
    places = {each.pk: place for place, each in enumerate(moved(beside, section.pk, step))}
    renumber(version, in_tree_order(sections, places))
    record(version, _("Section “%(what)s” of %(version)s moved"), by=by, now=now, what=section.title)


@transaction.atomic
def remove_section(*, section: Section, by: Actor, now: datetime) -> None:
    """The section goes with its questions and parts. Raises NotAllowed, Refused."""
    version = draft_of(section.version, by)
    version.sections.filter(pk=section.pk).delete()
    renumber(version, in_tree_order(version.sections.all()))
    record(version, _("Section “%(what)s” removed from %(version)s"), by=by, now=now, what=section.title)


def draft_of(version: QuestionnaireVersion, by: Actor) -> QuestionnaireVersion:
    """The draft as it stands now, locked until the transaction ends. Raises NotAllowed; Refused when it is none."""
    locked = (
        QuestionnaireVersion.objects.select_for_update(of=("self",))
        .select_related("questionnaire")
        .filter(pk=version.pk)
        .first()
    )
    if locked is None:
        raise Refused(_("This draft was removed meanwhile."))
    access.check_can_edit(by, locked)
    return locked


def free_family_key(title: str) -> str:
    """A key that no questionnaire has yet, made of the title."""
    wished = slugify(title)[: LONGEST_FAMILY - 4].strip("-") or "questionnaire"
    taken = set(Questionnaire.objects.filter(key__startswith=wished).values_list("key", flat=True))
    return first_free(wished, taken)


def first_free(wished: str, taken: set[str]) -> str:
    """The name itself, or with the first number behind it that nobody has."""
    name, number = wished, 2
    while name in taken:
        name, number = f"{wished}-{number}", number + 1
    return name


def record(
    version: QuestionnaireVersion,
    sentence: str,
    *,
    by: Actor,
    now: datetime,
    verb: str = "questionnaire_version.changed",
    what: str = "",
) -> None:
    """The ledger entry of a change: which version, and what in it."""
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence % {"version": version, "what": what},
        at=now,
        subject=("questionnaire_version", version.pk),
        details={"what": what} if what else {},
    )


def _check_depth(parent: Section | None) -> None:
    depth, above = 1, parent
    while above is not None:
        depth, above = depth + 1, above.parent
    if depth > DEEPEST_SECTION:
        raise Refused(_("Sections nest %(most)s deep at most.") % {"most": DEEPEST_SECTION}, field="parent")
