"""Waivers: proposed by the reviewer, granted or refused by an approver, revoked. Never one person, never regulated."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from procurement.policy.terms import Result
from procurement.reviews import access, services
from procurement.reviews.models import Review, State, Waiver
from procurement.reviews.page import review_page
from procurement.reviews.queries import requirement_checks
from tests.conftest import member_of_staff
from tests.factories import ndas
from tests.factories.reviews import awaiting_review, judge_everything, read_review, taken_review
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused, Role

THE_REPORT = "soc2_type2_current"


@pytest.fixture
def review(vendor, requester, reviewer) -> Review:
    """Taken; the vendor has an NDA and no SOC 2 report."""
    ndas.record(vendor, by=reviewer)
    return taken_review(vendor, asked_by=requester, reviewer=reviewer, data_classes=["internal"])


def propose(review, *, by, asked, requirement=THE_REPORT, **changes) -> Waiver:
    given = {
        "reason": "ISO 27001 certificate on file; the report comes in spring.",
        "until": clock.today() + timedelta(days=90),
        **changes,
    }
    return services.propose_waiver(
        review=review, requirement=requirement, asked=asked, by=by, on=clock.today(), now=clock.now(), **given
    )


def grant(waiver, *, by) -> Waiver:
    return services.grant_exemption(exemption=waiver, by=by, on=clock.today(), now=clock.now())


def result_of(review, key: str, on=None) -> Result:
    checks = requirement_checks(Review.objects.get(pk=review.pk), on or clock.today())
    return next(check.result for check in checks if check.key == key)


@pytest.mark.slow
def test_the_reviewer_proposes_and_the_approver_sees_reads_and_grants_it(
    as_staff, letters, review, reviewer, approver, today
):
    here = review.get_absolute_url()
    assert as_staff(approver).get(here).status_code == 404
    assert f"{here}waivers/new/" in as_staff(reviewer).get(here).text
    letters()
    typed = {
        "requirement": THE_REPORT,
        "reason": "The report comes in spring.",
        "until": (today + timedelta(days=90)).isoformat(),
        "asked": approver.pk,
    }
    assert as_staff(reviewer).get(f"{here}waivers/new/").status_code == 200
    assert as_staff(reviewer).post(f"{here}waivers/new/", typed).status_code == 302
    waiver = Waiver.objects.get()
    assert result_of(review, THE_REPORT) is Result.NOT_MET, "proposed is not granted"
    (letter,) = letters()
    assert letter.to == ["Tomasz Reyk <tomasz.reyk@northmoor.example>"]
    assert "Ines Varga asks you to let something pass" in letter.body

    client = staff_client(approver)
    assert f"{here}waivers/{waiver.pk}/answer/" in client.get("/").text
    assert client.get(here).status_code == 200
    page = client.get(f"{here}waivers/{waiver.pk}/answer/").text
    assert "No SOC 2 Type II report of Quillhaven is on file." in page
    assert "The report comes in spring." in page
    assert client.post(f"{here}waivers/{waiver.pk}/answer/", {"decision": "grant"}).status_code == 302
    waiver.refresh_from_db()
    assert (waiver.granted_by, waiver.proposed_by) == (approver, reviewer)
    assert [letter.to[0].split(" <")[0] for letter in letters()] == ["Ines Varga"]
    assert [entry.verb for entry in entries_on("review", review.pk)[:2]] == ["waiver.granted", "waiver.proposed"]
    assert result_of(review, THE_REPORT) is Result.NOTED
    assert result_of(review, "opinion") is Result.NOT_APPLICABLE
    assert result_of(review, THE_REPORT, on=waiver.until + timedelta(days=1)) is Result.NOT_MET
    assert "Granted" in as_staff(reviewer).get(here).text


@pytest.mark.slow
def test_a_review_whose_report_is_waived_goes_on_without_one(as_staff, review, reviewer, approver):
    with pytest.raises(Refused, match="No accepted report"):
        services.begin_review(review=review, by=reviewer, now=clock.now())
    grant(propose(review, by=reviewer, asked=approver), by=approver)
    assert "Begin with what is on file" in as_staff(reviewer).get(review.get_absolute_url()).text
    begun = services.begin_review(review=review, by=reviewer, now=clock.now())
    assert (begun.state, begun.report, begun.state_reason) == (State.IN_REVIEW, None, "The report is waived.")


@pytest.mark.slow
def test_the_approver_refuses_with_a_reason_and_the_reviewer_may_propose_again(letters, review, reviewer, approver):
    waiver = propose(review, by=reviewer, asked=approver)
    letters()
    client = staff_client(approver)
    address = f"/reviews/{review.pk}/waivers/{waiver.pk}/answer/"
    assert "Grant it or refuse it." in client.post(address, {"answer": ""}).text
    assert "Say why, so that the reviewer knows" in client.post(address, {"decision": "refuse"}).text
    assert client.post(address, {"decision": "refuse", "answer": "Ask for a date first."}).status_code == 302
    waiver.refresh_from_db()
    assert (waiver.refused_by, waiver.answer, waiver.is_waiting) == (approver, "Ask for a date first.", False)
    assert result_of(review, THE_REPORT) is Result.NOT_MET
    (letter,) = letters()
    assert "Tomasz Reyk refused it" in letter.body
    assert client.post(address, {"decision": "grant"}).status_code == 409
    assert propose(review, by=reviewer, asked=approver).is_waiting


def test_a_password_given_long_ago_is_asked_for_again_before_granting(review, reviewer, approver):
    waiver = propose(review, by=reviewer, asked=approver)
    approver.set_password("correct horse battery staple")
    approver.save()
    answer = staff_client(approver, minutes_ago=60).get(f"/reviews/{review.pk}/waivers/{waiver.pk}/answer/")
    assert answer.status_code == 302
    assert "/account/" in answer.headers["Location"]


@pytest.mark.slow
@pytest.mark.parametrize("vertical", ["healthcare", "finance", "government"])
def test_nothing_is_waived_in_a_regulated_vertical(as_staff, vendor, requester, reviewer, approver, vertical):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer, verticals=[vertical])
    with pytest.raises(Refused, match=f"for data from {vertical.capitalize()}"):
        propose(review, by=reviewer, asked=approver)
    assert as_staff(reviewer).get(f"/reviews/{review.pk}/waivers/new/").status_code == 409
    assert "waivers/new/" not in as_staff(reviewer).get(review.get_absolute_url()).text


@pytest.mark.parametrize("requirement", ["nda_in_force", "period_length", "baa_for_health", "opinion", "nonsense"])
def test_only_what_is_not_met_and_may_be_waived_can_be_proposed(review, reviewer, approver, requirement):
    with pytest.raises(Refused, match="cannot be waived now"):
        propose(review, by=reviewer, asked=approver, requirement=requirement)


def test_what_is_asked_already_is_not_proposed_twice(as_staff, review, reviewer, approver):
    waiver = propose(review, by=reviewer, asked=approver)
    with pytest.raises(Refused, match="cannot be waived now"):
        propose(review, by=reviewer, asked=approver)
    assert "There is nothing to propose" in as_staff(reviewer).get(f"/reviews/{review.pk}/waivers/new/").text
    twin = Waiver.objects.get(pk=waiver.pk)
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "Say why it may pass"),
        ({"until": clock.today() - timedelta(days=1)}, "This day has passed"),
    ],
)
def test_a_waiver_has_a_reason_and_an_end(review, reviewer, approver, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        propose(review, by=reviewer, asked=approver, **changes)
    assert not Waiver.objects.exists()


def test_refusals_stand_beside_their_field(as_staff, review, reviewer, approver, today):
    typed = {"requirement": THE_REPORT, "reason": "Soon.", "until": "2020-01-01", "asked": approver.pk}
    page = as_staff(reviewer).post(f"/reviews/{review.pk}/waivers/new/", typed)
    assert "This day has passed. Name a day that is still to come." in page.text


def test_whoever_asked_or_reviews_cannot_be_asked(review, reviewer, requester, auditor):
    for person in (requester, reviewer, auditor):
        with pytest.raises(Refused, match="cannot grant it"):
            propose(review, by=reviewer, asked=person)


def test_only_the_approver_who_is_asked_answers(vendor, requester, reviewer, approver, review, auditor):
    waiver = propose(review, by=reviewer, asked=approver)
    another = member_of_staff("Vera Lindt", Role.APPROVER)
    for person in (reviewer, requester, auditor, another):
        with pytest.raises(NotAllowed):
            grant(waiver, by=person)
    assert Waiver.objects.get().is_waiting


@pytest.mark.parametrize("part", ["requested_by", "reviewer"])
def test_an_approver_who_asked_for_it_or_has_it_meanwhile_cannot_grant_it(review, reviewer, approver, part):
    waiver = propose(review, by=reviewer, asked=approver)
    approver.is_reviewer = True
    approver.save()
    setattr(review, part, approver)
    review.save()
    with pytest.raises(NotAllowed, match="so somebody else has to answer"):
        grant(waiver, by=approver)


def test_whoever_granted_something_is_not_given_the_review(review, reviewer, approver, second_reviewer):
    approver.is_reviewer = True
    approver.save()
    assert access.reviewers_for(review).filter(pk=approver.pk).exists()
    grant(propose(review, by=reviewer, asked=approver), by=approver)
    assert list(access.reviewers_for(review)) == [second_reviewer]


def test_the_database_too_wants_two_people(review, reviewer, approver):
    waiver = propose(review, by=reviewer, asked=approver)
    waiver.granted_by, waiver.granted_at = reviewer, clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        waiver.save()


def test_nobody_but_the_assigned_reviewer_proposes(review, second_reviewer, approver, requester):
    for person in (second_reviewer, approver, requester):
        with pytest.raises(NotAllowed):
            propose(review, by=person, asked=approver)
        assert not access.can_propose(person, review)


def test_an_end_that_has_passed_is_not_granted(review, reviewer, approver, today):
    waiver = propose(review, by=reviewer, asked=approver, until=today)
    with pytest.raises(Refused, match=r"has passed\. Refuse it"):
        services.grant_exemption(exemption=waiver, by=approver, on=today + timedelta(days=1), now=clock.now())


@pytest.mark.slow
def test_the_reviewer_takes_a_proposal_back_and_its_mail_is_called_back(as_staff, letters, review, reviewer, approver):
    letters()
    waiver = propose(review, by=reviewer, asked=approver)
    address = f"/reviews/{review.pk}/waivers/{waiver.pk}/revoke/"
    assert "Take it back" in as_staff(reviewer).get(address).text
    assert "Say why it is taken back." in as_staff(reviewer).post(address, {"reason": ""}).text
    assert as_staff(reviewer).post(address, {"reason": "The report has come."}).status_code == 302
    assert letters() == []
    with pytest.raises(Refused):
        grant(waiver, by=approver)
    assert entries_on("review", review.pk).first().verb == "waiver.taken_back"
    assert as_staff(reviewer).post(address, {"reason": "Again."}).status_code == 409
    assert "Taken back" in as_staff(reviewer).get(review.get_absolute_url()).text


def test_revoking_asks_for_a_reason_and_one_of_two_people(review, reviewer, approver, second_reviewer):
    waiver = grant(propose(review, by=reviewer, asked=approver), by=approver)
    with pytest.raises(NotAllowed):
        services.revoke_exemption(exemption=waiver, reason="No.", by=second_reviewer, now=clock.now())
    with pytest.raises(Refused, match="Say why"):
        services.revoke_exemption(exemption=waiver, reason=" ", by=approver, now=clock.now())
    services.revoke_exemption(exemption=waiver, reason="They lost a disk.", by=approver, now=clock.now())
    assert result_of(review, THE_REPORT) is Result.NOT_MET
    assert not Waiver.objects.holding(clock.today()).exists()


def test_revoked_while_it_waits_for_its_approver_the_review_goes_back(letters, vendor, requester, reviewer, approver):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    waiver = propose(review, by=reviewer, asked=approver, requirement="scope_fit")
    waiver = grant(waiver, by=approver)
    services.put_before(review=review, approver=approver, by=reviewer, now=clock.now())
    letters()
    services.revoke_exemption(exemption=waiver, reason="A breach.", by=approver, now=clock.now())
    review = Review.objects.get(pk=review.pk)
    assert review.state == State.IN_REVIEW
    assert "was revoked: A breach." in review.state_reason
    assert {letter.to[0].split(" <")[0] for letter in letters()} == {"Ines Varga"}


def test_nothing_is_proposed_while_it_waits_for_the_approver(vendor, requester, reviewer, approver):
    review = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    with pytest.raises(Refused, match="can be edited now"):
        propose(review, by=reviewer, asked=approver)


def test_a_proposal_is_not_answered_once_the_review_left_the_desk(vendor, requester, reviewer, approver):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    waiver = propose(review, by=reviewer, asked=approver, requirement="scope_fit")
    judge_everything(review, by=reviewer)
    services.put_before(review=Review.objects.get(pk=review.pk), approver=approver, by=reviewer, now=clock.now())
    with pytest.raises(Refused, match="can be edited now"):
        grant(waiver, by=approver)


def test_a_withdrawn_review_calls_the_question_back(letters, review, reviewer, approver):
    letters()
    propose(review, by=reviewer, asked=approver)
    services.withdraw(review=review, reason="Not bought.", by=reviewer, now=clock.now())
    assert not [letter for letter in letters() if letter.to[0].startswith("Tomasz")]


@pytest.mark.slow
def test_the_page_says_what_holds_and_what_has_ended(review, reviewer, approver, today):
    waiver = grant(propose(review, by=reviewer, asked=approver, until=today), by=approver)
    (row,) = review_page(review, reviewer, today).exemptions
    assert (row.holds, row.may_revoke, row.may_answer) == (True, True, False)
    (row,) = review_page(review, reviewer, waiver.until + timedelta(days=1)).exemptions
    assert not row.holds


def test_a_waiver_of_another_review_is_not_there(as_staff, review, reviewer, requester, approver, vendor):
    waiver = propose(review, by=reviewer, asked=approver)
    other = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    assert as_staff(reviewer).get(f"/reviews/{other.pk}/waivers/{waiver.pk}/revoke/").status_code == 404
