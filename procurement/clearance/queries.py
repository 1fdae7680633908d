"""Clearance: may this data go to this vendor today? (DESIGN.md, "Deciding")

Cleared = an approved engagement of the vendor lists this data class, its standing is in force, NDA and currency hold
that day. An unknown vendor or class is not cleared.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from procurement.decisions.models import Decision
from procurement.decisions.standings import APPROVALS, Approval, approvals_of
from procurement.engagements.models import Engagement
from procurement.policy.labels import DATA_CLASSES
from procurement.policy.terms import DataClass
from procurement.reviews.models import Review
from vendors.calendar.words import written
from vendors.directory.models import Vendor

# What weighs most comes first: the answer strip speaks of that class.
BY_WEIGHT = tuple(reversed(DataClass))


@dataclass(frozen=True)
class Clearance:
    """One answer. `reasons` are sentences; `until` is the last day cleared, None when not cleared."""

    data_class: DataClass
    cleared: bool
    until: date | None
    engagement: Engagement | None
    reasons: tuple[str, ...]

    @property
    def class_name(self) -> str:
        return str(dict(DATA_CLASSES)[self.data_class.value])


@dataclass(frozen=True)
class Answer:
    """The one line of a vendor's page. `meaning` is yes, not_yet or no (the glyph and tone of the strip).

    approvals, open_reviews  what it was found from, the newest first
    """

    meaning: str
    sentence: str
    why: str
    clearances: tuple[Clearance, ...]
    approvals: tuple[Approval, ...] = ()
    open_reviews: tuple[Review, ...] = ()

    @property
    def cleared(self) -> tuple[Clearance, ...]:
        return tuple(one for one in self.clearances if one.cleared)

    @property
    def until(self) -> date | None:
        """The last day of the class the sentence speaks of."""
        return self.cleared[0].until if self.cleared else None

    @property
    def short(self) -> str:
        """The classes that may be sent, for a row of a list."""
        return ", ".join(one.class_name for one in self.cleared)


def clearance(*, vendor: Vendor, data_class: DataClass, on: date, engagement: Engagement | None = None) -> Clearance:
    """Whether data of this class may be sent to the vendor on that day, for one engagement or any."""
    approvals = approvals_of([vendor.pk], on=on)[vendor.pk]
    if engagement is not None:
        approvals = [one for one in approvals if one.decision.review.engagement_id == engagement.pk]
    found = _clearance(data_class, approvals, [])
    if found.cleared:
        return found
    return _clearance(data_class, approvals, _open_reviews([vendor.pk]).get(vendor.pk, []))


def vendors_cleared_for(data_class: DataClass, *, on: date) -> list[int]:
    """The vendors to which this data may be sent on that day, by id, in a fixed number of queries."""
    approved = Decision.objects.filter(outcome__in=APPROVALS)
    listing = approved.values_list("review__vendor", "review__engagement__data_classes")
    approvals = approvals_of({vendor for vendor, classes in listing if data_class.value in classes}, on=on)
    return [vendor for vendor, found in approvals.items() if _clearance(data_class, found, []).cleared]


def answers_for(vendors: Iterable[Vendor], *, on: date) -> dict[int, Answer]:
    """The answer strip of each vendor, by id, in a fixed number of queries."""
    listed = list(vendors)
    ids = [vendor.pk for vendor in listed]
    approvals = approvals_of(ids, on=on)
    open_reviews = _open_reviews(ids)
    found = {}
    for vendor in listed:
        standing, asked = approvals.get(vendor.pk, []), open_reviews.get(vendor.pk, [])
        answer = _answer(vendor, standing, asked)
        found[vendor.pk] = replace(answer, approvals=tuple(standing), open_reviews=tuple(asked))
    return found


def answer_for(vendor: Vendor, *, on: date) -> Answer:
    return answers_for([vendor], on=on)[vendor.pk]


def _open_reviews(vendor_ids: list[int]) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    undecided = Review.objects.undecided().filter(vendor__in=vendor_ids)
    for review in undecided.select_related("engagement", "reviewer").order_by("-pk"):
        found.setdefault(review.vendor_id, []).append(review)
    return found


def _clearance(data_class: DataClass, approvals: list[Approval], open_reviews: list[Review]) -> Clearance:
    listing = [one for one in approvals if data_class.value in one.decision.review.engagement.data_classes]
    in_force = [one for one in listing if one.standing.is_in_force]
    if in_force:
        best = max(in_force, key=lambda one: one.standing.until)
        return Clearance(
            data_class, True, best.standing.until, best.decision.review.engagement, (str(best.standing.reason),)
        )
    newest_of_each = {one.decision.review.engagement_id: one for one in reversed(listing)}
    reasons = [str(one.standing.reason) for one in newest_of_each.values()]
    reasons += [
        _("A review of %(what)s is under way: %(number)s, %(state)s.")
        % {"what": review.engagement.title, "number": review.number, "state": review.get_state_display().lower()}
        for review in open_reviews
        if data_class.value in review.engagement.data_classes
    ]
    return Clearance(data_class, False, None, None, tuple(reasons) or (_("No approved engagement lists this data."),))


def _answer(vendor: Vendor, approvals: list[Approval], open_reviews: list[Review]) -> Answer:
    asked = {name for one in approvals for name in one.decision.review.engagement.data_classes}
    asked |= {name for review in open_reviews for name in review.engagement.data_classes}
    clearances = tuple(_clearance(data, approvals, open_reviews) for data in BY_WEIGHT if data.value in asked)
    if not clearances:
        return Answer(
            "not_yet", _("Nothing may be sent to %(vendor)s") % {"vendor": vendor.name}, _("No review has asked."), ()
        )
    cleared = [one for one in clearances if one.cleared]
    if not cleared:
        first = clearances[0]
        sentence = _("Not yet: %(data)s data may not be sent to %(vendor)s")
        meaning = "not_yet" if open_reviews else "no"
        if not open_reviews:
            sentence = _("No: %(data)s data may not be sent to %(vendor)s")
        words = {"data": first.class_name.lower(), "vendor": vendor.name}
        return Answer(meaning, sentence % words, " ".join(first.reasons), clearances)
    first = cleared[0]
    assert first.until is not None
    sentence = _("%(data)s data may be sent until %(until)s") % {
        "data": first.class_name,
        "until": written(first.until),
    }
    return Answer("yes", sentence, " ".join([*first.reasons, *_others(first, clearances)]), clearances)


def _others(first: Clearance, clearances: tuple[Clearance, ...]) -> list[str]:
    """What the sentence did not say: the other classes that may go, and those that may not."""
    also = [one.class_name.lower() for one in clearances if one.cleared and one is not first]
    barred = [one.class_name.lower() for one in clearances if not one.cleared]
    sentences = []
    if also:
        sentences.append(_("Also cleared: %(data)s data.") % {"data": ", ".join(also)})
    if barred:
        sentences.append(_("Not cleared: %(data)s data.") % {"data": ", ".join(barred)})
    return sentences
