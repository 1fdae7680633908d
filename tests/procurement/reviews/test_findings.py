"""Findings: raised by the reviewer, given to an owner with a date, closed or withdrawn."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from procurement.reviews import access, services
from procurement.reviews.models import Finding, Review, State
from tests.conftest import member_of_staff
from tests.factories.findings import finding_draft, make_finding
from tests.factories.reviews import awaiting_review, read_review, requested_review, taken_review
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import Refused, Role


@pytest.fixture
def review(vendor, requester, reviewer) -> Review:
    return read_review(vendor, asked_by=requester, reviewer=reviewer)


@pytest.fixture
def owner(db):
    """Somebody of ours without any role."""
    return member_of_staff("Edith Rowan", title="Platform")


@pytest.fixture
def finding(review, reviewer, owner) -> Finding:
    return make_finding(review, by=reviewer, owner=owner)


def typed(owner, **changes) -> dict[str, object]:
    return {
        "title": "Restores are never tried",
        "description": "Nobody has restored a backup this year.",
        "severity": "high",
        "owner": owner.pk,
        "due_on": (clock.today() + timedelta(days=28)).isoformat(),
        "source": "other",
        "source_reference": "call of 12 August",
        **changes,
    }


def address(finding: Finding, act: str = "") -> str:
    return f"/findings/{finding.pk}/{act}"


def after(finding: Finding) -> Finding:
    return Finding.objects.get(pk=finding.pk)


def verbs(finding: Finding) -> list[str]:
    return [entry.verb for entry in entries_on("finding", finding.pk)]


def test_the_reviewer_raises_one_and_its_owner_gets_a_mail_that_quotes_nothing(
    as_staff, letters, review, reviewer, owner
):
    letters()
    path = f"/reviews/{review.pk}/findings/new/"
    assert "Edith Rowan, Platform" in as_staff(reviewer).get(path).text
    answer = as_staff(reviewer).post(path, typed(owner))
    finding = Finding.objects.get()
    assert answer.headers["Location"] == address(finding)
    assert (finding.label, finding.owner, finding.opened_by) == ("F-1", owner, "Ines Varga")
    assert verbs(finding) == ["finding.raised"]
    (letter,) = letters()
    assert letter.to == ["Edith Rowan <edith.rowan@northmoor.example>"]
    assert "Severity" in letter.body
    assert "Restores" not in letter.subject + letter.body


def test_numbers_count_within_the_review_and_are_never_given_twice(review, reviewer, owner):
    first, second = (make_finding(review, by=reviewer, owner=owner) for _ in range(2))
    services.withdraw_finding(finding=second, reason="The same as F-1.", by=reviewer, now=clock.now())
    third = make_finding(review, by=reviewer, owner=owner)
    assert [each.label for each in (first, second, third)] == ["F-1", "F-2", "F-3"]


def test_an_exception_of_the_report_is_named_by_its_criterion(as_staff, review, reviewer, owner):
    exception = review.report.exceptions.first()
    as_staff(reviewer).post(
        f"/reviews/{review.pk}/findings/new/",
        typed(owner, exception=exception.pk, source_reference="", source="other"),
    )
    finding = Finding.objects.get()
    assert (finding.source, finding.source_reference) == ("exception", exception.criterion)
    assert f"page={exception.page}" in as_staff(reviewer).get(address(finding)).text


@pytest.mark.slow
def test_an_exception_of_another_report_is_refused(vendor, review, reviewer, second_reviewer, requester):
    other = read_review(vendor, asked_by=requester, reviewer=second_reviewer, title="Payroll")
    draft = finding_draft(reviewer, exception=other.report.exceptions.first())
    Review.objects.filter(pk=review.pk).update(report=None)
    with pytest.raises(Refused, match="not in the report"):
        services.raise_finding(review=review, draft=draft, by=reviewer, on=clock.today(), now=clock.now())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", " ", "Name the finding"),
        ("description", "", "Say what was found"),
        ("severity", "dire", "how severe"),
        ("source", "hearsay", "where it was found"),
        ("due_on", clock.today() - timedelta(days=1), "has passed"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(review, reviewer, owner, field, value, sentence):
    draft = replace(finding_draft(owner), **{field: value})
    with pytest.raises(Refused, match=sentence):
        services.raise_finding(review=review, draft=draft, by=reviewer, on=clock.today(), now=clock.now())
    assert not Finding.objects.exists()


def test_the_form_says_beside_the_field_what_is_wrong(as_staff, review, reviewer, owner):
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    page = as_staff(reviewer).post(f"/reviews/{review.pk}/findings/new/", typed(owner, due_on=yesterday))
    assert "This day has passed" in page.text
    assert not Finding.objects.exists()


def test_nobody_who_has_left_and_no_contact_owns_one(review, reviewer, owner, contact):
    owner.is_active = False
    owner.save()
    for unfit in (owner, contact.user):
        with pytest.raises(Refused, match="active member of staff"):
            make_finding(review, by=reviewer, owner=unfit)


def test_it_is_given_to_another_owner_and_both_are_told(as_staff, letters, finding, reviewer, approver, owner):
    letters()
    path = address(finding, "assign/")
    assert as_staff(reviewer).get(path).status_code == 200
    assert as_staff(reviewer).post(path, {"owner": approver.pk}).status_code == 302
    assert after(finding).owner == approver
    assert {letter.to[0].split(" <")[0] for letter in letters()} == {"Tomasz Reyk", "Edith Rowan"}
    with pytest.raises(Refused, match="has it already"):
        services.assign_finding(finding=finding, owner=approver, by=reviewer, now=clock.now())


def test_moving_the_date_needs_a_reason_and_the_ledger_keeps_the_day_before(as_staff, letters, finding, reviewer):
    letters()
    before, path = finding.due_on, address(finding, "due/")
    later = before + timedelta(days=7)
    page = as_staff(reviewer).post(path, {"due_on": later.isoformat(), "reason": ""})
    assert "Say why the date moves." in page.text
    assert after(finding).due_on == before
    as_staff(reviewer).post(path, {"due_on": later.isoformat(), "reason": "The vendor is on holiday."})
    assert after(finding).due_on == later
    entry = entries_on("finding", finding.pk).first()
    assert entry.details["before"] == before.isoformat()
    assert "The vendor is on holiday." in entry.sentence
    assert [letter.to for letter in letters()] == [["Edith Rowan <edith.rowan@northmoor.example>"]]


def test_the_form_says_what_the_act_refuses(as_staff, finding, reviewer):
    typed_again = {"due_on": finding.due_on.isoformat(), "reason": "Why not."}
    page = as_staff(reviewer).post(address(finding, "due/"), typed_again)
    assert "It is due on that day already." in page.text


def test_before_there_is_a_report_no_exception_can_be_named(as_staff, vendor, requester, reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    page = as_staff(reviewer).get(f"/reviews/{review.pk}/findings/new/")
    assert 'name="title"' in page.text
    assert 'name="exception"' not in page.text


def test_the_same_day_and_a_missing_reason_are_refused_by_the_act_too(finding, reviewer):
    moved = {"finding": finding, "by": reviewer, "on": clock.today(), "now": clock.now()}
    with pytest.raises(Refused, match="that day already"):
        services.move_finding_due(due_on=finding.due_on, reason="Why not.", **moved)
    with pytest.raises(Refused, match="Say why"):
        services.move_finding_due(due_on=finding.due_on + timedelta(days=1), reason=" ", **moved)


def test_its_owner_closes_it_with_a_note_and_the_reviewer_is_told(as_staff, letters, finding, owner):
    letters()
    client, path = as_staff(owner), address(finding, "close/")
    assert "Say how it was settled" in client.post(path, {"note": ""}).text
    assert client.post(path, {"note": "A restore was tried on 2 September."}).status_code == 302
    closed = after(finding)
    assert (closed.state, closed.ended_by) == ("closed", "Edith Rowan")
    assert verbs(finding)[0] == "finding.closed"
    assert "A restore was tried" in client.get(address(finding)).text
    (letter,) = letters()
    assert letter.to == ["Ines Varga <ines.varga@northmoor.example>"]


def test_the_reviewer_withdraws_it_with_a_reason(as_staff, finding, reviewer):
    client, path = as_staff(reviewer), address(finding, "withdraw/")
    assert "Say why it is no finding." in client.post(path, {"reason": ""}).text
    client.post(path, {"reason": "It was another vendor's."})
    assert after(finding).state == "withdrawn"


def test_what_has_ended_is_changed_no_more(as_staff, finding, reviewer, owner):
    services.close_finding(finding=finding, note="Done.", by=owner, now=clock.now())
    for act in ("assign/", "due/", "close/", "withdraw/"):
        answer = as_staff(reviewer).get(address(finding, act))
        assert answer.status_code == 409
        assert "not open any more" in answer.text


def test_an_act_without_a_word_of_why_is_refused(finding, reviewer):
    with pytest.raises(Refused):
        services.close_finding(finding=finding, note="  ", by=reviewer, now=clock.now())
    with pytest.raises(Refused):
        services.withdraw_finding(finding=finding, reason="", by=reviewer, now=clock.now())


def test_an_owner_closes_and_nothing_else(as_staff, finding, owner):
    client = as_staff(owner)
    assert client.get(address(finding)).status_code == 200
    for act in ("assign/", "due/", "withdraw/"):
        assert client.get(address(finding, act)).status_code == 403


@pytest.mark.slow
def test_who_else_sees_it_and_who_may_do_what(as_staff, finding, review, auditor, approver, requester, second_reviewer):
    assert as_staff(auditor).get(address(finding)).status_code == 200
    assert as_staff(auditor).get(address(finding, "close/")).status_code == 403
    assert as_staff(second_reviewer).get(address(finding)).status_code == 200
    assert as_staff(second_reviewer).get(address(finding, "close/")).status_code == 403
    for stranger in (approver, requester):
        foreign, missing = as_staff(stranger).get(address(finding)), as_staff(stranger).get("/findings/987654/")
        assert foreign.status_code == missing.status_code == 404
    assert "Restores are never tried" not in as_staff(requester).get(f"/reviews/{review.pk}/").text
    assert not access.can_raise(second_reviewer, review)


def test_a_contact_never_sees_one(finding, contact_client, contact):
    assert contact_client.get(address(finding)).status_code == 404
    assert not access.findings_visible_to(contact.user).exists()


@pytest.mark.slow
def test_none_is_raised_before_it_is_taken_nor_while_it_waits_for_its_approver(
    as_staff, vendor, requester, reviewer, approver
):
    draft = requested_review(vendor, by=requester, title="Payroll")
    waits = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    for review in (draft, waits):
        assert as_staff(reviewer).get(f"/reviews/{review.pk}/findings/new/").status_code == 409


def test_what_an_approver_reads_does_not_change_underneath(as_staff, review, finding, reviewer, approver, owner):
    services.put_before(review=review, approver=approver, by=reviewer, now=clock.now())
    assert as_staff(approver).get(address(finding)).status_code == 200
    answer = as_staff(owner).post(address(finding, "close/"), {"note": "Done."})
    assert answer.status_code == 409
    assert "waits for its approver" in answer.text
    assert after(finding).is_open


@pytest.mark.slow
def test_after_the_decision_any_reviewer_keeps_it_and_the_next_review_shows_it(
    as_staff, review, finding, reviewer, second_reviewer, requester, approver
):
    Review.objects.filter(pk=review.pk).update(state=State.APPROVED)
    review.refresh_from_db()
    following = services.ask_again(review=review, by=requester, on=clock.today(), now=clock.now())
    page = as_staff(second_reviewer).get(f"/reviews/{following.pk}/").text
    assert "Restores are never tried" in page
    assert f"found in {review.number}" in page
    assert "Restores are never tried" in as_staff(second_reviewer).get(f"/vendors/{review.vendor_id}/").text
    services.take_review(review=following, by=second_reviewer, now=clock.now())
    Review.objects.filter(pk=following.pk).update(approver=approver)
    assert access.finding_for(approver, finding.pk) == finding
    assert as_staff(second_reviewer).post(address(finding, "close/"), {"note": "Tried."}).status_code == 302
    assert "Restores are never tried" not in as_staff(second_reviewer).get(f"/reviews/{following.pk}/").text


def test_whoever_is_asked_to_close_a_remediation_sees_the_findings_too(review, finding, approver, reviewer):
    review.remediations.create(report=review.report, reason="Qualified.", opened_at=clock.now(), asked=approver)
    assert access.finding_for(approver, finding.pk) == finding


def test_the_database_refuses_an_end_without_who_and_why(finding):
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(state="closed")


def test_an_owner_without_a_role_reads_the_finding_and_no_link_to_the_review(as_staff, finding, owner, review):
    page = as_staff(owner).get(address(finding)).text
    assert "Nobody has restored" not in page
    assert "nobody has restored one this year" in page
    assert f'href="/reviews/{review.pk}/"' not in page


def test_roles_alone_do_not_open_anothers_finding(finding):
    stranger = member_of_staff("Nora Lake", Role.REQUESTER, Role.APPROVER)
    assert not access.findings_visible_to(stranger).exists()
