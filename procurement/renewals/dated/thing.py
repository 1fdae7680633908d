"""What every dated thing tells the scan. A new kind is a module that makes these, and a row in `kinds.py`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
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
    between  the vendors of open ones whose day lies between two days, as rows of one id
    owned_by  the same of those that a person owns, where that does not follow from their part in a review
    """

    name: str
    label: str | Promise
    series: Series
    what: str
    late: str
    find: Callable[[Collection[int]], Iterable[Dated]]
    between: Callable[[date, date], QuerySet[Any, Any]]
    owned_by: Callable[[int], QuerySet[Any, Any]] | None = None
