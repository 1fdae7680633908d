"""A report as received, and its facts as a person recorded and accepted them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor
from vendors.ndas.models import Nda
from vendors.reports import labels
from vendors.reports.criteria import in_short, not_among
from vendors.reports.models.auditors import AuditorFirm
from vendors.reports.models.requests import ReportRequest
from vendors.reports.terms import ReportKind, ReportType
from vendors.vault.models import StoredFile


class ReportState(models.TextChoices):
    RECEIVED = "received", _("Received")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReportQuerySet(models.QuerySet["Report"]):
    def accepted(self) -> "ReportQuerySet":
        return self.filter(state=ReportState.ACCEPTED)

    def accepted_type_2(self) -> "ReportQuerySet":
        """Accepted SOC 2 Type II reports: those whose periods cover days."""
        return self.accepted().filter(
            kind=ReportKind.SOC2, type=ReportType.TYPE2, period_start__isnull=False, period_end__isnull=False
        )

    def undecided(self) -> "ReportQuerySet":
        return self.filter(state=ReportState.RECEIVED)


class Report(models.Model):
    """One document of a service auditor. Facts are the vendor's; our judgement on them belongs to a review.

    `pages` maps a fact's field name to the page it was read from, for example {"opinion": 4}.
    `citations` maps a fact that was taken from a reading to its `vendors.reports.citations.Citation`, as JSON.
    `revision` rises with every change of the facts; a form that was opened before is refused.
    """

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="reports")
    request = models.ForeignKey(ReportRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="report")
    nda = models.ForeignKey(Nda, on_delete=models.PROTECT, related_name="reports")
    page_count = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    received_from = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.RECEIVED)
    state_reason = models.CharField(max_length=400, blank=True)

    kind = models.CharField(_("kind"), max_length=8, choices=labels.KINDS, blank=True)
    type = models.CharField(_("type"), max_length=8, choices=labels.TYPES, blank=True)
    service_organization = models.CharField(_("service organization"), max_length=160, blank=True)
    system_name = models.CharField(_("system"), max_length=200, blank=True)
    categories = models.JSONField(_("Trust Services Categories"), default=list, blank=True)
    period_start = models.DateField(_("audit period from"), null=True, blank=True)
    period_end = models.DateField(_("audit period until"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    report_date = models.DateField(_("report date"), null=True, blank=True)
    auditor = models.ForeignKey(AuditorFirm, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    opinion = models.CharField(_("opinion"), max_length=12, choices=labels.OPINIONS, blank=True)
    opinion_basis = models.TextField(_("basis for the modified opinion"), blank=True)
    opinion_criteria = models.JSONField(_("criteria not met"), default=list, blank=True)
    # Of which a test took place; empty: nobody recorded which.
    criteria_tested = models.JSONField(_("criteria tested"), default=list, blank=True)
    controls_tested = models.PositiveIntegerField(_("controls tested"), null=True, blank=True)
    pages = models.JSONField(default=dict, blank=True)
    citations = models.JSONField(default=dict, blank=True)

    # "None in the report" is a fact of its own: an empty list alone may mean that nobody looked.
    states_no_exceptions = models.BooleanField(_("the report notes no exceptions"), default=False)
    states_no_cuecs = models.BooleanField(_("the report lists no user entity controls"), default=False)
    states_no_subservice = models.BooleanField(_("the report names no subservice organizations"), default=False)

    revision = models.PositiveIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period_end", "-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_accepted_report_names_who_and_when",
                condition=(Q(state="accepted") & Q(accepted_at__isnull=False) & Q(accepted_by__isnull=False))
                | ~Q(state="accepted"),
            ),
            models.CheckConstraint(
                name="an_audit_period_ends_after_it_starts",
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_start__lte=models.F("period_end")),
            ),
        ]
        indexes = [
            models.Index(fields=["period_end"], condition=Q(state="accepted"), name="accepted_by_period_end"),
            # All that a list asks of every report to count vendors by them: it reads the index and no report.
            models.Index(
                fields=["state", "kind", "type", "period_end", "period_start", "vendor"], name="reports_counted"
            ),
        ]

    def __str__(self) -> str:
        if not self.kind:
            return f"Report of {self.vendor}"
        parts = [self.get_kind_display()]
        if self.type:
            parts.append(self.get_type_display())
        year = self.period_end or self.as_of
        return " ".join(str(part) for part in parts) + (f", {year.year}" if year else "")

    def criteria_in_short(self) -> str:
        """The criteria tested, drawn together; empty where nobody recorded which."""
        return in_short(self.criteria_tested)

    def criteria_left_out(self) -> str:
        """What its categories bring with them and no recorded test covers; empty where nobody recorded the tests."""
        return in_short(not_among(self.criteria_tested, self.categories)) if self.criteria_tested else ""

    def category_names(self) -> list[str]:
        return [str(word) for key, word in labels.CATEGORIES if key in self.categories]


class Grant(models.Model):
    """Leave to open one report's bytes: made when somebody is assigned, by hand otherwise."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="grants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="report_grants")
    purpose = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=120)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="one_grant_per_report_and_person")]

    def __str__(self) -> str:
        return f"{self.user} may open {self.report}"
