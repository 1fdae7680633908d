"""How much of a questionnaire one contact sees: all, or, where whoever sent it chose so, only what they were given.

Only the contact whom it was sent to sees the whole then. Once that one has left, everybody does again: somebody has to
be able to hand it over.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.questionnaires.models import Answer, Assessment, Assignment, Attachment, Section
from vendors.contacts.models import Contact
from vendors.people.actors import Actor, Kind, NotAllowed, passes


def sees_only_theirs(user: Actor, assessment: Assessment) -> bool:
    """Whether this contact sees nothing but what they were given."""
    holder = assessment.contact_id
    if not assessment.only_theirs or user.contact is None or holder is None or holder == user.contact.pk:
        return False
    return Contact.objects.active().filter(pk=holder).exists()


def seen_keys(user: Actor, assessment: Assessment) -> frozenset[int] | None:
    """The answers that this contact sees, by key; None: all of them. Read once for an assessment that was read."""
    if not assessment.only_theirs or user.contact is None:
        return None
    known: dict[int, frozenset[int] | None] = assessment.__dict__.setdefault("_seen_keys", {})
    pk = user.contact.pk
    if pk not in known:
        known[pk] = _given_keys(pk, assessment) if sees_only_theirs(user, assessment) else None
    return known[pk]


def seen_among(user: Actor, assessment: Assessment, answers: Iterable[Answer]) -> list[Answer]:
    """Those of the answers that this contact sees."""
    keys = seen_keys(user, assessment)
    return [each for each in answers if keys is None or each.pk in keys]


def is_unread(user: Actor, answer: Answer) -> bool:
    """Whether the vendor has said something that is not this person's to read: what it has not handed over is its own.
    What a reviewer brought in is no secret among ourselves."""
    is_ours = user.kind != Kind.CONTACT
    return is_ours and answer.is_kept_back and answer.brought_with_id is None and not answer.is_untouched


def check_sees(user: Actor, assessment: Assessment, answers: Iterable[int]) -> None:
    """Whether these answers, by key, are this contact's to see. Raises Http404: what is not theirs is not there."""
    keys = seen_keys(user, assessment)
    if keys is not None and not keys.issuperset(answers):
        raise Http404


def check_can_see(user: Actor, answer: Answer) -> None:
    keys = seen_keys(user, answer.assessment)
    if keys is not None and answer.pk not in keys:
        raise NotAllowed(_("%(ref)s was not given to you.") % {"ref": answer.question.ref})


def check_sees_section(user: Actor, assessment: Assessment, section: Section) -> None:
    """Whether everything in the section was given to this contact with it, or with one around it. Raises Http404
    otherwise."""
    if user.contact is None or seen_keys(user, assessment) is None:
        return
    inside = {section.pk}
    below = Section.objects.filter(version=assessment.version_id, position__gt=section.position).order_by("position")
    for pk, parent in below.values_list("pk", "parent_id"):  # a part comes after what it is a part of
        if parent in inside:
            inside.add(pk)
    if not inside <= _given_sections(user.contact.pk, assessment):
        raise Http404


def check_sees_all(user: Actor, assessment: Assessment) -> None:
    """Whoever stands for all answers has to see them."""
    if seen_keys(user, assessment) is not None:
        assert assessment.contact is not None
        raise NotAllowed(
            _("%(name)s, whom it was sent to, sees the whole and submits it.") % {"name": assessment.contact.name}
        )


def sees_all(user: Actor, assessment: Assessment) -> bool:
    return passes(check_sees_all, user, assessment)


def files_seen_by(user: Actor, files: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """Of these files of the contact's vendor, those beside an answer that this contact sees, or beside none."""
    if user.contact is None:
        return files.none()
    narrowed = Assessment.objects.filter(vendor=user.contact.vendor_id, only_theirs=True)
    unseen: set[int] = set()
    for assessment in narrowed.select_related("contact__user"):
        keys = seen_keys(user, assessment)
        if keys is not None:
            unseen |= set(assessment.answers.exclude(pk__in=keys).values_list("pk", flat=True))
    if not unseen:
        return files
    beside = Attachment.answers.through.objects
    shown = beside.exclude(answer__in=unseen).values("attachment")
    hidden = beside.filter(answer__in=unseen).values("attachment")
    return files.filter(Q(pk__in=shown) | ~Q(pk__in=hidden))


def _given_keys(contact: int, assessment: Assessment) -> frozenset[int]:
    given = Q(question__section__in=_given_sections(contact, assessment))
    alone = Assignment.objects.filter(assessment=assessment, contact=contact, question__isnull=False)
    given |= Q(question__in=alone.values("question"))
    return frozenset(assessment.answers.filter(given).values_list("pk", flat=True))


def _given_sections(contact: int, assessment: Assessment) -> set[int]:
    """The sections that were given to this contact, with the parts in them that were not given to somebody else."""
    owners = dict(
        Assignment.objects.filter(assessment=assessment, section__isnull=False).values_list("section", "contact")
    )
    theirs: set[int] = set()
    rows = Section.objects.filter(version=assessment.version_id).order_by("position")
    for pk, parent in rows.values_list("pk", "parent_id"):  # a part comes after what it is a part of
        if owners.get(pk, contact if parent in theirs else None) == contact:
            theirs.add(pk)
    return theirs
