"""Many rows of everything at once, for lists: written straight into the tables, for nobody acts three hundred times."""

from datetime import timedelta
from typing import Any

from django.db.models import F, OuterRef, Subquery

from procurement.accounts.models import User
from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.decisions.models import Condition, Decision, Memo, Outcome, Risk
from procurement.engagements.models import Engagement
from procurement.questionnaires.models import (
    Answer,
    AnswerComment,
    AnswerImport,
    Assessment,
    Assignment,
    Question,
    QuestionnaireVersion,
)
from procurement.questionnaires.models import State as AssessmentState
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.reviews.models import Finding, Review, State
from tests.factories.questionnaires import content, published, question
from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.ndas.models import Nda, Paper
from vendors.people.actors import Kind
from vendors.reports.models import AuditorFirm, Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.vault.models import StoredFile


def crowd(
    count: int, *, requester: User, reviewer: User, approver: User, first: int = 0, is_asked: bool = True
) -> None:
    """So many vendors, each with a contact, an NDA, a request, an accepted report and an approved review
    with a finding and a memo, and where it `is_asked` a questionnaire of one question that is submitted."""
    now, today = clock.now(), clock.today()
    numbers = range(first, first + count)
    vendors = Vendor.objects.bulk_create(
        Vendor(name=f"Vendor {n:04}", domain=f"vendor-{n:04}.example", added_at=now, added_by="Ines Varga")
        for n in numbers
    )
    users = User.objects.bulk_create(
        User(email=f"contact-{n}@vendor-{n:04}.example", name=f"Contact {n}", kind=Kind.CONTACT.value, password="!")
        for n in numbers
    )
    contacts = Contact.objects.bulk_create(
        Contact(user=user, vendor=vendor, added_at=now, added_by="Ines Varga")
        for user, vendor in zip(users, vendors, strict=True)
    )
    ndas = Nda.objects.bulk_create(
        Nda(vendor=vendor, paper=Paper.SIGNED, title="NDA", starts_on=today, accepted_at=now, signer_name="Ines Varga")
        for vendor in vendors
    )
    requests = ReportRequest.objects.bulk_create(
        ReportRequest(vendor=vendor, contact=contact, due_on=today, requested_by=reviewer, requested_at=now)
        for vendor, contact in zip(vendors, contacts, strict=True)
    )
    files = StoredFile.objects.bulk_create(_file(n, now) for n in numbers)
    firm, _new = AuditorFirm.objects.get_or_create(name="Rookhope CPA Group")
    reports = Report.objects.bulk_create(
        Report(
            vendor=vendors[n],
            file=files[n],
            nda=ndas[n],
            request=requests[n],
            auditor=firm,
            received_at=now,
            received_from="Jonah Pell",
            state=ReportState.ACCEPTED,
            accepted_at=now,
            accepted_by=reviewer,
            kind="soc2",
            type="type2",
            period_start=today - timedelta(days=400),
            period_end=today - timedelta(days=36),
        )
        for n in range(count)
    )
    engagements = Engagement.objects.bulk_create(
        Engagement(
            vendor=vendor,
            title="People Cloud",
            data_classes=["personal"],
            criticality="high",
            suggested_tier=1,
            tier=1,
            owner=requester,
            opened_at=now,
        )
        for vendor in vendors
    )
    reviews = Review.objects.bulk_create(
        Review(
            number=f"R-2026-{first + n:04}",
            vendor=vendors[n],
            engagement=engagements[n],
            state=State.APPROVED,
            state_since=now,
            requested_by=requester,
            requested_at=now,
            reviewer=reviewer,
            approver=approver,
            report=reports[n],
        )
        for n in range(count)
    )
    if is_asked:
        _ask(engagements, contacts, by=reviewer)
    Finding.objects.bulk_create(
        Finding(
            review=review,
            number=1,
            title="Restores are never tried",
            description="Nobody has restored a backup this year.",
            severity="high",
            owner=requester,
            due_on=today,
            source="other",
            opened_at=now,
            opened_by=reviewer.name,
        )
        for review in reviews
    )
    decisions = Decision.objects.bulk_create(
        Decision(
            review=review,
            summary="Fine.",
            residual_risk=Risk.LOW,
            drafted_by=reviewer,
            drafted_at=now,
            outcome=Outcome.APPROVED_WITH_CONDITIONS,
            decided_by=approver,
            decided_at=now,
            valid_until=today + timedelta(days=300),
        )
        for review in reviews
    )
    Condition.objects.bulk_create(
        Condition(decision=decision, text="Keep a copy.", owner=requester, due_on=today) for decision in decisions
    )
    Memo.objects.bulk_create(
        Memo(decision=decision, number=f"MEMO-2026-{n:04}", content={}, content_sha256="0" * 64, issued_at=now)
        for n, decision in enumerate(decisions, start=first)
    )
    ReminderDue.objects.bulk_create(
        ReminderDue(
            subject_type="review",
            subject_id=review.pk,
            vendor_id=review.vendor_id,
            anchor=today,
            milestone="overdue",
            recipient=reviewer.email,
            due_on=today,
            scan_day=today,
            claimed_at=now,
            state=ReminderState.SENT,
        )
        for review in reviews
    )


def followed_up(reviewer: User) -> None:
    """Each questionnaire of the crowd is in a campaign, a colleague has its question, and we brought in its answer and
    wrote about it."""
    now, version = clock.now(), _one_question()
    asked = Question.objects.get(section__version=version)
    sent = Assessment.objects.filter(version=version, recipient=None)
    rows = list(sent.annotate(review_id=F("engagement__reviews"), answer_id=F("answers")).order_by("pk"))
    campaign, _new = Campaign.objects.get_or_create(
        title="A crowd",
        version=version,
        defaults={"due_on": clock.today(), "created_by": reviewer, "created_at": now},
    )
    CampaignRecipient.objects.bulk_create(
        CampaignRecipient(campaign=campaign, review_id=each.review_id, state="sent", assessment=each) for each in rows
    )
    Assignment.objects.bulk_create(
        Assignment(
            assessment=each, question=asked, contact_id=each.contact_id, assigned_by="Jonah Pell", assigned_at=now
        )
        for each in rows
    )
    files = AnswerImport.objects.bulk_create(
        AnswerImport(
            assessment=each,
            name="caiq.xlsx",
            sha256=f"{each.pk:064}",
            origin="foreign",
            received_from="Trust center",
            state="applied",
            taken=1,
            begun_at=now,
            begun_by=reviewer.name,
            ended_at=now,
            ended_by=reviewer.name,
        )
        for each in rows
    )
    brought = AnswerImport.objects.filter(assessment=OuterRef("assessment")).values("pk")[:1]
    Answer.objects.filter(assessment__in=[each.assessment_id for each in files]).update(brought_with=Subquery(brought))
    AnswerComment.objects.bulk_create(
        AnswerComment(answer_id=each.answer_id, text="Since when?", by=reviewer.name, by_id=reviewer.pk, at=now)
        for each in rows
    )


def _ask(engagements: list[Engagement], contacts: list[Contact], *, by: User) -> None:
    now = clock.now()
    version = _one_question()
    assessments = Assessment.objects.bulk_create(
        Assessment(
            vendor_id=engagement.vendor_id,
            engagement=engagement,
            version=version,
            family=version.questionnaire,
            contact=contact,
            due_on=clock.today(),
            state=AssessmentState.SUBMITTED,
            sent_at=now,
            sent_by=by,
            submitted_at=now,
            signer_name="Jonah Pell",
        )
        for engagement, contact in zip(engagements, contacts, strict=True)
    )
    asked = Question.objects.get(section__version=version)
    Answer.objects.bulk_create(
        Answer(
            assessment=assessment,
            question=asked,
            value="yes",
            revision=1,
            is_whole=True,
            is_with_vendor=False,
            answered_by="Jonah Pell",
            answered_at=now,
        )
        for assessment in assessments
    )


def _one_question() -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.filter(questionnaire__key="crowd").first() or published(
        content(question("A-1"), key="crowd")
    )


def _file(number: int, now: Any) -> StoredFile:
    return StoredFile(
        purpose="report",
        name=f"report-{number}.pdf",
        size=1,
        sha256=f"{number:064}",
        content_type="application/pdf",
        storage_name=f"crowd/{number}",
        wrapped_key=b"",
        key_id="",
        sealed_at=now,
        sealed_by="Jonah Pell",
        destroyed_at=now,
    )
