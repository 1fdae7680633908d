"""Clearance: may this data go to this vendor today? (DESIGN.md, "Deciding")

Cleared = an approved engagement of the vendor lists this data class, its standing is in force, NDA and currency hold
that day. An unknown vendor or class is not cleared.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from procurement.decisions.models import Decision
from procurement.decisions.standings import APPROVALS, Approval, approvals_of
from procurement.engagements.models import Engagement
from procurement.policy.labels import DATA_CLASSES
from procurement.policy.terms import DataClass
from procurement.reviews.models import Review, State
from vendors.calendar.words import written
from vendors.directory.models import Vendor
from vendors.reports.currency import CurrencyRules

# What weighs most comes first: the answer strip speaks of that class.
BY_WEIGHT = tuple(reversed(DataClass))
CLASS_NAMES = dict(DATA_CLASSES)
# What is said of a review.
OF_A_REVIEW = ("vendor", "number", "state", "engagement__title", "engagement__data_classes", "reviewer__name")
OF_AN_END = ("vendor", "number", "state", "engagement__title")


@dataclass(frozen=True)
class Clearance:
    """One answer. `until` is the last day cleared, None when not cleared.

    engagement  the use that clears it
    approvals   what it was found from: the one that clears, else the newest of each use that lists this data
    reviews     those under way that ask for it, while nothing clears it
    """

    data_class: DataClass
    until: date | None
    engagement: Engagement | None
    approvals: tuple[Approval, ...]
    reviews: tuple[Review, ...] = ()

    @property
    def cleared(self) -> bool:
        return self.until is not None

    @property
    def class_name(self) -> str:
        return str(CLASS_NAMES[self.data_class.value])

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, as sentences."""
        under_way = _("A review of %(what)s is under way: %(number)s, %(state)s.")
        sentences = [str(one.standing.reason) for one in self.approvals]
        sentences += [
            under_way
            % {"what": review.engagement.title, "number": review.number, "state": review.get_state_display().lower()}
            for review in self.reviews
        ]
        return tuple(sentences) or (_("No approved engagement lists this data."),)


@dataclass(frozen=True)
class Answer:
    """The one line of a vendor's page, or of one use of it. Its sentences are made where they are read: a row of a list
    has none.

    clearances               what weighs most first
    approvals, open_reviews  what they were found from, the newest first
    use                      the one it speaks of; None where any use of the vendor counts
    ended                    where there is neither, the last review: it was rejected or withdrawn
    """

    vendor: Vendor
    clearances: tuple[Clearance, ...]
    approvals: tuple[Approval, ...]
    open_reviews: tuple[Review, ...]
    use: Engagement | None = None
    ended: Review | None = None

    @property
    def cleared(self) -> tuple[Clearance, ...]:
        return tuple(one for one in self.clearances if one.cleared)

    @property
    def meaning(self) -> str:
        """yes, not_yet or no: the glyph and tone of the strip."""
        if any(one.cleared for one in self.clearances):
            return "yes"
        if self.ended and self.ended.state == State.REJECTED:
            return "no"
        return "not_yet" if self.open_reviews or not self.clearances else "no"

    @property
    def sentence(self) -> str:
        """Of the class that weighs most among those cleared, else among those asked for."""
        if not self.clearances:
            return _("Nothing may be sent to %(vendor)s") % {"vendor": self._whom}
        if self.until:
            sentence = _("%(data)s data may be sent until %(until)s")
            return sentence % {"data": self.cleared[0].class_name, "until": written(self.until)}
        sentence = _("No: %(data)s data may not be sent to %(vendor)s")
        if self.open_reviews:
            sentence = _("Not yet: %(data)s data may not be sent to %(vendor)s")
        return sentence % {"data": self.clearances[0].class_name.lower(), "vendor": self._whom}

    @property
    def cleared_uses(self) -> list[str]:
        """What is bought in the uses that clear something, each once."""
        titles = [one.engagement.title for one in self.cleared if one.engagement]
        return list(dict.fromkeys(titles))

    @property
    def _whom(self) -> str:
        if self.use is None:
            return self.vendor.name
        return _("%(vendor)s for %(use)s") % {"vendor": self.vendor.name, "use": self.use.title}

    @property
    def why(self) -> str:
        if self.ended:
            said = _("The last review, %(number)s of %(what)s, was %(state)s.")
            ended = self.ended
            return said % {
                "number": ended.number,
                "what": ended.engagement.title,
                "state": ended.get_state_display().lower(),
            }
        if not self.clearances:
            return _("No review has asked.")
        if not self.cleared:
            return " ".join(self.clearances[0].reasons)
        return " ".join([*self.cleared[0].reasons, *_others(self.cleared[0], self.clearances)])

    @property
    def until(self) -> date | None:
        """The last day of the class the sentence speaks of."""
        return self.cleared[0].until if self.cleared else None

    @property
    def short(self) -> str:
        """The classes that may be sent, for a row of a list."""
        return ", ".join(one.class_name for one in self.cleared)


def clearance(
    *,
    vendor: Vendor,
    data_class: DataClass,
    on: date,
    engagement: Engagement | None = None,
    rules: CurrencyRules | None = None,
) -> Clearance:
    """Whether data of this class may be sent to the vendor on that day, for one engagement or any.

    rules  those of the policy in force, where they are at hand
    """
    approvals = approvals_of([vendor.pk], on=on, rules=rules)[vendor.pk]
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


def answers_for(vendors: Iterable[Vendor], *, on: date, rules: CurrencyRules | None = None) -> dict[int, Answer]:
    """The answer strip of each vendor, by id, in a fixed number of queries.

    rules  those of the policy in force, where they are at hand
    """
    by_id = {vendor.pk: vendor for vendor in vendors}
    approvals = approvals_of(by_id, on=on, rules=rules)
    open_reviews = _open_reviews(by_id)
    ended = _ended_reviews("vendor", [pk for pk in by_id if not approvals.get(pk) and not open_reviews.get(pk)])
    return {
        pk: replace(_answer(vendor, approvals.get(pk, []), open_reviews.get(pk, [])), ended=ended.get(pk))
        for pk, vendor in by_id.items()
    }


def answer_for(vendor: Vendor, *, on: date, rules: CurrencyRules | None = None) -> Answer:
    return answers_for([vendor], on=on, rules=rules)[vendor.pk]


def answers_for_uses(uses: Iterable[Engagement], *, on: date) -> dict[int, Answer]:
    """The answer strip of each use, by id: what is approved for another use of the vendor clears nothing here. `vendor`
    of each is read."""
    by_id = {use.pk: use for use in uses}
    vendor_ids = {use.vendor_id for use in by_id.values()}
    approvals, open_reviews = approvals_of(vendor_ids, on=on), _open_reviews(vendor_ids)
    found = {
        pk: _answer(
            use.vendor,
            [one for one in approvals.get(use.vendor_id, []) if one.decision.review.engagement_id == pk],
            [review for review in open_reviews.get(use.vendor_id, []) if review.engagement_id == pk],
            use,
        )
        for pk, use in by_id.items()
    }
    idle = [pk for pk, answer in found.items() if not answer.approvals and not answer.open_reviews]
    ended = _ended_reviews("engagement", idle)
    return {pk: replace(answer, ended=ended.get(pk)) for pk, answer in found.items()}


def _open_reviews(vendor_ids: Iterable[int]) -> dict[int, list[Review]]:
    found: dict[int, list[Review]] = {}
    undecided = Review.objects.undecided().filter(vendor__in=list(vendor_ids)).select_related("engagement", "reviewer")
    for review in undecided.only(*OF_A_REVIEW).order_by("-pk"):
        found.setdefault(review.vendor_id, []).append(review)
    return found


def _ended_reviews(of: Literal["vendor", "engagement"], ids: list[int]) -> dict[int, Review]:
    """The last review of each vendor, or of each use, that ended without an approval."""
    if not ids:
        return {}
    ended = Review.objects.filter(**{f"{of}__in": ids}, state__in=[State.REJECTED, State.WITHDRAWN])
    rows = ended.select_related("engagement").only(*OF_AN_END).order_by("pk")
    return {one.vendor_id if of == "vendor" else one.engagement_id: one for one in rows}


def _clearance(data_class: DataClass, approvals: list[Approval], open_reviews: list[Review]) -> Clearance:
    listing = [one for one in approvals if data_class.value in one.decision.review.engagement.data_classes]
    in_force = [one for one in listing if one.standing.is_in_force]
    if in_force:
        best = max(in_force, key=lambda one: one.standing.until)
        return Clearance(data_class, best.standing.until, best.decision.review.engagement, (best,))
    newest_of_each = {one.decision.review.engagement_id: one for one in reversed(listing)}
    asking = tuple(review for review in open_reviews if data_class.value in review.engagement.data_classes)
    return Clearance(data_class, None, None, tuple(newest_of_each.values()), asking)


def _answer(
    vendor: Vendor, approvals: list[Approval], open_reviews: list[Review], use: Engagement | None = None
) -> Answer:
    asked = {name for one in approvals for name in one.decision.review.engagement.data_classes}
    asked |= {name for review in open_reviews for name in review.engagement.data_classes}
    clearances = tuple(_clearance(data, approvals, open_reviews) for data in BY_WEIGHT if data.value in asked)
    return Answer(vendor, clearances, tuple(approvals), tuple(open_reviews), use)


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
