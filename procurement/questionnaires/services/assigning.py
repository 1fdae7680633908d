"""Sections given to colleagues at the vendor."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access, emails
from procurement.questionnaires.models import Assessment, Assignment, Section
from procurement.questionnaires.services.locking import locked
from vendors.contacts.models import Contact
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def assign_section(
    *, assessment: Assessment, section: Section, contact: Contact | None, by: Actor, now: datetime
) -> Assignment | None:
    """Ask a colleague to answer a section; they get a mail. Nobody: the section is everybody's again.

    It keeps nobody from answering: whoever speaks for the vendor may answer everything.
    Raises NotAllowed for whoever is no contact of the vendor; Refused when it is not the vendor's turn, for a section
    of another questionnaire, and for somebody who does not speak for the vendor today.
    """
    assessment = locked(assessment)
    access.check_can_answer(by, assessment)
    if section.version_id != assessment.version_id:
        raise Refused(_("This section belongs to another questionnaire."))
    if contact is not None and (contact.vendor_id != assessment.vendor_id or not contact.is_active):
        raise Refused(_("Choose one of your colleagues from the list."), field="contact")
    before = Assignment.objects.filter(assessment=assessment, section=section).select_related("contact__user").first()
    if (before.contact_id if before else None) == (contact.pk if contact else None):
        return before
    if before:
        before.delete()
    made = None
    if contact is not None:
        made = Assignment.objects.create(
            assessment=assessment, section=section, contact=contact, assigned_by=by.label, assigned_at=now
        )
        if contact.user_id != by.pk:
            emails.assigned(assessment, section, contact, by=by, now=now)
    given, taken = _("%(version)s: %(section)s given to %(name)s"), _("%(version)s: %(section)s given to nobody")
    ledger.record(
        by=by,
        verb="questionnaire.section_assigned",
        sentence=(given if contact else taken)
        % {"version": assessment.version, "section": section.title, "name": contact.name if contact else ""},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
    )
    return made
