"""Sections and single questions given to colleagues at the vendor."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access, emails
from procurement.questionnaires.models import Answer, Assessment, Assignment, Question, Section
from procurement.questionnaires.services.locking import locked
from vendors.contacts.models import Contact
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.reports.wording import day_in_words


@transaction.atomic
def assign_section(
    *,
    assessment: Assessment,
    section: Section,
    contact: Contact | None,
    due_on: date | None = None,
    by: Actor,
    now: datetime,
    on: date,
) -> Assignment | None:
    """Ask a colleague to answer a section; they get a mail. Nobody: the section is everybody's again.

    due_on  when they are asked to be done; none: when the whole is due

    It keeps nobody from answering: whoever speaks for the vendor may answer everything.
    Raises NotAllowed for whoever is no contact of the vendor; Refused when it is not the vendor's turn, for a section
    of another questionnaire, for somebody who does not speak for the vendor today, and for a day that has passed or
    comes after the whole is due.
    """
    if section.version_id != assessment.version_id:
        raise Refused(_("This section belongs to another questionnaire."))
    access.check_sees_section(by, assessment, section)
    return _assign(locked(assessment), section, contact, due_on, by=by, now=now, on=on)


@transaction.atomic
def assign_question(
    *, answer: Answer, contact: Contact | None, due_on: date | None = None, by: Actor, now: datetime, on: date
) -> Assignment | None:
    """Ask a colleague to answer one question. Raises as `assign_section`, and Refused for what cannot be answered
    now."""
    assessment = locked(answer.assessment)
    answer = assessment.answers.select_related("question").get(pk=answer.pk)
    answer.assessment = assessment
    access.check_can_change(by, answer)
    return _assign(assessment, answer.question, contact, due_on, by=by, now=now, on=on)


def _assign(
    assessment: Assessment,
    what: Section | Question,
    contact: Contact | None,
    due_on: date | None,
    *,
    by: Actor,
    now: datetime,
    on: date,
) -> Assignment | None:
    access.check_can_answer(by, assessment)
    if contact is not None and (contact.vendor_id != assessment.vendor_id or not contact.is_active):
        raise Refused(_("Choose one of your colleagues from the list."), field="contact")
    due_on = due_on if contact else None
    _check_due(assessment, due_on, on)
    of = {"section": what} if isinstance(what, Section) else {"question": what}
    before = Assignment.objects.filter(assessment=assessment, **of).select_related("contact__user").first()
    standing = (before.contact_id, before.due_on) if before else (None, None)
    if standing == (contact.pk if contact else None, due_on):
        return before
    if before:
        before.delete()
    made = None
    if contact is not None:
        made = Assignment.objects.create(
            assessment=assessment, **of, contact=contact, due_on=due_on, assigned_by=by.label, assigned_at=now
        )
        if contact.user_id != by.pk:
            emails.assigned(made, by=by, now=now)
    _record(assessment, what, made, by=by, now=now)
    return made


def _check_due(assessment: Assessment, due_on: date | None, on: date) -> None:
    if due_on is None:
        return
    if due_on < on:
        raise Refused(_("The day has passed. Choose today or a later day."), field="due_on")
    if due_on > max(assessment.due_on, on):
        raise Refused(
            _("The whole is due on %(day)s. Choose that day or an earlier one.")
            % {"day": day_in_words(assessment.due_on)},
            field="due_on",
        )


def _record(
    assessment: Assessment, what: Section | Question, made: Assignment | None, *, by: Actor, now: datetime
) -> None:
    given, taken = _("%(version)s: %(what)s given to %(name)s"), _("%(version)s: %(what)s given to nobody")
    ledger.record(
        by=by,
        verb="questionnaire.section_assigned" if isinstance(what, Section) else "questionnaire.question_assigned",
        sentence=(given if made else taken)
        % {
            "version": assessment.version,
            "what": what.title if isinstance(what, Section) else what.ref,
            "name": made.contact.name if made else "",
        },
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"due_on": made.due_on if made else None},
    )
