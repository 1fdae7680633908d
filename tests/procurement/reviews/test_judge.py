"""What we say about a report for this use: scope fit, exceptions, user entity controls."""

import pytest

from procurement.reviews import access, services
from procurement.reviews.models import CuecStatus, ExceptionJudgement, Review, State
from tests.factories.reviews import awaiting_review, long_facts, read_review, requested_review, taken_review
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed, Refused

Decision, Status = ExceptionJudgement.Decision, CuecStatus.Status


@pytest.fixture
def review(vendor, requester, reviewer) -> Review:
    return read_review(vendor, asked_by=requester, reviewer=reviewer, facts=long_facts(3))


def fit(review: Review, *, by, fits: str = "yes", page: int | None = 6, ours: str = "") -> Review:
    return services.record_scope_fit(review=review, fits=fits, page=page, ours=ours, by=by, now=clock.now())


def test_scope_fit_names_the_page_and_what_stays_ours(review, reviewer):
    fit(review, by=reviewer, ours=" Our configuration ")
    review.refresh_from_db()
    assert (review.scope_fit, review.scope_page, review.scope_ours) == ("yes", 6, "Our configuration")


@pytest.mark.parametrize(
    ("fits", "page", "field"), [("maybe", 6, "fits"), ("yes", None, "page"), ("yes", 4000, "page")]
)
def test_what_cannot_be_said_of_scope_fit_is_refused(review, reviewer, fits, page, field):
    with pytest.raises(Refused) as refused:
        fit(review, by=reviewer, fits=fits, page=page)
    assert refused.value.field == field


def test_no_needs_no_page_and_nothing_is_compared_without_a_report(review, vendor, requester, reviewer):
    assert fit(review, by=reviewer, fits="no", page=None).scope_fit == "no"
    collecting = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    with pytest.raises(Refused, match="no accepted report yet"):
        fit(collecting, by=reviewer)


def test_the_reviewer_decides_all_exceptions_in_one_form(as_staff, review, reviewer):
    path = f"/reviews/{review.pk}/exceptions/"
    first, second, _third = review.report.exceptions.values_list("pk", flat=True)
    client = as_staff(reviewer)
    page = client.get(path).content.decode()
    assert page.count("Deviation ") == 3
    assert "3 of 3 open" in page

    client.post(path, {f"decision-{first}": "accepted", f"reason-{first}": "Two of 25.", f"decision-{second}": ""})
    client.post(path, {f"decision-{first}": "compensated", f"reason-{first}": "Our own leaver feed."})
    judgement = review.exception_judgements.get()
    assert (judgement.exception_id, judgement.decision) == (first, Decision.COMPENSATED)
    assert (judgement.reason, judgement.decided_by) == ("Our own leaver feed.", "Ines Varga")
    assert "2 of 3 open" in client.get(path).content.decode()


@pytest.mark.slow
def test_one_exception_is_decided_from_its_row(as_staff, review, reviewer, vendor, requester):
    first = review.report.exceptions.first()
    path = f"/reviews/{review.pk}/exceptions/{first.pk}/"
    assert as_staff(reviewer).get(path).content.decode().count("Deviation ") == 1
    judged = {f"decision-{first.pk}": "condition", f"reason-{first.pk}": "Fix by March."}
    assert "1 exception saved." in as_staff(reviewer).post(path, judged, follow=True).text
    assert review.exception_judgements.get().decision == Decision.CONDITION
    assert as_staff(reviewer).get(f"/reviews/{review.pk}/exceptions/999/").status_code == 404


def test_a_decision_without_a_reason_and_a_reason_without_a_decision_keep_what_was_typed(as_staff, review, reviewer):
    path = f"/reviews/{review.pk}/exceptions/"
    first, second, _third = review.report.exceptions.values_list("pk", flat=True)
    page = as_staff(reviewer).post(path, {f"decision-{first}": "accepted", f"reason-{second}": "Half a thought"})
    text = page.content.decode()
    assert "Say why. The memo prints it." in text
    assert "Say what we decide about this exception." in text
    assert "Half a thought" in text
    assert not review.exception_judgements.exists()


def test_saying_the_same_again_writes_nothing(review, reviewer):
    first = review.report.exceptions.first()
    said = [services.Judgement(first.pk, Decision.ACCEPTED, "Two of 25.")]
    assert len(services.judge_exceptions(review=review, judgements=said, by=reviewer, now=clock.now())) == 1
    before = LedgerEntry.objects.count()
    assert services.judge_exceptions(review=review, judgements=said, by=reviewer, now=clock.now()) == []
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize(
    ("decision", "reason", "field"),
    [("shrugged", "why", "decision"), ("accepted", "  ", "reason")],
)
def test_what_is_no_decision_is_refused(review, reviewer, decision, reason, field):
    first = review.report.exceptions.first()
    said = [services.Judgement(first.pk, decision, reason)]
    with pytest.raises(Refused) as refused:
        services.judge_exceptions(review=review, judgements=said, by=reviewer, now=clock.now())
    assert refused.value.field == f"{field}-{first.pk}"


def test_rows_that_are_not_of_this_report_any_more_are_refused(review, reviewer):
    with pytest.raises(Refused, match="exceptions changed"):
        services.judge_exceptions(
            review=review, judgements=[services.Judgement(999, "accepted", "x")], by=reviewer, now=clock.now()
        )
    with pytest.raises(Refused, match="user entity controls changed"):
        services.set_cuec_statuses(
            review=review, statuses=[services.ControlStatus(999, "in_place", "IT")], by=reviewer, now=clock.now()
        )


def test_the_reviewer_assigns_user_entity_controls(as_staff, review, reviewer):
    path = f"/reviews/{review.pk}/controls/"
    first, second, _third = review.report.cuecs.values_list("pk", flat=True)
    client = as_staff(reviewer)
    assert "3 of 3 open" in client.get(path).content.decode()
    answer = client.post(
        path,
        {
            f"status-{first}": "in_place",
            f"owner-{first}": "People Operations",
            f"our_control-{first}": "Leaver feed",
            f"status-{second}": "not_applicable",
            f"our_control-{second}": "We use single sign-on only.",
        },
    )
    assert answer.status_code == 302
    rows = {row.cuec_id: (row.status, row.owner, row.our_control) for row in review.cuec_statuses.all()}
    assert rows == {
        first: (Status.IN_PLACE, "People Operations", "Leaver feed"),
        second: (Status.NOT_APPLICABLE, "", "We use single sign-on only."),
    }
    assert "1 of 3 open" in client.get(path).content.decode()


def test_a_control_that_applies_needs_an_owner_and_one_that_does_not_a_reason(as_staff, review, reviewer):
    first, second, third = review.report.cuecs.values_list("pk", flat=True)
    typed = {f"status-{first}": "planned", f"status-{second}": "not_applicable", f"owner-{third}": "IT"}
    page = as_staff(reviewer).post(f"/reviews/{review.pk}/controls/", typed).content.decode()
    assert "Name who of ours sees to it." in page
    assert "Say why it does not apply to our use." in page
    assert "Say whether this control of ours is in place." in page
    for status in (
        services.ControlStatus(first, "planned"),
        services.ControlStatus(first, "not_applicable"),
        services.ControlStatus(first, "gone"),
    ):
        with pytest.raises(Refused):
            services.set_cuec_statuses(review=review, statuses=[status], by=reviewer, now=clock.now())
    assert not review.cuec_statuses.exists()


def test_assigning_the_same_again_writes_nothing(review, reviewer):
    said = [services.ControlStatus(review.report.cuecs.first().pk, "in_place", "IT")]
    assert len(services.set_cuec_statuses(review=review, statuses=said, by=reviewer, now=clock.now())) == 1
    assert services.set_cuec_statuses(review=review, statuses=said, by=reviewer, now=clock.now()) == []


def test_two_uses_of_one_vendor_are_judged_apart(review, vendor, requester, reviewer):
    other = taken_review(vendor, asked_by=requester, reviewer=reviewer, title="Payroll")
    other = services.begin_review(review=other, by=reviewer, now=clock.now())
    exception = review.report.exceptions.first()
    for each, decision in ((review, Decision.ACCEPTED), (other, Decision.CONDITION)):
        said = [services.Judgement(exception.pk, decision, "For this use.")]
        services.judge_exceptions(review=each, judgements=said, by=reviewer, now=clock.now())
    assert set(exception.judgements.values_list("decision", flat=True)) == {"accepted", "condition"}


@pytest.mark.slow
def test_nobody_but_the_assigned_reviewer_judges(
    as_staff, review, requester, second_reviewer, auditor, approver, administrator
):
    first = review.report.exceptions.first()
    typed = {f"decision-{first.pk}": "accepted", f"reason-{first.pk}": "x"}
    people = ((second_reviewer, 403), (requester, 403), (auditor, 403), (approver, 404), (administrator, 404))
    for user, status in people:
        client = as_staff(user)
        for part in ("exceptions/", f"exceptions/{first.pk}/", "controls/"):
            assert client.get(f"/reviews/{review.pk}/{part}").status_code == status
            assert client.post(f"/reviews/{review.pk}/{part}", typed).status_code == status
        with pytest.raises(NotAllowed):
            fit(review, by=user)
    assert not review.exception_judgements.exists()


def test_nothing_is_edited_while_it_waits_for_an_approver(as_staff, vendor, requester, reviewer, approver):
    review = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    for part in ("exceptions/", "controls/"):
        answer = as_staff(reviewer).post(f"/reviews/{review.pk}/{part}", {})
        assert answer.status_code == 409
        assert "Nothing of this review can be edited now: Awaiting approval." in answer.content.decode()
    assert not access.can_judge(reviewer, review)


def test_a_review_that_nobody_has_is_not_judged(vendor, requester, reviewer):
    review = requested_review(vendor, by=requester)
    with pytest.raises(Refused, match="Take it first"):
        fit(review, by=reviewer)


def test_the_forms_say_so_when_there_is_nothing_to_say(as_staff, vendor, requester, reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    assert "notes no exceptions" in as_staff(reviewer).get(f"/reviews/{review.pk}/exceptions/").content.decode()
    assert "lists no user entity controls" in as_staff(reviewer).get(f"/reviews/{review.pk}/controls/").content.decode()
    assert review.state == State.COLLECTING
