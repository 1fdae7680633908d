"""Mail about questionnaires: who gets it, with which facts. The words stand in
templates/procurement/questionnaires/email/. Every mail names what it is about, so that a later act calls it back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from procurement.questionnaires.models import Answer, AnswerComment, Assessment, Assignment, Section
from procurement.questionnaires.queries import Progress
from vendors.calendar.clock import local_day
from vendors.contacts.models import Contact
from vendors.correspondence import queries as correspondence_queries
from vendors.correspondence import services as correspondence
from vendors.people.actors import Actor

FOLDER = "procurement/questionnaires/email"


def about(assessment: Assessment) -> str:
    """How mail and reminders name this assessment: "assessment:12"."""
    return f"assessment:{assessment.pk}"


def sent(assessment: Assessment, *, questions: int, nda: str, by: Actor, now: datetime) -> None:
    """Ask the contact: how many questions, by when, under which NDA (empty: one is still to be accepted)."""
    _to_contact("questionnaire_sent", assessment, {"questions": questions, "nda": nda}, by=by, now=now)


def sent_together(
    assessments: Sequence[Assessment], *, questions: Mapping[int, int], nda: str, by: Actor, now: datetime
) -> None:
    """Ask the contact of several questionnaires that were sent in one act, in one mail.

    questions  how many each asks, by its key
    """
    first = assessments[0]
    listed = [
        {"assessment": each, "questions": questions[each.pk], "link": settings.BASE_URL + each.get_absolute_url()}
        for each in assessments
    ]
    context = {"listed": listed, "total": sum(questions.values()), "nda": nda}
    _to_contact("questionnaires_sent", first, context, filed_under=_about_all(first), by=by, now=now)


def returned(
    assessment: Assessment, asked: Sequence[Answer], comments: Sequence[AnswerComment], *, by: Actor, now: datetime
) -> None:
    """Everything that was sent back, in one mail, with the new due date; and what else we have to say."""
    _to_contact("answers_sent_back", assessment, {"asked": asked, "comments": comments}, by=by, now=now)


def commented(
    assessment: Assessment, contact: Contact, comments: Sequence[AnswerComment], *, by: Actor, now: datetime
) -> None:
    """What we say about answers, in one mail to one person."""
    _to(contact, "answers_commented", assessment, {"comments": comments}, by=by, now=now)


def vendor_commented(comment: AnswerComment, *, by: Actor, now: datetime) -> None:
    """Tell whoever sent it that a contact writes about the answers."""
    answer = comment.answer
    context = {"comment": comment, "question": answer.question}
    _to_sender("vendor_commented", answer.assessment, context, by=by, now=now)


def chased(assessment: Assessment, progress: Progress, *, by: Actor, now: datetime) -> None:
    """Ask the contact once more: what is open, since when, by when."""
    is_late = assessment.due_on < local_day(now)
    _to_contact("questionnaire_chased", assessment, {"progress": progress, "is_late": is_late}, by=by, now=now)


def due_date_changed(assessment: Assessment, progress: Progress, *, by: Actor, now: datetime) -> None:
    """Tell the contact the new day. It says all that the mail said which it calls back."""
    _to_contact("due_date_changed", assessment, {"progress": progress}, by=by, now=now)


def questions_opened(
    assessment: Assessment, opened: Sequence[Answer], progress: Progress, *, by: Actor, now: datetime
) -> None:
    """Tell the contact that questions are asked after all which the report answered when they were sent."""
    _to_contact("questions_opened", assessment, {"opened": opened, "progress": progress}, by=by, now=now)


def cancelled(assessment: Assessment, *, by: Actor, now: datetime) -> None:
    _to_contact("questionnaire_cancelled", assessment, {}, by=by, now=now)


def section_submitted(assessment: Assessment, section: Section, *, by: Actor, now: datetime) -> None:
    """Tell whoever sent it that a section can be read."""
    _to_sender("section_submitted", assessment, {"section": section}, by=by, now=now)


def assigned(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    """Tell a colleague at the vendor which section or question waits for them, by when, and who asked."""
    assessment, contact = assignment.assessment, assignment.contact
    correspondence.queue_email(
        template=f"{FOLDER}/assigned",
        to=(contact.email, contact.name),
        recipient_id=contact.user_id,
        context={
            "assessment": assessment,
            "assignment": assignment,
            "due_on": assignment.due_on or assessment.due_on,
            "colleague": by.label,
            "link": f"{settings.BASE_URL}{assessment.get_absolute_url()}?mine=1",
        },
        about=about(assessment),
        vendor_id=assessment.vendor_id,
        by=by,
        now=now,
    )


def submitted(assessment: Assessment, *, again: bool, by: Actor, now: datetime) -> None:
    """Tell whoever sent it that the answers are here; `again` after some were sent back."""
    _to_sender("answers_submitted", assessment, {"again": again}, by=by, now=now)


def last_to_vendor(assessments: Collection[Assessment]) -> dict[int, datetime]:
    """When the contact of each was last mailed about it, or will be as soon as the mail server answers; by key."""
    names = {each.pk: _names(each) for each in assessments if each.contact is not None}
    people = {name: each.contact.user_id for each in assessments if each.contact for name in names[each.pk]}
    mails = correspondence_queries.last_mails(people)
    found = {pk: [mails[name] for name in named if name in mails] for pk, named in names.items()}
    return {pk: max(moments) for pk, moments in found.items() if moments}


def call_back(assessment: Assessment, *, by: Actor, now: datetime) -> None:
    """Whatever waits to be mailed about it is pointless now. A mail about several stays while it tells of another."""
    correspondence.cancel(about=about(assessment), by=by, now=now)
    if assessment.told_with_id is None:
        return
    others = Assessment.objects.open().filter(told_with=assessment.told_with_id).exclude(pk=assessment.pk)
    if not others.exists():
        correspondence.cancel(about=_about_all(assessment), by=by, now=now)


def _names(assessment: Assessment) -> list[str]:
    """What mails to its contact are filed under."""
    return [about(assessment), *([_about_all(assessment)] if assessment.told_with_id else [])]


def _about_all(assessment: Assessment) -> str:
    """How the mail about several that were sent in one act names them: "assessments:12", by the first."""
    return f"assessments:{assessment.told_with_id}"


def _to_contact(
    name: str, assessment: Assessment, context: dict[str, Any], *, filed_under: str = "", by: Actor, now: datetime
) -> None:
    contact = assessment.contact
    if contact is not None and contact.is_active:
        _to(contact, name, assessment, context, filed_under=filed_under, by=by, now=now)


def _to(
    contact: Contact,
    name: str,
    assessment: Assessment,
    context: dict[str, Any],
    *,
    filed_under: str = "",
    by: Actor,
    now: datetime,
) -> None:
    asker = assessment.sent_by
    correspondence.queue_email(
        template=f"{FOLDER}/{name}",
        to=(contact.email, contact.name),
        recipient_id=contact.user_id,
        context={
            **context,
            "assessment": assessment,
            "asker": asker,
            "link": settings.BASE_URL + assessment.get_absolute_url(),
        },
        about=filed_under or about(assessment),
        vendor_id=assessment.vendor_id,
        reply_to=(asker.email, asker.name),
        by=by,
        now=now,
    )


def _to_sender(name: str, assessment: Assessment, context: dict[str, Any], *, by: Actor, now: datetime) -> None:
    reader = assessment.sent_by
    if not reader.is_active:
        return
    correspondence.queue_email(
        template=f"{FOLDER}/{name}",
        to=(reader.email, reader.name),
        recipient_id=reader.pk,
        context={
            **context,
            "assessment": assessment,
            # The reviewer's page stands with the review, which this capability does not know; this address leads there.
            "link": settings.BASE_URL + reverse("reviews:answers", args=[assessment.pk]),
        },
        about=about(assessment),
        vendor_id=assessment.vendor_id,
        by=by,
        now=now,
    )
