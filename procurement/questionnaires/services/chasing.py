"""While the vendor has it: a word in between, and another due date."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access, emails, queries
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.services.locking import locked
from vendors.calendar.clock import local_day, local_moment
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.reports.wording import day_in_words


@transaction.atomic
def chase(*, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Ask the contact once more for what is not handed over, in one mail, whatever the reminders do by themselves.

    Raises NotAllowed for whoever is no reviewer; Refused when the vendor does not have it, when nobody would get the
    mail, and when the contact got a mail about it today already.
    """
    assessment = locked(assessment)
    access.check_can_chase(by, assessment)
    contact = assessment.contact
    if contact is None or not contact.is_active:
        raise Refused(_("Nobody at %(vendor)s would get the mail.") % {"vendor": assessment.vendor.name})
    last = emails.last_to_vendor([assessment]).get(assessment.pk)
    if last is not None and last >= local_moment(local_day(now), 0):
        raise Refused(_("%(contact)s got a mail about it today already.") % {"contact": contact.name})
    progress = queries.progress_now(assessment)
    emails.chased(assessment, progress, by=by, now=now)
    ledger.record(
        by=by,
        verb="questionnaire.chased",
        sentence=_("%(version)s: %(contact)s asked once more, %(answered)s of %(total)s answered")
        % {
            "version": assessment.version,
            "contact": contact.name,
            "answered": progress.answered,
            "total": progress.total,
        },
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
    )
    return assessment


@transaction.atomic
def change_due_date(*, assessment: Assessment, due_on: date, by: Actor, now: datetime, on: date) -> Assessment:
    """Move the day by which it is due. Mail that waits is called back, the contact is told, and reminders begin anew
    from the new day.

    Raises NotAllowed for whoever is no reviewer; Refused when the vendor does not have it, for a day that has passed
    and for the day it is due anyway.
    """
    assessment = locked(assessment)
    access.check_can_chase(by, assessment)
    if due_on < on:
        raise Refused(_("The due date has passed. Choose today or a later day."), field="due_on")
    if due_on == assessment.due_on:
        raise Refused(_("It is due on that day already."), field="due_on")
    before, assessment.due_on = assessment.due_on, due_on
    assessment.save(update_fields=["due_on"])
    emails.call_back(assessment, by=by, now=now)
    emails.due_date_changed(assessment, queries.progress_now(assessment), by=by, now=now)
    ledger.record(
        by=by,
        verb="questionnaire.due_date_changed",
        sentence=_("%(version)s: due %(due)s instead of %(before)s")
        % {"version": assessment.version, "due": day_in_words(due_on), "before": day_in_words(before)},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"before": before, "due_on": due_on},
    )
    return assessment
