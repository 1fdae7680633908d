"""The main job, act by act, through the same services as the pages: what the seed and the walkthrough tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from procurement.decisions import services as decisions
from procurement.decisions.models import Decision, Outcome
from procurement.demo.cast import Cast
from procurement.demo.paper import Paper
from procurement.reviews import services as reviews
from procurement.reviews.models import CuecStatus, ExceptionJudgement, Remediation, Review
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.contacts import services as contacts
from vendors.contacts.models import Contact
from vendors.directory import services as directory
from vendors.directory.models import Vendor, VendorCategory
from vendors.ndas import queries as ndas_queries
from vendors.ndas import services as ndas
from vendors.ndas.models import Nda, NdaText
from vendors.ndas.starter import BODY, DESTROY_DAYS, SURVIVAL_MONTHS, TERM_MONTHS, TITLE
from vendors.people.actors import Actor
from vendors.reports import services as reports
from vendors.reports.facts import RecordedFacts
from vendors.reports.models import Report, ReportRequest


@dataclass(frozen=True)
class Plot:
    """What a story is about: the vendor, what is bought, for which data."""

    vendor: str
    legal_name: str
    domain: str
    contact: str
    contact_title: str
    title: str
    description: str
    data_classes: tuple[str, ...]
    verticals: tuple[str, ...] = ()
    criticality: str = "high"
    uptime_promised: bool = False
    category: str = VendorCategory.BUSINESS_SOFTWARE
    summary: str = ""
    residual_note: str = ""
    conditions: tuple[tuple[str, int], ...] = field(default=())  # what, due in so many days; the requester owns them
    remediation_plan: str = (
        "Our own sign-on ends access on the last day; the vendor's letter says the step is automatic now."
    )
    closing_note: str = "Late removals reach the vendor's own staff only; the new step was shown to us."
    on_exceptions: str = "Limited to the vendor's own staff; our sign-on ends access."

    @property
    def contact_email(self) -> str:
        return f"{self.contact.lower().replace(' ', '.')}@{self.domain}"


class Story:
    """One review, told act by act. Each act takes place at nine o'clock or later of the day it is given."""

    def __init__(self, plot: Plot, cast: Cast, *, told_at: datetime | None = None) -> None:
        """`told_at`: nothing takes place after this moment; without it the story may lie in the future."""
        self.plot = plot
        self.cast = cast
        self.told_at = told_at
        self._moments: dict[date, int] = {}

    def at(self, day: date) -> datetime:
        """A moment of that day, five minutes after the one before, so that the ledger reads in order."""
        count = self._moments[day] = self._moments.get(day, -1) + 1
        moment = clock.local_moment(day, 9) + timedelta(minutes=5 * count)
        return min(moment, self.told_at) if self.told_at else moment

    def ask(self, on: date, wanted_by: date | None = None) -> Review:
        plot = self.plot
        return reviews.ask_for_review(
            vendor_name=plot.vendor,
            vendor_domain=plot.domain,
            title=plot.title,
            description=plot.description,
            data_classes=plot.data_classes,
            verticals=plot.verticals,
            criticality=plot.criticality,
            uptime_promised=plot.uptime_promised,
            wanted_by=wanted_by,
            by=self.cast.requester,
            on=on,
            now=self.at(on),
        )

    def take(self, review: Review, on: date) -> Review:
        """The reviewer takes it and completes the vendor's record."""
        directory.edit_vendor(
            vendor=review.vendor,
            name=self.plot.vendor,
            domain=self.plot.domain,
            legal_name=self.plot.legal_name,
            category=self.plot.category,
            by=self.cast.reviewer,
            at=self.at(on),
        )
        return reviews.take_review(review=review, by=self.cast.reviewer, now=self.at(on))

    def invite(self, vendor: Vendor, on: date) -> Contact:
        return contacts.invite_contact(
            vendor=vendor,
            email=self.plot.contact_email,
            name=self.plot.contact,
            title=self.plot.contact_title,
            by=self.cast.reviewer,
            now=self.at(on),
        )

    def request_report(self, contact: Contact, period: tuple[date, date], due_on: date, on: date) -> ReportRequest:
        return reports.request_report(
            vendor=contact.vendor,
            system=self.plot.title,
            period_start=period[0],
            period_end=period[1],
            due_on=due_on,
            message="We need it for our yearly security review.",
            contact=contact,
            by=self.cast.reviewer,
            now=self.at(on),
            on=on,
        )

    def accept_nda(self, contact: Contact, on: date) -> Nda:
        """The contact accepts our newest text in the portal."""
        text = NdaText.objects.first()
        assert text is not None
        return ndas.accept_our_text(
            contact=contact,
            version=text.version,
            sha256=text.sha256,
            signs_for=contact.vendor.full_name,
            signer_name=contact.name,
            signer_title=contact.title,
            may_sign=True,
            address="192.0.2.17",
            browser="Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0",
            by=as_contact(contact),
            on=on,
            now=self.at(on),
        )

    def accept_trust_center_nda(self, vendor: Vendor, on: date) -> Nda:
        """The reviewer records that we accepted the vendor's own NDA on its trust center."""
        return ndas.record_vendors_text(
            vendor=vendor,
            paper="trust_center",
            title=f"{vendor.name} trust center NDA",
            starts_on=on,
            ends_on=None,
            survival_months=36,
            destroy_days=30,
            signer_name=self.cast.reviewer.name,
            signer_title=self.cast.reviewer.title,
            organisation="Northmoor Health",
            text_address=f"https://trust.{vendor.domain}/nda",
            file=None,
            by=self.cast.reviewer,
            on=on,
            now=self.at(on),
        )

    def send_report(self, contact: Contact, request: ReportRequest | None, paper: Paper, on: date) -> Report:
        """The contact uploads the report in the portal."""
        return self._receive(contact.vendor, request, paper, as_contact(contact), on)

    def upload_report(self, vendor: Vendor, paper: Paper, on: date) -> Report:
        """The reviewer uploads a report fetched from the trust center."""
        return self._receive(vendor, None, paper, self.cast.reviewer, on)

    def _receive(self, vendor: Vendor, request: ReportRequest | None, paper: Paper, by: Actor, on: date) -> Report:
        return reports.receive_report(
            vendor=vendor,
            request=request,
            upload=SimpleUploadedFile(paper.file_name, paper.content, content_type="application/pdf"),
            nda=ndas_queries.nda_in_force(vendor.pk, on),
            by=by,
            now=self.at(on),
            on=on,
        )

    def record_facts(self, review: Review, report: Report, paper: Paper, on: date) -> Report:
        """The reviewer opens the report and types its facts."""
        self.open_report(review, report, on)
        return self.type_facts(report, paper.facts, on)

    def open_report(self, review: Review, report: Report, on: date) -> None:
        reviews.open_report_bytes(review=review, report=report, by=self.cast.reviewer, on=on, now=self.at(on))

    def type_facts(self, report: Report, facts: RecordedFacts, on: date) -> Report:
        """The facts as a careful person types them, and a check of the firm."""
        report = reports.record_facts(
            report=report, facts=facts, revision=report.revision, by=self.cast.reviewer, now=self.at(on), on=on
        )
        assert report.auditor is not None
        reports.check_auditor(
            firm=report.auditor,
            checked_on=on,
            note="Licence active; last peer review passed.",
            by=self.cast.reviewer,
            now=self.at(on),
            on=on,
        )
        return report

    def accept_report(self, review: Review, report: Report, on: date) -> Report:
        return reviews.accept_report(
            review=review, report=report, revision=report.revision, by=self.cast.reviewer, on=on, now=self.at(on)
        )

    def judge(self, review: Review, paper: Paper, on: date) -> None:
        """Our side of the report: scope fit, each exception, each user entity control."""
        by = self.cast.reviewer
        reviews.record_scope_fit(
            review=review,
            fits="yes",
            page=paper.scope_page,
            ours="Provisioning of our own users; single sign-on.",
            by=by,
            now=self.at(on),
        )
        report = Review.objects.get(pk=review.pk).report
        assert report is not None
        reviews.judge_exceptions(
            review=review,
            judgements=[
                reviews.Judgement(
                    row.pk,
                    ExceptionJudgement.Decision.ACCEPTED,
                    "Limited to the vendor's own staff; our sign-on ends access.",
                )
                for row in report.exceptions.all()
            ],
            by=by,
            now=self.at(on),
        )
        reviews.set_cuec_statuses(
            review=review,
            statuses=[
                reviews.ControlStatus(row.pk, CuecStatus.Status.IN_PLACE, self.cast.requester.name, control)
                for row, control in zip(report.cuecs.all(), _controls(report.cuecs.count()), strict=True)
            ],
            by=by,
            now=self.at(on),
        )

    def ask_to_close(self, review: Review, on: date) -> Remediation:
        """The reviewer writes down what is done about the modified opinion and names who may close it."""
        remediation = review.remediations.get()
        return reviews.plan_remediation(
            remediation=remediation,
            plan=self.plot.remediation_plan,
            asked=self.cast.second_reviewer,
            by=self.cast.reviewer,
            now=self.at(on),
        )

    def close_remediation(self, review: Review, on: date) -> Remediation:
        """Another person closes it, with a note that says why."""
        return reviews.close_remediation(
            remediation=review.remediations.get(),
            note=self.plot.closing_note,
            by=self.cast.second_reviewer,
            now=self.at(on),
        )

    def draft(self, review: Review, on: date) -> Decision:
        return decisions.save_draft(
            review=review,
            summary=self.plot.summary,
            residual_risk="medium" if self.plot.conditions else "low",
            residual_note=self.plot.residual_note,
            conditions=[
                decisions.ConditionDraft(text, self.cast.requester, plus_days(on, days))
                for text, days in self.plot.conditions
            ],
            by=self.cast.reviewer,
            on=on,
            now=self.at(on),
        )

    def submit(self, review: Review, on: date) -> Decision:
        return decisions.submit(
            review=review, approver=self.cast.approver, by=self.cast.reviewer, on=on, now=self.at(on)
        )

    def decide(self, review: Review, on: date) -> Decision:
        decision = Decision.objects.get(review=review)
        outcome = Outcome.APPROVED_WITH_CONDITIONS if self.plot.conditions else Outcome.APPROVED
        return decisions.decide(
            review=review,
            outcome=outcome,
            reason="",
            opened_sha256=decision.frozen_sha256,
            by=self.cast.approver,
            on=on,
            now=self.at(on),
        )


def issue_nda_text(cast: Cast, now: datetime) -> NdaText:
    """Version 1 of our text, issued by a named signatory."""
    return ndas.issue_text(
        title=TITLE,
        body=BODY,
        signatory_name="Edda Marsh",
        signatory_title="General counsel",
        organisation="Northmoor Health",
        term_months=TERM_MONTHS,
        survival_months=SURVIVAL_MONTHS,
        destroy_days=DESTROY_DAYS,
        by=cast.administrator,
        now=now,
    )


def as_contact(contact: Contact) -> Actor:
    """The person at the vendor as they act in a portal session."""
    person = contact.user
    person.contact = contact
    return person


def _controls(count: int) -> Sequence[str]:
    named = (
        "IAM-07 Joiner, mover, leaver",
        "IAM-02 Single sign-on",
        "IAM-11 Quarterly review",
        "IR-02 Incident handling",
    )
    return [named[index % len(named)] for index in range(count)]
