"""The stage of the permission table: one vendor with everything on file, and one browser for each kind of person."""

from dataclasses import dataclass, field, replace

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from procurement.accounts.models import User
from procurement.campaigns import services as campaigns
from procurement.campaigns.models import Campaign
from procurement.decisions.models import Condition, Decision, Memo
from procurement.decisions.services import make_pdf
from procurement.demo.seeding import OSIERPAY, QUILLHAVEN
from procurement.demo.story import Story
from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.content import filled
from procurement.questionnaires.importing.profiles import Profile
from procurement.questionnaires.models import (
    Answer,
    AnswerComment,
    AnswerImport,
    Assignment,
    ImportJob,
    ImportProfile,
    Question,
    QuestionnaireVersion,
)
from procurement.questionnaires.offline.making import workbook_of
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.reviews.models import Comment, Finding, Remediation, Review, RiskAcceptance, Waiver
from tests.factories.contacts import make_contact, signed_in, speaking
from tests.factories.directory import make_vendor
from tests.factories.evidence import recorded_evidence
from tests.factories.questionnaires import content, question
from tests.factories.reports import bridge_letter
from tests.factories.stories import FIRST_DAY, approved, awaiting_approval, cast_of
from tests.factories.tokens import make_token
from tests.factories.vault import upload
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.correspondence.models import OutgoingEmail, State
from vendors.ndas.services import make_certificate
from vendors.people.actors import Role
from vendors.reports.models import Report

PEOPLE = ("nobody", "requester", "reviewer", "approver", "auditor", "administrator", "contact", "stranger")
MISSING = 987_654


@dataclass
class Stage:
    """Browsers by person, and the key of each object on file by its name."""

    browsers: dict[str, Client]
    own: dict[str, object]
    people: dict[str, User] = field(default_factory=dict)


def routes() -> list[str]:
    """Every address of the product, as written in the site map."""

    def below(resolver: URLResolver, prefix: str = "") -> list[str]:
        found: list[str] = []
        for part in resolver.url_patterns:
            address = prefix + str(part.pattern)
            found += below(part, address) if isinstance(part, URLResolver) else [address]
            assert isinstance(part, URLPattern | URLResolver)
        return found

    return below(get_resolver())


def set_the_stage() -> Stage:
    """Quillhaven waits for the approver; Osierpay is approved with a condition; another vendor has a contact."""
    cast = cast_of()
    story, waiting = awaiting_approval(cast, replace(QUILLHAVEN, conditions=()))
    _other_story, decided = approved(cast, replace(OSIERPAY, conditions=QUILLHAVEN.conditions, summary="Fine."))
    answer = under_way(story, waiting)
    memo = make_pdf(memo_id=Memo.objects.get().pk, now=clock.now())
    nda = waiting.vendor.ndas.get()
    make_certificate(nda_id=nda.pk, now=clock.now())
    contact = speaking(waiting.vendor.contacts.get())
    request = story.request_report(contact, (FIRST_DAY, FIRST_DAY), FIRST_DAY, FIRST_DAY)
    stranger = speaking(make_contact(make_vendor("Tarn Ledger"), "Rosa Quint", title="Compliance", by=cast.reviewer))
    report = waiting.report
    assert isinstance(report, Report)
    remediation = Remediation.objects.create(
        review=waiting, report=report, reason="Told for the table.", opened_at=clock.now(), asked=cast.second_reviewer
    )
    proposal = {
        "review": waiting,
        "reason": "Told for the table.",
        "until": FIRST_DAY,
        "asked": cast.approver,
        "proposed_by": cast.reviewer,
        "proposed_at": clock.now(),
    }
    waiver = Waiver.objects.create(requirement="scope_fit", title="Scope fit", **proposal)
    risk = RiskAcceptance.objects.create(report=report, **proposal)
    finding = Finding.objects.create(
        review=decided,
        number=1,
        title="Told for the table.",
        severity="high",
        owner=cast.second_reviewer,
        due_on=FIRST_DAY,
        source="other",
        opened_at=clock.now(),
    )
    comment = Comment.objects.create(
        review=waiting, author=cast.second_reviewer, written_at=clock.now(), text="Told for the table."
    )
    mail = OutgoingEmail.objects.order_by("pk").first()
    assert mail is not None
    OutgoingEmail.objects.filter(pk=mail.pk).update(state=State.FAILED)
    drafted = a_draft_of_ours(story)
    campaign = a_campaign(story, decided)
    exception = report.exceptions.get()
    statement = bridge_letter(report, by=cast.reviewer)
    assert report.auditor is not None
    evidence = recorded_evidence(waiting.vendor, by=cast.reviewer)
    pk = {
        "vendor": waiting.vendor_id,
        "review": waiting.pk,
        "report": report.pk,
        "nda": nda.pk,
        "request": request.pk,
        "statement": statement.pk,
        "auditor": report.auditor.pk,
        "contact": contact.pk,
        "mail": mail.pk,
        "evidence": evidence.pk,
        "exception": exception.pk,
        "remediation": remediation.pk,
        "assessment": answer.assessment_id,
        "answer": answer.pk,
        "attachment": answer.attachments.get().pk,
        "section": answer.question.section_id,
        "version": drafted.pk,
        "questionnaire": drafted.questionnaire_id,
        "part": drafted.sections.get().pk,
        "question": Question.objects.get(section__version=drafted).pk,
        "import": a_file_on_its_way(story).pk,
        "answer_import": a_workbook_back(story, answer, contact).pk,
        "brought": a_file_brought_in(story, answer).pk,
        "profile": ImportProfile.objects.create(
            name="Told for the table.", content=Profile("Told", {}).as_json(), kept_at=clock.now(), kept_by="Ines Varga"
        ).pk,
        "waiver": waiver.pk,
        "risk": risk.pk,
        "finding": finding.pk,
        "comment": comment.pk,
        "condition": Condition.objects.get().pk,
        "memo": memo.number,
        "person": cast.auditor.pk,
        "engagement": waiting.engagement_id,
        "decision": Decision.objects.get(review=decided).pk,
        "reminder": a_reminder_about(waiting).pk,
        "campaign": campaign.pk,
        "recipient": campaign.recipients.get().pk,
        "answer_comment": a_word_about(answer, story).pk,
        "assignment": a_section_given(answer, contact).pk,
        "token": make_token(cast.reviewer)[0].pk,
    }
    browsers = {
        "nobody": Client(),
        "requester": staff_client(cast.requester),
        "reviewer": staff_client(cast.reviewer),
        "approver": staff_client(cast.approver),
        "auditor": staff_client(cast.auditor),
        "administrator": staff_client(cast.administrator),
        "contact": signed_in(contact),
        "stranger": signed_in(stranger),
    }
    assert Decision.objects.filter(review=decided).exclude(outcome="").exists()
    return Stage(browsers, pk, vars(cast))


def a_reminder_about(review: Review) -> ReminderDue:
    """One that went out."""
    return ReminderDue.objects.create(
        subject_type="review",
        subject_id=review.pk,
        vendor_id=review.vendor_id,
        anchor=FIRST_DAY,
        milestone="overdue",
        recipient="ines.varga@northmoor.example",
        due_on=FIRST_DAY,
        scan_day=FIRST_DAY,
        claimed_at=clock.now(),
        state=ReminderState.SENT,
    )


def under_way(story: Story, review: Review) -> Answer:
    """The vendor is answering a questionnaire; a file stands beside the answer that is returned."""
    contact = speaking(review.vendor.contacts.get())
    sent = {"engagement": review.engagement, "contact": contact, "due_on": FIRST_DAY, "on": FIRST_DAY}
    assessment = questionnaires.send(**sent, by=story.cast.reviewer, now=story.at(FIRST_DAY))
    answer = assessment.answers.filter(question__evidence=Question.Evidence.OPTIONAL).first()
    return questionnaires.attach_file(
        answer=answer, upload=upload(), by=contact.user, now=story.at(FIRST_DAY), on=FIRST_DAY
    )


def a_word_about(answer: Answer, story: Story) -> AnswerComment:
    """Among ourselves, by the reviewer: nobody withdraws it."""
    reviewer = story.cast.reviewer
    return AnswerComment.objects.create(
        answer=answer, text="Told for the table.", by=reviewer.name, by_id=reviewer.pk, at=clock.now()
    )


def a_section_given(answer: Answer, contact: Contact) -> Assignment:
    return answer.assessment.assignments.create(
        section=answer.question.section, contact=contact, assigned_by=contact.name, assigned_at=clock.now()
    )


def a_campaign(story: Story, review: Review) -> Campaign:
    """One vendor is asked by a campaign that is not sent yet."""
    version = questionnaires.ensure_starter(now=story.at(FIRST_DAY))
    return campaigns.start_campaign(
        version=version,
        reviews=[review],
        title="Told for the table.",
        due_on=FIRST_DAY,
        by=story.cast.reviewer,
        now=story.at(FIRST_DAY),
        on=FIRST_DAY,
    )


def a_draft_of_ours(story: Story) -> QuestionnaireVersion:
    """A version that is being written: one section with one question."""
    given = filled(content(question("A-1"), key="in-writing"))
    return questionnaires.draft_from(content=given, by=story.cast.reviewer, now=story.at(FIRST_DAY))


def a_file_on_its_way(story: Story) -> ImportJob:
    """A questionnaire that somebody looks through."""
    table = b"ID,Question,Answer\nA-1,Do you encrypt backups?,\nA-2,Do you test restoring them?,\n"
    return questionnaires.begin_import(
        data=table, name="questions.csv", by=story.cast.reviewer, now=story.at(FIRST_DAY)
    )


def a_workbook_back(story: Story, answer: Answer, contact: Contact) -> AnswerImport:
    """The vendor has brought its workbook back and looks at what it would change."""
    return questionnaires.begin_answer_import(
        assessment=answer.assessment,
        data=workbook_of(answer.assessment),
        name="answers.xlsx",
        by=contact.user,
        now=story.at(FIRST_DAY),
    )


def a_file_brought_in(story: Story, answer: Answer) -> AnswerImport:
    """The reviewer looks at what the vendor's own file would change."""
    assessment, by = answer.assessment, story.cast.reviewer
    file = questionnaires.read_answers(assessment=assessment, data=workbook_of(assessment), name="caiq.xlsx", by=by)
    return questionnaires.keep_answer_import(
        assessment=assessment, file=file, received_from="Told for the table.", by=by, now=story.at(FIRST_DAY)
    )


def a_requester_of_nothing() -> Client:
    """A requester who asked for nothing: every review is foreign."""
    person = User.objects.create_staff(
        email="nora.lake@northmoor.example", name="Nora Lake", roles=frozenset({Role.REQUESTER})
    )
    return staff_client(person)
