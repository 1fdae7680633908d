"""A modified opinion: planned by the reviewer, closed by another person."""

import pytest

from procurement.reviews import access, services
from procurement.reviews.models import Remediation, Review, State
from tests.conftest import member_of_staff
from tests.factories.reviews import remediated_review
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused, Role
from vendors.reports import access as reports_access


@pytest.fixture
def review(vendor, requester, reviewer) -> Review:
    return remediated_review(vendor, asked_by=requester, reviewer=reviewer)


@pytest.fixture
def remediation(review) -> Remediation:
    return Remediation.objects.select_related("review__engagement", "report").get()


def path_of(remediation: Remediation, act: str) -> str:
    return f"/reviews/{remediation.review_id}/remediations/{remediation.pk}/{act}/"


def close(remediation: Remediation, *, by, note: str = "The vendor showed its new leaver feed.") -> Remediation:
    return services.close_remediation(remediation=remediation, note=note, by=by, now=clock.now())


@pytest.mark.slow
def test_the_reviewer_plans_it_and_the_approver_who_is_asked_sees_the_review(
    as_staff, letters, remediation, reviewer, approver
):
    review = remediation.review
    assert as_staff(approver).get(path_of(remediation, "close")).status_code == 404
    letters()
    typed = {"plan": "The vendor fixes its leaver feed by May.", "asked": approver.pk}
    assert as_staff(reviewer).get(path_of(remediation, "plan")).status_code == 200
    assert as_staff(reviewer).post(path_of(remediation, "plan"), typed).status_code == 302

    remediation.refresh_from_db()
    assert (remediation.plan, remediation.asked) == ("The vendor fixes its leaver feed by May.", approver)
    assert access.review_for(approver, review.pk) == review
    assert not access.reads_only_status(approver, review)
    assert reports_access.can_open(approver, review.report, clock.today())
    (letter,) = letters()
    assert letter.to == ["Tomasz Reyk <tomasz.reyk@northmoor.example>"]
    assert "Ines Varga asks you to close a remediation" in letter.body


def test_the_approver_closes_it_with_a_note_and_the_review_goes_on(as_staff, letters, remediation, reviewer, approver):
    services.plan_remediation(remediation=remediation, plan="Fixed.", asked=approver, by=reviewer, now=clock.now())
    letters()
    client = as_staff(approver)
    assert "Leavers kept access." in client.get(path_of(remediation, "close")).content.decode()
    assert "Say why it may be closed." in client.post(path_of(remediation, "close"), {"note": ""}).content.decode()
    assert client.post(path_of(remediation, "close"), {"note": "Seen the new feed."}).status_code == 302

    review = Review.objects.get()
    remediation.refresh_from_db()
    assert review.state == State.IN_REVIEW
    assert (remediation.closed_by, remediation.closing_note) == (approver, "Seen the new feed.")
    assert entries_on("review", review.pk).first().verb == "remediation.closed"
    assert [letter.to[0].split(" <")[0] for letter in letters()] == ["Ines Varga"]


def test_another_reviewer_closes_it_without_being_asked(remediation, second_reviewer):
    assert close(remediation, by=second_reviewer).closed_by == second_reviewer


@pytest.mark.slow
def test_whoever_accepted_the_report_cannot_close_it_also_as_an_approver(
    as_staff, vendor, requester, reviewer_and_approver, second_reviewer
):
    review = remediated_review(vendor, asked_by=requester, reviewer=reviewer_and_approver)
    remediation = review.remediations.get()
    answer = as_staff(reviewer_and_approver).post(path_of(remediation, "close"), {"note": "Fine."})
    assert answer.status_code == 403
    assert "You accepted the report, so somebody else has to close its remediation." in answer.content.decode()
    assert not access.can_close(reviewer_and_approver, remediation)
    # Handing the review to somebody else changes nothing about who accepted.
    services.hand_over(review=review, to=second_reviewer, by=reviewer_and_approver, now=clock.now())
    with pytest.raises(NotAllowed):
        close(remediation, by=reviewer_and_approver)
    assert close(remediation, by=second_reviewer).closed_by == second_reviewer


def test_whoever_asked_for_the_review_cannot_close_it(vendor, two_roles, requester, reviewer):
    review = remediated_review(vendor, asked_by=two_roles, reviewer=reviewer)
    with pytest.raises(NotAllowed, match="You asked for this review"):
        close(review.remediations.get(), by=two_roles)


@pytest.mark.slow
def test_nobody_without_the_role_closes_or_plans(as_staff, remediation, requester, auditor, administrator, approver):
    for user, status in ((requester, 403), (auditor, 403), (administrator, 404), (approver, 404)):
        for act in ("close", "plan"):
            assert as_staff(user).post(path_of(remediation, act), {"note": "x"}).status_code == status
    remediation.refresh_from_db()
    assert remediation.is_open


def test_only_the_assigned_reviewer_plans(as_staff, remediation, second_reviewer):
    assert as_staff(second_reviewer).get(path_of(remediation, "plan")).status_code == 403
    assert not access.can_plan(second_reviewer, remediation)


def test_whoever_may_not_close_it_is_not_asked(as_staff, remediation, requester, reviewer, second_reviewer, approver):
    assert set(access.closers_for(remediation)) == {second_reviewer, approver}
    for unfit in (requester, reviewer):
        with pytest.raises(Refused, match="cannot close it"):
            services.plan_remediation(remediation=remediation, plan="x", asked=unfit, by=reviewer, now=clock.now())
    page = as_staff(reviewer).post(path_of(remediation, "plan"), {"plan": " ", "asked": reviewer.pk})
    assert "Say what is done about it" in page.content.decode()
    with pytest.raises(Refused) as refused:
        services.plan_remediation(remediation=remediation, plan=" ", asked=approver, by=reviewer, now=clock.now())
    assert refused.value.field == "plan"


def test_asking_another_person_calls_the_first_mail_back(letters, remediation, reviewer, approver, second_reviewer):
    letters()
    for asked in (approver, second_reviewer):
        services.plan_remediation(remediation=remediation, plan="Fixed.", asked=asked, by=reviewer, now=clock.now())
    assert [letter.to[0].split(" <")[0] for letter in letters()] == ["Oona Brandt"]


def test_it_is_closed_once(as_staff, remediation, reviewer, second_reviewer, approver):
    close(remediation, by=second_reviewer)
    with pytest.raises(Refused, match="closed already"):
        close(remediation, by=second_reviewer)
    remediation.refresh_from_db()
    with pytest.raises(Refused, match="closed already"):
        services.plan_remediation(remediation=remediation, plan="x", asked=approver, by=reviewer, now=clock.now())
    assert as_staff(second_reviewer).get(path_of(remediation, "close")).status_code == 409


def test_a_note_is_asked_for(remediation, second_reviewer):
    with pytest.raises(Refused) as refused:
        close(remediation, by=second_reviewer, note=" ")
    assert refused.value.field == "note"


def test_nothing_is_closed_in_a_review_that_was_withdrawn(remediation, second_reviewer):
    Review.objects.update(state=State.WITHDRAWN)
    remediation.review.refresh_from_db()
    with pytest.raises(Refused, match="not in remediation"):
        close(remediation, by=second_reviewer)


def test_a_remediation_of_a_report_the_review_left_is_history(remediation, second_reviewer):
    Review.objects.update(report=None)
    with pytest.raises(Refused, match="another report now"):
        close(remediation, by=second_reviewer)


def test_an_asked_approver_who_loses_the_role_loses_the_reach(remediation, reviewer):
    una = member_of_staff("Una Holt", Role.APPROVER)
    services.plan_remediation(remediation=remediation, plan="Fixed.", asked=una, by=reviewer, now=clock.now())
    assert access.reviews_visible_to(una).exists()
    una.set_roles(frozenset())
    assert not access.reviews_visible_to(una).exists()
