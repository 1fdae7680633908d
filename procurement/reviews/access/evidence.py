"""Who opens a vendor's other evidence: the reviewers and approvers of its reviews (DESIGN.md, "Who uses it")."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.reviews.access.reach import asked_to_exempt
from procurement.reviews.models import Review
from vendors.directory.models import Vendor
from vendors.ndas.access import check_nda_in_force
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes
from vendors.reports.models import Evidence


def evidence_for(user: Actor, pk: int) -> Evidence:
    """The paper, for reviewers, auditors, and approvers of a review of its vendor. Http404 otherwise."""
    evidence = Evidence.objects.select_related("vendor", "file").filter(pk=pk).first()
    if evidence is None or not _reads(user, evidence):
        raise Http404
    return evidence


def check_can_open_evidence(user: Actor, evidence: Evidence, on: date) -> None:
    """Whoever reviews or decides about its vendor, and who recorded it; an NDA in force where it is held under one.

    Raises NotAllowed, or Refused without an NDA or when the file was destroyed.
    """
    if evidence.recorded_by_id != user.pk and not _works_on(user, evidence.vendor_id):
        raise NotAllowed(_("Only the reviewers and approvers of this vendor open its evidence."))
    if evidence.file.destroyed_at is not None:
        raise Refused(_("The file was destroyed. Its title, days and SHA-256 stay on record."))
    if evidence.confidential:
        check_nda_in_force(evidence.vendor, on)


def can_open_evidence(user: Actor, evidence: Evidence, on: date) -> bool:
    return passes(check_can_open_evidence, user, evidence, on)


def openable_evidence(user: Actor, vendor: Vendor, papers: Iterable[Evidence], on: date) -> set[int]:
    """Which of a vendor's papers this person may open, by id: `can_open_evidence` for a list, in two queries."""
    works_on, nda = _works_on(user, vendor.pk), nda_in_force(vendor, on)
    return {
        paper.pk
        for paper in papers
        if (works_on or paper.recorded_by_id == user.pk)
        and paper.file.destroyed_at is None
        and (nda or not paper.confidential)
    }


def _reads(user: Actor, evidence: Evidence) -> bool:
    if user.roles & {Role.REVIEWER, Role.AUDITOR}:
        return True
    return Role.APPROVER in user.roles and _works_on(user, evidence.vendor_id)


def _works_on(user: Actor, vendor_id: int) -> bool:
    """Whether a review of the vendor is or was this person's to run, was put before them, or asked them to let
    something pass."""
    mine = Q(pk__in=[])
    if Role.REVIEWER in user.roles:
        mine |= Q(reviewer_id=user.pk)
    if Role.APPROVER in user.roles:
        mine |= Q(approver_id=user.pk) | asked_to_exempt(user)
    return Review.objects.filter(mine, vendor=vendor_id).exists()
