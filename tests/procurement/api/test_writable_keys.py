"""A key that somebody sends names only what they may reach: somebody else's is refused as if it were not there.

The lists are drawn from the code: a serializer or a form with a new key fails until it has a line here.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from rest_framework.serializers import Serializer

from procurement.accounts.models import User
from procurement.decisions.forms import ConditionForm
from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.forms import ColleagueForm
from procurement.reviews.access import approvers_for, closers_for, reviewers_for
from procurement.reviews.exempting import Proposable
from procurement.reviews.forms.acts import HandOverForm, PlanForm
from procurement.reviews.forms.asking import ReviewRequestForm
from procurement.reviews.forms.exemptions import InterimForm, ProposalForm, WaiverForm
from procurement.reviews.forms.findings import AssignForm, FindingForm
from procurement.reviews.forms.questionnaires import AskVendorForm, SendForm
from procurement.reviews.models import Remediation, Review
from procurement.reviews.queries import sendable_versions
from tests.factories import ndas
from tests.factories.engagements import use_details
from tests.factories.findings import make_finding
from tests.factories.questionnaires import a_draft, content, published, question
from tests.factories.reports import accepted_report, report_request, whole_facts
from tests.factories.reviews import remediated_review
from tests.factories.tokens import program_of
from tests.factories.vault import pdf_bytes, upload
from vendors.calendar import clock
from vendors.calendar.days import plus_months
from vendors.contacts.models import Contact
from vendors.reports.forms.requests import AddressedForm, RequestForm
from vendors.reports.forms.statements import StatedElsewhereForm, StatementForm
from vendors.reports.forms.uploads import AnswersForm
from vendors.rest.fields import Scoped

pytestmark = pytest.mark.django_db
MISSING = 987_654
DAY = "2999-01-01"

# Serializer and field: who sends it, where to (with POST where no method is named), with what else, and the key of what
# is not theirs.
KEYS: dict[tuple[str, str], tuple[str, str, dict[str, Any], str]] = {
    ("Invitation", "vendor"): ("requester", "contacts", {"name": "Jo", "email": "jo@quillhaven.example"}, "vendor"),
    ("NewRequest", "vendor"): ("requester", "report-requests", {"due_on": DAY}, "vendor"),
    ("NewRequest", "contact"): ("reviewer", "report-requests", {"due_on": DAY, "vendor": "vendor"}, "stranger"),
    ("Upload", "vendor"): ("requester", "reports", {"file": "file"}, "vendor"),
    ("Upload", "answers_request"): ("reviewer", "reports", {"file": "file", "vendor": "vendor"}, "strangers_request"),
    ("ReviewRequest", "owner"): ("requester", "reviews", {"vendor_name": "Quillhaven", **use_details()}, "reviewer"),
    ("Sending", "review"): ("administrator", "assessments", {"version": "published", "due_on": DAY}, "review"),
    ("Sending", "version"): ("reviewer", "assessments", {"review": "review", "due_on": DAY}, "draft"),
    ("Sending", "contact"): (
        "reviewer",
        "assessments",
        {"review": "review", "version": "published", "due_on": DAY},
        "strangers_contact",
    ),
    ("FileOfAnswers", "assessment"): (
        "requester",
        "brought-answers",
        {"file": "file", "received_from": "Trust center"},
        "assessment",
    ),
    ("Writing", "answer"): ("requester", "answer-comments", {"text": "Until when?"}, "answer"),
    ("Starting", "version"): (
        "reviewer",
        "campaigns",
        {"reviews": ["review"], "title": "Autumn round", "due_on": DAY},
        "draft",
    ),
    ("SectionToAdd", "version"): ("reviewer", "questionnaire-sections", {"title": "Backups"}, "published"),
    ("SectionToAdd", "parent"): (
        "reviewer",
        "questionnaire-sections",
        {"title": "Backups", "version": "draft"},
        "section_of_another_draft",
    ),
    ("QuestionToAdd", "section"): (
        "administrator",
        "questionnaire-questions",
        {"ref": "A-9", "text": "Is it so?"},
        "published_section",
    ),
    ("QuestionToChange", "section"): (
        "reviewer",
        "PATCH questionnaire-questions/{draft_question}",
        {"sha256": "0"},
        "section_of_another_draft",
    ),
    ("Flagging", "owner"): (
        "reviewer",
        "answers/{answer}/flag",
        {"title": "No.", "description": "No.", "severity": "low", "due_on": DAY},
        "contacts_account",
    ),
    ("Draft", "review"): ("requester", "decisions", {"summary": "Fine.", "residual_risk": "low"}, "review"),
    ("ConditionToMeet", "owner"): ("reviewer", "decisions", {"review": "review"}, "contacts_account"),
}


def below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


@pytest.fixture
def on_file(vendor, contact, stranger, reviewer, requester) -> dict[str, Any]:
    review = remediated_review(vendor, asked_by=requester, reviewer=reviewer)
    ndas.record(stranger.vendor, by=reviewer)
    strangers_report = accepted_report(stranger.vendor, by=reviewer)
    return {
        "vendor": vendor.pk,
        "stranger": stranger.pk,
        "reviewer": reviewer.pk,
        "review": review.pk,
        "contacts_account": contact.user_id,
        "strangers_request": report_request(stranger.vendor, by=reviewer).pk,
        "strangers_report": strangers_report.pk,
        "strangers_exception": strangers_report.exceptions.get().pk,
        "request": report_request(vendor, by=reviewer).pk,
        "strangers_contact": stranger.pk,
        **drafts_of_ours(reviewer),
        **a_questionnaire_read_in(review, by=reviewer),
    }


def drafts_of_ours(by: User) -> dict[str, Any]:
    """Two drafts, each with one section of one question."""
    draft = a_draft()
    another = questionnaires.draft_from(content=content(question("B-1"), key="another"), by=by, now=clock.now())
    return {
        "draft": draft.pk,
        "draft_question": draft.sections.get().questions.get().pk,
        "section_of_another_draft": another.sections.get().pk,
    }


def a_questionnaire_read_in(review: Review, *, by: User) -> dict[str, Any]:
    """A version, and an answer to one of its questions that the vendor has handed over."""
    version = published(content(question("A-1")))
    details = {"engagement": review.engagement, "version": version, "due_on": clock.today(), "on": clock.today()}
    sent = questionnaires.send(**details, by=by, now=clock.now())
    sent.answers.update(is_with_vendor=False)
    sections = {"published_section": version.sections.get().pk}
    return {"published": version.pk, "answer": sent.answers.get().pk, "assessment": sent.pk, **sections}


def keyed(value: Any, on_file: dict[str, Any]) -> Any:
    """The value with the key of what it names in its place."""
    if isinstance(value, list):
        return [keyed(each, on_file) for each in value]
    return on_file.get(value, value) if isinstance(value, str) else value


def test_every_key_of_the_api_has_a_line():
    assert get_resolver().url_patterns
    found = {
        (serializer.__name__, name)
        for serializer in below(Serializer)
        for name, field in getattr(serializer, "_declared_fields", {}).items()
        if isinstance(field, Scoped)
    }
    assert found == set(KEYS)


@pytest.mark.parametrize("key", KEYS, ids=".".join)
def test_somebody_elses_in_a_body_is_refused_as_if_it_were_not_there(key, on_file, request):
    person, resource, rest, foreign = KEYS[key]
    program = program_of(request.getfixturevalue(person))
    method, _space, resource = resource.format(**on_file).rpartition(" ")
    rest = {name: keyed(value, on_file) for name, value in rest.items()}

    def send(value: int) -> tuple[int, Any]:
        body: dict[str, Any] = {**rest, key[1]: value}
        if key[0] == "ConditionToMeet":
            condition = {"text": "Keep a copy.", "due_on": DAY, "owner": value}
            body = {**rest, "summary": "Fine.", "residual_risk": "low", "conditions": [condition]}
        if "file" in body:
            answer = program.post(f"/api/v1/{resource}/", {**body, "file": upload()})
        else:
            answer = program.generic(
                method or "POST", f"/api/v1/{resource}/", json.dumps(body), content_type="application/json"
            )
        return answer.status_code, answer.json()

    theirs, nothing = send(on_file[foreign]), send(MISSING)
    assert theirs == nothing
    assert theirs[0] == 400
    name = f"conditions.0.{key[1]}" if key[0] == "ConditionToMeet" else key[1]
    assert theirs[1]["errors"] == {name: ["There is none with this id."]}


# Form and field: the form as its page makes it, and the key of what may not be chosen there.
CHOICES: dict[tuple[str, str], tuple[Callable[..., forms.Form], str]] = {
    ("RequestForm", "contact"): (lambda review, _by: RequestForm(review.vendor), "stranger"),
    ("AddressedForm", "contact"): (lambda review, _by: AddressedForm(review.vendor), "stranger"),
    ("AskVendorForm", "contact"): (lambda review, _by: AskVendorForm(review.vendor, may_send=True), "stranger"),
    ("SendForm", "contact"): (lambda review, _by: SendForm(review.vendor, sendable_versions(review)), "stranger"),
    ("SendForm", "versions"): (lambda review, _by: SendForm(review.vendor, sendable_versions(review)), "draft"),
    ("ColleagueForm", "contact"): (
        lambda review, _by: ColleagueForm(Contact.objects.active().filter(vendor=review.vendor)),
        "stranger",
    ),
    ("AnswersForm", "answers_request"): (lambda review, _by: AnswersForm(review.vendor), "strangers_request"),
    ("StatementForm", "report"): (lambda review, by: two_to_follow(StatementForm, review, by), "strangers_report"),
    ("StatedElsewhereForm", "report"): (
        lambda review, by: two_to_follow(StatedElsewhereForm, review, by),
        "strangers_report",
    ),
    ("HandOverForm", "to"): (lambda review, _by: HandOverForm(reviewers=reviewers_for(review)), "requester"),
    ("PlanForm", "asked"): (
        lambda review, _by: PlanForm(closers=closers_for(Remediation.objects.get(review=review))),
        "requester",
    ),
    ("ProposalForm", "asked"): (lambda review, _by: ProposalForm(approvers=approvers_for(review)), "requester"),
    ("InterimForm", "asked"): (lambda review, _by: InterimForm(approvers=approvers_for(review)), "requester"),
    ("WaiverForm", "asked"): (
        lambda review, _by: WaiverForm(approvers=approvers_for(review), found=Proposable()),
        "requester",
    ),
    ("FindingForm", "owner"): (lambda review, _by: FindingForm(review=review), "contacts_account"),
    ("FindingForm", "exception"): (lambda review, _by: FindingForm(review=review), "strangers_exception"),
    ("AssignForm", "owner"): (lambda review, by: AssignForm(finding=make_finding(review, by=by)), "contacts_account"),
    ("ReviewRequestForm", "owner"): (lambda _review, by: ReviewRequestForm(by=by), "contacts_account"),
    ("ConditionForm", "owner"): (lambda _review, _by: ConditionForm(), "contacts_account"),
}
# Everybody who sees the list may filter it by any firm: firms belong to no vendor.
FOR_EVERYBODY = {("Soc2Filters", "auditor")}


def two_to_follow(form: type[StatementForm], review: Review, by: User) -> StatementForm:
    """The form asks which report is meant only where there are several."""
    start, end = whole_facts().period_start, whole_facts().period_end
    assert start is not None
    assert end is not None
    earlier = whole_facts(period_start=plus_months(start, -12), period_end=plus_months(end, -12), report_date=start)
    accepted_report(review.vendor, facts=earlier, by=by, content=pdf_bytes(pages=11))
    return form(review.vendor)


def test_every_choice_of_an_object_in_a_form_has_a_line():
    assert get_resolver().url_patterns
    found = {
        (form.__name__, name)
        for form in below(forms.Form)
        if form.__module__.split(".")[0] in {"procurement", "vendors"}
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.ModelChoiceField)
    }
    assert found == set(CHOICES) | FOR_EVERYBODY


@pytest.mark.parametrize("choice", CHOICES, ids=".".join)
def test_somebody_elses_in_a_form_is_refused_as_if_it_were_not_there(choice, on_file, reviewer, requester):
    make, foreign = CHOICES[choice]
    review = Review.objects.get(pk=on_file["review"])
    field = make(review, reviewer).fields[choice[1]]
    sentences = []
    for key in ({**on_file, "requester": requester.pk}[foreign], MISSING):
        with pytest.raises(ValidationError) as refusal:
            field.clean([str(key)] if isinstance(field, forms.ModelMultipleChoiceField) else str(key))
        sentences.append(refusal.value.messages)
    assert sentences[0] == sentences[1]
