"""Sending a questionnaire to a vendor, and taking it back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.engagements.models import Engagement
from procurement.questionnaires import access, emails, queries
from procurement.questionnaires.facts import facts_about
from procurement.questionnaires.lifecycle import check_can_move
from procurement.questionnaires.models import Assessment, QuestionnaireVersion, State
from procurement.questionnaires.models.assessments import ENDED
from procurement.questionnaires.services.carrying import carry
from procurement.questionnaires.services.covering import Basis, cover
from procurement.questionnaires.services.locking import locked
from procurement.questionnaires.services.opening import open_answers
from procurement.questionnaires.services.publishing import ensure_starter
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.ledger import services as ledger
from vendors.ndas import queries as ndas_queries
from vendors.people.actors import Actor, Refused
from vendors.reports.wording import day_in_words


@transaction.atomic
def send(
    *,
    engagement: Engagement,
    due_on: date,
    version: QuestionnaireVersion | None = None,
    contact: Contact | None = None,
    message: str = "",
    basis: Basis | None = None,
    leans_on_report: bool = False,
    wants_second_reviewer: bool = False,
    only_theirs: bool = False,
    is_told: bool = True,
    by: User,
    now: datetime,
    on: date,
) -> Assessment:
    """Ask a published version of the vendor; the contact gets a mail. The version is pinned from now on.

    version          without one, the newest of the questionnaire that ships as the shortest
    basis            the report we accepted, where there is one
    leans_on_report  what such a report answers is not asked, now or once there is one
    wants_second_reviewer  a second reviewer accepts critical answers too before it is complete
    only_theirs      colleagues of the contact see what the contact gives them, and nothing else of it
    is_told          the contact gets a mail of it; whoever sends several tells of all in one (`tell_of_several`)

    Without a contact it stands in the portal for everybody who speaks for the vendor.
    Raises NotAllowed for whoever is no reviewer; Refused (with the field) for a day that has passed, for a contact
    who is not the vendor's, for a version that is not published, and while one of the same questionnaire is under way
    for the same engagement.
    """
    vendor = Vendor.objects.select_for_update().get(pk=engagement.vendor_id)
    access.check_can_send(by)
    if due_on < on:
        raise Refused(_("The due date has passed. Choose today or a later day."), field="due_on")
    _check_contact(contact, vendor)
    if only_theirs and contact is None:
        raise Refused(_("Choose the contact who sees the whole and gives the others their part."), field="contact")
    version = version or ensure_starter(now=now)
    _check_version(version, engagement)
    assessment = Assessment.objects.create(
        vendor=vendor,
        engagement=engagement,
        version=version,
        family=version.questionnaire,
        facts=facts_about(engagement),
        contact=contact,
        leans_on_report=leans_on_report,
        wants_second_reviewer=wants_second_reviewer,
        only_theirs=only_theirs,
        due_on=due_on,
        message=message.strip(),
        sent_at=now,
        sent_by=by,
    )
    open_answers(assessment)
    if leans_on_report:
        cover(assessment, basis)
    carry(assessment)
    counts = queries.counts_now(assessment)
    if is_told:
        emails.sent(assessment, questions=counts.asked, nda=_nda_of(vendor, on), by=by, now=now)
    ledger.record(
        by=by,
        verb="questionnaire.sent",
        sentence=_("%(version)s sent to %(vendor)s, due %(due)s")
        % {"version": assessment.version, "vendor": vendor.name, "due": day_in_words(due_on)},
        at=now,
        vendor_id=vendor.pk,
        subject=("assessment", assessment.pk),
        details={
            "engagement": engagement.pk,
            "version_sha256": assessment.version.sha256,
            "contact": contact.name if contact else "",
            "due_on": due_on,
            "asked": counts.asked,
            "covered": counts.covered,
            "hidden": counts.hidden,
        },
    )
    return assessment


def tell_of_several(*, assessments: Sequence[Assessment], by: Actor, now: datetime, on: date) -> None:
    """One mail to the contact about all that were sent to them in one act, inside that act."""
    first = assessments[0]
    for each in assessments:
        each.told_with = first
        each.save(update_fields=["told_with"])
    questions = {each.pk: queries.counts_now(each).asked for each in assessments}
    emails.sent_together(assessments, questions=questions, nda=_nda_of(first.vendor, on), by=by, now=now)


@transaction.atomic
def cancel(*, assessment: Assessment, reason: str, by: Actor, now: datetime) -> Assessment:
    """Take the questionnaire back with a reason. The contact is told when it was theirs to answer.

    Raises NotAllowed for whoever is no reviewer; Refused without a reason, or when it is complete or cancelled.
    """
    assessment = locked(assessment)
    access.check_can_cancel(by, assessment)
    if not reason.strip():
        raise Refused(_("Say why it is cancelled. The vendor reads it."), field="reason")
    _cancel(assessment, reason.strip(), by=by, now=now)
    return assessment


def end_open(*, engagement: Engagement, reason: str, by: Actor, now: datetime) -> None:
    """Cancel what is under way because its review has ended, inside the act that ended it."""
    for assessment in Assessment.objects.filter(engagement=engagement).exclude(state__in=ENDED):
        _cancel(locked(assessment), reason, by=by, now=now)


def _cancel(assessment: Assessment, reason: str, *, by: Actor, now: datetime) -> None:
    check_can_move(assessment.state, State.CANCELLED)
    vendor_has_it = assessment.waits_for_vendor
    assessment.state = State.CANCELLED
    assessment.cancelled_at = now
    assessment.cancelled_reason = reason[:300]
    assessment.save(update_fields=["state", "cancelled_at", "cancelled_reason"])
    emails.call_back(assessment, by=by, now=now)
    if vendor_has_it:
        emails.cancelled(assessment, by=by, now=now)
    ledger.record(
        by=by,
        verb="questionnaire.cancelled",
        sentence=_("%(version)s cancelled: %(reason)s")
        % {"version": assessment.version, "reason": assessment.cancelled_reason},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
    )


def _nda_of(vendor: Vendor, on: date) -> str:
    nda = ndas_queries.nda_in_force(vendor, on)
    return str(nda) if nda else ""


def _check_version(version: QuestionnaireVersion, engagement: Engagement) -> None:
    if version.state != QuestionnaireVersion.State.PUBLISHED:
        raise Refused(_("%(version)s is not published. Choose another one.") % {"version": version}, field="version")
    under_way = Assessment.objects.filter(engagement=engagement, family=version.questionnaire_id)
    if under_way.exclude(state__in=ENDED).exists():
        raise Refused(_("This questionnaire is under way already. Complete or cancel that one first."), field="version")


def _check_contact(contact: Contact | None, vendor: Vendor) -> None:
    """A contact who speaks for this vendor today. The form offers no other; a program might."""
    if contact is not None and (contact.vendor_id != vendor.pk or not contact.is_active):
        raise Refused(
            _("%(contact)s is no contact of %(vendor)s today. Choose another one.")
            % {"contact": contact.name, "vendor": vendor.name},
            field="contact",
        )
