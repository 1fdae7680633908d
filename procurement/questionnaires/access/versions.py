"""Who reads and who writes questionnaires, their versions and what is imported into them."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.questionnaires.models import (
    ImportJob,
    ImportProfile,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Section,
    VersionQuerySet,
)
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes

READERS = frozenset({Role.REVIEWER, Role.ADMINISTRATOR, Role.AUDITOR})


def version_for(user: Actor, pk: int) -> QuestionnaireVersion:
    """A version with its family, for those who read questionnaires; Http404 otherwise."""
    found = QuestionnaireVersion.objects.select_related("questionnaire").filter(pk=pk).first()
    if found is None or not can_read(user):
        raise Http404
    return found


def section_in(version: QuestionnaireVersion, pk: int) -> Section:
    """A section of this version; Http404 for any other."""
    found = version.sections.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.version = version
    return found


def question_in(version: QuestionnaireVersion, pk: int) -> Question:
    """A question of this version; Http404 for any other."""
    found = Question.objects.select_related("section").filter(section__version=version, pk=pk).first()
    if found is None:
        raise Http404
    found.section.version = version
    return found


def section_by_id(user: Actor, pk: int) -> Section:
    """A section with its version, for those who read questionnaires; Http404 otherwise."""
    found = sections_visible_to(user).select_related("version__questionnaire").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def question_by_id(user: Actor, pk: int) -> Question:
    """A question with its section and version, for those who read questionnaires; Http404 otherwise."""
    found = questions_visible_to(user).select_related("section__version__questionnaire").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def check_can_read(user: Actor) -> None:
    if not user.roles & READERS:
        raise NotAllowed(_("Questionnaires are read by those who send, administer and audit them."))


def can_read(user: Actor) -> bool:
    return passes(check_can_read, user)


def questionnaires_visible_to(user: Actor) -> QuerySet[Questionnaire]:
    """Every questionnaire, for those who read them; none for anybody else."""
    return Questionnaire.objects.all() if can_read(user) else Questionnaire.objects.none()


def versions_visible_to(user: Actor) -> VersionQuerySet:
    """Every version, for those who read questionnaires; none for anybody else."""
    return QuestionnaireVersion.objects.all() if can_read(user) else QuestionnaireVersion.objects.none()


def sections_visible_to(user: Actor) -> QuerySet[Section]:
    """Every section of every version, for those who read questionnaires; none for anybody else."""
    return Section.objects.filter(version__in=versions_visible_to(user))


def questions_visible_to(user: Actor) -> QuerySet[Question]:
    """Every question of every version, for those who read questionnaires; none for anybody else."""
    return Question.objects.filter(section__version__in=versions_visible_to(user))


def drafts_for(user: Actor) -> VersionQuerySet:
    """The versions that this person may change."""
    drafts = QuestionnaireVersion.objects.filter(state=QuestionnaireVersion.State.DRAFT)
    return drafts if can_draft(user) else drafts.none()


def imports_visible_to(user: Actor) -> QuerySet[ImportJob]:
    """Every file that is looked through or was, for those who make questionnaires; none for anybody else."""
    return ImportJob.objects.all() if can_draft(user) else ImportJob.objects.none()


def profiles_visible_to(user: Actor) -> QuerySet[ImportProfile]:
    """Every mapping that was kept, for those who make questionnaires; none for anybody else."""
    return ImportProfile.objects.all() if can_draft(user) else ImportProfile.objects.none()


def check_can_draft(by: Actor) -> None:
    """Reviewers and administrators make questionnaires, and whoever runs `manage.py import_questionnaire`; a vendor's
    contact and everybody else only meets them."""
    if by.kind != Kind.SYSTEM and not {Role.REVIEWER, Role.ADMINISTRATOR} & set(by.roles):
        raise NotAllowed(_("Only a reviewer or an administrator makes questionnaires."))


def can_draft(by: Actor) -> bool:
    return passes(check_can_draft, by)


def check_can_edit(by: Actor, version: QuestionnaireVersion) -> None:
    """A draft alone is changed."""
    check_can_draft(by)
    if version.state != QuestionnaireVersion.State.DRAFT:
        raise Refused(_("What is published does not change. Make a new version."))


def can_edit(by: Actor, version: QuestionnaireVersion) -> bool:
    return passes(check_can_edit, by, version)


def check_can_retire(by: Actor, version: QuestionnaireVersion) -> None:
    check_can_draft(by)
    if version.state != QuestionnaireVersion.State.PUBLISHED:
        raise Refused(_("Only a published version is retired."))


def can_retire(by: Actor, version: QuestionnaireVersion) -> bool:
    return passes(check_can_retire, by, version)


def import_for(user: Actor, pk: int) -> ImportJob:
    """A file that is looked through or was, for those who make questionnaires; Http404 otherwise."""
    found = ImportJob.objects.select_related("file", "version").filter(pk=pk).first()
    if found is None or not can_draft(user):
        raise Http404
    return found


def profile_for(user: Actor, pk: int) -> ImportProfile:
    """A mapping that was kept, for those who make questionnaires; Http404 otherwise."""
    found = ImportProfile.objects.filter(pk=pk).first()
    if found is None or not can_draft(user):
        raise Http404
    return found


def check_can_import(by: Actor, job: ImportJob) -> None:
    """While it is looked through."""
    check_can_draft(by)
    if job.state != ImportJob.State.OPEN:
        raise Refused(_("This import is finished: %(state)s.") % {"state": job.get_state_display().lower()})


def can_import(by: Actor, job: ImportJob) -> bool:
    return passes(check_can_import, by, job)
