"""Whom a version can be sent to, and who cannot get it and why: what a reviewer looks through before it is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.decisions.standings import approvals_of
from procurement.questionnaires.models import Assessment, QuestionnaireVersion
from procurement.questionnaires.models.assessments import ENDED
from procurement.reviews import access
from procurement.reviews.between import newest_reviews
from procurement.reviews.models import Review
from vendors.calendar.clock import local_day
from vendors.contacts.models import Contact
from vendors.people.actors import Actor, NotAllowed, Refused
from vendors.reports.wording import day_in_words

NO_CONTACT = gettext_lazy("Nobody there can answer. Invite a contact first.")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One use of one vendor, by the review the questionnaire would be sent with.

    contact     who would get the mail
    why_not     the sentence, when it cannot be sent; `settle` is where that is settled
    answered    when this version was handed over for this use before, the last time
    is_ticked   whether it is chosen to begin with: of the uses of one vendor the first, so that nobody is asked twice
    """

    review: Review
    contact: Contact | None
    why_not: str = ""
    settle: str = ""
    answered: date | None = None
    is_ticked: bool = False


def candidates(version: QuestionnaireVersion, chosen: Mapping[str, Any], by: Actor, *, on: date) -> list[Candidate]:
    """Every use of a vendor with a review that fits the filters, by vendor, what matters most first.

    chosen  of `forms.CandidateFilters`
    """
    reviews = _matching(version, chosen, on)
    contacts = contacts_of([review.vendor_id for review in reviews])
    under_way = _under_way(version, reviews)
    answered = _answered(version, reviews)
    found, ticked = [], set()
    for review in reviews:
        each = _candidate(review, contacts.get(review.vendor_id), under_way.get(review.engagement_id), by)
        each = replace(each, answered=answered.get(review.engagement_id))
        if not each.why_not and review.vendor_id not in ticked:
            ticked.add(review.vendor_id)
            each = replace(each, is_ticked=True)
        found.append(each)
    return found


def contacts_of(vendor_ids: Iterable[int]) -> dict[int, Contact]:
    """Who answers for each vendor: whoever got the last questionnaire, else whoever was invited first; nobody who left.
    Two queries, however many vendors."""
    found: dict[int, Contact] = {}
    active = Contact.objects.active().filter(vendor__in=list(vendor_ids)).select_related("user")
    by_key = {contact.pk: contact for contact in active.order_by("pk")}
    for contact in by_key.values():
        found.setdefault(contact.vendor_id, contact)
    asked = Assessment.objects.filter(contact__in=by_key).order_by("sent_at", "pk").values_list("contact", flat=True)
    for pk in asked:
        found[by_key[pk].vendor_id] = by_key[pk]
    return found


def _candidate(review: Review, contact: Contact | None, open_one: Assessment | None, by: Actor) -> Candidate:
    try:
        access.check_can_send(by, review)
    except (NotAllowed, Refused) as refusal:
        return Candidate(review=review, contact=contact, why_not=str(refusal), settle=review.get_absolute_url())
    if open_one is not None:
        sentence = _("It has this questionnaire already, due %(due)s.") % {"due": day_in_words(open_one.due_on)}
        page = reverse("reviews:questionnaire", args=[review.pk, open_one.pk])
        return Candidate(review=review, contact=contact, why_not=sentence, settle=page)
    if contact is None:
        page = reverse("contacts:invite", args=[review.vendor_id])
        return Candidate(review=review, contact=None, why_not=str(NO_CONTACT), settle=page)
    return Candidate(review=review, contact=contact)


def _matching(version: QuestionnaireVersion, chosen: Mapping[str, Any], on: date) -> list[Review]:
    found = newest_reviews().filter(vendor__retired_on__isnull=True)
    if chosen.get("q"):
        found = found.filter(vendor__name__icontains=chosen["q"])
    if chosen.get("tier"):
        found = found.filter(engagement__tier=int(chosen["tier"]))
    if chosen.get("criticality"):
        found = found.filter(engagement__criticality=chosen["criticality"])
    if chosen.get("category"):
        found = found.filter(vendor__category=chosen["category"])
    if chosen.get("asked") == "never":
        sent = Assessment.objects.filter(version=version, cancelled_at__isnull=True)
        found = found.exclude(engagement__in=sent.values("engagement"))
    rows = list(_with_people(found))
    if chosen.get("data_class"):
        rows = [review for review in rows if chosen["data_class"] in review.engagement.data_classes]
    return _standing_so(rows, chosen.get("standing", ""), on)


def _with_people(found: QuerySet[Review]) -> QuerySet[Review]:
    read = ("vendor", "engagement__owner", "reviewer", "requested_by", "successor")
    return found.select_related(*read).order_by("vendor__name", "vendor", "engagement__tier", "pk")


def _standing_so(reviews: list[Review], wanted: str, on: date) -> list[Review]:
    """Standing is computed and never stored, so this filter looks at every review that fits the others."""
    if not wanted:
        return reviews
    approvals = approvals_of({review.vendor_id for review in reviews}, on=on)
    fitting = {
        each.decision.review_id for some in approvals.values() for each in some if each.standing.name.value == wanted
    }
    return [review for review in reviews if review.pk in fitting]


def _under_way(version: QuestionnaireVersion, reviews: Iterable[Review]) -> dict[int, Assessment]:
    asked = Assessment.objects.filter(family=version.questionnaire_id).exclude(state__in=ENDED)
    return {each.engagement_id: each for each in asked.filter(engagement__in=[r.engagement_id for r in reviews])}


def _answered(version: QuestionnaireVersion, reviews: Iterable[Review]) -> dict[int, date]:
    handed_over = Assessment.objects.filter(version=version, submitted_at__isnull=False, cancelled_at__isnull=True)
    rows = handed_over.filter(engagement__in=[r.engagement_id for r in reviews]).order_by("submitted_at")
    return {each.engagement_id: local_day(each.submitted_at) for each in rows if each.submitted_at}
