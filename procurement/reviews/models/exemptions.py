"""What an approver lets pass for a while: waivers of requirements, and acceptances of a risk."""

from datetime import date
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procurement.reviews.models.review import Review
from vendors.reports.models import Report

Row = TypeVar("Row", bound="Exemption")

ANSWERED_ONCE = (
    # waiting
    Q(granted_at__isnull=True, granted_by__isnull=True, refused_at__isnull=True, refused_by__isnull=True)
    # granted
    | Q(granted_at__isnull=False, granted_by__isnull=False, refused_at__isnull=True, refused_by__isnull=True)
    # refused
    | Q(granted_at__isnull=True, granted_by__isnull=True, refused_at__isnull=False, refused_by__isnull=False)
)
REVOKED_WHOLE = Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_because="") | (
    Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_because="")
)
BY_ANOTHER_PERSON = Q(granted_by__isnull=True) | ~Q(granted_by=models.F("proposed_by"))
WAITING = Q(granted_at__isnull=True, refused_at__isnull=True, revoked_at__isnull=True)


class ExemptionQuerySet(models.QuerySet[Row]):
    def waiting(self) -> Self:
        """Those that wait for the approver who is asked."""
        return self.filter(WAITING)

    def granted(self) -> Self:
        """Those granted and not revoked, ended or not."""
        return self.filter(granted_at__isnull=False, revoked_at__isnull=True)

    def holding(self, on: date) -> Self:
        """Those granted and not revoked whose last day has not passed."""
        return self.granted().filter(until__gte=on)


class WaiverQuerySet(ExemptionQuerySet["Waiver"]):
    """Waivers."""


class RiskAcceptanceQuerySet(ExemptionQuerySet["RiskAcceptance"]):
    """Acceptances of a risk."""


class Exemption(models.Model):
    """Proposed by the reviewer, granted or refused by the approver who is asked, with a reason and an end.

    `until` is the last day it holds. Revoked while it still waits, it was taken back.
    """

    reason = models.TextField(_("why"))
    until = models.DateField(_("until"))
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("approver")
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("the approver's words"), max_length=300, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(_("why revoked"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["until"],
                name="%(class)ss_by_end",
                condition=Q(granted_at__isnull=False, revoked_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(name="%(class)s_is_answered_once", condition=ANSWERED_ONCE),
            models.CheckConstraint(name="%(class)s_is_revoked_by_whom_and_why", condition=REVOKED_WHOLE),
            models.CheckConstraint(name="%(class)s_is_granted_by_another_person", condition=BY_ANOTHER_PERSON),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.granted_at is None and self.refused_at is None and self.revoked_at is None

    @property
    def is_granted(self) -> bool:
        """Granted and not revoked; whether its end has passed is another question."""
        return self.granted_at is not None and self.revoked_at is None

    @property
    def what(self) -> str | Promise:
        """What it exempts from, in a few words."""
        raise NotImplementedError


class Waiver(Exemption):
    """Of one requirement, the policy's row `requirement`.

    The interim waiver of the report itself names the Type I report that stands in until then, the day the Type II is
    promised for and the day the vendor's service was launched: its end follows from these.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="waivers")
    requirement = models.CharField(_("requirement"), max_length=40)
    title = models.CharField(max_length=160, help_text=_("The requirement's title when it was proposed."))
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    promised_on = models.DateField(_("Type II promised for"), null=True, blank=True)
    launched_on = models.DateField(_("service launched on"), null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta(Exemption.Meta):
        constraints = [
            *Exemption.Meta.constraints,
            models.CheckConstraint(
                name="an_interim_waiver_names_report_and_days",
                condition=Q(report__isnull=True, promised_on__isnull=True, launched_on__isnull=True)
                | Q(report__isnull=False, promised_on__isnull=False, launched_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["review", "requirement"], condition=WAITING, name="one_waiting_waiver_per_requirement"
            ),
        ]

    def __str__(self) -> str:
        return f"Waiver of {self.title}"

    @property
    def is_interim(self) -> bool:
        return self.report_id is not None

    @property
    def what(self) -> str:
        return self.title


class RiskAcceptance(Exemption):
    """Of a report whose auditor gives no assurance: an adverse opinion or a disclaimer."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="risk_acceptances")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")

    objects = RiskAcceptanceQuerySet.as_manager()

    class Meta(Exemption.Meta):
        constraints = [
            *Exemption.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "report"], condition=WAITING, name="one_waiting_risk_acceptance_per_report"
            ),
        ]

    def __str__(self) -> str:
        return f"Acceptance of the risk of {self.report}"

    @property
    def what(self) -> str:
        return str(_("%(opinion)s, %(report)s") % {"opinion": self.report.get_opinion_display(), "report": self.report})
