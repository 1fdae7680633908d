"""What every dated thing tells the scan. A new kind is a module that makes these, and a row in `kinds.py`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.utils.functional import Promise

from procurement.accounts.models import User
from procurement.renewals.rhythms import Series
from procurement.renewals.threads import DatedSubject
from vendors.directory.models import Vendor


@dataclass(frozen=True, kw_only=True)
class Dated:
    """One thing: `day` is its last, `since` the day it came into being.

    owner        who is told before the day and weekly after it
    then_tell    who is told when that did not help; None where nobody is
    tier         of the use it belongs to; None where it belongs to none
    decision_id  the approval it belongs to: once that is superseded or revoked nobody is told any more
    part         tells things of one id apart, as a calendar needs it; their claims differ by day and person
    marked       what a calendar shows on the day, after the vendor's name
    """

    id: int
    vendor: Vendor
    since: date
    owner: User | None
    then_tell: User | None = None
    tier: int | None = None
    decision_id: int | None = None
    part: str = ""
    subject: DatedSubject
    marked: str

    @property
    def uid(self) -> str:
        """What a calendar knows it by."""
        return "-".join(filter(None, (self.subject.kind, str(self.id), self.part)))

    @property
    def vendor_id(self) -> int:
        return self.vendor.pk

    @property
    def day(self) -> date:
        return self.subject.day


@dataclass(frozen=True, kw_only=True)
class DatedKind:
    """A kind of dated thing.

    name     what a claim calls it, and the filter of the renewals page
    what     template of a reason: "the NDA ends ({day})"
    late     template of a sentence: "It was due on {day}, {days} ago."
    find     the open ones of these vendors, in a fixed number of queries
    open_ones  every open one
    vendor_field, day_field, owner_field
             the way from such a row to its vendor's key, to its last day, and to the person who owns it where that does
             not follow from their part in a review
    """

    name: str
    label: str | Promise
    series: Series
    what: str
    late: str
    find: Callable[[Collection[int]], Iterable[Dated]]
    open_ones: Callable[[], QuerySet[Any]]
    vendor_field: str
    day_field: str = "due_on"
    owner_field: str = ""

    def between(self, first: date, last: date) -> QuerySet[Any, Any]:
        """The vendors of open ones whose day lies between these two, as rows of one id."""
        return self._vendors_of(**{f"{self.day_field}__range": (first, last)})

    def owned_by(self, person_id: int) -> QuerySet[Any, Any]:
        """The vendors of open ones that this person owns, as rows of one id."""
        return self._vendors_of(**{self.owner_field: person_id})

    def among(self, vendor_ids: Collection[int]) -> QuerySet[Any, Any]:
        """A row of one name, ours, for each open one of these vendors."""
        found = self.open_ones().filter(**{f"{self.vendor_field}__in": vendor_ids})
        return found.order_by().values_list(Value(self.name, CharField()))

    def _vendors_of(self, **which: Any) -> QuerySet[Any, Any]:
        return self.open_ones().filter(**which).order_by().values_list(self.vendor_field)
